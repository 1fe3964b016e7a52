import { describe, expect, it } from 'vitest';
import { windowBands, windowsInQuestion } from '../../../../src/shared/domain/audit-windows.ts';
import type { AuditFinding, AuditWaveform } from '../../../../src/shared/domain/audit.ts';
import { windowLengthsOption } from '../../../../src/renderer/charts/window-lengths.ts';
import type { ChartTheme } from '../../../../src/renderer/charts/theme.ts';
import { waveformPicture } from '../../../../src/renderer/views/audit/audit-trace.ts';

const theme = { text: '#000', bad: '#b00', data: ['#06c'], accent: '#06c', muted: '#777' } as unknown as ChartTheme;
const finding = (rule: string) => ({ rule, severity: 'E' }) as AuditFinding;
const windows = [
  { number: 2, seconds: 10.2, hostSeconds: 10.3, firstSample: 2000, endSample: 12_200 },
  { number: 4, seconds: 9.9, firstSample: 14_000, endSample: 23_900 },
];
const waveform: AuditWaveform = {
  fromS: 0,
  toS: 30,
  meanPowerUW: [1000, null, 3000],
  minPowerUW: [900, null, 2900],
  maxPowerUW: [1100, null, 3100],
  marksS: [0.1, 2, 12.2, 14, 23.9],
};

describe('the windows in question of an audited run', () => {
  it('are shown where a rule asks about their length, from the raw files or as printed', () => {
    const run = { findings: [finding('PERF-03')], recomputed: { windows }, published: {} };
    expect(windowsInQuestion(run).map(({ number }) => number)).toEqual([2, 4]);
    expect(windowsInQuestion({ ...run, findings: [finding('ACC-04')] })).toEqual([]);
    expect(windowsInQuestion({ ...run, recomputed: {}, published: { windows } })).toHaveLength(2);
    const many = Array.from({ length: 100 }, (_, k) => ({ number: k, seconds: 1 }));
    expect(windowsInQuestion({ ...run, recomputed: { windows: many } })).toHaveLength(12);
  });

  it('lie between the marks that bear their numbers; one without its mark is not drawn', () => {
    expect(windowBands({ recomputed: { windows } }, waveform)).toEqual([
      { number: 2, fromS: 2, toS: 12.2, short: false },
      { number: 4, fromS: 14, toS: 23.9, short: true },
    ]);
    expect(windowBands({ recomputed: { windows } }, { ...waveform, marksS: [0.1, 2, 12.2] })).toHaveLength(1);
  });

  it('are drawn over the whole trace in W, gaps as gaps', () => {
    const picture = waveformPicture({ recomputed: { windows } }, waveform);
    expect(Array.from(picture.columns?.edgesS ?? [])).toEqual([0, 10, 20, 30]);
    expect(Array.from(picture.columns?.meanW ?? [])).toEqual([0.001, Number.NaN, 0.003]);
    expect(picture.bands.map(({ label }) => label)).toEqual(['2', '4']);
    expect(picture.topW).toBeGreaterThan(0.0031);
    expect(picture.edgesS).toHaveLength(5);
  });

  it('have the colour of an error where they are too short, and the figure above what is highest', () => {
    const words = { locale: 'en', window: 'Window', axis: 'seconds', dut: 'DUT', host: 'host' };
    const [bars, hosts] = windowLengthsOption(windows, theme, words).series as unknown as [
      { data: { value: number; itemStyle: { color: string }; label: { show: boolean } }[] },
      { data: { value: number | string; label: { show: boolean } }[] },
    ];
    expect(bars.data.map(({ itemStyle }) => itemStyle.color)).toEqual(['#06c', '#b00']);
    expect(bars.data.map(({ label }) => label.show)).toEqual([false, true]);
    expect(hosts.data.map(({ value, label }) => [value, label.show])).toEqual([
      [10.3, true],
      ['-', false],
    ]);
  });
});
