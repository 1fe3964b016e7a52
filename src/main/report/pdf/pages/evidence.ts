import type { Finding } from '../../../../shared/domain/verdict.ts';
import { findingText } from '../../../../shared/text/finding.ts';
import { missing } from '../../../../shared/units/index.ts';
import { drawMark, marks } from '../marks.ts';
import type { Mark } from '../marks.ts';
import type { Sheet } from '../sheet.ts';
import { drawFacts, drawTable } from '../table.ts';
import { colors, styles } from '../theme.ts';
import type { Words } from '../words.ts';
import type { EnergyView } from '../../energy-view.ts';
import type { RunView, SessionView } from '../../view.ts';
import { drawRunTitle, drawUnfinished } from './blocks.ts';
import { clockDeviation } from './performance.ts';

/** Why the verdict of a run is what it is: its windows or inputs, and what each rule said. */
export function drawEvidence(sheet: Sheet, words: Words, view: SessionView, run: RunView): void {
  drawRunTitle(
    sheet,
    words,
    view,
    run,
    words.t('evidence.title', { mode: words.mode(run), workload: run.workload.title }),
  );
  drawUnfinished(sheet, words, run);
  if (run.mode === 'accuracy') drawInputs(sheet, words, run);
  else if (run.energy) drawEnergyWindows(sheet, words, run.energy);
  else drawWindows(sheet, words, view, run);
  sheet.gap(12);
  drawRules(sheet, words, run);
}

function drawWindows(sheet: Sheet, words: Words, view: SessionView, run: RunView): void {
  sheet.sectionHeading(words.t('evidence.windows'));
  if (run.windows.length === 0) {
    sheet.paragraph(words.t('evidence.noWindows'), styles.muted);
    return;
  }
  drawTable(sheet, {
    columns: [
      { title: words.t('column.window'), width: { points: 34 }, style: styles.number },
      { title: words.t('column.file'), width: { share: 1 }, style: styles.smallText },
      { title: words.t('column.inferences'), width: { points: 50 }, align: 'right', style: styles.number },
      { title: words.t('column.dutTime'), width: { points: 56 }, align: 'right', style: styles.number },
      { title: words.t('column.hostTime'), width: { points: 56 }, align: 'right', style: styles.number },
      { title: words.t('column.clock'), width: { points: 54 }, align: 'right', style: styles.number },
      { title: words.t('column.throughput'), width: { points: 62 }, align: 'right', style: styles.number },
    ],
    rows: run.windows.map((window) => {
      const deviation = clockDeviation(view, window);
      return [
        String(window.number),
        window.file,
        words.count(window.inferences),
        words.number(window.seconds, 6),
        window.hostSeconds > 0 ? words.number(window.hostSeconds, 6) : missing,
        deviation === null ? missing : words.signedPercent(deviation),
        words.significant(window.throughputInfPerS, 6),
      ];
    }),
  });
}

/** Windows as the monitor saw them: what the figures rest on beside the energy itself. */
function drawEnergyWindows(sheet: Sheet, words: Words, { trace, inputs }: EnergyView): void {
  sheet.sectionHeading(words.t('evidence.windows'));
  if (!trace || trace.windows.length === 0) {
    sheet.paragraph(words.t('evidence.noWindows'), styles.muted);
    return;
  }
  const number = (title: string, points: number) =>
    ({ title, width: { points }, align: 'right', style: styles.number }) as const;
  drawTable(sheet, {
    columns: [
      { title: words.t('column.window'), width: { points: 34 }, style: styles.number },
      { title: words.t('column.file'), width: { share: 1 }, style: styles.smallText },
      number(words.t('energy.column.seconds'), 42),
      number(words.t('column.hostTime'), 44),
      number(words.t('energy.column.hostDeviation'), 48),
      number(words.t('energy.column.otherSamples'), 48),
      number(words.t('energy.column.otherEnergy'), 66),
      number(words.t('energy.column.atLimit'), 50),
    ],
    rows: trace.windows.map((window) => [
      String(window.number),
      inputs.find((input) => input.window === window.number)?.file ?? missing,
      words.number(window.durationS, 3),
      window.hostS === null ? missing : words.number(window.hostS, 3),
      window.hostS === null || window.hostS <= 0 ? missing : words.signedPercent(window.durationS / window.hostS - 1),
      words.count(window.other.samples),
      words.number(window.other.energyJ * 1e6, 3),
      words.count(window.official.saturatedSamples + window.official.clippedSamples),
    ]),
  });
}

