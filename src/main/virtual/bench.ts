import type { BenchIdentity, InstrumentIdentity } from '../../shared/domain/identity.ts';
import { Fault } from '../../shared/fault/index.ts';
import { VirtualHands, type HandsOptions } from './calibration/index.ts';
import type { Bench, OpenDutOptions, Pace } from '../bench/index.ts';
import { readPlanImage } from '../model/index.ts';
import type { ByteStream } from '../transport/byte-stream.ts';
import type { ActivityLog } from './activity-log.ts';
import { planCost, type CostTable } from './cost.ts';
import { DutDevice } from './device.ts';
import { EnergySide, ioManagerIdentity, monitorIdentity, type VirtualMonitorOptions } from './energy-side.ts';
import type { LoadSpec } from './energy/load.ts';
import type { EnergyTruth } from './energy/truth.ts';
import { inlineEngine } from './engine.ts';
import type { InjectedFaults } from './faults.ts';
import { compileFirmware, type VirtualFirmware } from './firmware.ts';
import { instantiateFirmware } from './instance.ts';
import { VirtualLine } from './line.ts';
import type { EmulatedMonitor } from './monitor/index.ts';
import type { RealWorld } from './real-world.ts';
import { IoManagerEmulator } from './relay/io-manager.ts';
import { SimClock } from './sim-clock.ts';
import type { TimestampMode } from './virtual-dut.ts';
import { workerEngine } from './worker-engine.ts';

export interface VirtualBenchOptions {
  /** Plan image, and what messages call the model. */
  image: Uint8Array;
  model: string;
  firmware: VirtualFirmware;
  costTable: CostTable;
  /** In a worker thread (the product) or in the caller's thread (tests, command line). */
  useWorker: boolean;
  mode?: TimestampMode;
  /** Rate of the DUT's UART, and of the line unless `openDut` is told another. Default 115200. */
  baud?: number;
  pace?: Pace;
  /** Default 80 MHz: a Cortex-M4 of the reference's class. */
  cpuHz?: number;
  /** Default 1.25; instructions are not cycles, and this factor was never measured on a board. */
  cyclesPerInstruction?: number;
  /** By how much the DUT's oscillator is slow. */
  ppm?: number;
  jitterSeed?: number;
  clockStartUs?: number;
  pulseS?: number;
  hostLatencyS?: number;
  /**
   * What opening the line does: `reset` powers the DUT anew, so that its boot block is seen; `keep` does so the first time
   * only, like a board that does not hang on the host's DTR; `bootOnFirstByte` waits for the host's first byte, for
   * programs that throw away what came before.
   */
  onOpen?: 'reset' | 'keep' | 'bootOnFirstByte';
  faults?: InjectedFaults;
  /** With it the bench can measure energy: in energy mode this instrument powers the DUT. */
  monitor?: VirtualMonitorOptions;
  /** An IO manager relays the DUT in energy mode, at 9600 baud. */
  relay?: boolean;
  /** Calendar time at virtual time zero. */
  epochMs?: number;
  /** The real world for pacing; replaced in tests. */
  world?: RealWorld;
}

/** The virtual bench: the interfaces of a real one, and what only a simulation can do. */
export interface VirtualBench extends Bench {
  readonly clock: SimClock;
  readonly activity: ActivityLog;
  /** `baud` imitates a host that has opened the line at another rate than the DUT's. */
  openDut(signal?: AbortSignal, options?: OpenDutOptions & { baud?: number }): Promise<ByteStream>;
  setPace(pace: Pace): void;
  pause(): void;
  resume(): void;
  /** Cuts the DUT's power now; the line stays open, as behind a USB bridge with power of its own. */
  cutPower(): void;
  /** The emulated instrument, for tests; undefined on a bench without one. */
  readonly monitor: EmulatedMonitor | undefined;
  /** The port of the emulated monitor, raw. Rejects with `virtual.noInstrument` on a bench without one. */
  openMonitorStream(signal?: AbortSignal): Promise<ByteStream>;
  /**
   * The port of the emulated IO manager, raw; behind it the DUT, in energy mode at 9600 baud. Rejects with
   * `virtual.noInstrument` on a bench without one.
   */
  openIoManagerStream(signal?: AbortSignal): Promise<ByteStream>;
  /** What really flowed between two instants of the past, in s of virtual time. Throws `virtual.noInstrument` without a monitor. */
  energyTruth(fromS: number, toS: number): EnergyTruth;
  /** Falling edges of the timestamp pin so far, in s of virtual time. */
  timestampEdgesS(): readonly number[];
  /** Calibration: hangs something else at the monitor's output. Throws `virtual.noInstrument` without a monitor. */
  connectLoad(load: LoadSpec): void;
  /** Calibration: hands that connect resistors and read a meter. Throws `virtual.noInstrument` without a monitor. */
  hands(options?: HandsOptions): VirtualHands;
}

