import type { PublishedRow } from '../../../shared/domain/package.ts';
import type { SystemDescription } from '../../../shared/domain/system-description.ts';
import type { MaterialRun } from './types.ts';

/**
 * What the published table would say of a package: one row for each benchmark, with the throughput turned into a latency as its script
 * does. Source: results and submission, section 10.
 */
export function publishedRows(
  runs: readonly MaterialRun[],
  system: string,
  description: SystemDescription,
): PublishedRow[] {
  const benchmarks = [...new Set(runs.map(({ benchmark }) => benchmark))].sort();
  return benchmarks.map((benchmark) => {
    const own = runs.filter((run) => run.benchmark === benchmark);
    const figuresOf = (mode: string): MaterialRun['figures'] => own.find((run) => run.mode === mode)?.figures ?? {};
    const [performance, accuracy, energy] = [figuresOf('performance'), figuresOf('accuracy'), figuresOf('energy')];
    // A streaming run gives all of its figures at once, whichever mode its folder is for.
    const streaming = benchmark === 'sww' ? Object.assign({}, accuracy, performance, energy) : {};
    const throughput = performance.medianThroughputInfPerS ?? streaming.estimatedThroughputInfPerS;
    const { truePositives: hits, falsePositives: alarms, falseNegatives: misses } = streaming;
    const score =
      hits === undefined || alarms === undefined || misses === undefined || hits + alarms + misses === 0
        ? null
        : (2 * hits) / (2 * hits + alarms + misses);
    // The table shows the area for anomaly detection, the share of right answers for the others.
    const areaCounts = benchmark === 'ad';
    return {
      system,
      board: description['Board Name'].trim(),
      availability: description.Status.trim(),
      benchmark,
      latencyMs: throughput === undefined || throughput <= 0 ? null : 1000 / throughput,
      top1: areaCounts ? null : (accuracy.top1 ?? null),
      auc: areaCounts ? (accuracy.auc ?? accuracy.aucExact ?? null) : null,
      f1: score,
      energyUJPerInf: benchmark === 'sww' ? null : (energy.medianEnergyUJPerInf ?? null),
      powerMW: streaming.medianPowerUW === undefined ? null : streaming.medianPowerUW / 1000,
    };
  });
}
