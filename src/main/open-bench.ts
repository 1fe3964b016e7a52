import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Clock } from '../shared/clock/index.ts';
import type { EnergyRequest } from '../shared/domain/energy-request.ts';
import type { InstrumentIdentity } from '../shared/domain/identity.ts';
import { Fault } from '../shared/fault/index.ts';
import { systemClock } from './bench/index.ts';
import type { Bench, Pace } from './bench/index.ts';
import { buildModelImage, firmwareDirOf } from './build-image.ts';
import { openRelay } from './dut/index.ts';
import type { EnergyMonitor } from './emon/index.ts';
import { emulatedPorts, imageMemory, readImage, readPort, writeImage } from './firmware/index.ts';
import { nameMonitor, openNamedMonitor, openOn } from './open-monitor.ts';
import { openQemuBench } from './qemu/index.ts';
import type { PreparedModel } from './runner/index.ts';
import { formatAddress, openSerial, openTcp, parseAddress } from './transport/index.ts';
import type { Address, ByteStream, Tap } from './transport/index.ts';
import { openVirtualBench, readCostTable, readVirtualFirmware, simulatedSpecification } from './virtual/index.ts';
import type { VirtualBench, VirtualBenchOptions } from './virtual/index.ts';

/** How an operator names a bench: `virtual`, `qemu:mps2-an386`, `serial:COM7`, `tcp:127.0.0.1:7000`. */
export const benchForms = ['virtual', 'qemu:BOARD[:IMAGE-FOLDER]', 'serial:PORT', 'tcp:HOST:PORT'];

/** Rate of the IO manager's own line (DUT protocol, 8.1). */
const relayBaud = 115_200;

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
  /** Instruments of energy runs, named as in `EnergyRequest`; absent where none is wanted. */
  energy?: Pick<EnergyRequest, 'monitor' | 'ioManager'> | undefined;
  /** Hears what is said on the lines to the instruments. */
  tap?: Tap | undefined;
}

const unheard: Tap = (stream) => stream;

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

async function openVirtual(options: OpenBenchOptions): Promise<Bench> {
  const { model, baud, pace, resourcesDir, epochMs, useWorker, energy } = options;
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
    ...(energy ? virtualEnergy(energy) : {}),
  });
  return asBench(bench, energy, options.tap);
}

/** A virtual bench as runs use it: its monitor behind the driver, its IO manager in front of the DUT. */
export function asBench(bench: VirtualBench, energy: OpenBenchOptions['energy'], tap: Tap = unheard): Bench {
  const { clock } = bench;
  const heardDut = (stream: ByteStream): ByteStream => tap(stream, { channel: 'dut', speech: 'dut', clock });
  // Every process has virtual instruments of its own: the lock keeps two operations of one process apart.
  const instruments = bench.identity.instruments.map((instrument) => ({
    ...instrument,
    lockId: `${instrument.lockId}-${process.pid}`,
  }));
  const monitor = instruments.find((instrument) => instrument.role === 'monitor');
  const hasRelay = energy !== undefined && energy.ioManager !== null;
  return {
    ...bench,
    clock: bench.clock,
    openDut: async (signal, how) =>
      hasRelay && how?.timestampMode === 'energy'
        ? heardDut(await relayed(heardRelay(await bench.openIoManagerStream(signal), clock, tap), clock, signal))
        : heardDut(await bench.openDut(signal, how)),
    identity: { ...bench.identity, instruments },
    ...(monitor
      ? {
          openMonitor: (signal) => openVirtualMonitor(bench, monitor, signal, tap),
          monitorSpecification: simulatedSpecification(monitor.kind === 'ppk2' ? 'ppk2' : 'lpm01a'),
        }
      : {}),
    energyPath: hasRelay ? 'ioManager' : 'direct',
  };
}

