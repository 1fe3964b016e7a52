import { describe, expect, it } from 'vitest';
import {
  accuracyFigures,
  compareClocks,
  elapsedUs,
  performanceFigures,
  stampResolutionUs,
} from '../../../src/main/analysis/index.ts';
import { noDataReason } from '../../support/data.ts';
import { expectedRuns, labelOf, publishedLabels, readEembcLog, readMlcResults, runFile } from './published-logs.ts';
import type { ExpectedRun, LoggedInference } from './published-logs.ts';

const classCounts: Record<string, number> = { kws: 12, ic: 10, vww: 2 };

function inferencesOf(run: ExpectedRun): LoggedInference[] {
  return run.runner === 'eembc' ? readEembcLog(runFile(run, 'log.txt')) : readMlcResults(runFile(run, 'results.json'));
}

describe.skipIf(noDataReason)('published accuracy runs', () => {
  const runs = noDataReason ? [] : expectedRuns().filter((run) => run.mode === 'accuracy');

  it('has the runs of the sample', () => {
    expect(runs).toHaveLength(9);
  });

  it.each(runs.map((run) => [run.id, run] as const))('%s', (_id, run) => {
    const labels = publishedLabels(run.benchmark);
    const inputs = inferencesOf(run).map((inference, fileIndex) => ({
      fileIndex,
      label: labelOf(run.benchmark, inference.file, labels),
      results: inference.results,
    }));
    const classCount = classCounts[run.benchmark] as number;
    const figures = accuracyFigures(inputs, classCount, classCount);
    if (figures.kind !== 'classes') throw new Error('not a classification');
    expect(figures.inputs).toBe(run.recomputed.inferences);
    expect(figures.correct).toBe(run.recomputed.correct);
    const officialAuc = run.runner === 'eembc' ? figures.aucEembc : figures.aucMlc;
    expect(officialAuc).toBeCloseTo(run.recomputed.auc as number, 10);
    expect(figures.aucExact).toBeCloseTo(run.recomputed.auc_exact as number, 10);
    if (run.verdict !== 'agrees') return;
    const printed = (officialAuc as number).toFixed(run.runner === 'eembc' ? 2 : 3);
    expect(Number((figures.top1 * 100).toFixed(1))).toBe(run.published.top1_pct);
    expect(Number(printed)).toBe(run.published.auc);
  });
});

describe.skipIf(noDataReason)('published performance runs', () => {
  const runs = noDataReason
    ? []
    : expectedRuns().filter((run) => run.mode === 'performance' && run.runner === 'eembc' && run.recomputed.windows);

  it('has the runs of the sample', () => {
    expect(runs.length).toBeGreaterThan(15);
  });

  it.each(runs.map((run) => [run.id, run] as const))('%s', (_id, run) => {
    const inferences = inferencesOf(run).filter((inference) => inference.stampsUs.length === 2);
    const figures = performanceFigures(
      inferences.map(({ inferences: count, stampsUs }) => ({
        inferences: count,
        lapStartUs: stampsUs[0] as number,
        lapEndUs: stampsUs[1] as number,
      })),
    );
    const expected = run.recomputed.windows ?? [];
    expect(figures.windows).toHaveLength(expected.length);
    figures.windows.forEach((window, index) => {
      expect(window.durationS).toBeCloseTo(expected[index]?.runtime_s as number, 9);
      expect(window.inferences).toBe(expected[index]?.inferences);
    });
    const median = run.recomputed.median_throughput as number;
    expect(Math.abs(figures.medianThroughputInfPerS / median - 1)).toBeLessThan(1e-12);
  });

  it('shows the slow clock that was published in round v1.1', () => {
    const slow = runs.find((run) => run.id.includes('Nuvoton')) as ExpectedRun;
    for (const { stampsUs, hostS } of inferencesOf(slow)) {
      const comparison = compareClocks({
        dutS: elapsedUs(stampsUs[0] as number, stampsUs[1] as number) / 1e6,
        hostS: (hostS[1] as number) - (hostS[0] as number),
        hostStampUncertaintyS: 0.02,
        dutResolutionS: 0.001,
      });
      expect(comparison?.ratio).toBeCloseTo(0.963, 2);
      expect((comparison?.deviation ?? 0) - (comparison?.uncertainty ?? 0)).toBeGreaterThan(0.01);
    }
    const stamps = inferencesOf(slow).flatMap((inference) => inference.stampsUs);
    expect(stampResolutionUs(stamps)).toBe(1000);
  });
});
