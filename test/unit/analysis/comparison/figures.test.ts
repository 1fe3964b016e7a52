import { describe, expect, it } from 'vitest';
import { energyDifference } from '../../../../src/main/analysis/comparison/energy-difference.ts';
import { compareSessions } from '../../../../src/main/analysis/comparison/index.ts';
import type { ComparedRun } from '../../../../src/main/analysis/comparison/index.ts';
import { judgeFigure, judgeLimits } from '../../../../src/main/analysis/comparison/limits.ts';
import { compareEnergies } from '../../../../src/main/analysis/uncertainty/compare.ts';
import type { FigureComparison, RegressionLimit } from '../../../../src/shared/domain/comparison.ts';
import { conditions, energyConditions, energyRun, energySide, five } from './conditions.ts';

describe('difference of two energies', () => {
  it('is what the ratio says where both are alike: what both share cancels', () => {
    const [a, b] = [energySide(180, 0.36), energySide(180, 0.36)];
    const difference = energyDifference(a, b);
    const edge = Math.hypot(0.01, 0.01);
    const ratio = compareEnergies(b, a).standardUncertainty * 180;
    expect(difference.combinedStandardUncertainty).toBeCloseTo(Math.hypot(ratio, edge), 9);
    expect(difference.combinedStandardUncertainty).toBeLessThan(0.2 * a.combinedUJ);
  });

  it('keeps of a common cause what acts on the difference: |yA - yB| times gain and voltage', () => {
    const [a, b] = [energySide(180, 0), energySide(90, 0)];
    const root3 = Math.sqrt(3);
    const expected = Math.hypot(
      (90 * 0.02) / root3,
      (90 * 0.01) / root3,
      ((180 - 90) / 9.8e-3) * (1e-6 / root3),
      (Math.hypot(180, 90) * 1e-3) / root3,
      (Math.hypot(180, 90) * 5e-4) / root3,
      (Math.hypot(180, 90) * 1e-3) / root3,
      Math.hypot(0.01, 0.01),
    );
    expect(energyDifference(a, b).combinedStandardUncertainty).toBeCloseTo(expected, 9);
  });

  it('does not cancel gains of different ranges, nor anything between benches', () => {
    const a = energySide(180, 0.36);
    const otherRange = energyDifference(a, energySide(180, 0.36, 9.8e-3, 1)).combinedStandardUncertainty;
    expect(otherRange).toBeGreaterThan((Math.SQRT2 * 180 * 0.02) / Math.sqrt(3));
    const b = energySide(180, 0.36);
    const elsewhere = { ...b, bench: { ...b.bench, monitorSerial: 'S2' } };
    expect(energyDifference(a, elsewhere).combinedStandardUncertainty).toBeCloseTo(Math.SQRT2 * a.combinedUJ, 9);
  });
});

function performanceRun(sessionId: string, windows: number[], change = {}): ComparedRun {
  const sorted = windows.toSorted((x, y) => x - y);
  return {
    conditions: { ...conditions, sessionId, mode: 'performance', energy: null, ...change },
    throughput: {
      windowsInfPerS: windows,
      medianInfPerS: sorted[Math.floor(sorted.length / 2)] ?? 0,
      clockHalf: 2e-3,
      tickRel: 1e-7,
    },
  };
}

function accuracyRun(sessionId: string, wrong: readonly number[], inputs = 200): ComparedRun {
  const labels = Array.from({ length: inputs }, (_, k) => k % 2);
  const right = labels.map((_, k) => !wrong.includes(k));
  const vectors = labels.map((label, k) => (right[k] === (label === 0) ? [0.9, 0.1] : [0.1, 0.9]));
  return {
    conditions: { ...conditions, sessionId, mode: 'accuracy', energy: null },
    accuracy: {
      scores: { vectors, labels },
      classCount: 2,
      correct: right,
      top1: 1 - wrong.length / inputs,
      auc: 1 - wrong.length / inputs,
    },
  };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, k) => from + k);
const session = (sessionId: string, ...runs: ComparedRun[]) => ({ sessionId, runs });
const figuresOf = (...sessions: ReturnType<typeof session>[]): FigureComparison[] =>
  compareSessions(sessions[0] ?? session('a'), sessions.slice(1)).flatMap(({ runs }) =>
    runs.flatMap(({ figures }) => figures),
  );

