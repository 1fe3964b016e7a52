import { describe, expect, it } from 'vitest';
import { judgeUnit } from '../../../src/main/recipe/index.ts';
import type { UnitFigures } from '../../../src/main/recipe/index.ts';
import type { RunWord } from '../../../src/shared/domain/batch.ts';
import type { FigureValue, Limit } from '../../../src/shared/domain/recipe.ts';
import { madeUpBody } from '../../support/made-up-recipe.ts';

const workload = 'demo01';
const run = (mode: RunWord['mode'], change: Partial<RunWord> = {}): RunWord => ({
  workload,
  mode,
  verdict: 'valid',
  qualityTarget: 'notApplicable',
  ...change,
});
const plain = (figure: FigureValue['figure'], value: number): FigureValue => ({
  workload,
  figure,
  value,
  expandedUncertainty: null,
  coverageFactor: null,
});
const energy = (value: number, expandedUncertainty: number | null): FigureValue => ({
  workload,
  figure: 'energy',
  value,
  expandedUncertainty,
  coverageFactor: 2,
});
const unit = (change: Partial<UnitFigures> = {}): UnitFigures => ({
  figures: [plain('throughput', 12), plain('top1', 0.9), plain('auc', 0.95), energy(900, 10)],
  runs: [run('performance'), run('accuracy'), run('energy')],
  simulated: true,
  ...change,
});
const judge = (limit: Limit, figures: UnitFigures = unit()) => {
  const { baseline } = madeUpBody();
  const [result] = judgeUnit({ limits: [limit], ...(baseline ? { baseline } : {}) }, figures).limits;
  return result;
};

describe('the decision rule of an energy: a guard band as wide as the expanded uncertainty', () => {
  const limit: Limit = { workload, kind: 'energy', maxUJPerInf: 1000 };
  it.each([
    [990, 10, 'pass', undefined],
    [990.001, 10, 'undecided', 'withinUncertainty'],
    [1000, 10, 'undecided', 'withinUncertainty'],
    [1009.999, 10, 'undecided', 'withinUncertainty'],
    [1010, 10, 'fail', undefined],
    [1000, 0, 'pass', undefined],
    [500, null, 'undecided', 'noUncertainty'],
    [5000, null, 'undecided', 'noUncertainty'],
  ] as const)('%d uJ with U = %s: %s', (value, doubt, outcome, reason) => {
    const result = judge(limit, unit({ figures: [energy(value, doubt)] }));
    expect(result).toMatchObject({ outcome, value, bound: 1000 });
    expect(result?.reason).toBe(reason);
  });
});

describe('shares and throughput are accepted simply', () => {
  it.each([
    [{ workload, kind: 'throughput', minInfPerS: 12 }, 'pass'],
    [{ workload, kind: 'throughput', minInfPerS: 12.0001 }, 'fail'],
    [{ workload, kind: 'top1', minShare: 0.9 }, 'pass'],
    [{ workload, kind: 'top1', minShare: 0.901 }, 'fail'],
    [{ workload, kind: 'auc', minArea: 0.95 }, 'pass'],
    [{ workload, kind: 'auc', minArea: 0.96 }, 'fail'],
  ] as const)('%o: %s', (limit, outcome) => expect(judge(limit)).toMatchObject({ outcome, guard: 0 }));
});

describe('verdict and quality target', () => {
  it.each([
    ['valid', 'valid', 'pass'],
    ['remarks', 'valid', 'fail'],
    ['remarks', 'remarks', 'pass'],
    ['invalid', 'remarks', 'fail'],
  ] as const)('a run that is %s against %s: %s', (verdict, atLeast, outcome) => {
    const runs = [run('performance'), run('energy', { verdict })];
    expect(judge({ workload, kind: 'verdict', atLeast }, unit({ runs }))?.outcome).toBe(outcome);
  });

  it.each([
    ['met', 'pass'],
    ['missed', 'fail'],
    ['notApplicable', 'undecided'],
  ] as const)('a target that is %s: %s', (qualityTarget, outcome) => {
    const runs = [run('accuracy', { qualityTarget })];
    expect(judge({ workload, kind: 'qualityTarget' }, unit({ runs }))?.outcome).toBe(outcome);
  });
});

it('nothing is decided by a measurement that is not valid, nor by one that is not there', () => {
  const limit: Limit = { workload, kind: 'throughput', minInfPerS: 1 };
  expect(judge(limit, unit({ runs: [run('performance', { verdict: 'invalid' })] }))).toMatchObject({
    outcome: 'undecided',
    reason: 'invalid',
  });
  expect(judge(limit, unit({ runs: [run('energy')] }))).toMatchObject({ outcome: 'undecided', reason: 'notMeasured' });
  expect(judge(limit, unit({ figures: [] }))).toMatchObject({ outcome: 'undecided', reason: 'notMeasured' });
  expect(judge({ ...limit, workload: 'kws01' })).toMatchObject({ outcome: 'undecided', reason: 'notMeasured' });
});

describe('regressions against the baseline', () => {
  const limit: Limit = { workload, kind: 'regression', figure: 'energy', maxShare: 0.05 };
  it('joins both uncertainties into one band around the worst that is allowed', () => {
    // 900 uJ may become 945 uJ; the bound carries 10.5 uJ, the figure 10 uJ: 14.5 uJ together.
    expect(judge(limit, unit({ figures: [energy(930, 10)] }))).toMatchObject({ outcome: 'pass', guard: 14.5 });
    expect(judge(limit, unit({ figures: [energy(931, 10)] }))?.outcome).toBe('undecided');
    expect(judge(limit, unit({ figures: [energy(959, 10)] }))?.outcome).toBe('undecided');
    expect(judge(limit, unit({ figures: [energy(960, 10)] }))?.outcome).toBe('fail');
  });

  it('of a throughput is a loss', () => {
    const loss: Limit = { ...limit, figure: 'throughput', maxShare: 0.25 };
    expect(judge(loss, unit({ figures: [plain('throughput', 9)] }))).toMatchObject({ outcome: 'pass', bound: 9 });
    expect(judge(loss, unit({ figures: [plain('throughput', 8.9)] }))?.outcome).toBe('fail');
  });

  it('is not judged between a simulated bench and a real one', () => {
    expect(judge(limit, unit({ simulated: false }))).toMatchObject({ outcome: 'undecided', reason: 'otherBench' });
  });
});

it('one missed limit fails the unit, an undecided one keeps it from passing', () => {
  const pass: Limit = { workload, kind: 'throughput', minInfPerS: 1 };
  const fail: Limit = { workload, kind: 'top1', minShare: 1 };
  const undecided: Limit = { workload, kind: 'energy', maxUJPerInf: 905 };
  const outcome = (...limits: Limit[]) => judgeUnit({ limits }, unit()).outcome;
  expect(outcome(pass)).toBe('pass');
  expect(outcome(pass, undecided)).toBe('undecided');
  expect(outcome(undecided, fail, pass)).toBe('fail');
});
