import { rm } from 'node:fs/promises';
import type { Clock } from '../../shared/clock/index.ts';
import type { BenchIdentity, ImageMemory } from '../../shared/domain/identity.ts';
import type { Bench } from '../bench/index.ts';
import { socketStream } from '../transport/index.ts';
import type { ByteStream } from '../transport/index.ts';
import { instructionClockHz } from './command.ts';
import { EdgeReader } from './edges.ts';
import type { Edge } from './edges.ts';
import { startEmulator } from './process.ts';
import type { Emulator } from './process.ts';

export interface QemuBenchOptions {
  /** The board's id, which is the machine's name in the bench's name `qemu:<board>`. */
  board: string;
  machine: string;
  /** The image, an ELF file, and its SHA-256. */
  kernel: string;
  firmware: { name: string; sha256: string; memory?: ImageMemory | undefined };
  clock: Clock;
  platform: NodeJS.Platform;
  /** Key of the DUT's lock: every bench starts an emulator of its own. */
  lockId: string;
  /** A folder to be removed when the bench closes: of an image that was built for it. */
  scratch?: string | undefined;
  program?: string | undefined;
  /** Told of each edge of the timestamp output. */
  onEdge?: ((edge: Edge) => void) | undefined;
}

/**
 * A bench whose DUT is a board emulated by QEMU: the real instruction set, on a clock that counts instructions. Opening the line to the
 * DUT powers it; closing the line ends it.
 */
export function openQemuBench(options: QemuBenchOptions): Bench {
  const { machine, kernel, clock, platform } = options;
  let running: Emulator | undefined;

  const stop = async (): Promise<void> => {
    const emulator = running;
    running = undefined;
    if (!emulator) return;
    for (const socket of emulator.sockets) socket.destroy();
    await emulator.stop();
  };

  return {
    identity: identityOf(options),
    clock,
    async openDut(signal) {
      await stop();
      const emulator = await startEmulator({
        machine,
        kernel,
        uarts: 2,
        clock,
        platform,
        program: options.program,
        signal,
      });
      running = emulator;
      const [uart, events] = emulator.sockets;
      if (!uart || !events) throw new Error('the emulator has two UARTs');
      const edges = new EdgeReader();
      events.on('error', () => undefined); // its end is told by the first socket and by the process
      events.on('data', (chunk: Buffer) => {
        for (const edge of edges.push(chunk)) options.onEdge?.(edge);
      });
      const stream = socketStream(uart, `qemu:${options.board}`, clock);
      return endingWith(stream, emulator, () => (running === emulator ? stop() : emulator.stop()));
    },
    async close() {
      await stop();
      if (options.scratch !== undefined) await rm(options.scratch, { recursive: true, force: true });
    },
  };
}

/** The line of a DUT that ends with it: closing it stops the emulator, and when that ends by itself the reason is its own. */
function endingWith(stream: ByteStream, emulator: Emulator, stop: () => Promise<void>): ByteStream {
  return {
    label: stream.label,
    baud: stream.baud,
    write: (bytes, signal) => stream.write(bytes, signal),
    onData: (listener) => stream.onData(listener),
    onClose: (listener) =>
      stream.onClose((reason) => {
        if (reason === undefined) listener(undefined);
        else void emulator.ended.then((fault) => listener(fault ?? reason));
      }),
    async close() {
      await stream.close();
      await stop();
    },
  };
}

function identityOf({ board, machine, firmware, lockId }: QemuBenchOptions): BenchIdentity {
  return {
    id: `qemu:${board}`,
    name: `QEMU ${machine}`,
    simulated: true,
    // The DUT's clock counts instructions: ten times faster than the host's when it is busy.
    clockComparable: false,
    instruments: [
      {
        role: 'dut',
        kind: 'qemu-dut',
        label: `QEMU ${machine}`,
        lockId,
        firmware: {
          name: firmware.name,
          sha256: firmware.sha256,
          ...(firmware.memory ? { memory: firmware.memory } : {}),
        },
        triedOnHardware: false,
        simulated: true,
      },
    ],
    simulation: { cpuHz: instructionClockHz, cyclesPerInstruction: 1, costSource: 'measured', baud: 0, ppm: 0 },
  };
}
