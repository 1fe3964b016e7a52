import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { guardedCommand } from '../../../../src/main/qemu/index.ts';
import { Port } from '../server.ts';
import type { Machine } from '../target/machine.ts';
import { Gdb } from './gdb.ts';
import { Uart } from './uart.ts';

const startMs = 20_000;
const killAfterMs = 3000;
/** No program counter of these machines: it is gone when the reset has happened. */
const sentinel = 0x0bad_0bac;

/** Machines with more RAM than the chips here have. */
const ramEnds = new Map([['mps2-an386', 0x2040_0000]]);

export interface QemuMachine extends Machine {
  readonly uart: Uart;
}

/**
 * Starts QEMU without an image and halted. It connects to ports of ours, so that no port number is guessed: one for its gdbstub, one for
 * its first UART. When it dies it is started again on the same ports, and hosts on the UART stay.
 */
export async function startQemu(name: string, note: (what: string) => void): Promise<QemuMachine> {
  const uart = new Uart();
  await uart.open();
  const debug = new Port((socket) => connected?.(socket));
  await debug.open();
  let connected: ((socket: Socket) => void) | undefined;
  const begin = async (): Promise<Running> => {
    const socket = new Promise<Socket>((resolve) => (connected = resolve));
    return start(name, uart.machinePort, debug.port, socket);
  };
  const close = async (): Promise<void> => {
    await running?.stop();
    await Promise.all([debug.shut(), uart.close()]);
  };
  let running: Running | undefined;
  try {
    running = await begin();
  } catch (error) {
    await close();
    throw error;
  }
  let { gdb } = running;
  return {
    uart,
    ramEnd: ramEnds.get(name) ?? 0,
    get running() {
      return gdb.running;
    },
    get lost() {
      return gdb.failed;
    },
    async revive() {
      note(`QEMU has ended, ${(await running?.stop()) ?? ''}`);
      running = await begin();
      gdb = running.gdb;
    },
    read: (address, bytes) => gdb.read(address, bytes),
    write: (address, bytes) => gdb.write(address, bytes),
    readRegisters: () => gdb.registers(),
    async writeRegisters(values) {
      for (const [index, value] of values.entries()) await gdb.setRegister(index, value);
    },
    setBreakpoint: (address, on) => gdb.setBreakpoint(address, on),
    resume: () => gdb.resume(),
    halt: () => gdb.halt(),
    step: () => gdb.step(),
    async reset() {
      uart.forget();
      await gdb.setRegister(15, sentinel);
      await gdb.monitor('system_reset');
      while ((await gdb.registers())[15] === sentinel) await pause(1);
    },
    close,
  };
}

interface Running {
  gdb: Gdb;
  /** Ends it where it still runs; tells how it ended. */
  stop(): Promise<string>;
}

async function start(name: string, uartPort: number, debugPort: number, connected: Promise<Socket>): Promise<Running> {
  const chardev = (id: string, port: number): string[] => [
    '-chardev',
    `socket,id=${id},host=127.0.0.1,port=${port},nodelay=on`,
  ];
  const command = guardedCommand(
    'qemu-system-arm',
    [
      ...['-M', name, '-S', '-display', 'none', '-monitor', 'none', '-icount', 'shift=5'],
      ...[...chardev('uart', uartPort), '-serial', 'chardev:uart', '-serial', 'null'],
      ...[...chardev('gdb', debugPort), '-gdb', 'chardev:gdb'],
    ],
    process.platform,
  );
  const child = spawn(command.program, command.args, { stdio: ['pipe', 'ignore', 'pipe'], windowsHide: true });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output = (output + chunk.toString('utf8')).slice(0, 4000)));
  child.stdin.on('error', () => undefined); // it may be gone when its input is closed
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code) => resolve(`code ${code ?? -1}: ${output.split('\n')[0] ?? ''}`));
  });
  const stop = async (): Promise<string> => {
    if (process.platform === 'win32') child.kill();
    else child.stdin.end(); // the guard ends it
    const timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    const how = await ended;
    clearTimeout(timer);
    return how;
  };
  const late = new AbortController();
  const slow = pause(startMs, 'nothing in time', { signal: late.signal, ref: false }).catch(() => '');
  const socket = await Promise.race([connected, ended, slow]);
  late.abort();
  if (typeof socket === 'string') {
    await stop();
    throw new Error(`QEMU did not start: ${socket}`);
  }
  const gdb = new Gdb(socket);
  await gdb.describe();
  return { gdb, stop };
}
