import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Clock } from '../../shared/clock/index.ts';
import { Fault } from '../../shared/fault/index.ts';
import { workerUrl } from '../../shared/worker-url/index.ts';
import { childCommand } from './child-command.ts';
import type { ChildCommand, ChildCommandOptions } from './child-command.ts';
import type { EnergyMonitor } from '../emon/index.ts';
import { parseAddress } from '../transport/index.ts';
import { newWatchAddress, watchArgument } from './supply-watch-address.ts';

/** A process of its own that switches a supply off when this one dies, however it dies. */
export interface SupplyWatch {
  /** Number of the watching process. */
  readonly pid: number | undefined;
  /** Sends it home: the supply is off, or someone else answers for it. Idempotent; resolves when it is gone. */
  disarm(): Promise<void>;
  /**
   * Lets it do its work now: the instrument could not be told, so it is told as soon as its port can be opened. Resolves when the watching
   * process has gone, or after a while.
   */
  act(): Promise<void>;
}

export interface SupplyWatchOptions {
  clock: Clock;
  /** What an operator calls the instrument. */
  label: string;
  platform: NodeJS.Platform;
  /** Program that runs the watchdog; this one's by default. */
  execPath?: string;
  /** Whether that program is the packaged desktop app, which runs no script but knows the argument; by default what this process is. */
  packaged?: boolean;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
}

/** Starting a process on a busy computer takes seconds. */
const startS = 20;
/** It has only to read a line. */
const leaveS = 3;
/** It tries to open the port for three seconds and waits between what it writes; then nobody waits for it any more. */
const actS = 6;

/** How the watchdog is started: apart, so that it is tested for every platform. */
export function watchCommand(address: string, options: ChildCommandOptions): ChildCommand {
  return childCommand(workerUrl('supply-watch-child', import.meta.url), watchArgument(address), options);
}

/** What the watchdog is told: where, and what to write there. */
function orderOf({ path, baud, bytes }: EnergyMonitor['panic'] & { path: string }, platform: NodeJS.Platform): string {
  const address = path.startsWith('tcp:') ? parseAddress(path, platform) : undefined;
  const where = address?.kind === 'tcp' ? { host: address.host, port: address.port } : { path, baud };
  return `${JSON.stringify({ ...where, hex: Buffer.from(bytes).toString('hex') })}\n`;
}

/**
 * Starts the watchdog for an instrument on a real port; undefined for one without a port, which dies with this process. The two hold a
 * connection: when it breaks without `disarm`, the watchdog opens the port and writes the instrument's panic bytes.
 * @throws Fault `emon.noSupplyWatch`, or the signal's reason.
 */
export async function startSupplyWatch(
  panic: EnergyMonitor['panic'],
  options: SupplyWatchOptions,
): Promise<SupplyWatch | undefined> {
  const { path } = panic;
  if (path === null) return undefined;
  options.signal?.throwIfAborted();
  const order = orderOf({ ...panic, path }, options.platform);
  const address = newWatchAddress(options.platform);
  const server = createServer();
  const release = options.clock.hold();
  try {
    const started = await listening(server, address, options.label).then(() => {
      const { command, args, options: spawnOptions } = watchCommand(address, options);
      return spawn(command, args, spawnOptions);
    });
    const socket = await armed(started, server, order, options);
    return new WatchProcess(started, socket, options.clock);
  } finally {
    // Nobody else is expected; on Unix this removes the socket's file.
    server.close();
    release();
  }
}

function listening(server: Server, address: string, label: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error) =>
      reject(new Fault('emon.noSupplyWatch', { instrument: label, reason: error.message }, { cause: error })),
    );
    server.listen(address);
  });
}

/** Resolves with the connection once the watchdog has said that it is ready; else it is ended. */
function armed(
  child: ChildProcess,
  server: Server,
  order: string,
  { clock, label, signal }: SupplyWatchOptions,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    let connection: Socket | undefined;
    const settle = (finish: () => void): void => {
      timer.cancel();
      signal?.removeEventListener('abort', onAbort);
      child.removeListener('exit', onExit);
      finish();
    };
    const give = (reason: Error): void =>
      settle(() => {
        child.kill('SIGKILL');
        connection?.destroy();
        reject(reason);
      });
    const fail = (reason: string): void => give(new Fault('emon.noSupplyWatch', { instrument: label, reason }));
    const onExit = (code: number | null): void => fail(`exit ${code}`);
    const onAbort = (): void => give(signal?.reason as Error);
    const timer = clock.setTimer(startS, () => fail(`${startS} s`));
    signal?.addEventListener('abort', onAbort, { once: true });
    child.on('error', (error) => fail(error.message));
    child.once('exit', onExit);
    server.once('connection', (socket) => {
      connection = socket;
      let said = '';
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => {
        said += chunk.toString('latin1');
        if (said.startsWith('armed')) settle(() => resolve(socket));
      });
      socket.write(order);
    });
  });
}

class WatchProcess implements SupplyWatch {
  readonly #child: ChildProcess;
  readonly #socket: Socket;
  readonly #clock: Clock;
  #leaving: Promise<void> | undefined;

  constructor(child: ChildProcess, socket: Socket, clock: Clock) {
    this.#child = child;
    this.#socket = socket;
    this.#clock = clock;
    // It may outlive this process, and must not keep it alive.
    child.unref();
    socket.unref();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  disarm(): Promise<void> {
    this.#leaving ??= this.#leave('disarm\n', leaveS, () => this.#child.kill('SIGKILL'));
    return this.#leaving;
  }

  act(): Promise<void> {
    this.#leaving ??= this.#leave('', actS, (done) => {
      this.#child.unref();
      done();
    });
    return this.#leaving;
  }

  /** Says the last word and waits for the end of the process; `late` is called when that takes too long. */
  async #leave(lastWord: string, mostS: number, late: (done: () => void) => void): Promise<void> {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = Promise.withResolvers<void>();
    child.once('exit', () => gone.resolve());
    // Somebody waits for it now.
    child.ref();
    this.#socket.end(lastWord);
    const release = this.#clock.hold();
    const timer = this.#clock.setTimer(mostS, () => late(() => gone.resolve()));
    try {
      await gone.promise;
    } finally {
      timer.cancel();
      this.#socket.destroy();
      release();
    }
  }
}
