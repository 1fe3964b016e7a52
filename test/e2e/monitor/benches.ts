import { afterEach } from 'vitest';
import type { Acquisition, EnergyMonitor } from '../../../src/main/emon/index.ts';
import type { MonitorPort, RigOptions } from '../../rig/monitor/index.ts';
import { eventually, Heard, kindOf, openDriver } from './bench.ts';
import type { Place, Placed, Use } from './bench.ts';

/** A resistor of 300 ohm at 3.0 V: 10 mA. */
export const load = { kind: 'resistor', ohm: 300 } as const;

interface Opened extends Placed {
  monitor: EnergyMonitor;
}

interface Measuring extends Opened {
  heard: Heard;
  acquisition: Acquisition;
}

/** Emulated instruments at a place, each as far as a test needs it; closed after the test. */
export interface Benches {
  /** Without a driver. */
  put(options?: Partial<RigOptions>, port?: MonitorPort): Promise<Placed>;
  open(options?: Partial<RigOptions>): Promise<Opened>;
  /** With the DUT's supply at 3 V. */
  powered(options?: Partial<RigOptions>): Promise<Opened>;
  measuring(options?: Partial<RigOptions>): Promise<Measuring>;
}

export function useBenches(use: Use, place: Place): Benches {
  const placed: Placed[] = [];
  const put: Benches['put'] = async (options = {}, port) => {
    const bench = await place({ kind: kindOf(use), seed: 3, load, ...options }, port);
    placed.push(bench);
    return bench;
  };
  const open: Benches['open'] = async (options) => {
    const bench = await put(options);
    return { ...bench, monitor: await openDriver(use, bench.stream, bench.clock) };
  };
  const powered: Benches['powered'] = async (options) => {
    const bench = await open(options);
    await bench.monitor.setVoltage(3);
    await bench.monitor.setPower(true);
    await eventually(bench.clock, () => bench.rig.monitor.supplyOn);
    return bench;
  };
  const measuring: Benches['measuring'] = async (options) => {
    const bench = await powered(options);
    const heard = new Heard();
    const acquisition = await bench.monitor.start({ purpose: 'score' }, heard.listen);
    await eventually(bench.clock, () => heard.samples > 0);
    return { ...bench, heard, acquisition };
  };
  afterEach(async () => {
    for (const bench of placed.splice(0).reverse()) await bench.close();
  });

  return { put, open, powered, measuring };
}

/** Falling edges of the timestamp pin, so far apart and so long; returns their instants in ns of the instrument's bench. */
export async function pulses(
  { rig, clock }: Placed,
  count: number,
  apartS: number,
  lengthS: number,
): Promise<number[]> {
  rig.clock.catchUp();
  const firstNs = rig.clock.nowNs() + Math.round(0.05e9);
  const times = Array.from({ length: count }, (_, number) => firstNs + Math.round(number * apartS * 1e9));
  for (const atNs of times) {
    rig.clock.at(atNs, () => rig.monitor.pin(0));
    rig.clock.at(atNs + Math.round(lengthS * 1e9), () => rig.monitor.pin(1));
  }
  // A busy computer is late with the instrument's time.
  const endNs = firstNs + Math.round((count * apartS + 0.1) * 1e9);
  rig.clock.at(endNs, () => undefined);
  await eventually(clock, () => rig.clock.nowNs() >= endNs, 20);
  return times;
}
