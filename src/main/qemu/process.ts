import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep } from '../../shared/clock/index.ts';
import type { Clock } from '../../shared/clock/index.ts';
import { Fault } from '../../shared/fault/index.ts';
import { guardedCommand, qemuArguments } from './command.ts';
import type { Endpoint } from './command.ts';

export interface StartOptions {
  machine: string;
  kernel: string;
  /** How many UARTs the host connects to. */
  uarts: number;
  clock: Clock;
  platform: NodeJS.Platform;
  /** `qemu-system-arm` by default. */
  program?: string | undefined;
  signal?: AbortSignal | undefined;
}

export interface Emulator {
  /** One connected socket a UART, in the machine's order. What comes in waits for the first listener. */
  readonly sockets: readonly Socket[];
  /** Resolves when the process has ended, with the fault that says so unless it was stopped. */
  readonly ended: Promise<Fault | undefined>;
  /** Ends the process; idempotent. */
  stop(): Promise<void>;
}

/** A cold start takes 0.2 s; a busy computer may need much more. */
const connectDeadlineS = 20;
const retryS = 0.01;
const killAfterS = 4;
const outputLimit = 4000;
/** What a shell answers when it cannot find a program. */
const notFound = 127;

/**
 * Starts a machine and connects to its UARTs, in the order of the options, as QEMU waits for them.
 * @throws Fault `qemu.missing`, `qemu.startFailed`; the signal's reason.
 */
export async function startEmulator(options: StartOptions): Promise<Emulator> {
  const { machine, kernel, clock, platform, signal } = options;
  const program = options.program ?? 'qemu-system-arm';
  signal?.throwIfAborted();
  // Short: the path of a local socket may have about 100 bytes.
  const folder = await mkdtemp(join(tmpdir(), 'jbq-'));
  const tidy = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const uarts = await endpoints(options.uarts, folder, platform);
  const command = guardedCommand(program, qemuArguments({ machine, kernel, uarts }), platform);
  const child = spawn(command.program, command.args, { stdio: ['pipe', 'ignore', 'pipe'], windowsHide: true });
  const process = watch(child, machine, program, clock, platform);
  void process.ended.then(tidy);
  const sockets: Socket[] = [];
  try {
    const untilS = clock.nowS() + connectDeadlineS;
    for (const uart of uarts) sockets.push(await connectTo(uart, untilS, process, options));
  } catch (error) {
    for (const socket of sockets) socket.destroy();
    await process.stop();
    throw error;
  }
  return { sockets, ended: process.ended, stop: () => process.stop() };
}

interface Watched {
  readonly ended: Promise<Fault | undefined>;
  /** The fault of a process that ended by itself, once it has. */
  fault(): Fault | undefined;
  stop(): Promise<void>;
}

function watch(
  child: ChildProcess,
  machine: string,
  program: string,
  clock: Clock,
  platform: NodeJS.Platform,
): Watched {
  let output = '';
  let stopping = false;
  let fault: Fault | undefined;
  child.stderr?.on('data', (chunk: Buffer) => (output = (output + chunk.toString('utf8')).slice(-outputLimit)));
  child.stdin?.on('error', () => undefined); // the process may be gone when its input is closed
  const killOnExit = (): void => void child.kill('SIGKILL');
  globalThis.process.once('exit', killOnExit);
  const ended = new Promise<Fault | undefined>((resolve) => {
    const finish = (found: Fault): void => {
      globalThis.process.off('exit', killOnExit);
      fault ??= stopping ? undefined : found;
      resolve(fault);
    };
    child.once('error', (cause: NodeJS.ErrnoException) =>
      finish(
        cause.code === 'ENOENT'
          ? new Fault('qemu.missing', { program }, { cause })
          : new Fault('qemu.startFailed', { machine, reason: cause.message }, { cause }),
      ),
    );
    child.once('exit', (code) =>
      finish(
        platform !== 'win32' && code === notFound
          ? new Fault('qemu.missing', { program })
          : new Fault('qemu.ended', { machine, code: code ?? -1, output: output.trim() }),
      ),
    );
  });
  return {
    ended,
    fault: () => fault,
    async stop() {
      if (!stopping) {
        stopping = true;
        // The guard answers the end of its input with SIGTERM; on Windows there is no gentler way than kill.
        if (platform === 'win32') child.kill();
        else child.stdin?.end();
      }
      const timer = clock.setTimer(killAfterS, () => void child.kill('SIGKILL'));
      await ended;
      timer.cancel();
    },
  };
}

async function connectTo(uart: Endpoint, untilS: number, process: Watched, options: StartOptions): Promise<Socket> {
  const { clock, machine, signal } = options;
  for (;;) {
    const socket = await tryConnect(uart);
    if (socket) return socket;
    const fault = process.fault();
    if (fault?.code === 'qemu.ended') {
      const reason = (fault as Fault<'qemu.ended'>).facts.output;
      throw new Fault('qemu.startFailed', { machine, reason }, { cause: fault });
    }
    if (fault) throw fault;
    if (clock.nowS() > untilS) {
      throw new Fault('qemu.startFailed', { machine, reason: `no connection in ${connectDeadlineS} s` });
    }
    await sleep(clock, retryS, signal);
  }
}

function tryConnect(uart: Endpoint): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = 'path' in uart ? connect(uart.path) : connect({ ...uart, noDelay: true });
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', () => {
      socket.destroy();
      resolve(undefined);
    });
  });
}

async function endpoints(count: number, folder: string, platform: NodeJS.Platform): Promise<Endpoint[]> {
  const numbers = Array.from({ length: count }, (_, index) => index);
  if (platform !== 'win32') return numbers.map((index) => ({ path: join(folder, `uart${index}`) }));
  return Promise.all(numbers.map(async () => ({ host: '127.0.0.1', port: await freePort() })));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
