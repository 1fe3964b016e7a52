import type { StartedRun, Host, StartOptions } from '../host.ts';
import type { Benches } from './benches.ts';
import type { Flashings } from './flash.ts';
import type { Operations } from './operations.ts';

/** What starting a run as a page does stands on. */
export interface BeginRunParts {
  host: Pick<Host, 'startRun'>;
  benches: Pick<Benches, 'pace'>;
  flashings: Pick<Flashings, 'flashedAt'>;
  operations: Pick<Operations, 'add'>;
  /** @throws Fault `bench.busy`. */
  ensureFree(benchId: string): void;
}

export type BeginRun = (
  start: Omit<StartOptions, 'useWorker' | 'pace' | 'flashed'>,
  signal?: AbortSignal,
) => Promise<StartedRun>;

/** Starts runs as a page does: on a free bench, at its pace, with what was flashed onto it; the operation is then in the list. */
export function createBeginRun({ host, benches, flashings, operations, ensureFree }: BeginRunParts): BeginRun {
  return async (start, signal) => {
    ensureFree(start.bench);
    const pace = start.bench === 'virtual' ? { pace: benches.pace } : {};
    const flashed = await flashings.flashedAt(start.bench);
    // What runs on an emulated board is simulated wherever its figures go.
    const onto = flashed && { flashed, ...(flashed.record.simulated ? { simulated: true } : {}) };
    const started = await host.startRun({ ...start, ...pace, ...onto, useWorker: true }, signal);
    operations.add(started);
    return started;
  };
}
