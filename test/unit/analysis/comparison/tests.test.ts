import fc from 'fast-check';
import { wilcoxonRankSum } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { binaryAuc } from '../../../../src/main/analysis/auc-exact.ts';
import { deLong } from '../../../../src/main/analysis/comparison/delong.ts';
import { mannWhitney } from '../../../../src/main/analysis/comparison/mann-whitney.ts';
import { mcNemar, pairedCorrect } from '../../../../src/main/analysis/comparison/mcnemar.ts';
import { aucExact } from '../../../../src/main/analysis/index.ts';

/** All ways to choose k of the indices below n. */
function choices(n: number, k: number): number[][] {
  if (k === 0) return [[]];
  if (n < k) return [];
  return [...choices(n - 1, k), ...choices(n - 1, k - 1).map((rest) => [...rest, n - 1])];
}

/** U by its definition: pairs won, ties counting half. */
function pairsWon(a: readonly number[], b: readonly number[]): number {
  return a.flatMap((x) => b.map((y) => (x > y ? 1 : x === y ? 0.5 : 0))).reduce<number>((sum, one) => sum + one, 0);
}

describe('Mann-Whitney U', () => {
  it('gives the published example and the critical values of the tables', () => {
    // The worked example of SciPy's documentation of mannwhitneyu: U = 17, exact two-sided p = 0.1111.
    const example = mannWhitney([19, 22, 16, 29, 24], [20, 11, 17, 12]);
    expect(example).toMatchObject({ u: 17, exact: true });
    expect(example?.p).toBeCloseTo(14 / 126, 12);
    // Tables, n1 = n2 = 5, two-sided 5 %: critical value 2. U = 2 gives 8/252, U = 3 gives 14/252.
    const withU = (b: readonly number[]) => mannWhitney([1, 2, 3, 4, 5], b);
    expect(withU([6, 7, 8, 9, 10])?.p).toBeCloseTo(2 / 252, 12);
    expect(withU([3.5, 6, 7, 8, 9])).toMatchObject({ u: 2 });
    expect(withU([3.5, 6, 7, 8, 9])?.p).toBeCloseTo(8 / 252, 12);
    expect(withU([2.5, 6, 7, 8, 9])?.p).toBeCloseTo(14 / 252, 12);
  });

  it('says the smallest p that so few values can reach', () => {
    expect(mannWhitney([1, 2, 3], [4, 5, 6])?.smallestP).toBeCloseTo(0.1, 12);
    expect(mannWhitney([5, 1, 4, 2, 3], [1.5, 2.5, 3.5, 4.5, 5.5])?.smallestP).toBeCloseTo(2 / 252, 12);
    // All equal: nothing to decide.
    expect(mannWhitney([7, 7, 7], [7, 7, 7])).toMatchObject({ p: 1, smallestP: 1 });
    expect(mannWhitney([], [1])).toBeNull();
    expect(mannWhitney([1, Number.NaN], [1])).toBeNull();
  });

  it('is the count over all ways to deal the values, with ties too, and its U that of simple-statistics', () => {
    const few = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(few, few, (a, b) => {
        const result = mannWhitney(a, b);
        expect(result?.u).toBeCloseTo(wilcoxonRankSum(a, b) - (a.length * (a.length + 1)) / 2, 9);
        const all = [...a, ...b];
        const middle = (a.length * b.length) / 2;
        const aways = choices(all.length, a.length).map((chosen) => {
          const inside = new Set(chosen);
          const [left, right] = [all.filter((_, k) => inside.has(k)), all.filter((_, k) => !inside.has(k))];
          return Math.abs(pairsWon(left, right) - middle);
        });
        const own = Math.abs(pairsWon(a, b) - middle);
        expect(result?.p).toBeCloseTo(aways.filter((away) => away >= own - 1e-9).length / aways.length, 9);
        const most = Math.max(...aways);
        expect(result?.smallestP).toBeCloseTo(aways.filter((away) => away >= most - 1e-9).length / aways.length, 9);
      }),
      { numRuns: 300 },
    );
  });

  it('goes over into the normal approximation without a step', () => {
    const sample = (n: number, shift: number): number[] =>
      Array.from({ length: n }, (_, k) => ((k * 37) % 101) + shift);
    const exact = mannWhitney(sample(20, 0), sample(20, 20));
    const normal = mannWhitney(sample(21, 0), sample(20, 20));
    expect([exact?.exact, normal?.exact]).toEqual([true, false]);
    expect(Math.abs((exact?.p ?? 0) - (normal?.p ?? 1))).toBeLessThan(0.02);
  });
});

describe('McNemar, exact', () => {
  it('is the binomial test over the inputs that changed sides', () => {
    // 2 (C(10,0) + C(10,1)) / 2^10
    expect(mcNemar({ inputs: 100, onlyFirst: 1, onlySecond: 9 })?.p).toBeCloseTo(22 / 1024, 12);
    expect(mcNemar({ inputs: 100, onlyFirst: 0, onlySecond: 6 })?.p).toBeCloseTo(2 / 64, 12);
    expect(mcNemar({ inputs: 100, onlyFirst: 4, onlySecond: 4 })?.p).toBe(1);
    expect(mcNemar({ inputs: 100, onlyFirst: 0, onlySecond: 0 })).toMatchObject({ p: 1, standardUncertainty: 0 });
    expect(mcNemar({ inputs: 0, onlyFirst: 0, onlySecond: 0 })).toBeNull();
    // 2,400 changed inputs: 2^-2400 is no double any more.
    expect(mcNemar({ inputs: 9000, onlyFirst: 1150, onlySecond: 1250 })?.p).toBeCloseTo(0.0432, 3);
  });

  it('says how far so few changes can go, and the doubt of the difference', () => {
    const five = mcNemar({ inputs: 240, onlyFirst: 5, onlySecond: 0 });
    expect(five?.smallestP).toBeCloseTo(0.0625, 12);
    expect(five?.difference).toBeCloseTo(-5 / 240, 12);
    expect(five?.standardUncertainty).toBeCloseTo(Math.sqrt(5 - 25 / 240) / 240, 12);
  });

  it('pairs input by input and refuses lists of other lengths', () => {
    expect(pairedCorrect([true, true, false, false], [true, false, true, true])).toEqual({
      inputs: 4,
      onlyFirst: 1,
      onlySecond: 2,
    });
    expect(pairedCorrect([true], [])).toBeUndefined();
  });
});

