import { describe, expect, it } from 'vitest';
import { clockOption } from '../../../../src/renderer/charts/clock-deviation.ts';
import { classNames, confusionRows, confusionText } from '../../../../src/renderer/charts/confusion.ts';
import { readChartTheme } from '../../../../src/renderer/charts/theme.ts';
import { clockDeviation, medianOf, windowBarsOption } from '../../../../src/renderer/charts/window-bars.ts';
import { wilsonInterval95 } from '../../../../src/renderer/figures/wilson.ts';
import { windows } from '../support/recorded.ts';

const theme = readChartTheme({ getPropertyValue: (name) => ` ${name} ` });
const words = { locale: 'en', xTitle: 'Window', yTitle: 'Throughput (inf/s)', clock: 'clock' };

interface Series {
  data: unknown[];
  label: { formatter: (params: { dataIndex: number }) => string };
}
const seriesOf = (option: { series?: unknown }): Series => (option.series as Series[])[0] as Series;

describe('window bars', () => {
  it('keep five places from the start and begin at zero', () => {
    const option = windowBarsOption(windows(2), theme, words);
    expect(seriesOf(option).data).toHaveLength(5);
    expect(seriesOf(option).data.slice(2)).toEqual(['-', '-', '-']);
    expect(option.yAxis).toMatchObject({ min: 0 });
    expect(windowBarsOption([], theme, words).yAxis).toMatchObject({ max: 1 });
  });

  it('never draw a tooltip as HTML: the content policy forbids it', () => {
    expect(windowBarsOption(windows(5), theme, words).tooltip).toMatchObject({ renderMode: 'richText' });
  });

  it('label a bar with its value and its distance from the median', () => {
    const { label } = seriesOf(windowBarsOption(windows(5), theme, words));
    expect(label.formatter({ dataIndex: 1 }).replace(/\u202f/g, ' ')).toBe('{value|16.73}\n{spread|0.00 %}');
    expect(seriesOf(windowBarsOption(windows(2), theme, words)).label.formatter({ dataIndex: 4 })).toBe('');
  });

  it('take colours from the tokens', () => {
    expect(theme.data).toEqual(['--data-1', '--data-2', '--data-3', '--data-4', '--data-5', '--data-6']);
  });

  it('have the median of an even number between the two in the middle', () => {
    const [a, b] = windows(2);
    expect(medianOf(windows(2))).toBeCloseTo(((a?.throughputInfPerS ?? 0) + (b?.throughputInfPerS ?? 0)) / 2, 12);
    expect(medianOf([])).toBeUndefined();
  });
});

describe('clock chart', () => {
  it('is about zero and reaches at least 0.1 % to both sides', () => {
    expect(clockOption(windows(3), theme, words).yAxis).toMatchObject({ min: -0.1, max: 0.1 });
    const drifting = windows(3).map((window) => ({ ...window, hostSeconds: window.seconds / 1.04 }));
    expect(clockDeviation(drifting[0] as (typeof drifting)[number])).toBeCloseTo(0.04);
    expect(clockOption(drifting, theme, words).yAxis).toMatchObject({ min: -10, max: 10 });
    expect(seriesOf(clockOption(windows(1), theme, words)).label.formatter({ dataIndex: 0 })).toBe('-0.02');
  });
});

describe('confusion matrix', () => {
  const matrix = [
    [8, 2],
    [0, 0],
  ];
  it('gives shares by row and no recall for a class without inputs', () => {
    const [first, second] = confusionRows(matrix, classNames(['a', 'b'], 2));
    expect(first?.recall).toBe(0.8);
    expect(first?.cells.map((cell) => cell.share)).toEqual([0.8, 0.2]);
    expect(first?.cells.map((cell) => cell.right)).toEqual([true, false]);
    expect(second?.recall).toBeUndefined();
  });

  it('numbers classes without names and copies as a table', () => {
    expect(classNames(null, 2)).toEqual(['0', '1']);
    expect(confusionText(matrix, ['a', 'b'])).toBe('true\\predicted\ta\tb\na\t8\t2\nb\t0\t0');
  });
});

describe('Wilson interval', () => {
  it('agrees with published examples', () => {
    // 81 of 263: 0.2553 to 0.3662 (Newcombe, Statistics in Medicine 17, 1998, table I, method 3).
    const interval = wilsonInterval95(81, 263);
    expect(interval?.low).toBeCloseTo(0.2553, 4);
    expect(interval?.high).toBeCloseTo(0.3662, 4);
    // 0 of 20 and 1 of 29 of the same table.
    expect(wilsonInterval95(0, 20)?.low).toBe(0);
    expect(wilsonInterval95(0, 20)?.high).toBeCloseTo(0.1611, 4);
    expect(wilsonInterval95(1, 29)?.low).toBeCloseTo(0.0061, 4);
    expect(wilsonInterval95(1, 29)?.high).toBeCloseTo(0.1718, 4);
    expect(wilsonInterval95(0, 0)).toBeUndefined();
  });
});
