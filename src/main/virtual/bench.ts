import { Fault } from '../../shared/fault/index.ts';
import { readPlanImage } from '../model/index.ts';
import type { VirtualBench, VirtualBenchOptions } from './bench-interface.ts';
import { checkRange, dutLabel as label, identityOf, withoutUndefined } from './bench-settings.ts';
import { VirtualHands } from './calibration/index.ts';
import { planCost } from './cost.ts';
import { DutDevice } from './device.ts';
import { EnergySide, ioManagerIdentity, monitorIdentity } from './energy-side.ts';
import { inlineEngine } from './engine.ts';
import { compileFirmware } from './firmware.ts';
import { instantiateFirmware } from './instance.ts';
import { VirtualLine } from './line.ts';
import { IoManagerEmulator } from './relay/io-manager.ts';
import { SimClock } from './sim-clock.ts';
import { workerEngine } from './worker-engine.ts';

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
          // In a performance run nobody samples: without this the activity of the whole run would be kept.
          energy?.load.advance(clock.nowNs());
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
      energy?.feedDut(false);
      device.configure({ mode: openOptions.timestampMode ?? settings.mode ?? 'performance', baud: settings.baud });
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
