import { missing } from '../../../../shared/units/index.ts';
import { deviationChart, deviationChartHeight } from '../charts/deviation.ts';
import { throughputChart, throughputChartHeight } from '../charts/throughput.ts';
import type { Sheet } from '../sheet.ts';
import { colors, styles } from '../theme.ts';
import type { Words } from '../words.ts';
import type { RunView, SessionView, WindowView } from '../../view.ts';
import { drawChartTitle, drawRunTitle, drawTiles, drawUnfinished, parts } from './blocks.ts';

/** DUT time / host time - 1; null where the host saw no time pass or the clocks cannot be compared. */
export function clockDeviation(view: SessionView, window: WindowView): number | null {
  if (!view.bench.clockComparable || !(window.hostSeconds > 0)) return null;
  return window.seconds / window.hostSeconds - 1;
}

/** The figures of a performance run on one page. */
export function drawPerformance(sheet: Sheet, words: Words, view: SessionView, run: RunView): void {
  drawRunTitle(sheet, words, view, run, words.t('run.title', { mode: words.mode(run), workload: run.workload.title }));
  drawUnfinished(sheet, words, run);
  drawTiles(sheet, tiles(words, view, run));
  sheet.gap(16);
  if (run.windows.length === 0) return;
  const values = run.windows
    .map((window) =>
      words.t('alt.window', { number: window.number, value: words.significant(window.throughputInfPerS, 6) }),
    )
    .join('; ');
  drawChartTitle(sheet, words, view, words.t('chart.throughput'), sheet.left, sheet.width);
  sheet.gap(styles.section.leading + 4);
  sheet.figure(words.t('alt.throughput', { values }), sheet.left, sheet.width, throughputChartHeight(run), (x, y) =>
    throughputChart(sheet, words, run, x, y, sheet.width),
  );
  sheet.gap(14);
  drawDeviations(sheet, words, view, run);
  sheet.gap(14);
  drawMethod(sheet, words, run);
}

function tiles(words: Words, view: SessionView, run: RunView): Parameters<typeof drawTiles>[1] {
  const { figures } = run;
  const deviations = run.windows.map((window) => clockDeviation(view, window)).filter((value) => value !== null);
  const worst = deviations.toSorted((a, b) => Math.abs(b) - Math.abs(a))[0];
  const shortest = run.windows.toSorted((a, b) => a.seconds - b.seconds)[0];
  const complete = run.status === 'completed';
  return [
    figures.medianThroughputInfPerS === undefined || !complete
      ? {
          name: words.t('tile.throughput'),
          value: missing,
          note: words.t(complete ? 'results.noWindows' : 'results.notCompleted'),
        }
      : {
          name: words.t('tile.throughput'),
          value: words.significant(figures.medianThroughputInfPerS),
          unit: 'inf/s',
          note: words.t('tile.latency', { latency: words.quantity(1 / figures.medianThroughputInfPerS, 's') }),
        },
    {
      name: words.t('tile.spread'),
      ...parts(words.smallPercent(figures.spread)),
      note: words.t(figures.spread === undefined ? 'results.noWindows' : 'tile.spreadNote'),
    },
    {
      name: words.t('tile.windows'),
      value: words.count(run.windows.length),
      unit: words.t('tile.ofTotal', { total: run.inputsTotal }),
      note: shortest
        ? words.t('tile.shortest', { seconds: words.quantity(shortest.seconds, 's') })
        : words.t('results.noWindows'),
    },
    worst === undefined
      ? {
          name: words.t('tile.clock'),
          value: missing,
          note: words.t(view.bench.clockComparable ? 'results.noWindows' : 'tile.clockNotComparable'),
        }
      : { name: words.t('tile.clock'), ...parts(words.signedPercent(worst)), note: words.t('tile.clockNote') },
  ];
}

function drawDeviations(sheet: Sheet, words: Words, view: SessionView, run: RunView): void {
  const gap = 18;
  const half = (sheet.width - gap) / 2;
  const right = sheet.left + half + gap;
  sheet.ensure(deviationChartHeight + 20);
  const top = sheet.y;
  const median = run.figures.medianThroughputInfPerS;
  drawChartTitle(sheet, words, view, words.t('chart.deviation'), sheet.left, half);
  sheet.y = top + styles.section.leading + 2;
  if (median !== undefined) {
    const points = run.windows.map((window) => ({
      number: window.number,
      value: window.throughputInfPerS / median - 1,
    }));
    const values = points
      .map((point) => words.t('alt.window', { number: point.number, value: words.signedPercent(point.value) }))
      .join('; ');
    sheet.figure(words.t('alt.deviation', { values }), sheet.left, half, deviationChartHeight, (x, y) =>
      deviationChart(
        sheet,
        words,
        {
          points,
          limits: [{ value: 0.01, name: words.t('chart.remarkLimit'), color: colors.warn }],
          least: 0.0005,
          axis: words.t('chart.windowAxis'),
          decimals: 3,
        },
        x,
        y,
        half,
      ),
    );
  } else sheet.paragraph(words.t('chart.deviationMissing'), styles.muted, { width: half });
  sheet.y = top;
  drawChartTitle(sheet, words, view, words.t('chart.clock'), right, half);
  sheet.y = top + styles.section.leading + 2;
  const points = run.windows.flatMap((window) => {
    const value = clockDeviation(view, window);
    return value === null ? [] : [{ number: window.number, value }];
  });
  if (points.length === 0) {
    sheet.paragraph(words.t('chart.clockMissing'), styles.muted, { left: right, width: half });
  } else {
    const limits = [
      { value: 0.01, name: words.t('chart.remarkLimit'), color: colors.warn },
      { value: 0.05, name: words.t('chart.invalidLimit'), color: colors.bad },
    ];
    const values = points
      .map((point) => words.t('alt.window', { number: point.number, value: words.signedPercent(point.value) }))
      .join('; ');
    sheet.figure(words.t('alt.clock', { values }), right, half, deviationChartHeight, (x, y) =>
      deviationChart(
        sheet,
        words,
        { points, limits, least: 0.013, axis: words.t('chart.windowAxis'), decimals: 3 },
        x,
        y,
        half,
      ),
    );
  }
  sheet.y = top + styles.section.leading + 2 + deviationChartHeight;
}

function drawMethod(sheet: Sheet, words: Words, run: RunView): void {
  sheet.sectionHeading(words.t('method.heading'));
  const { settings } = run;
  const sentences = [
    words.t('method.windows', {
      warmups: settings.warmups,
      minWindow: words.quantity(settings.minWindowS, 's', 3),
      minIterations: settings.minIterations,
    }),
    settings.iterations === undefined
      ? words.t('method.calibration', { attempts: run.calibration.length })
      : words.t('method.fixed', { iterations: words.count(settings.iterations) }),
    words.t('method.clock'),
  ];
  sheet.paragraph(sentences.join(' '), styles.body);
}
