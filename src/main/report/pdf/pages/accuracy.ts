import { missing } from '../../../../shared/units/index.ts';
import { confusionChart, confusionHeight } from '../charts/confusion.ts';
import { fileScores, histogramChart } from '../charts/histogram.ts';
import { intervalChart, intervalChartHeight } from '../charts/interval.ts';
import { recallChart, recallHeight } from '../charts/recall.ts';
import { rocChart } from '../charts/roc.ts';
import type { Sheet } from '../sheet.ts';
import { styles } from '../theme.ts';
import type { Words } from '../words.ts';
import type { RunView, SessionView } from '../../view.ts';
import { drawChartTitle, drawRunTitle, drawTiles, drawUnfinished, parts } from './blocks.ts';

/** The figures of an accuracy run on one page. */
export function drawAccuracy(sheet: Sheet, words: Words, view: SessionView, run: RunView): void {
  drawRunTitle(sheet, words, view, run, words.t('run.title', { mode: words.mode(run), workload: run.workload.title }));
  drawUnfinished(sheet, words, run);
  drawTiles(sheet, tiles(words, run));
  sheet.gap(14);
  drawInterval(sheet, words, view, run);
  if (run.figures.confusion && run.figures.confusion.length > 0) drawClasses(sheet, words, view, run);
  else if (run.figures.roc && run.figures.roc.length > 0) drawScores(sheet, words, view, run);
}

function tiles(words: Words, run: RunView): Parameters<typeof drawTiles>[1] {
  const { figures } = run;
  const complete = run.status === 'completed';
  const area = {
    name: words.t('tile.auc'),
    value: words.number(figures.aucExact, 4),
    note:
      figures.aucExact === undefined
        ? words.t('results.noScores')
        : words.t('tile.aucNote', { eembc: words.number(figures.aucEembc, 4), mlc: words.number(figures.aucMlc, 4) }),
  };
  const measured = {
    name: words.t('tile.inputs'),
    value: words.count(run.inputs.length),
    note: words.t('tile.inputsNote', {
      total: words.count(run.inputsTotal),
      set: words.term(`inputSet.${run.inputSet.kind}`),
    }),
  };
  if (run.workload.metric === 'auc') {
    const files =
      figures.inputs === undefined
        ? []
        : [{ name: words.t('tile.files'), value: words.count(figures.inputs), note: words.t('tile.filesNote') }];
    return [area, ...files, measured];
  }
  return [
    {
      name: words.t('tile.top1'),
      ...parts(words.percent(figures.top1)),
      note:
        figures.top1 === undefined
          ? words.t('results.noScores')
          : complete
            ? figures.top1Interval
              ? words.t('tile.interval', { interval: words.interval(...figures.top1Interval) })
              : words.t('results.noInterval')
            : words.t('tile.partial'),
    },
    {
      name: words.t('tile.correct'),
      value: words.count(figures.correct),
      note: words.t('tile.correctNote', {
        inputs: figures.inputs === undefined ? missing : words.count(figures.inputs),
        wrong:
          figures.inputs === undefined || figures.correct === undefined
            ? missing
            : words.count(figures.inputs - figures.correct),
      }),
    },
    area,
    measured,
  ];
}

function drawInterval(sheet: Sheet, words: Words, view: SessionView, run: RunView): void {
  const byArea = run.workload.metric === 'auc';
  const value = byArea ? run.figures.aucExact : run.figures.top1;
  if (value === undefined) return;
  const interval = byArea ? undefined : run.figures.top1Interval;
  const target = run.workload.qualityTarget;
  drawChartTitle(sheet, words, view, words.t(interval ? 'chart.interval' : 'chart.position'), sheet.left, sheet.width);
  sheet.gap(styles.section.leading + 4);
  const alt = words.t('alt.interval', {
    value: byArea ? words.number(value, 4) : words.percent(value),
    interval: interval ? words.interval(...interval) : missing,
    target: target === null ? missing : byArea ? words.number(target, 2) : words.percent(target),
  });
  sheet.figure(alt, sheet.left, sheet.width, intervalChartHeight, (x, y) =>
    intervalChart(sheet, words, { value, interval: interval ?? null, target, percent: !byArea }, x, y, sheet.width),
  );
  sheet.gap(12);
}

