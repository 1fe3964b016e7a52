import type { Attempt, BatchState, LimitResult, UnitOutcome } from '../../shared/domain/batch.ts';
import { findFigure } from '../../shared/domain/recipe.ts';
import type { RecipeFigure } from '../../shared/domain/recipe.ts';
import { figureOfLimit, figureText, figureValueText, foundText, limitText } from '../../shared/text/recipe.ts';
import { missing } from '../../shared/units/index.ts';
import { batchFigures } from './batch-csv.ts';
import { writePdf } from './pdf/document.ts';
import type { ReportOptions } from './pdf/document.ts';
import { drawMark, marks } from './pdf/marks.ts';
import type { Mark } from './pdf/marks.ts';
import { drawNotice, drawTiles, parts } from './pdf/pages/blocks.ts';
import { drawLetterhead, drawSimulatedBand } from './pdf/pages/letterhead.ts';
import { drawRunningLines } from './pdf/running.ts';
import type { Sheet } from './pdf/sheet.ts';
import { drawFacts, drawTable } from './pdf/table.ts';
import type { Cell, Column, Fact } from './pdf/table.ts';
import { colors, styles } from './pdf/theme.ts';
import type { Words } from './pdf/words.ts';

const outcomeMarks: Readonly<Record<UnitOutcome, Mark>> = { pass: marks.ok, fail: marks.bad, undecided: marks.warn };

/** Room for the longest value of each figure with the sign before it, in points. */
const figureWidths: Readonly<Record<RecipeFigure, number>> = { throughput: 76, top1: 50, auc: 46, energy: 92 };

/** The report of a batch: summary, limits and statistics on the cover, then every attempt with its figures and sessions. */
export function renderBatchReport(batch: BatchState, options: ReportOptions): Promise<Uint8Array> {
  const { name, app, createdAt, simulated } = batch;
  return writePdf(
    options,
    (words) => {
      const title = words.t('batch.title', { batch: name });
      return {
        title: simulated ? `${words.term('simulated')}: ${title}` : title,
        author: operators(batch),
        subject: words.t('batch.subject', { batch: batch.batchId }),
        app,
        createdAt,
      };
    },
    (sheet, words) => {
      sheet.section(words.t('batch.outline'), () => drawSummary(sheet, words, batch));
      sheet.newPage();
      sheet.section(words.t('batch.units'), () => drawUnits(sheet, words, batch));
      sheet.section(words.t('batch.sessions'), () => drawSessions(sheet, words, batch));
      drawRunningLines(sheet, words, {
        subject: batch.name,
        detail: batch.batchId,
        outcome: { word: headline(words, batch), mark: headMark(batch) },
        origin: words.t('running.origin', {
          name: app.name,
          version: app.version,
          hash: batch.recipeSha256.slice(0, 16),
        }),
        simulated,
      });
    },
  );
}

function operators({ attempts }: BatchState): string {
  return [...new Set(attempts.map((attempt) => attempt.operator).filter(Boolean))].join(', ');
}

function headMark({ statistics: { units, passed, failed } }: BatchState): Mark {
  if (units === 0) return marks.none;
  if (failed > 0) return marks.bad;
  return passed === units ? marks.ok : marks.warn;
}

function headline(words: Words, { statistics: { units, passed } }: BatchState): string {
  if (units === 0) return words.t('batch.headline.none');
  if (passed < units) return words.t('batch.headline.some', { passed: words.count(passed), units: words.count(units) });
  return words.t('batch.headline.all', { count: units, units: words.count(units) });
}

