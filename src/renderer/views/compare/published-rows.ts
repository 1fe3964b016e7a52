import type { ComparedSessionView } from '../../../shared/domain/comparison.ts';
import { publishedBenchmarkOf } from '../../../shared/domain/published.ts';
import type { PublishedResult } from '../../../shared/domain/published.ts';

/** What of the table is shown; an empty choice takes all. */
export interface PublishedFilter {
  benchmark: string;
  round: string;
  organisation: string;
  division: string;
}

export const everything: PublishedFilter = { benchmark: '', round: '', organisation: '', division: '' };

/** Rows that pass all choices. */
export function filtered(rows: readonly PublishedResult[], filter: PublishedFilter): PublishedResult[] {
  const passes = (choice: string, value: string): boolean => choice === '' || choice === value;
  return rows.filter(
    (row) =>
      passes(filter.benchmark, row.benchmark) &&
      passes(filter.round, row.round) &&
      passes(filter.organisation, row.organisation) &&
      passes(filter.division, row.division),
  );
}

/** What can be chosen in a column, sorted. */
export function choicesOf(
  rows: readonly PublishedResult[],
  column: 'benchmark' | 'round' | 'organisation' | 'division',
): string[] {
  return [...new Set(rows.map((row) => row[column]))].sort((a, b) => a.localeCompare(b));
}

/** The benchmark to begin with: that of the sessions' workloads where it is one, else all. */
export function firstBenchmark(sessions: readonly ComparedSessionView[]): string {
  const benchmarks = new Set(
    sessions.flatMap(({ runs }) => runs.flatMap(({ workload }) => publishedBenchmarkOf[workload] ?? [])),
  );
  return benchmarks.size === 1 ? ([...benchmarks][0] ?? '') : '';
}

/** An energy run of a session on the chart: its energy with the latency of the performance run, or of its own where there is none. */
export interface OwnRun {
  sessionId: string;
  index: number;
  workload: string;
  simulated: boolean;
  latencyS: number;
  energyJ: number;
  expandedJ: number | null;
}

/** All runs of the sessions that have an energy and a latency. */
export function ownRuns(sessions: readonly ComparedSessionView[]): OwnRun[] {
  return sessions.flatMap(({ sessionId, simulated, runs }, index) =>
    runs.flatMap((run) => {
      const energy = run.figures.find(({ figure }) => figure === 'energy');
      if (run.mode !== 'energy' || !energy) return [];
      const timed = runs.find((one) => one.mode === 'performance' && one.workload === run.workload);
      const latencyS = timed?.latencyS ?? run.latencyS;
      if (latencyS === null) return [];
      return [
        {
          sessionId,
          index,
          workload: run.workload,
          simulated,
          latencyS,
          energyJ: energy.value,
          expandedJ: energy.expandedUncertainty,
        },
      ];
    }),
  );
}