describe('comparison of sessions', () => {
  it('names the tests of energy, and says better and worse by the figure', () => {
    const [energy, power] = figuresOf(session('a', energyRun('a', 180)), session('b', energyRun('b', 170)));
    expect(energy).toMatchObject({ figure: 'energy', basis: 'oneBench', outcome: 'better', significant: true });
    expect(energy?.tests.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['student', 'different'],
      ['mannWhitney', 'different'],
    ]);
    expect(energy?.tests[1]).toMatchObject({ exact: true, counts: [5, 5] });
    expect(energy?.tests[1]?.smallestP).toBeCloseTo(2 / 252, 12);
    expect(energy?.ratio.value).toBeCloseTo(170 / 180, 12);
    expect(power).toMatchObject({ figure: 'power', outcome: 'better' });
    const [worse] = figuresOf(session('a', energyRun('a', 170)), session('b', energyRun('b', 180)));
    expect(worse).toMatchObject({ outcome: 'worse' });
    const [near] = figuresOf(session('a', energyRun('a', 180)), session('b', energyRun('b', 180.1)));
    expect(near).toMatchObject({ outcome: 'notDistinguishable', significant: false });
  });

  it('states no probability between benches and keeps monitors of other kinds apart', () => {
    const ppk2 = energyRun('b', 170, 0.2, { energy: { ...energyConditions, monitor: 'ppk2' } });
    const [energy] = figuresOf(session('a', energyRun('a', 180)), session('b', ppk2));
    expect(energy).toMatchObject({ basis: 'fullBudgets', significant: null, outcome: 'otherBenchLarger' });
    expect(energy?.tests.every(({ p }) => p === null)).toBe(true);
  });

  it('compares throughputs with the doubt of both clocks, which cancels on one unit', () => {
    const [a, b] = [five(100, 0.01), five(100.1, 0.01)];
    const [apart] = figuresOf(session('a', performanceRun('a', a)), session('b', performanceRun('b', b)));
    expect(apart).toMatchObject({ basis: 'dutClocks', outcome: 'notDistinguishable' });
    const unit = { unit: 'U1' };
    const [one] = figuresOf(session('a', performanceRun('a', a, unit)), session('b', performanceRun('b', b, unit)));
    expect(one).toMatchObject({ outcome: 'better' });
    expect(one?.ratio.standardUncertainty).toBeLessThan((apart?.ratio.standardUncertainty ?? 0) / 5);
  });

  it('says too few runs where nothing could be decided', () => {
    const [figure] = figuresOf(
      session('a', performanceRun('a', [1, 2, 3])),
      session('b', performanceRun('b', [4, 5, 6])),
    );
    expect(figure).toMatchObject({ outcome: 'tooFew', significant: null, basis: 'none' });
    expect(figure?.tests[0]).toMatchObject({ name: 'mannWhitney', outcome: 'tooFew' });
    const [top1] = figuresOf(session('a', accuracyRun('a', [])), session('b', accuracyRun('b', [0, 1, 2])));
    expect(top1).toMatchObject({ figure: 'top1', outcome: 'tooFew' });
    expect(top1?.tests[0]).toMatchObject({ name: 'mcNemar', counts: [3, 0], smallestP: 0.25 });
    expect(top1?.tests[0]?.p).toBeCloseTo(0.25, 12);
  });

  it('pairs accuracies input by input', () => {
    const [top1, auc] = figuresOf(session('a', accuracyRun('a', [])), session('b', accuracyRun('b', range(0, 12))));
    expect(top1).toMatchObject({ outcome: 'worse', basis: 'sameInputs' });
    expect(auc).toMatchObject({ figure: 'auc', outcome: 'worse' });
    expect(auc?.tests[0]?.name).toBe('deLong');
  });

  it('judges several candidates together (Holm)', () => {
    // p of about 0.03 alone: with a second comparison beside it, it no longer counts.
    const b = session('b', energyRun('b', 180.58));
    const [alone] = figuresOf(session('a', energyRun('a', 180)), b);
    const p = alone?.tests[0]?.p ?? 0;
    expect(p).toBeGreaterThan(0.025);
    expect(p).toBeLessThan(0.05);
    expect(alone?.significant).toBe(true);
    const together = figuresOf(session('a', energyRun('a', 180)), b, session('c', energyRun('c', 180)));
    expect(together.find(({ figure }) => figure === 'energy')).toMatchObject({
      significant: false,
      outcome: 'notDistinguishable',
    });
  });

  it('says why sessions share nothing, and what only one of them has', () => {
    const vww = energyRun('b', 1, 0.1, { workload: 'vww01' });
    const [pair] = compareSessions(session('a', energyRun('a', 180)), [session('b', vww)]);
    expect(pair?.comparable).toBe(false);
    expect(pair?.obstacles.map(({ code }) => code)).toEqual(['otherWorkload', 'onlyOne', 'onlyOne']);
    const [modes] = compareSessions(session('a', energyRun('a', 180)), [session('b', accuracyRun('b', []))]);
    expect(modes?.obstacles[0]).toMatchObject({ code: 'otherMode', facts: { a: 'energy', b: 'accuracy' } });
  });
});

