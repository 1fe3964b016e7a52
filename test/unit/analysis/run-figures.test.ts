import { describe, expect, it } from 'vitest';
import { accuracySummary, windowsFigures } from '../../../src/main/analysis/index.ts';
import type { RecordedWindow } from '../../../src/main/analysis/index.ts';

function window(change: Partial<RecordedWindow> = {}): RecordedWindow {
  return { inferences: 100, lapStartUs: 0, lapEndUs: 10_000_000, hostStartS: 5, hostEndS: 15, ...change };
}

describe('windowsFigures', () => {
  it('gives the figures of every window and of the run', () => {
    const figures = windowsFigures([window(), window({ lapStartUs: 4_290_000_000, lapEndUs: 7_532_704 })], {
      hostStampUncertaintyS: 0.02,
    });
    expect(figures.windows[0]).toMatchObject({
      durationS: 10,
      throughputInfPerS: 10,
      hostS: 10,
      clock: { ratio: 1, deviation: 0 },
    });
    expect(figures.windows[1]).toMatchObject({ durationS: 12.5, throughputInfPerS: 8, clock: { ratio: 1.25 } });
    expect(figures.medianThroughputInfPerS).toBe(9);
    expect(figures.relativeSpread).toBeCloseTo(2 / 9, 12);
  });

  it('has null for what is missing, and no median of a part', () => {
    const figures = windowsFigures([window(), window({ lapEndUs: null }), window({ hostStartS: null })], {
      hostStampUncertaintyS: 0.02,
    });
    expect(figures.windows[1]).toEqual({ durationS: null, throughputInfPerS: null, hostS: 10, clock: null });
    expect(figures.windows[2]).toMatchObject({ durationS: 10, hostS: null, clock: null });
    expect(figures).toMatchObject({ medianThroughputInfPerS: null, relativeSpread: null });
    expect(windowsFigures([], { hostStampUncertaintyS: 0 })).toEqual({
      windows: [],
      medianThroughputInfPerS: null,
      relativeSpread: null,
      stampResolutionUs: null,
    });
    expect(
      windowsFigures([window({ lapEndUs: 0 })], { hostStampUncertaintyS: 0 }).windows[0]?.throughputInfPerS,
    ).toBeNull();
  });

  it('tells the step of the clock from all stamps of the run', () => {
    const stampsUs = [0, 3000, 8000, 9000, 15_000];
    expect(windowsFigures([window()], { hostStampUncertaintyS: 0, stampsUs }).stampResolutionUs).toBe(1000);
    expect(windowsFigures([window()], { hostStampUncertaintyS: 0 }).stampResolutionUs).toBeNull();
  });
});

describe('accuracySummary', () => {
  it('gives the figures that the rules look at', () => {
    const classes = [
      { fileIndex: 0, label: 0, results: [0.8, 0.2] },
      { fileIndex: 1, label: 1, results: [0.4, 0.6] },
    ];
    expect(accuracySummary(classes, 2, 2)).toEqual({
      top1: 1,
      aucExact: 1,
      aucEembc: 1,
      aucMlc: 1,
      bestPrecisionRecall: null,
    });
    const anomalies = classes.map((input) => ({ ...input, results: [input.label] }));
    expect(accuracySummary(anomalies, 2, 1)).toMatchObject({ top1: null, aucExact: 1, bestPrecisionRecall: 1 });
    expect(accuracySummary([], 2, 2)).toBeNull();
  });
});
