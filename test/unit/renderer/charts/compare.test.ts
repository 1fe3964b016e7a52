import fc from 'fast-check';
import { quantileSorted } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { boxRange, fiveNumbers } from '../../../../src/renderer/charts/box-plots.ts';
import { boxOf } from '../../../../src/renderer/charts/energy-latency.ts';
import { clipStrip, decadesAround, diagonalIn, logTicks } from '../../../../src/renderer/charts/power-classes.ts';
import type { LogPoint } from '../../../../src/renderer/charts/power-classes.ts';
import { powerRange } from '../../../../src/renderer/charts/window-traces.ts';
import {
  choicesOf,
  everything,
  filtered,
  firstBenchmark,
  ownRuns,
} from '../../../../src/renderer/views/compare/published-rows.ts';
import type { ComparedSessionView } from '../../../../src/shared/domain/comparison.ts';
import type { PublishedResult } from '../../../../src/shared/domain/published.ts';

describe('box plots', () => {
  it('give the five numbers of five windows', () => {
    expect(fiveNumbers([5, 1, 4, 2, 3])).toEqual({ low: 1, lowerQuartile: 2, median: 3, upperQuartile: 4, high: 5 });
    expect(fiveNumbers([1, 2])).toMatchObject({ lowerQuartile: 1.25, median: 1.5, upperQuartile: 1.75 });
    expect(fiveNumbers([])).toBeUndefined();
    expect(fiveNumbers([9, 3, 1])?.median).toBe(quantileSorted([1, 3, 9], 0.5));
  });

  it('have an axis in whole steps around the values, and no zoom into rounding', () => {
    const { min, max, step } = boxRange([{ label: 'A', values: [1661.2, 1660.9, 1661] }]);
    expect(min).toBeLessThan(1660.9);
    expect(max).toBeGreaterThan(1661.2);
    expect((max - min) / step).toBeCloseTo(Math.round((max - min) / step), 9);
    const same = boxRange([{ label: 'A', values: [100, 100.000001] }]);
    expect(same.max - same.min).toBeGreaterThan(0.09);
    expect(boxRange([])).toMatchObject({ min: 0, max: 1 });
  });

  it('keep envelopes inside the axis of overlaid windows', () => {
    const trace = { label: 'A', timesS: [0, 1], minMW: [27.5, Number.NaN], meanMW: [28, 28.5], maxMW: [29, 29.5] };
    const { min, max } = powerRange([trace]);
    expect(min).toBeLessThan(27.5);
    expect(min).toBeGreaterThan(20);
    expect(max).toBeGreaterThan(29.5);
    expect(powerRange([])).toEqual({ min: 0, max: 1, interval: 0.2 });
  });
});

/** Twice the signed area of a polygon. */
const area = (polygon: readonly LogPoint[]): number =>
  polygon.reduce((sum, [x, y], k) => {
    const [nx, ny] = polygon[(k + 1) % polygon.length] as LogPoint;
    return sum + x * ny - nx * y;
  }, 0) / 2;

describe('energy-latency chart', () => {
  const box = { x: [-3, 0] as [number, number], y: [-6, -2] as [number, number] };

  it('marks 1, 2 and 5 of every decade', () => {
    expect(logTicks([-1, 1]).map((tick) => Number((10 ** tick).toPrecision(3)))).toEqual([0.1, 0.2, 0.5, 1, 2, 5, 10]);
    expect(decadesAround([Math.log10(3e-3), Math.log10(0.4)])).toEqual([-3, 0]);
    expect(decadesAround([])).toEqual([-3, 0]);
  });

  it('takes whole decades around all points', () => {
    const point = { latencyS: 0.02, energyJ: 3e-4, label: '', about: [], benchmark: 'ad' };
    expect(boxOf([point], [{ ...point, latencyS: 0.5, expandedJ: null }])).toEqual({ x: [-2, 0], y: [-4, -3] });
  });

  it('draws diagonals of constant power: 1 mW is 1 uJ in 1 ms', () => {
    expect(diagonalIn(box, -3)).toEqual([
      [-3, -6],
      [0, -3],
    ]);
    expect(diagonalIn(box, 5)).toBeUndefined();
  });

  it('cuts the box into strips that fill it, each inside its limits', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -6, max: 2, noNaN: true }),
        fc.double({ min: 0.1, max: 4, noNaN: true }),
        (low, width) => {
          const strips = [
            clipStrip(box, -1e3, low),
            clipStrip(box, low, low + width),
            clipStrip(box, low + width, 1e3),
          ];
          const whole = strips.reduce((sum, strip) => sum + Math.abs(area(strip)), 0);
          expect(whole).toBeCloseTo(12, 6);
          for (const [x, y] of strips[1] ?? []) {
            expect(y - x).toBeGreaterThan(low - 1e-9);
            expect(y - x).toBeLessThan(low + width + 1e-9);
          }
        },
      ),
    );
  });
});

describe('published rows', () => {
  const row: PublishedResult = {
    round: 'v1.3',
    division: 'closed',
    organisation: 'X',
    system: 's',
    board: 'b',
    benchmark: 'kws',
    model: null,
    latencyMs: 10,
    energyUJ: 100,
    top1Percent: 91,
    auc: null,
    source: 'results',
  };

  it('are filtered by every choice at once', () => {
    const rows = [row, { ...row, round: 'v1.2' }, { ...row, benchmark: 'ad' as const, organisation: 'Y' }];
    expect(filtered(rows, everything)).toHaveLength(3);
    expect(filtered(rows, { ...everything, benchmark: 'kws', round: 'v1.3' })).toEqual([row]);
    expect(filtered(rows, { ...everything, organisation: 'Y', round: 'v1.2' })).toEqual([]);
    expect(choicesOf(rows, 'round')).toEqual(['v1.2', 'v1.3']);
  });

  it('own runs have the energy of the energy run and the latency of the performance run', () => {
    const figure = {
      figure: 'energy' as const,
      value: 2e-4,
      standardUncertainty: 1e-6,
      expandedUncertainty: 2e-6,
      coverageFactor: 2,
    };
    const run = { runId: 'r1', workload: 'kws01', title: '', verdict: 'valid', windows: [] };
    const session: ComparedSessionView = {
      sessionId: 's1',
      folder: '',
      createdAt: '2026-01-01T00:00:00Z',
      operator: '',
      dutUnit: {},
      dut: '',
      simulated: false,
      runs: [
        { ...run, mode: 'performance', figures: [], latencyS: 0.02 },
        { ...run, mode: 'energy', figures: [figure], latencyS: 0.021 },
      ],
    };
    expect(ownRuns([session])).toEqual([
      {
        sessionId: 's1',
        index: 0,
        workload: 'kws01',
        simulated: false,
        latencyS: 0.02,
        energyJ: 2e-4,
        expandedJ: 2e-6,
      },
    ]);
    expect(ownRuns([{ ...session, runs: session.runs.slice(1) }])[0]?.latencyS).toBe(0.021);
    expect(ownRuns([{ ...session, runs: session.runs.slice(0, 1) }])).toEqual([]);
    expect(firstBenchmark([session])).toBe('kws');
    expect(firstBenchmark([])).toBe('');
  });
});