function drawSummary(sheet: Sheet, words: Words, batch: BatchState): void {
  const { statistics } = batch;
  drawLetterhead(sheet, words, words.t('batch.kind'));
  if (batch.simulated) drawSimulatedBand(sheet, words, words.t('batch.simulated'));
  const top = sheet.y;
  const left = sheet.left + 38;
  const lines = sheet.type.balance(headline(words, batch), styles.title, sheet.page.right - left);
  sheet.leaf('H1', () => {
    drawMark(sheet.doc, headMark(batch), sheet.left, top + 1, 25);
    sheet.y = sheet.type.lines(lines, left, top, styles.title);
  });
  sheet.gap(3);
  const counts = words.t('batch.counts', {
    failed: words.count(statistics.failed),
    undecided: words.count(statistics.undecided),
    notCounted: words.count(statistics.notCounted),
  });
  sheet.paragraph(counts, styles.muted, { left, width: sheet.page.right - left });
  sheet.gap(12);
  const { passRate } = statistics;
  drawTiles(sheet, [
    {
      name: words.t('batch.passed'),
      value: words.count(statistics.passed),
      note: words.t('batch.ofUnits', { units: words.count(statistics.units) }),
    },
    {
      name: words.t('batch.rate'),
      ...parts(words.percent(passRate?.share)),
      note: passRate ? words.t('batch.interval', { interval: words.interval(passRate.low, passRate.high) }) : '',
    },
    { name: words.t('batch.failed'), value: words.count(statistics.failed), note: '' },
    { name: words.t('batch.undecided'), value: words.count(statistics.undecided), note: '' },
  ]);
  sheet.gap(14);
  drawFacts(sheet, factsOf(words, batch), { heading: words.t('batch.facts'), nameWidth: 110 });
  sheet.gap(12);
  drawLimits(sheet, words, batch);
  sheet.gap(12);
  drawStatistics(sheet, words, batch);
  sheet.gap(10);
  drawNotice(sheet, { shape: 'warning', color: colors.grey }, words.t('notice.title'), [words.t('notice.text')]);
}

function factsOf(words: Words, batch: BatchState): Fact[] {
  const { recipe, attempts } = batch;
  const last = attempts.findLast(({ endedAt }) => endedAt !== undefined)?.endedAt;
  const facts: [string, string][] = [
    ['name', `${batch.name} (${batch.batchId})`],
    ['recipe', recipe.name],
    ['hash', batch.recipeSha256],
    ['bench', recipe.bench],
    ['workloads', recipe.items.map((item) => item.workload).join(', ')],
    ['modes', recipe.modes.map((mode) => words.term(`mode.${mode}`)).join(', ')],
    ['begun', words.date(batch.createdAt)],
    ['ended', last === undefined ? missing : words.date(last)],
    ['operators', operators(batch) || missing],
    ['baseline', recipe.baseline?.sessionId ?? ''],
    ['note', recipe.note],
  ];
  return facts
    .filter(([, value]) => value !== '')
    .map(([key, value]) => [words.t(`batch.${key}`), value, key === 'hash' ? styles.hash : styles.cell]);
}

/** Each limit with how many of the units that count keep it. */
function drawLimits(sheet: Sheet, words: Words, { recipe, attempts }: BatchState): void {
  const results = attempts.flatMap(({ counts, result }) => (counts && result ? result.limits : []));
  const count = (index: number, outcome: UnitOutcome): Cell => {
    const found = results.filter((one) => one.limit === index && one.outcome === outcome).length;
    const text = words.count(found);
    return found > 0 && outcome !== 'pass' ? { text, mark: outcomeMarks[outcome] } : { text };
  };
  const number = { width: { points: 58 }, align: 'right', style: styles.number } as const;
  sheet.sectionHeading(words.t('batch.limits'));
  drawTable(sheet, {
    columns: [
      { title: words.t('batch.limit'), width: { share: 1 } },
      { title: words.t('batch.kept'), ...number },
      { title: words.t('batch.missed'), ...number },
      { title: words.t('batch.unsure'), ...number },
    ],
    rows: recipe.limits.map((limit, index) => [
      `${limit.workload}: ${limitText(words.text, limit)}`,
      count(index, 'pass'),
      count(index, 'fail'),
      count(index, 'undecided'),
    ]),
  });
  sheet.gap(4);
  sheet.paragraph(words.text.t('recipe.rule'), styles.small);
}

function drawStatistics(sheet: Sheet, words: Words, { statistics }: BatchState): void {
  if (statistics.figures.length === 0) return;
  const number = { width: { share: 1 }, align: 'right', style: styles.number } as const;
  sheet.sectionHeading(words.t('batch.statistics'));
  drawTable(sheet, {
    columns: [
      { title: words.t('batch.figure'), width: { share: 1.6 } },
      { title: words.t('batch.count'), ...number, width: { points: 36 } },
      { title: words.t('batch.mean'), ...number },
      { title: words.t('batch.deviation'), ...number },
      { title: words.t('batch.min'), ...number },
      { title: words.t('batch.max'), ...number },
    ],
    rows: statistics.figures.map((one) => [
      `${one.workload}: ${words.text.t(`recipe.figure.${one.figure}`)}`,
      words.count(one.count),
      ...[one.mean, one.standardDeviation, one.min, one.max].map((value) => figureText(words.text, one.figure, value)),
    ]),
  });
}

