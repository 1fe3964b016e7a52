import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { plotOption } from '../../../../src/renderer/charts/trace/plot-option.ts';
import { plotArea, powerUnit } from '../../../../src/renderer/charts/trace/plot-picture.ts';
import type { PlotPicture } from '../../../../src/renderer/charts/trace/plot-picture.ts';
import { curveShapes, gapShapes } from '../../../../src/renderer/charts/trace/plot-shapes.ts';
import {
  columnAt,
  decimalsOf,
  gapsOf,
  insideTrace,
  niceTicks,
  niceTop,
  pan,
  summaryOf,
  timeAt,
  xOf,
  zoomAt,
} from '../../../../src/renderer/charts/trace/plot-view.ts';
import { readChartTheme } from '../../../../src/renderer/charts/theme.ts';

const theme = readChartTheme({ getPropertyValue: (name) => name });
const columns = {
  edgesS: [0, 1, 2, 4, 5],
  minW: [1, 2, Number.NaN, 4],
  meanW: [2, 3, Number.NaN, 5],
  maxW: [3, 4, Number.NaN, 6],
};

describe('the view of a trace', () => {
  const area = plotArea(1080, 300, false);

  it('keeps what is under the pointer where it is', () => {
    const view = { fromS: 2, toS: 10 };
    const atS = timeAt(view, area, 400);
    const closer = zoomAt(view, atS, 0.25);
    expect(closer.toS - closer.fromS).toBeCloseTo(2, 12);
    expect(xOf(closer, area, atS)).toBeCloseTo(400, 9);
  });

  it('never leaves the trace, nor gets shorter than can be seen', () => {
    expect(insideTrace(pan({ fromS: 0, toS: 4 }, -3), 10, 0.1)).toEqual({ fromS: 0, toS: 4 });
    expect(insideTrace({ fromS: 8, toS: 12 }, 10, 0.1)).toEqual({ fromS: 6, toS: 10 });
    expect(insideTrace({ fromS: -5, toS: 30 }, 10, 0.1)).toEqual({ fromS: 0, toS: 10 });
    expect(insideTrace({ fromS: 5, toS: 5.001 }, 10, 0.1)).toEqual({ fromS: 5, toS: 5.1 });
  });

  it('labels axes at 1, 2 and 5', () => {
    expect(niceTicks(0, 1, 5)).toEqual({ step: 0.2, ticks: [0, 0.2, 0.4, 0.6000000000000001, 0.8, 1] });
    expect(niceTicks(3.2, 7.9, 5).ticks).toEqual([4, 5, 6, 7]);
    expect(niceTicks(1, 1, 5).ticks).toEqual([]);
    expect([0.002, 0.5, 1, 20].map(decimalsOf)).toEqual([3, 1, 0, 0]);
    expect(niceTop(29e-3)).toBeCloseTo(0.035, 9);
    expect(niceTop(Number.NaN)).toBe(1);
    expect([2, 0.03, 4e-5, 2e-8].map((top) => powerUnit(top).unit)).toEqual(['W', 'mW', 'µW', 'nW']);
  });

  it('reads columns of any width and leaves gaps out', () => {
    expect(columnAt(columns, 0.5)).toBe(0);
    expect(columnAt(columns, 2)).toBe(2);
    expect(columnAt(columns, 5)).toBe(3);
    expect(columnAt(columns, -0.1)).toBeUndefined();
    expect(gapsOf(columns)).toEqual([{ fromS: 2, toS: 4 }]);
    expect(summaryOf(columns, { fromS: 0, toS: 5 })).toEqual({ minW: 1, meanW: 10 / 3, maxW: 6 });
    expect(summaryOf(columns, { fromS: 2.2, toS: 3 })).toBeUndefined();
  });
});