/** Confusion matrix at the left; ROC and recall of the classes at the right. */
function drawClasses(sheet: Sheet, words: Words, view: SessionView, run: RunView): void {
  const gap = 20;
  const rightWidth = Math.min(190, sheet.width * 0.38);
  const leftWidth = sheet.width - rightWidth - gap;
  const right = sheet.left + leftWidth + gap;
  const matrix = confusionHeight(run, leftWidth);
  const recall = recallHeight(run);
  const hasRoc = (run.figures.roc ?? []).some((curve) => curve.points.length > 1);
  const titleHeight = styles.section.leading + 4;
  const rightHeight = (hasRoc ? rightWidth + 10 + titleHeight : 0) + (recall > 0 ? recall + titleHeight : 0);
  const errors = mistakes(words, run, 4);
  const errorLines =
    errors === '' ? [] : sheet.type.breakTo(words.t('chart.mistakes', { list: errors }), styles.small, leftWidth, 4);
  sheet.ensure(Math.max(titleHeight + matrix + 6 + errorLines.length * styles.small.leading, rightHeight));
  const top = sheet.y;
  drawChartTitle(sheet, words, view, words.t('chart.confusion'), sheet.left, leftWidth);
  sheet.y = top + titleHeight;
  sheet.figure(confusionAlt(words, run), sheet.left, leftWidth, matrix, (x, y) =>
    confusionChart(sheet, words, run, x, y, leftWidth),
  );
  sheet.gap(6);
  if (errorLines.length > 0) {
    // What the matrix says at a glance, for those who would rather read it.
    sheet.leaf('P', () => {
      sheet.y = sheet.type.lines(errorLines, sheet.left, sheet.y, styles.small);
    });
  }
  const leftEnd = sheet.y;
  sheet.y = top;
  if (hasRoc) {
    drawChartTitle(
      sheet,
      words,
      view,
      words.t((run.figures.roc?.length ?? 0) > 1 ? 'chart.rocs' : 'chart.roc'),
      right,
      rightWidth,
    );
    sheet.y = top + titleHeight;
    sheet.figure(rocAlt(words, run), right, rightWidth, rightWidth, (x, y) =>
      rocChart(sheet, words, run, x, y, rightWidth),
    );
    sheet.gap(10);
  }
  if (recall > 0) {
    drawChartTitle(sheet, words, view, words.t('chart.recall'), right, rightWidth);
    sheet.gap(titleHeight);
    sheet.figure(recallAlt(words, run), right, rightWidth, recall, (x, y) =>
      recallChart(sheet, words, run, x, y, rightWidth),
    );
  }
  sheet.y = Math.max(leftEnd, sheet.y);
}

function mistakes(words: Words, run: RunView, most: number): string {
  const errors = (run.figures.confusion ?? []).flatMap((row, truth) =>
    row
      .map((count, predicted) => ({ truth, predicted, count }))
      .filter((cell) => cell.truth !== cell.predicted && cell.count > 0),
  );
  return errors
    .toSorted((a, b) => b.count - a.count)
    .slice(0, most)
    .map((cell) =>
      words.t('alt.mistake', {
        truth: shortName(words.className(run, cell.truth)),
        predicted: shortName(words.className(run, cell.predicted)),
        count: cell.count,
      }),
    )
    .join('; ');
}

/** A class name that does not drown the sentence it stands in. */
function shortName(name: string): string {
  return name.length <= 32 ? name : `${name.slice(0, 31)}…`;
}

/** Metric about one class: ROC beside the distribution of the scores. */
function drawScores(sheet: Sheet, words: Words, view: SessionView, run: RunView): void {
  const gap = 20;
  const half = (sheet.width - gap) / 2;
  const titleHeight = styles.section.leading + 4;
  sheet.ensure(half + titleHeight);
  const top = sheet.y;
  drawChartTitle(sheet, words, view, words.t('chart.roc'), sheet.left, half);
  sheet.y = top + titleHeight;
  sheet.figure(rocAlt(words, run), sheet.left, half, half, (x, y) => rocChart(sheet, words, run, x, y, half));
  sheet.y = top;
  if (fileScores(run).length === 0) return;
  drawChartTitle(sheet, words, view, words.t('chart.scores'), sheet.left + half + gap, half);
  sheet.y = top + titleHeight;
  sheet.figure(
    words.t('alt.scores', { files: words.count(fileScores(run).length) }),
    sheet.left + half + gap,
    half,
    half,
    (x, y) => histogramChart(sheet, words, run, x, y, half, half),
  );
}

function confusionAlt(words: Words, run: RunView): string {
  return words.t('alt.confusion', {
    correct: words.count(run.figures.correct),
    inputs: words.count(run.figures.inputs),
    mistakes: mistakes(words, run, 5) || missing,
  });
}

function rocAlt(words: Words, run: RunView): string {
  return words.t('alt.roc', {
    areas: (run.figures.roc ?? [])
      .map((curve) => `${words.className(run, curve.classIndex)} ${words.number(curve.area, 4)}`)
      .join('; '),
  });
}

function recallAlt(words: Words, run: RunView): string {
  return words.t('alt.recall', {
    values: (run.figures.perClass ?? [])
      .map((figures, i) => `${words.className(run, i)} ${figures.correct}/${figures.inputs}`)
      .join('; '),
  });
}
