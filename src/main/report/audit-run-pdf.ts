import type { AuditComparison, AuditedRun, AuditWindow, AuditWaveform } from '../../shared/domain/audit.ts';
import { windowBands, windowsInQuestion } from '../../shared/domain/audit-windows.ts';
import { missing } from '../../shared/units/index.ts';
import { drawAuditFindings } from './audit-findings-pdf.ts';
import type { TraceColumnsView } from './energy-view.ts';
import { powerChart, powerChartHeight } from './pdf/charts/power.ts';
import { windowLengthsChart, windowLengthsHeight } from './pdf/charts/window-lengths.ts';
import { marks } from './pdf/marks.ts';
import type { Sheet } from './pdf/sheet.ts';
import { drawTable } from './pdf/table.ts';
import { colors, styles } from './pdf/theme.ts';
import type { Words } from './pdf/words.ts';

const mostRows = 24;

/** Whether a run has something that the table of all runs does not say. */
export function isWorthDetail(run: AuditedRun): boolean {
  return run.agrees === false || run.findings.some(({ severity }) => severity !== 'I');
}

/** One run: its findings, the figures that differ, and its windows where they are in question. */
export function drawAuditedRun(sheet: Sheet, words: Words, run: AuditedRun): void {
  sheet.ensure(110);
  sheet.section(run.folder, () => {
    sheet.artifact(() => sheet.rule(sheet.left, sheet.y, sheet.width, colors.borderStrong, 0.75));
    sheet.gap(6);
    sheet.heading(2, run.folder, styles.section);
    sheet.gap(4);
    drawAuditFindings(sheet, words, run.findings, run.folder);
    drawComparisons(sheet, words, run.comparisons);
    if (run.waveform) drawWaveform(sheet, words, run, run.waveform);
    drawLengths(sheet, words, windowsInQuestion(run));
    sheet.gap(10);
  });
}

function drawComparisons(sheet: Sheet, words: Words, comparisons: readonly AuditComparison[]): void {
  const shown = comparisons.filter((one) => !one.agrees || one.window === undefined);
  if (shown.length === 0) return;
  const number = { width: { points: 92 }, align: 'right', style: styles.number } as const;
  sheet.sectionHeading(words.t('audit.comparison'));
  drawTable(sheet, {
    columns: [
      { title: words.t('audit.figure'), width: { share: 1 }, style: styles.smallText },
      { title: words.t('audit.window'), width: { points: 44 }, align: 'right', style: styles.number },
      { title: words.t('audit.published'), ...number },
      { title: words.t('audit.recomputed'), ...number },
      { title: words.t('audit.agrees'), width: { points: 84 }, style: styles.smallText },
    ],
    rows: shown
      .slice(0, mostRows)
      .map((one) => [
        figureName(words, one.figure),
        one.window === undefined ? missing : String(one.window),
        printed(words, one.published, one.step),
        printed(words, one.recomputed, one.step),
        one.agrees
          ? { text: words.t('audit.yes'), mark: marks.ok }
          : { text: words.t('audit.explained', { rule: one.rule ?? '' }), mark: marks.bad },
      ]),
  });
  sheet.gap(8);
}

/** Figures of our own sessions have the names of their fields. */
function figureName(words: Words, figure: string): string {
  const name = words.t(`audit.figures.${figure}`);
  return name.endsWith(`audit.figures.${figure}`) ? figure : name;
}

/** With the digits of the printed figure. */
function printed(words: Words, value: number, step: number): string {
  return words.number(value, Math.max(0, Math.min(9, Math.round(-Math.log10(step)))));
}

function drawWaveform(sheet: Sheet, words: Words, run: AuditedRun, waveform: AuditWaveform): void {
  sheet.ensure(powerChartHeight + 20);
  sheet.sectionHeading(words.t('audit.trace'), powerChartHeight);
  const bands = windowBands(run, waveform).map(({ number, fromS, toS, short }) => ({
    fromS,
    toS,
    name: words.t('audit.printedWindow', { number }),
    color: short ? colors.bad : colors.data1,
  }));
  const chart = {
    columns: columnsOf(waveform),
    bands,
    marks: waveform.marksS.map((atS) => ({ atS, name: '' })),
    originS: 0,
    timeAxis: words.t('energy.timeAxis'),
    timeFactor: 1,
  };
  sheet.figure(words.t('audit.trace'), sheet.left, sheet.width, powerChartHeight, (x, y) =>
    powerChart(sheet, words, chart, x, y, sheet.width),
  );
  sheet.gap(8);
}

function columnsOf({ fromS, toS, minPowerUW, meanPowerUW, maxPowerUW }: AuditWaveform): TraceColumnsView {
  const watts = (values: readonly (number | null)[]): Float32Array =>
    Float32Array.from(values, (value) => (value === null ? Number.NaN : value / 1e6));
  return { fromS, toS, minW: watts(minPowerUW), meanW: watts(meanPowerUW), maxW: watts(maxPowerUW) };
}

function drawLengths(sheet: Sheet, words: Words, windows: readonly AuditWindow[]): void {
  if (windows.length === 0) return;
  const height = windowLengthsHeight(windows);
  sheet.ensure(height + 20);
  sheet.sectionHeading(words.t('audit.lengths'), height);
  sheet.figure(words.t('audit.lengths'), sheet.left, sheet.width, height, (x, y) =>
    windowLengthsChart(sheet, words, windows, x, y, sheet.width),
  );
  sheet.gap(8);
}
