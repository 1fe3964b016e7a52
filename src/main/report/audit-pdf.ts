import type { AuditedRun, AuditFinding, AuditReport } from '../../shared/domain/audit.ts';
import { mainFigure } from './audit-figure.ts';
import { drawAuditedRun, isWorthDetail } from './audit-run-pdf.ts';
import { writePdf } from './pdf/document.ts';
import type { ReportOptions } from './pdf/document.ts';
import { drawMark, marks } from './pdf/marks.ts';
import type { Mark } from './pdf/marks.ts';
import { drawNotice, drawTiles } from './pdf/pages/blocks.ts';
import { drawLetterhead, drawSimulatedBand } from './pdf/pages/letterhead.ts';
import { drawRunningLines } from './pdf/running.ts';
import type { Sheet } from './pdf/sheet.ts';
import { drawFacts, drawTable } from './pdf/table.ts';
import { colors, styles } from './pdf/theme.ts';
import type { Words } from './pdf/words.ts';
import { drawAuditFindings } from './audit-findings-pdf.ts';

/** What a report on paper needs beside the audit itself. */
export interface AuditPdfInput {
  report: AuditReport;
  /** Name of the audited folder. */
  folder: string;
  /** ISO 8601. */
  createdAt: string;
}

/** Runs with findings that get a page of their own; the JSON report holds all. */
const mostDetails = 200;

/** The report of an audit: summary and table of all runs, then every finding with its evidence. */
export function renderAuditReport(
  { report, folder, createdAt }: AuditPdfInput,
  options: ReportOptions,
): Promise<Uint8Array> {
  const [name = '', version = ''] = splitProgram(report.program);
  const simulated = report.runs.some((run) => run.simulated);
  return writePdf(
    options,
    (words) => ({
      title: words.t('audit.title', { folder }),
      author: '',
      subject: words.t('audit.subject', { folder }),
      app: { name, version },
      createdAt,
    }),
    (sheet, words) => {
      sheet.section(words.t('audit.outline'), () => drawSummary(sheet, words, { report, folder, createdAt }));
      if (report.findings.length > 0) {
        sheet.newPage();
        sheet.section(words.t('audit.packageFindings'), () => {
          sheet.heading(1, words.t('audit.packageFindings'), styles.page);
          sheet.gap(8);
          drawAuditFindings(sheet, words, report.findings);
        });
      }
      drawDetails(sheet, words, report.runs);
      drawRunningLines(sheet, words, {
        subject: folder,
        detail: createdAt.slice(0, 10),
        outcome: { word: shortOutcome(words, report), mark: markOf(report) },
        origin: report.program,
        simulated,
      });
    },
  );
}

function splitProgram(program: string): string[] {
  const at = program.lastIndexOf(' ');
  return at < 0 ? [program] : [program.slice(0, at), program.slice(at + 1)];
}

const isInvalid = (run: AuditedRun): boolean => run.findings.some((finding) => finding.severity === 'E');

function markOf(report: AuditReport): Mark {
  if (report.counts.E > 0) return marks.bad;
  return report.counts.W > 0 || report.counts.disagree > 0 ? marks.warn : marks.ok;
}

function headline(words: Words, { runs, counts }: AuditReport): string {
  const wrong = runs.filter(isInvalid).length;
  if (wrong > 0) return words.t('audit.headline.errors', { wrong: words.count(wrong), runs: words.count(counts.runs) });
  if (counts.E > 0) return words.t('audit.headline.package');
  if (counts.disagree > 0)
    return words.t('audit.headline.disagree', {
      disagree: words.count(counts.disagree),
      runs: words.count(counts.runs),
    });
  return words.t('audit.headline.clean', { count: counts.runs, runs: words.count(counts.runs) });
}

/** For the head of every page. */
function shortOutcome(words: Words, { runs, counts }: AuditReport): string {
  const wrong = runs.filter(isInvalid).length;
  if (wrong > 0) return words.t('audit.short.errors', { wrong: words.count(wrong), runs: words.count(counts.runs) });
  if (counts.E > 0) return words.t('audit.short.package');
  return words.t(counts.W > 0 || counts.disagree > 0 ? 'audit.short.warnings' : 'audit.short.clean');
}