/** DeLong's covariance by its definition, O(n^2): S10/m + S01/n of the difference (DeLong 1988, equations 5 and 6). */
function byDefinition(a: readonly number[], b: readonly number[], positive: readonly boolean[]): number {
  const wins = (x: number, y: number): number => (x > y ? 1 : x === y ? 0.5 : 0);
  const [pos, neg] = [positive.flatMap((is, k) => (is ? [k] : [])), positive.flatMap((is, k) => (is ? [] : [k]))];
  const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
  const variance = (values: readonly number[]): number =>
    values.reduce((sum, one) => sum + (one - mean(values)) ** 2, 0) / (values.length - 1);
  const at = (scores: readonly number[], k: number): number => scores[k] ?? Number.NaN;
  const v10 = pos.map((i) => mean(neg.map((j) => wins(at(b, i), at(b, j)) - wins(at(a, i), at(a, j)))));
  const v01 = neg.map((j) => mean(pos.map((i) => wins(at(b, i), at(b, j)) - wins(at(a, i), at(a, j)))));
  return Math.sqrt(variance(v10) / pos.length + variance(v01) / neg.length);
}

describe('DeLong', () => {
  const cases = fc
    .array(fc.record({ a: fc.integer({ min: 0, max: 9 }), b: fc.integer({ min: 0, max: 9 }), label: fc.boolean() }), {
      minLength: 8,
      maxLength: 40,
    })
    .filter((all) => all.filter(({ label }) => label).length >= 2 && all.filter(({ label }) => !label).length >= 2);

  it('is the variance of its definition for one score, and its areas are ours', () => {
    fc.assert(
      fc.property(cases, (all) => {
        const labels = all.map(({ label }) => (label ? 1 : 0));
        const positive = all.map(({ label }) => label);
        const [a, b] = [all.map((one) => one.a), all.map((one) => one.b)];
        const result = deLong(
          { vectors: a.map((score) => [score]), labels },
          { vectors: b.map((score) => [score]), labels },
          2,
        );
        expect(result?.aucFirst).toBeCloseTo(binaryAuc(a, positive) ?? -1, 12);
        expect(result?.aucSecond).toBeCloseTo(binaryAuc(b, positive) ?? -1, 12);
        expect(result?.standardUncertainty).toBeCloseTo(byDefinition(a, b, positive), 12);
      }),
    );
  });

  it('is the same for two mirrored classes, and 1 for the same scores', () => {
    const labels = [0, 1, 0, 1, 1, 0, 1, 0];
    const scores = [0.2, 0.7, 0.4, 0.35, 0.9, 0.1, 0.5, 0.6];
    const others = [0.3, 0.6, 0.5, 0.65, 0.8, 0.2, 0.4, 0.55];
    const mirrored = (all: readonly number[]) => ({ vectors: all.map((score) => [1 - score, score]), labels });
    const single = (all: readonly number[]) => ({ vectors: all.map((score) => [score]), labels });
    const [two, one] = [deLong(mirrored(scores), mirrored(others), 2), deLong(single(scores), single(others), 2)];
    expect(two?.standardUncertainty).toBeCloseTo(one?.standardUncertainty ?? -1, 12);
    expect(two?.difference).toBeCloseTo(one?.difference ?? -1, 12);
    expect(deLong(mirrored(scores), mirrored(scores), 2)).toMatchObject({
      difference: 0,
      standardUncertainty: 0,
      p: 1,
    });
    expect(deLong(single(scores), { vectors: [], labels: [] }, 2)).toBeNull();
  });

  it('covers the true difference of a macro average (simulated, fixed seed)', () => {
    let seed = 12345;
    const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
    const normal = (): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    let covered = 0;
    const trials = 400;
    for (let trial = 0; trial < trials; trial += 1) {
      const labels = Array.from({ length: 90 }, (_, k) => k % 3);
      const draw = (label: number, shared: readonly number[]): number[] =>
        shared.map((value, k) => value + 0.5 * normal() + (k === label ? 1 : 0));
      const shared = labels.map(() => [normal(), normal(), normal()]);
      const [a, b] = [
        labels.map((label, k) => draw(label, shared[k] ?? [])),
        labels.map((label, k) => draw(label, shared[k] ?? [])),
      ];
      const result = deLong({ vectors: a, labels }, { vectors: b, labels }, 3);
      expect(result?.aucFirst).toBeCloseTo(aucExact({ vectors: a, labels }, 3) ?? -1, 12);
      if (Math.abs(result?.difference ?? 9) <= 1.96 * (result?.standardUncertainty ?? 0)) covered += 1;
    }
    // 95 % within four standard errors of 400 trials.
    expect(covered / trials).toBeGreaterThan(0.905);
    expect(covered / trials).toBeLessThan(0.995);
  });
});