describe('limits', () => {
  const limit = (figure: RegressionLimit['figure'], size: number, kind: RegressionLimit['kind'] = 'relative') => ({
    figure,
    kind,
    limit: size,
  });
  const energyOf = (b: number): FigureComparison =>
    figuresOf(session('a', energyRun('a', 180)), session('b', energyRun('b', b)))[0] as FigureComparison;

  it('uses the four words: certain on either side, or not proven', () => {
    const words = [180, 183.3, 183.8, 186].map((b) => judgeFigure(energyOf(b), limit('energy', 0.02)).word);
    expect(words).toEqual(['within', 'withinNotProven', 'beyondNotProven', 'beyond']);
    expect(judgeFigure(energyOf(170), limit('energy', 0)).word).toBe('within');
  });

  it('takes less throughput and less top-1 as worse', () => {
    const [throughput] = figuresOf(
      session('a', performanceRun('a', five(100, 0.01))),
      session('b', performanceRun('b', five(95, 0.01))),
    );
    const judged = judgeFigure(throughput as FigureComparison, limit('throughput', 0.01));
    expect(judged).toMatchObject({ word: 'beyond' });
    expect(judged.worse).toBeCloseTo(0.05, 12);
  });

  it('calls a loss of top-1 certain only where McNemar agrees', () => {
    const word = (wrong: number): string => {
      const [top1] = figuresOf(session('a', accuracyRun('a', [])), session('b', accuracyRun('b', range(0, wrong))));
      return judgeFigure(top1 as FigureComparison, limit('top1', 0, 'absolute')).word;
    };
    // Four lost inputs: 2 ± 1 points, yet a fair coin does that once in eight.
    expect([0, 4, 5].map(word)).toEqual(['within', 'beyondNotProven', 'beyond']);
  });

  it('refuses a baseline of another kind of monitor unless told otherwise, and says why', () => {
    const ppk2 = energyRun('b', 400, 0.2, { energy: { ...energyConditions, monitor: 'ppk2' } });
    const pairs = compareSessions(session('a', energyRun('a', 180)), [session('b', ppk2)]);
    const [refused] = judgeLimits(pairs, [limit('energy', 0.02)], { acrossBenches: false });
    expect(refused).toMatchObject({ word: 'notComparable', worse: null });
    expect(refused?.obstacles.map(({ code }) => code)).toEqual(['otherMonitor']);
    const [taken] = judgeLimits(pairs, [limit('energy', 0.02)], { acrossBenches: true });
    expect(taken).toMatchObject({ word: 'beyond' });
    const [absent] = judgeLimits(pairs, [limit('top1', 0.01)], { acrossBenches: false });
    expect(absent).toMatchObject({ word: 'notComparable', workload: '' });
  });

  it('decides nothing without an uncertainty', () => {
    const [figure] = figuresOf(
      session('a', performanceRun('a', [9, 9, 9])),
      session('b', performanceRun('b', [4, 4, 4])),
    );
    expect(judgeFigure(figure as FigureComparison, limit('throughput', 0.01)).word).toBe('beyondNotProven');
  });
});
