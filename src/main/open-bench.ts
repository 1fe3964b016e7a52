import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BenchIdentity } from '../shared/domain/identity.ts';
import { Fault } from '../shared/fault/index.ts';
import { systemClock } from './bench/index.ts';
import type { Bench, Pace } from './bench/index.ts';
import { buildModelImage, firmwareDirOf } from './build-image.ts';
import { emulatedPorts, imageMemory, readImage, readPort, writeImage } from './firmware/index.ts';
import { openQemuBench } from './qemu/index.ts';
import type { PreparedModel } from './runner/index.ts';
import { formatAddress, openSerial, openTcp, parseAddress } from './transport/index.ts';
import type { ByteStream } from './transport/index.ts';
import { openVirtualBench, readCostTable, readVirtualFirmware } from './virtual/index.ts';

/** How an operator names a bench: `virtual`, `qemu:mps2-an386`, `serial:COM7`, `tcp:127.0.0.1:7000`. */
export const benchForms = ['virtual', 'qemu:BOARD[:IMAGE-FOLDER]', 'serial:PORT', 'tcp:HOST:PORT'];

export interface OpenBenchOptions {
  /** Needed by the virtual bench and by QEMU: their DUTs have no model of their own. */
  model?: PreparedModel | undefined;
  baud?: number | undefined;
  pace?: Pace | undefined;
  resourcesDir: string;
  platform: NodeJS.Platform;
  epochMs: number;
  /** Run the virtual DUT in a worker thread, so that the main loop stays free; in line it is faster and as exact. */
  useWorker: boolean;
  /** The DUT behind a port or socket is a simulation: everything measured is marked so. */
  simulated?: boolean | undefined;
}

/**
 * Opens a bench by its name.
 * @throws Fault `bench.unknown`, `runner.modelNeeded`, or what the virtual bench's firmware or settings, or the build of an image, give.
 */
export async function openBench(spec: string, options: OpenBenchOptions): Promise<Bench> {
  if (spec === 'virtual') return openVirtual(options);
  const emulated = /^qemu:([^:]+)(?::(.+))?$/.exec(spec);
  if (emulated?.[1] !== undefined) return openEmulated(emulated[1], emulated[2], options);
  if (!/^(serial|tcp):./.test(spec)) throw new Fault('bench.unknown', { bench: spec, known: ['virtual'] });
  return openReal(spec, options);
}

async function openVirtual({ model, baud, pace, resourcesDir, epochMs, useWorker }: OpenBenchOptions): Promise<Bench> {
  if (!model) throw new Fault('runner.modelNeeded', { workload: '' });
  const [firmware, costTable] = await Promise.all([
    readVirtualFirmware(join(resourcesDir, 'firmware', 'virtual')),
    readCostTable(join(resourcesDir, 'firmware', 'cost', 'cortex-m4.json')),
  ]);
  const bench = await openVirtualBench({
    image: model.image,
    model: model.name,
    firmware,
    costTable,
    useWorker,
    epochMs,
    ...(baud === undefined ? {} : { baud }),
    ...(pace === undefined ? {} : { pace }),
  });
  // Every process has a virtual DUT of its own: the lock keeps two operations of one process apart.
  const instruments = bench.identity.instruments.map((instrument) => ({
    ...instrument,
    lockId: `virtual-dut-${process.pid}`,
  }));
  return {
    ...bench,
    clock: bench.clock,
    openDut: (signal) => bench.openDut(signal),
    identity: { ...bench.identity, instruments },
  };
}

/** Builds the model's image for an emulated board, or takes one that was built before, and gives the bench that will boot it. */
async function openEmulated(board: string, imageFolder: string | undefined, options: OpenBenchOptions): Promise<Bench> {
  const { model, resourcesDir, platform } = options;
  if (!model) throw new Fault('runner.modelNeeded', { workload: '' });
  const firmwareDir = firmwareDirOf(resourcesDir);
  const known = await emulatedPorts(firmwareDir);
  if (!known.includes(board)) throw new Fault('qemu.unknownMachine', { machine: board, known });
  const port = await readPort(firmwareDir, board);
  const built =
    imageFolder === undefined ? await buildModelImage({ resourcesDir, board, model, env: process.env }) : undefined;
  const folder = imageFolder === undefined ? await mkdtemp(join(tmpdir(), 'joulebench-qemu-')) : resolve(imageFolder);
  if (built) await writeImage(built, folder);
  const manifest = built?.manifest ?? (await readImage(folder, { board, planSha256: model.artefact.planSha256 }));
  return openQemuBench({
    board,
    machine: port.emulator?.machine ?? board,
    kernel: join(folder, 'image.elf'),
    firmware: {
      name: `joulebench-${board}`,
      sha256: manifest.files.find(({ name }) => name === 'image.elf')?.sha256 ?? '',
      memory: imageMemory(manifest),
    },
    clock: systemClock(),
    platform,
    // Every bench starts an emulator of its own.
    lockId: `qemu-${randomUUID()}`,
    scratch: built ? folder : undefined,
  });
}

function openReal(spec: string, { baud = 115_200, platform, simulated = false }: OpenBenchOptions): Bench {
  const address = parseAddress(spec.replace(/^serial:/, ''), platform);
  const clock = systemClock();
  const open = (signal: AbortSignal): Promise<ByteStream> =>
    address.kind === 'tcp'
      ? openTcp({ ...address, clock, signal })
      : openSerial({ ...address, baud, clock, platform, signal });
  const label = formatAddress(address);
  const identity: BenchIdentity = {
    id: spec,
    name: label,
    simulated,
    clockComparable: true,
    instruments: [
      {
        role: 'dut',
        kind: address.kind === 'tcp' ? 'tcp-dut' : 'serial-dut',
        label,
        lockId: `${address.kind}:${label}`,
        triedOnHardware: false,
        simulated,
      },
    ],
  };
  return { identity, clock, openDut: open, close: () => Promise.resolve() };
}