function drawSummary(sheet: Sheet, words: Words, { report, folder, createdAt }: AuditPdfInput): void {
  const { counts } = report;
  drawLetterhead(sheet, words, words.t('audit.kind'));
  if (report.runs.some((run) => run.simulated)) drawSimulatedBand(sheet, words, words.t('audit.simulated'));
  const top = sheet.y;
  const left = sheet.left + 38;
  const lines = sheet.type.balance(headline(words, report), styles.title, sheet.page.right - left);
  sheet.leaf('H1', () => {
    drawMark(sheet.doc, markOf(report), sheet.left, top + 1, 25);
    sheet.y = sheet.type.lines(lines, left, top, styles.title);
  });
  sheet.gap(3);
  const numbers = Object.fromEntries(
    (['agree', 'disagree', 'notCompared'] as const).map((key) => [key, words.count(counts[key])]),
  );
  sheet.paragraph(words.t('audit.counts', numbers), styles.muted, { left, width: sheet.page.right - left });
  sheet.gap(12);
  const size = words.quantity(report.bytes, 'B', 3);
  drawTiles(sheet, [
    {
      name: words.t('audit.runs'),
      value: words.count(counts.runs),
      note: words.t('audit.inFiles', { files: words.count(report.files), size }),
    },
    { name: words.t('audit.agree'), value: words.count(counts.agree), note: words.t('audit.ofPrinted') },
    { name: words.t('audit.errors'), value: words.count(counts.E), note: words.t('audit.invalid') },
    { name: words.t('audit.warnings'), value: words.count(counts.W), note: words.t('audit.objection') },
  ]);
  sheet.gap(14);
  drawFacts(
    sheet,
    [
      [words.t('audit.folder'), folder],
      [words.t('audit.scope'), words.t(`audit.scopes.${report.scope}`)],
      [words.t('audit.round'), report.round ?? words.t('audit.ownRounds')],
      [words.t('audit.date'), words.date(createdAt)],
    ],
    { heading: words.t('audit.facts'), nameWidth: 110 },
  );
  sheet.gap(12);
  drawNotice(sheet, { shape: 'warning', color: colors.grey }, words.t('audit.notice.title'), [
    words.t('audit.notice.text'),
  ]);
  sheet.gap(12);
  drawRuns(sheet, words, report.runs);
}

const verdictMarks = { valid: marks.ok, remarks: marks.warn, invalid: marks.bad } as const;

/** One line a run: the figure that it is made for, as printed and recomputed, and what both sides say of it. */
function drawRuns(sheet: Sheet, words: Words, runs: readonly AuditedRun[]): void {
  const number = { width: { points: 66 }, align: 'right', style: styles.number } as const;
  sheet.sectionHeading(words.t('audit.results'));
  drawTable(sheet, {
    columns: [
      { title: words.t('audit.run'), width: { share: 1 }, style: styles.smallText, mostLines: 4 },
      { title: words.t('audit.published'), ...number },
      { title: words.t('audit.recomputed'), ...number },
      { title: words.t('audit.verdict'), width: { points: 74 } },
      { title: words.t('audit.official'), width: { points: 54 }, style: styles.smallText },
      { title: words.t('audit.findings'), width: { points: 44 }, style: styles.number },
    ],
    rows: runs.map((run) => {
      const figure = mainFigure(run, words);
      return [
        run.folder,
        { text: figure.published, sub: figure.unit },
        run.agrees === false ? { text: figure.recomputed, mark: marks.bad } : figure.recomputed,
        { text: words.term(`verdict.${run.verdict}`), mark: verdictMarks[run.verdict] },
        words.t(`audit.${officialWord(run)}`),
        countText(run.findings),
      ];
    }),
  });
}

function officialWord({ official: { accepted } }: AuditedRun): string {
  if (accepted === null) return 'notLooked';
  return accepted ? 'accepts' : 'refuses';
}

function countText(findings: readonly AuditFinding[]): string {
  const counts = (['E', 'W', 'I'] as const).map((severity) => ({
    severity,
    count: findings.filter((finding) => finding.severity === severity).length,
  }));
  return counts
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`)
    .join(' ');
}

function drawDetails(sheet: Sheet, words: Words, runs: readonly AuditedRun[]): void {
  const detailed = runs.filter(isWorthDetail);
  if (detailed.length === 0) return;
  sheet.newPage();
  sheet.section(words.t('audit.runFindings'), () => {
    sheet.heading(1, words.t('audit.runFindings'), styles.page);
    sheet.gap(8);
    for (const run of detailed.slice(0, mostDetails)) drawAuditedRun(sheet, words, run);
    const more = detailed.length - mostDetails;
    if (more > 0) sheet.paragraph(words.t('audit.moreRuns', { count: words.count(more) }), styles.muted);
  });
}