const label = 'virtual DUT';
/** Rate of the DUT behind an IO manager (dut-protocol 8.1). */
const relayBaud = 9600;
const defaults = { baud: 115_200, cpuHz: 80e6, cyclesPerInstruction: 1.25, bootDelayS: 0.1, pulseS: 1e-3 } as const;

/**
 * Builds a virtual bench around a plan image. Rejects with a `virtual.*` or `plan.*` fault when firmware, settings or model do not fit;
 * the model is tried once here, so `openDut` does not fail for that reason.
 */
export async function openVirtualBench(options: VirtualBenchOptions): Promise<VirtualBench> {
  const settings = { ...defaults, ...withoutUndefined(options) };
  checkRange('baud', settings.baud, 110, 12_000_000);
  checkRange('cpuHz', settings.cpuHz, 1e6, 1e10);
  checkRange('cyclesPerInstruction', settings.cyclesPerInstruction, 0.01, 1000);
  checkRange('ppm', settings.ppm ?? 0, -900_000, 900_000);
  checkRange('clockStartUs', settings.clockStartUs ?? 0, 0, 2 ** 32 - 1);
  const { image, model } = settings;
  const plan = readPlanImage(image);
  const module = compileFirmware(settings.firmware);
  const silence = { nowUs: () => 0, tx: () => undefined, mark: () => undefined, pin: () => undefined };
  instantiateFirmware(module, image, model, silence);
  const cost = planCost(image, plan, settings.costTable, settings.cyclesPerInstruction);

  const clock = new SimClock({
    pace: settings.pace ?? 'max',
    epochMs: settings.epochMs ?? 0,
    ...(settings.world && { world: settings.world }),
  });
  const boot = settings.faults?.dut?.boot;
  let line: VirtualLine | undefined;
  const device = new DutDevice(
    clock,
    settings.useWorker ? workerEngine(module) : inlineEngine(module),
    {
      image,
      model,
      cost,
      cpuHz: settings.cpuHz,
      baud: settings.baud,
      mode: settings.mode ?? 'performance',
      clockStartUs: settings.clockStartUs ?? 0,
      pulseS: settings.pulseS,
      jitterSeed: settings.jitterSeed,
      faults: settings.faults?.dut,
      ppm: settings.ppm ?? 0,
      bootDelayS: typeof boot === 'object' ? boot.afterS : defaults.bootDelayS,
    },
    {
      toHost: (bytes) => line?.fromDut(bytes),
      crashed: (fault) => line?.end(fault),
      ...(settings.monitor && {
        pin: (level: number) => {
          energy?.pin(level);
          ioManager?.pin(level);
        },
      }),
    },
  );
  const energy =
    settings.monitor &&
    new EnergySide({
      clock,
      plan,
      device,
      options: settings.monitor,
      faults: settings.faults?.monitor,
      crashed: (error) => line?.end(error as Error),
    });
  const monitorOf = (): EnergySide => {
    if (!energy) throw new Fault('virtual.noInstrument', { role: 'monitor' });
    return energy;
  };

  const unplug = settings.faults?.line?.unplug;
  if (unplug) {
    clock.at(Math.round(unplug.atS * 1e9), () => {
      device.powerOff();
      line?.end(new Fault('transport.unplugged', { port: label }));
    });
  }
  const isUnplugged = (): boolean => {
    if (!unplug) return false;
    const sinceS = clock.nowS() - unplug.atS;
    return sinceS >= 0 && sinceS < (unplug.forS ?? Infinity);
  };

  let closed = false;
  let wasOpened = false;
  const onOpen = settings.onOpen ?? 'reset';
  const checkFree = (): void => {
    if (closed) throw new Fault('transport.closed', { port: label });
    if (line) throw new Fault('virtual.dutInUse', { label });
    if (isUnplugged()) throw new Fault('transport.notFound', { port: label });
  };
  const openLine = (hostBaud: number | undefined, dutBaud: number, wakesOnByte: boolean): VirtualLine => {
    const baud = hostBaud ?? dutBaud;
    checkRange('baud', baud, 110, 12_000_000);
    let waitsForByte = wakesOnByte;
    const opened = new VirtualLine(
      clock,
      { label, baud, dutBaud, hostLatencyS: settings.hostLatencyS ?? 0, faults: settings.faults?.line },
      {
        toDut: (bytes) => {
          if (waitsForByte) {
            waitsForByte = false;
            void device.powerOn({ keepEarly: true }).catch((error: unknown) => opened.end(error as Error));
          }
          device.receive(bytes);
        },
        ...(energy && { receiving: (isReceiving: boolean) => device.receiving(isReceiving) }),
        closed: () => {
          if (line === opened) line = undefined;
        },
      },
    );
    line = opened;
    return opened;
  };
  /** The DUT with its energy strap, at the monitor's supply: a power-on by the monitor boots it. */
  const openForEnergy = (side: EnergySide, hostBaud?: number): VirtualLine => {
    checkFree();
    const dutBaud = settings.relay ? relayBaud : settings.baud;
    side.feedDut(false);
    device.powerOff();
    device.configure({ mode: 'energy', baud: dutBaud });
    const opened = openLine(hostBaud, dutBaud, false);
    side.feedDut(true);
    return opened;
  };
  const ioManager =
    energy && settings.relay
      ? new IoManagerEmulator({
          clock,
          label: ioManagerIdentity.label,
          faults: settings.faults?.ioManager,
          openDut: () => openForEnergy(energy),
        })
      : undefined;
  return {
    clock,
    activity: device.activity,
    identity: identityOf(settings, cost.source, settings.firmware, [
      ...(energy ? [monitorIdentity(energy)] : []),
      ...(ioManager ? [ioManagerIdentity] : []),
    ]),
    async openDut(signal, openOptions = {}) {
      signal?.throwIfAborted();
      if (energy && openOptions.timestampMode === 'energy') return openForEnergy(energy, openOptions.baud);
      checkFree();
      if (energy) {
        energy.feedDut(false);
        device.configure({ mode: openOptions.timestampMode ?? settings.mode ?? 'performance', baud: settings.baud });
      }
      const opened = openLine(openOptions.baud, settings.baud, onOpen === 'bootOnFirstByte');
      if (onOpen === 'reset' || (onOpen === 'keep' && !wasOpened)) {
        try {
          await device.powerOn();
        } catch (error) {
          opened.end(error as Error);
          throw error;
        }
      }
      wasOpened = true;
      return opened;
    },
    setPace: (pace) => clock.setPace(pace),
    pause: () => clock.pause(),
    resume: () => clock.resume(),
    cutPower: () => device.powerOff(),
    monitor: energy?.monitor,
    openMonitorStream: (signal) =>
      new Promise((resolve) => {
        signal?.throwIfAborted();
        if (closed) throw new Fault('transport.closed', { port: label });
        resolve(monitorOf().monitor.open());
      }),
    openIoManagerStream: (signal) =>
      new Promise((resolve) => {
        signal?.throwIfAborted();
        if (!ioManager) throw new Fault('virtual.noInstrument', { role: 'ioManager' });
        checkFree();
        resolve(ioManager.open());
      }),
    energyTruth: (fromS, toS) => monitorOf().truth(fromS, toS),
    timestampEdgesS: () => energy?.fallsS ?? [],
    hands: (handsOptions) => new VirtualHands(clock, monitorOf().load, handsOptions),
    connectLoad: (load) => monitorOf().load.connect(clock.nowNs(), load),
    close() {
      closed = true;
      ioManager?.close();
      energy?.close();
      device.powerOff();
      line?.end(undefined);
      clock.close();
      return Promise.resolve();
    },
  };
}

function identityOf(
  settings: { baud: number; cpuHz: number; cyclesPerInstruction: number; ppm?: number },
  costSource: 'measured' | 'estimated',
  { manifest }: VirtualFirmware,
  others: readonly InstrumentIdentity[],
): BenchIdentity {
  return {
    id: 'virtual',
    name: 'virtual bench',
    simulated: true,
    clockComparable: true,
    instruments: [
      {
        role: 'dut',
        kind: 'virtual-dut',
        label,
        lockId: 'virtual-dut',
        firmware: { name: 'joulebench-virtual', version: `abi ${String(manifest.abi)}`, sha256: manifest.sha256 },
        triedOnHardware: false,
        simulated: true,
      },
      ...others,
    ],
    simulation: {
      cpuHz: settings.cpuHz,
      cyclesPerInstruction: settings.cyclesPerInstruction,
      costSource,
      baud: settings.baud,
      ppm: settings.ppm ?? 0,
    },
  };
}

function checkRange(setting: string, value: number, low: number, high: number): void {
  if (value >= low && value <= high) return;
  throw new Fault('virtual.badSetting', {
    setting,
    value: String(value),
    allowed: `${String(low)} to ${String(high)}`,
  });
}

/** Options given as undefined do not hide a default. */
function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
