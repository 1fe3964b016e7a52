import { describe, expect, it } from 'vitest';
import { paintPlot, plotArea, powerUnit } from '../../../../src/renderer/charts/trace/paint-plot.ts';
import type { PlotPicture } from '../../../../src/renderer/charts/trace/paint-plot.ts';
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

/** A context that notes what is drawn. */
function recorder(): { context: CanvasRenderingContext2D; texts: string[]; rects: number[][]; lines: number } {
  const noted = { texts: [] as string[], rects: [] as number[][], lines: 0 };
  const context = new Proxy(
    {},
    {
      get: (_target, name) => {
        if (name === 'measureText') return () => ({ width: 20 });
        if (name === 'fillText') return (text: string) => noted.texts.push(text);
        if (name === 'fillRect') return (...at: number[]) => noted.rects.push(at);
        if (name === 'lineTo') return () => (noted.lines += 1);
        return () => undefined;
      },
      set: () => true,
    },
  ) as CanvasRenderingContext2D;
  return Object.assign(noted, { context });
}

describe('the drawn trace', () => {
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

  it('has axes with units, and tabs of the windows in view only', () => {
    const { context, texts } = recorder();
    paintPlot(context, plotArea(600, 300, false), picture, theme, words);
    expect(texts).toContain('Power (W)');
    expect(texts).toContain('Time (s)');
    expect(texts[0]).toBe('1');
    expect(texts.filter((text) => text === '1')).toHaveLength(2);
  });

  it('draws no line where samples are lost', () => {
    const noted = recorder();
    paintPlot(noted.context, plotArea(600, 300, true), { ...picture, bands: [] }, theme, undefined);
    const whole = { ...columns, minW: [1, 2, 3, 4], meanW: [2, 3, 4, 5], maxW: [3, 4, 5, 6] };
    const without = recorder();
    paintPlot(without.context, plotArea(600, 300, true), { ...picture, bands: [], columns: whole }, theme, undefined);
    // One rectangle of the envelope less and one of the hatching more; the curve is broken in two.
    expect(noted.rects).toHaveLength(4);
    expect(without.rects).toHaveLength(4);
    expect(without.lines).toBe(3);
  });
});
