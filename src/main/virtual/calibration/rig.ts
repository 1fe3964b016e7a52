import type { MonitorSpecification } from '../../../shared/domain/energy.ts';
import type { ByteStream } from '../../transport/byte-stream.ts';
import {
  defaultNoise,
  errorsOf,
  monitorLabels,
  simulatedSpecification,
  type VirtualMonitorOptions,
} from '../energy-side.ts';
import type { MonitorErrors } from '../energy/errors.ts';
import { MonitorLoad } from '../energy/load.ts';
import { createEmulatedMonitor, type EmulatedMonitor } from '../monitor/index.ts';
import { SimClock } from '../sim-clock.ts';
import { VirtualHands, type HandsOptions } from './hands.ts';

/** An emulated monitor alone on a bench, without a DUT: for calibrations, and for drivers' tests. */
export interface CalibrationRig {
  readonly clock: SimClock;
  readonly load: MonitorLoad;
  readonly monitor: EmulatedMonitor;
  readonly hands: VirtualHands;
  /** What was drawn or given: a calibration must recover it. */
  readonly errors: MonitorErrors;
  readonly specification: MonitorSpecification;
  openMonitorStream(): ByteStream;
  close(): void;
}

/** The output is open until something is connected. `clock` for a pace of its own; otherwise as fast as the computer can. */
export function openCalibrationRig(
  options: Omit<VirtualMonitorOptions, 'currents'> & { hands?: HandsOptions; clock?: SimClock },
): CalibrationRig {
  const { kind, seed } = options;
  const clock = options.clock ?? new SimClock();
  const errors = errorsOf(options);
  const load = new MonitorLoad(options.load ?? { kind: 'open' }, errors.sourceOhm);
  const monitor = createEmulatedMonitor(kind, {
    clock,
    load,
    label: monitorLabels[kind],
    seed,
    errors,
    noise: { ...defaultNoise[kind], ...options.noise },
    faults: options.faults,
  });
  return {
    clock,
    load,
    monitor,
    hands: new VirtualHands(clock, load, options.hands),
    errors,
    specification: simulatedSpecification(kind),
    openMonitorStream: () => monitor.open(),
    close() {
      monitor.close();
      load.close();
      clock.close();
    },
  };
}
