import { systemClock } from '../../../src/main/bench/index.ts';
import { openLpm01a, openPpk2, type EnergyMonitor, type MonitorEvent } from '../../../src/main/emon/index.ts';
import { openSerial, type ByteStream } from '../../../src/main/transport/index.ts';
import { openCalibrationRig, type CalibrationRig } from '../../../src/main/virtual/index.ts';
import type { Clock } from '../../../src/shared/clock/index.ts';
import { sleep } from '../../../src/shared/clock/index.ts';
import { openMonitorPty, type MonitorPort, type RigOptions } from '../../rig/monitor/index.ts';

export type Kind = RigOptions['kind'];
/** How an instrument is used: a PPK2 can also sit in the line of another supply. */
export type Use = Kind | 'ppk2-ampere';
export const kindOf = (use: Use): Kind => (use === 'lpm01a' ? use : 'ppk2');

/** An emulated instrument with a stream to it, on which no driver is open yet. */
export interface Placed {
  rig: CalibrationRig;
  stream: ByteStream;
  /** The host's clock: that of the instrument in one process, the computer's on a terminal. */
  clock: Clock;
  /** Pulls the plug from outside; on a terminal only. */
  unplug(): Promise<void>;
  close(): Promise<void>;
}

/** Where instrument and driver meet. */
export type Place = (options: RigOptions, port?: MonitorPort) => Promise<Placed>;

const measuringPort: MonitorPort = (rig) => rig.openMonitorStream();

export const inProcess: Place = (options, port = measuringPort) => {
  const rig = openCalibrationRig(options);
  return Promise.resolve({
    rig,
    stream: port(rig),
    clock: rig.clock,
    unplug: () => Promise.reject(new Error('only a terminal has a plug')),
    close: () => Promise.resolve(rig.close()),
  });
};

export const onPty: Place = async (options, port) => {
  const pty = await openMonitorPty(options, port);
  const clock = systemClock();
  const stream = await openSerial({ path: pty.path, baud: 115_200, clock, platform: process.platform });
  return {
    rig: pty.rig,
    stream,
    clock,
    unplug: () => pty.unplug(),
    close: async () => {
      await stream.close();
      await pty.close();
    },
  };
};

/** The driver of a use on a stream. */
export function openDriver(use: Use, stream: ByteStream, clock: Clock): Promise<EnergyMonitor> {
  const common = { stream, clock, label: 'test bench', lockId: 'test', simulated: true };
  if (use === 'lpm01a') return openLpm01a(common);
  return openPpk2({ ...common, mode: use === 'ppk2' ? 'source' : 'ampere' });
}

/** Waits by the bench's clock until something holds; the caller's expectation says what is wrong when it never does. */
export async function eventually(clock: Clock, holds: () => boolean, mostS = 5): Promise<void> {
  const endS = clock.nowS() + mostS;
  while (!holds() && clock.nowS() < endS) await sleep(clock, 0.02);
}

/** What a driver has delivered. */
export class Heard {
  readonly events: MonitorEvent[] = [];
  readonly listen = (event: MonitorEvent): void => {
    this.events.push(event);
  };

  of<K extends MonitorEvent['kind']>(kind: K): Extract<MonitorEvent, { kind: K }>[] {
    return this.events.filter((event): event is Extract<MonitorEvent, { kind: K }> => event.kind === kind);
  }

  /** Samples, gaps included. */
  get samples(): number {
    return this.of('samples').reduce((sum, { values }) => sum + values.length, 0);
  }

  /** Samples that are gaps. */
  get gaps(): number {
    return this.of('samples').reduce((sum, { values }) => sum + values.filter(Number.isNaN).length, 0);
  }

  /** Sum of all values, in double. */
  get sum(): number {
    return this.of('samples').reduce(
      (sum, { values }) => values.reduce((total, value) => (Number.isNaN(value) ? total : total + value), sum),
      0,
    );
  }
}
