import type { Sheet } from '../sheet.ts';
import { colors, styles } from '../theme.ts';
import type { Words } from '../words.ts';
import type { RunView } from '../../view.ts';

/** More rows than this would be too thin to read; the table of the appendix has them all. */
const mostRows = 16;
const row = 10.5;

export function recallHeight(run: RunView): number {
  return Math.min(mostRows, run.figures.perClass?.length ?? 0) * row;
}

/** Share of each class that was recognised, with its count; the lowest ones where there are many classes. */
export function recallChart(sheet: Sheet, words: Words, run: RunView, x: number, y: number, width: number): void {
  const classes = (run.figures.perClass ?? []).map((figures, index) => ({ ...figures, index }));
  const shown =
    classes.length <= mostRows
      ? classes
      : classes.toSorted((a, b) => (a.recall ?? 2) - (b.recall ?? 2)).slice(0, mostRows);
  const nameWidth = 48;
  const countWidth = 42;
  const bar = width - nameWidth - countWidth;
  const style = { ...styles.axis, color: colors.text };
  shown.forEach((figures, i) => {
    const top = y + i * row;
    sheet.put(
      sheet.type.shorten(words.className(run, figures.index), style, nameWidth - 6),
      x + nameWidth - 5,
      top,
      style,
      'right',
    );
    sheet.doc.rect(x + nameWidth, top + 2, bar, 5.5).fill(colors.border);
    sheet.doc.rect(x + nameWidth, top + 2, bar * (figures.recall ?? 0), 5.5).fill(colors.data1);
    sheet.put(
      words.t('chart.ofCount', { correct: words.count(figures.correct), inputs: words.count(figures.inputs) }),
      x + width,
      top,
      styles.axis,
      'right',
    );
  });
}