/** A table a workload: the page has room for the figures of one. */
function drawUnits(sheet: Sheet, words: Words, batch: BatchState): void {
  const workloads = [...new Set(batchFigures(batch).map(({ workload }) => workload))];
  // A recipe whose limits are verdicts alone, and nothing measured yet, still has units.
  for (const workload of workloads.length > 0 ? workloads : [batch.recipe.items[0]?.workload ?? '']) {
    const figures = batchFigures(batch).filter((one) => one.workload === workload);
    const several = batch.recipe.items.length > 1;
    sheet.sectionHeading(several ? words.t('batch.unitsOf', { workload }) : words.t('batch.units'));
    drawTable(sheet, {
      columns: [
        { title: words.t('batch.number'), width: { points: 24 }, align: 'right', style: styles.number },
        { title: words.t('batch.unit'), width: { share: 1 } },
        { title: words.t('batch.result'), width: { points: 84 } },
        ...figures.map(({ figure }): Column => ({
          title: words.text.t(`recipe.figure.${figure}`),
          width: { points: figureWidths[figure] },
          align: 'right',
          style: styles.number,
        })),
      ],
      rows: batch.attempts.map((attempt) => [
        words.count(attempt.attempt),
        attempt.serial,
        resultCell(words, attempt),
        ...figures.map(({ figure }) => figureCell(words, batch, attempt, workload, figure)),
      ]),
    });
    sheet.gap(14);
  }
}

function resultCell(words: Words, { result, state, counts }: Attempt): Cell {
  if (!result) return { text: words.text.t(`recipe.state.${state}`), mark: marks.none };
  const cell = { text: words.text.t(`recipe.outcome.${result.outcome}`), mark: outcomeMarks[result.outcome] };
  return counts ? cell : { ...cell, sub: words.t('batch.notCounted') };
}

/** A figure that misses a limit, or cannot be decided, carries the sign of it. */
function figureCell(
  words: Words,
  { recipe }: BatchState,
  { result }: Attempt,
  workload: string,
  figure: RecipeFigure,
): Cell {
  const found = findFigure(result?.figures ?? [], workload, figure);
  if (!found) return { text: missing };
  const outcomes = (result?.limits ?? [])
    .filter(({ limit: index }) => {
      const limit = recipe.limits[index];
      return limit?.workload === workload && figureOfLimit(limit) === figure;
    })
    .map(({ outcome }) => outcome);
  const worst = (['fail', 'undecided'] as const).find((outcome) => outcomes.includes(outcome));
  const text = figureValueText(words.text, found);
  return worst ? { text, mark: outcomeMarks[worst] } : { text };
}

function drawSessions(sheet: Sheet, words: Words, { recipe, attempts }: BatchState): void {
  const line = (attempt: Attempt, result: LimitResult): string => {
    const limit = recipe.limits[result.limit];
    if (!limit) return '';
    const found = foundText(words.text, limit, result, attempt.result?.figures ?? []);
    return [`${limit.workload}: ${limitText(words.text, limit)}`, found].filter(Boolean).join(': ');
  };
  sheet.sectionHeading(words.t('batch.sessions'));
  sheet.paragraph(words.t('batch.ofAll'), styles.small);
  sheet.gap(4);
  drawTable(sheet, {
    columns: [
      { title: words.t('batch.number'), width: { points: 24 }, align: 'right', style: styles.number },
      { title: words.t('batch.unit'), width: { share: 0.8 } },
      { title: words.t('batch.started'), width: { points: 84 }, style: styles.number },
      { title: words.t('batch.session'), width: { share: 1.2 }, style: styles.hash, mostLines: 24 },
      { title: words.t('batch.remark'), width: { share: 1.7 }, style: styles.smallText, mostLines: 40 },
    ],
    rows: attempts.map((attempt) => [
      words.count(attempt.attempt),
      attempt.serial,
      attempt.startedAt.slice(0, 16).replace('T', ' '),
      attempt.sessions.map(({ sessionId }) => sessionId).join('\n') || missing,
      (attempt.result?.limits ?? [])
        .filter(({ outcome }) => outcome !== 'pass')
        .map((result) => line(attempt, result))
        .join('\n'),
    ]),
  });
}