function drawInputs(sheet: Sheet, words: Words, run: RunView): void {
  sheet.sectionHeading(words.t('evidence.inputs'));
  const withoutScores = run.inputs.filter((input) => input.scores === null).length;
  const replaced = run.exchanges.filter((exchange) => exchange.kind === 'failed').length;
  const reloads = run.exchanges.reduce(
    (sum, exchange) => sum + (exchange.kind === 'measure' ? exchange.load.attempts - 1 : 0),
    0,
  );
  drawFacts(
    sheet,
    [
      [
        words.t('evidence.measured'),
        words.t('evidence.measuredValue', {
          done: words.count(run.inputs.length),
          total: words.count(run.inputsTotal),
        }),
      ],
      [
        words.t('evidence.set'),
        `${words.term(`inputSet.${run.inputSet.kind}`)}${run.inputSet.listName ? ` (${run.inputSet.listName})` : ''}`,
      ],
      [words.t('evidence.withoutScores'), words.count(withoutScores)],
      [words.t('evidence.retries'), words.count(replaced)],
      [words.t('evidence.reloads'), words.count(reloads)],
      [words.t('evidence.resumes'), words.count(run.resumes)],
    ],
    { nameWidth: 130 },
  );
}

const severityMark: Readonly<Record<Finding['severity'], Mark>> = { E: marks.bad, W: marks.warn, I: marks.none };

function drawRules(sheet: Sheet, words: Words, run: RunView): void {
  const findings = run.judgement?.findings ?? [];
  const failed = findings.filter((finding) => finding.outcome === 'failed');
  const passed = findings.filter((finding) => finding.outcome === 'passed');
  const idle = findings.filter((finding) => finding.outcome === 'notApplicable');
  sheet.sectionHeading(words.t('evidence.failed'));
  if (!run.judgement) sheet.paragraph(words.t('unfinished.notJudged'), styles.muted);
  else if (failed.length === 0) sheet.paragraph(words.t('evidence.noneFailed', { count: passed.length }), styles.body);
  for (const finding of [...failed].sort((a, b) => 'EWI'.indexOf(a.severity) - 'EWI'.indexOf(b.severity)))
    drawFailed(sheet, words, finding);
  if (passed.length > 0) {
    sheet.gap(8);
    sheet.sectionHeading(words.t('evidence.passed', { count: passed.length }));
    drawCompact(sheet, words, passed);
  }
  if (idle.length > 0) {
    sheet.gap(8);
    sheet.sectionHeading(words.t('evidence.idle'), 12);
    sheet.paragraph(idle.map((finding) => finding.rule).join(', '), styles.small);
  }
}

/** A failed rule in full: what was found, where it can be seen, why it matters, what to do. */
function drawFailed(sheet: Sheet, words: Words, finding: Finding): void {
  const own = findingText(words.text, finding);
  const left = sheet.left + 18;
  const width = sheet.page.right - left;
  const mark = severityMark[finding.severity];
  sheet.ensure(64);
  const top = sheet.y;
  sheet.within('Sect', { title: finding.rule }, () => {
    sheet.leaf('H4', () => {
      drawMark(sheet.doc, mark, sheet.left, top + 1, 10.5);
      sheet.put(finding.rule, left, top, { ...styles.bold, color: mark.color });
      const after = left + sheet.type.width(finding.rule, styles.bold) + 7;
      const severity = words.t(`severity.${finding.severity}`);
      const room = sheet.page.right - after - sheet.type.width(severity, styles.small) - 8;
      sheet.put(sheet.type.shorten(own.title, styles.bold, room), after, top, styles.bold);
      sheet.put(severity, sheet.page.right, top + 1.2, styles.small, 'right');
    });
    sheet.y = top + styles.bold.leading;
    sheet.paragraph(own.message, styles.body, { left, width });
    sheet.paragraph(own.explanation, styles.muted, { left, width });
    sheet.paragraph(words.t('evidence.remedy', { remedy: own.remedy }), styles.body, { left, width });
    if (finding.evidence.length > 0) {
      const places = finding.evidence
        .slice(0, 6)
        .map((place) =>
          place.line === undefined ? place.file : words.t('evidence.line', { file: place.file, line: place.line }),
        );
      if (finding.evidence.length > places.length) places.push('…');
      sheet.paragraph(words.t('evidence.seen', { places: places.join('; ') }), styles.small, { left, width });
    }
  });
  sheet.gap(4);
  sheet.artifact(() => sheet.rule(left, sheet.y, width, colors.border, 0.4));
  sheet.gap(5);
}

/** Rules that passed: id, title and what was found, one row each in small type. */
function drawCompact(sheet: Sheet, words: Words, findings: readonly Finding[]): void {
  drawTable(sheet, {
    columns: [
      { title: words.t('column.rule'), width: { points: 54 }, style: { ...styles.smallText, font: 'sansBold' } },
      { title: words.t('column.ruleTitle'), width: { share: 0.9 }, style: styles.smallText },
      { title: words.t('column.found'), width: { share: 1.1 }, style: styles.small },
    ],
    rows: findings.map((finding) => {
      const own = findingText(words.text, finding);
      return [
        { text: finding.rule, mark: marks.ok, style: { ...styles.smallText, font: 'sansBold' as const } },
        own.title,
        own.message,
      ];
    }),
    padding: 1.6,
  });
}