/** The emulated instruments that an energy run asks for; an LPM01A where it names none. */
function virtualEnergy({
  monitor,
  ioManager,
}: NonNullable<OpenBenchOptions['energy']>): Pick<VirtualBenchOptions, 'monitor' | 'relay'> {
  const kind = (monitor ?? 'lpm01a').toLowerCase();
  if (kind !== 'lpm01a' && kind !== 'ppk2')
    throw new Fault('emon.unknownMonitor', { monitor: kind, known: ['lpm01a', 'ppk2'] });
  return { monitor: { kind, seed: 1, errors: 'drawn' }, relay: ioManager !== null };
}

async function openVirtualMonitor(
  bench: VirtualBench,
  identity: InstrumentIdentity,
  signal: AbortSignal,
  tap: Tap,
): Promise<EnergyMonitor> {
  const { label, lockId } = identity;
  const kind = identity.kind === 'ppk2' ? 'ppk2' : 'lpm01a';
  const stream = await bench.openMonitorStream(signal);
  return openOn(tap(stream, { channel: 'monitor', speech: kind, clock: bench.clock }), kind, {
    clock: bench.clock,
    signal,
    label,
    lockId,
    path: null,
    simulated: true,
  });
}

function heardRelay(stream: ByteStream, clock: Clock, tap: Tap): ByteStream {
  return tap(stream, { channel: 'ioManager', speech: 'ioManager', clock });
}

/** The DUT behind an IO manager that watches its timestamp line for falling edges (DUT protocol, 12.2). */
async function relayed(stream: ByteStream, clock: Clock, signal: AbortSignal): Promise<ByteStream> {
  try {
    const relay = openRelay(stream, clock);
    await relay.command('name', { signal });
    await relay.command('tm 0', { signal });
    await relay.command('enable-timer', { signal });
    return relay.dut;
  } catch (error) {
    await stream.close().catch(() => undefined);
    throw error;
  }
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

function openReal(spec: string, options: OpenBenchOptions): Bench {
  const { baud = 115_200, platform, simulated = false, energy, tap = unheard } = options;
  const clock = systemClock();
  const heardDut = (stream: ByteStream): ByteStream => tap(stream, { channel: 'dut', speech: 'dut', clock });
  const dut = parseAddress(spec.replace(/^serial:/, ''), platform);
  const relay =
    energy && energy.ioManager !== null ? parseAddress(energy.ioManager.replace(/^serial:/, ''), platform) : undefined;
  const monitor = energy && energy.monitor !== null ? nameMonitor(energy.monitor, { platform, simulated }) : undefined;
  const open = (address: Address, signal: AbortSignal, rate: number): Promise<ByteStream> =>
    address.kind === 'tcp'
      ? openTcp({ ...address, clock, signal })
      : openSerial({ ...address, baud: rate, clock, platform, signal });
  const instrument = (role: 'dut' | 'ioManager', address: Address): InstrumentIdentity => ({
    role,
    kind: role === 'dut' ? `${address.kind}-dut` : 'io-manager',
    label: formatAddress(address),
    lockId: `${address.kind}:${formatAddress(address)}`,
    triedOnHardware: false,
    simulated,
  });
  const instruments = [
    instrument('dut', dut),
    ...(monitor ? [monitor.identity] : []),
    ...(relay ? [instrument('ioManager', relay)] : []),
  ];
  return {
    identity: {
      id: spec,
      name: formatAddress(dut),
      simulated,
      clockComparable: true,
      // The IO manager may hang on the same port as the DUT's line in the other mode.
      instruments: instruments.filter(
        ({ lockId }, k) => instruments.findIndex((other) => other.lockId === lockId) === k,
      ),
    },
    clock,
    openDut: async (signal, how) =>
      how?.timestampMode === 'energy' && relay
        ? heardDut(await relayed(heardRelay(await open(relay, signal, relayBaud), clock, tap), clock, signal))
        : heardDut(await open(dut, signal, baud)),
    ...(monitor
      ? { openMonitor: (signal: AbortSignal) => openNamedMonitor(monitor, { clock, platform, signal, tap }) }
      : {}),
    energyPath: relay ? 'ioManager' : 'direct',
    close: () => Promise.resolve(),
  };
}
