import type { Sheet } from '../sheet.ts';
import { colors, styles } from '../theme.ts';
import type { Words } from '../words.ts';
import type { RunView } from '../../view.ts';
import { decimalsOf, horizontalGrid, linear, ticks, verticalGrid } from './plot.ts';

/** Scores of an anomaly run as they are judged: the mean over the inputs of each file. */
export function fileScores(run: RunView): { score: number; label: number }[] {
  const files = new Map<string, { sum: number; count: number; label: number }>();
  for (const input of run.inputs) {
    const score = input.scores?.[0];
    if (score === undefined || !Number.isFinite(score)) continue;
    const entry = files.get(input.file) ?? { sum: 0, count: 0, label: input.label };
    files.set(input.file, { ...entry, sum: entry.sum + score, count: entry.count + 1 });
  }
  return [...files.values()].map(({ sum, count, label }) => ({ score: sum / count, label }));
}

const bins = 24;

/** How the scores of the two classes lie: normal above the line, anomalous below it, so that neither hides the other. */
export function histogramChart(
  sheet: Sheet,
  words: Words,
  run: RunView,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const scores = fileScores(run);
  const least = Math.min(...scores.map((entry) => entry.score));
  const most = Math.max(...scores.map((entry) => entry.score));
  const span = most - least || 1;
  const counts = [0, 1].map((side) => {
    const row = Array.from({ length: bins }, () => 0);
    for (const { score, label } of scores) {
      const bin = Math.min(bins - 1, Math.floor(((score - least) / span) * bins));
      if ((label === 0 ? 0 : 1) === side) row[bin] = (row[bin] ?? 0) + 1;
    }
    return row;
  });
  const top = Math.max(1, ...counts.flat());
  const frame = { x: x + 28, y: y + 4, width: width - 32, height: height - 36 };
  const vertical = linear(-top * 1.1, top * 1.1, frame.y + frame.height, frame.y);
  const horizontal = linear(least, least + span, frame.x, frame.x + frame.width);
  const steps = ticks(0, top, 3).filter((value) => Number.isInteger(value));
  horizontalGrid(
    sheet,
    frame,
    vertical,
    [...steps.map((value) => -value).filter((value) => value !== 0), ...steps],
    (value) => words.count(Math.abs(value)),
  );
  const marks = ticks(least, least + span, 6);
  const decimals = decimalsOf(marks);
  verticalGrid(sheet, frame, horizontal, marks, (value) => words.number(value, decimals));
  const barWidth = frame.width / bins;
  counts.forEach((row, side) => {
    row.forEach((count, bin) => {
      if (count === 0) return;
      const end = vertical(side === 0 ? count : -count);
      sheet.doc
        .rect(frame.x + bin * barWidth + 0.5, Math.min(end, vertical(0)), barWidth - 1, Math.abs(end - vertical(0)))
        .fill(side === 0 ? colors.data1 : colors.data2);
    });
    const style = { ...styles.axis, color: side === 0 ? colors.data1 : colors.data2 };
    sheet.put(
      words.className(run, side),
      frame.x + frame.width - 4,
      side === 0 ? frame.y + 2 : frame.y + frame.height - 11,
      style,
      'right',
    );
  });
  sheet.rule(frame.x, vertical(0), frame.width, colors.borderStrong, 0.8);
  const middle = frame.y + frame.height / 2;
  sheet.doc.save().rotate(-90, { origin: [x, middle] });
  sheet.put(words.t('chart.files'), x, middle + 1.5, styles.axis, 'center');
  sheet.doc.restore();
  sheet.put(words.t('chart.scoreAxis'), frame.x + frame.width / 2, frame.y + frame.height + 14, styles.axis, 'center');
}
