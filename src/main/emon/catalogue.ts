import type { MonitorAcceptance } from '../../shared/domain/energy.ts';
import { lpm01aKind } from './lpm01a/kind.ts';
import type { MonitorKind } from './monitor.ts';
import { ppk2Kind } from './ppk2/kind.ts';

/** What is known of a monitor, whether or not there is a driver for it: enough to label a trace that came from one (rule NRG-06). */
export interface MonitorEntry {
  kind: string;
  model: string;
  acceptance: MonitorAcceptance;
  triedOnHardware: boolean;
  /** What its driver can do; null where there is none, and traces of it can only be imported. */
  driver: MonitorKind | null;
}

const drivers: readonly MonitorKind[] = [lpm01aKind, ppk2Kind];

/** Known by name only. Accepted are those that one of the two published runners drives (results and submission, NRG-06). */
const importOnly: readonly Omit<MonitorEntry, 'driver' | 'triedOnHardware'>[] = [
  { kind: 'js110', model: 'Joulescope JS110', acceptance: 'submissions' },
  { kind: 'js220', model: 'Joulescope JS220', acceptance: 'submissions' },
  { kind: 'n6705', model: 'Keysight N6705', acceptance: 'submissions' },
  { kind: 'otii', model: 'Qoitech Otii', acceptance: 'exploration' },
];

/** Every monitor that the application knows; a new driver is one line above. */
export const monitorCatalogue: readonly MonitorEntry[] = [
  ...drivers.map((driver) => ({
    kind: driver.kind,
    model: driver.model,
    acceptance: driver.acceptance,
    triedOnHardware: driver.triedOnHardware,
    driver,
  })),
  ...importOnly.map((entry) => ({ ...entry, triedOnHardware: false, driver: null })),
];

/** The entry of a kind; undefined for one that is not known, which then is for exploration only. */
export function monitorEntry(kind: string): MonitorEntry | undefined {
  return monitorCatalogue.find((entry) => entry.kind === kind);
}