describe('the drawn trace', () => {
  const area = plotArea(600, 300, false);
  const picture: PlotPicture = {
    columns,
    view: { fromS: 0, toS: 5 },
    topW: 8,
    bands: [
      { fromS: 0, toS: 2, label: '1', kind: 'window' },
      { fromS: 8, toS: 9, label: '2', kind: 'window' },
    ],
    edgesS: [1],
    lost: [],
    selection: undefined,
    cursorS: undefined,
    window: undefined,
  };
  const words = {
    axisTime: 'Time (s)',
    axisPower: (unit: string) => `Power (${unit})`,
    number: (value: number, decimals: number) => value.toFixed(decimals),
  };

  interface Drawn {
    type: string;
    shape?: { points?: number[][] };
    style?: { text?: string };
    children?: Drawn[];
  }
  function shapes(of: PlotPicture, withWords = true): Drawn[] {
    const { series } = plotOption(area, of, theme, withWords ? words : undefined) as {
      series: { renderItem(): Drawn }[];
    };
    const all = (drawn: Drawn): Drawn[] => [drawn, ...(drawn.children ?? []).flatMap(all)];
    return series.flatMap((one) => all(one.renderItem()));
  }

  it('has axes with units, and tabs of the windows in view only', () => {
    const option = plotOption(area, picture, theme, words);
    expect(option).toMatchObject({
      grid: area,
      xAxis: { name: 'Time (s)', min: 0, max: 5, axisLabel: { customValues: [0, 1, 2, 3, 4, 5] } },
      yAxis: { name: 'Power (W)', min: 0, max: 8 },
    });
    const texts = shapes(picture).flatMap(({ style }) => style?.text ?? []);
    expect(texts).toEqual(['1']);
    expect(shapes(picture, false).flatMap(({ style }) => style?.text ?? [])).toEqual([]);
    const milliwatts = plotOption(area, { ...picture, topW: 8e-3 }, theme, words) as {
      yAxis: { name: string; axisLabel: { customValues: number[]; formatter(value: number): string } };
    };
    expect(milliwatts.yAxis.name).toBe('Power (mW)');
    expect(milliwatts.yAxis.axisLabel.customValues.map(milliwatts.yAxis.axisLabel.formatter)).toContain('4');
  });

  it('draws no line where samples are lost', () => {
    expect(shapes(picture).filter(({ type }) => type === 'polyline')).toHaveLength(2);
    const whole = { ...columns, minW: [1, 2, 3, 4], meanW: [2, 3, 4, 5], maxW: [3, 4, 5, 6] };
    expect(shapes({ ...picture, columns: whole }).filter(({ type }) => type === 'polyline')).toHaveLength(1);
    expect(gapShapes([], columns, picture.view, area)).toHaveLength(1);
    expect(gapShapes([{ fromS: 4.5, toS: 4.5 }], whole, picture.view, area)[0]?.width).toBeCloseTo(2, 9);
    for (const { x, width, lines } of gapShapes([], columns, picture.view, area)) {
      for (const [from, to] of lines) {
        for (const [at, y] of [from, to]) {
          expect(at).toBeGreaterThanOrEqual(x - 1e-9);
          expect(at).toBeLessThanOrEqual(x + width + 1e-9);
          expect(y).toBeGreaterThanOrEqual(area.top - 1e-9);
          expect(y).toBeLessThanOrEqual(area.top + area.height + 1e-9);
        }
      }
    }
  });

  it('has an envelope that holds every sample at any zoom', () => {
    const samples = fc.array(fc.float({ min: 0, max: 8, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(
        samples,
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        (values, per, from) => {
          const parts = Math.ceil(values.length / per);
          const part = (k: number): number[] => values.slice(k * per, (k + 1) * per);
          const made = {
            edgesS: Array.from({ length: parts + 1 }, (_, k) => Math.min(values.length, k * per)),
            minW: Array.from({ length: parts }, (_, k) => Math.min(...part(k))),
            meanW: Array.from(
              { length: parts },
              (_, k) => part(k).reduce((sum, value) => sum + value, 0) / part(k).length,
            ),
            maxW: Array.from({ length: parts }, (_, k) => Math.max(...part(k))),
          };
          const view = { fromS: from * values.length, toS: values.length };
          const { envelopes } = curveShapes(made, view, 8, area);
          return values.every((value, index) => {
            const x = xOf(view, area, index + 0.5);
            if (x < area.left || x > area.left + area.width) return true;
            const y = area.top + area.height - (value / 8) * area.height;
            return envelopes.some((points) => covers(points, x, y));
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Whether a polygon of steps (upper edge, then lower edge backwards) holds a point. */
function covers(points: readonly (readonly [number, number])[], x: number, y: number): boolean {
  const half = points.length / 2;
  for (let k = 0; k + 1 < half; k += 2) {
    const [from, top] = points[k] ?? [0, 0];
    const [to] = points[k + 1] ?? [0, 0];
    const [, low] = points[points.length - 1 - k] ?? [0, 0];
    if (x >= from - 1e-9 && x <= to + 1e-9 && y >= top - 1e-6 && y <= low + 1e-6) return true;
  }
  return false;
}
