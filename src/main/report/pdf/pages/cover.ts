import { missing } from '../../../../shared/units/index.ts';
import { drawMark } from '../marks.ts';
import type { Sheet } from '../sheet.ts';
import { drawFacts } from '../table.ts';
import { colors, styles } from '../theme.ts';
import type { Style } from '../theme.ts';
import { verdictWords } from '../verdict-words.ts';
import { outcomeMark } from '../words.ts';
import type { Words } from '../words.ts';
import type { SessionView } from '../../view.ts';
import { drawNotice, layNotice } from './blocks.ts';
import { drawGrounds, drawResults } from './cover-results.ts';
import { drawLetterhead, drawSimulatedBand } from './letterhead.ts';
import { drawSignatures, signaturesHeight } from './cover-signatures.ts';

/** Everything that a reader needs who sees nothing else: the result, whether to trust it, and where it comes from. */
export function drawCover(sheet: Sheet, words: Words, view: SessionView): void {
  sheet.section(words.t('cover.outline'), () => {
    drawLetterhead(sheet, words, words.t('cover.kind'));
    if (view.simulated) drawSimulatedBand(sheet, words, words.t('simulated.cover', { bench: view.bench.name }));
    drawVerdict(sheet, words, view);
    drawDut(sheet, words, view);
    sheet.gap(12);
    if (view.runs.length > 0) {
      drawResults(sheet, words, view);
      sheet.gap(12);
      drawGrounds(sheet, words, view);
    }
    drawProvenance(sheet, words, view);
    drawHashes(sheet, words, view, heightBelow(sheet, words, view));
    if (view.note !== '') {
      sheet.gap(6);
      sheet.sectionHeading(words.t('cover.note'), 14);
      sheet.paragraph(view.note, styles.body);
    }
    sheet.gap(10);
    drawNotice(sheet, { shape: 'warning', color: colors.grey }, words.t('notice.title'), [words.t('notice.text')]);
    drawSignatures(sheet, words, view);
  });
}

/** What note, notice and signatures take below the hashes. */
function heightBelow(sheet: Sheet, words: Words, view: SessionView): number {
  const note = view.note === '' ? 0 : 40 + sheet.type.break(view.note, styles.body, sheet.width).length * 12.5;
  const notice = 10 + layNotice(sheet, words.t('notice.title'), [words.t('notice.text')]).height;
  return note + notice + signaturesHeight(sheet, words, view);
}

function drawVerdict(sheet: Sheet, words: Words, view: SessionView): void {
  const { outcome, sentence, reason } = verdictWords(words, view);
  const top = sheet.y;
  const left = sheet.left + 38;
  const lines = sheet.type.balance(sentence, styles.title, sheet.page.right - left);
  sheet.leaf('H1', () => {
    drawMark(sheet.doc, outcomeMark[outcome], sheet.left, top + 1, 25);
    sheet.y = sheet.type.lines(lines, left, top, styles.title);
  });
  sheet.gap(3);
  sheet.paragraph(reason, styles.muted, { left, width: sheet.page.right - left });
  sheet.gap(12);
}

function drawDut(sheet: Sheet, words: Words, view: SessionView): void {
  sheet.leaf('P', () => {
    sheet.put(words.t('dut.label'), sheet.left, sheet.y, styles.small);
    sheet.y += styles.small.leading;
  });
  const name = { ...styles.page, size: 14, leading: 18 };
  sheet.leaf('P', () => {
    sheet.y = sheet.type.lines(
      sheet.type.breakTo(words.dutName(view), name, sheet.width, 2),
      sheet.left,
      sheet.y,
      name,
    );
  });
  sheet.leaf('P', () => {
    sheet.y = sheet.type.lines(
      sheet.type.breakTo(words.unit(view), styles.body, sheet.width, 2),
      sheet.left,
      sheet.y,
      styles.body,
    );
  });
}

function drawProvenance(sheet: Sheet, words: Words, view: SessionView): void {
  const gap = 20;
  const half = (sheet.width - gap) / 2;
  // Two columns side by side: neither may break to another page on its own.
  sheet.ensure(110);
  const top = sheet.y;
  const first = view.runs[0];
  const firmware = view.runs.find((run) => run.artefacts.firmware)?.artefacts.firmware;
  drawFacts(
    sheet,
    [
      [words.t('facts.operator'), view.operator || words.t('facts.notRecorded')],
      [words.t('facts.measured'), words.date(view.createdAt)],
      [words.t('facts.bench'), view.bench.name],
      [
        words.t('facts.instruments'),
        view.bench.instruments.map((instrument) => instrument.label).join(', ') || missing,
      ],
    ],
    { width: half, nameWidth: 76, mostLines: 2 },
  );
  const leftEnd = sheet.y;
  sheet.y = top;
  drawFacts(
    sheet,
    [
      [words.t('facts.session'), view.sessionId],
      [words.t('facts.program'), `${view.app.name} ${view.app.version}`],
      [
        words.t('facts.rules'),
        first ? [...new Set(view.runs.map((run) => run.workload.ruleVersion))].join(', ') : missing,
      ],
      [words.t('facts.division'), words.t(`division.${view.division}`)],
      [words.t('facts.firmware'), firmware ? `${firmware.name} ${firmware.version ?? ''}`.trim() : missing],
    ],
    { left: sheet.left + half + gap, width: half, nameWidth: 76, mostLines: 2 },
  );
  sheet.y = Math.max(leftEnd, sheet.y) + 5;
}

/** The hash of every artefact where the page has room for them and for what follows; else that of the journal: the appendix has all. */
function drawHashes(sheet: Sheet, words: Words, view: SessionView, below: number): void {
  const rows = hashes(words, view);
  const fits = sheet.y + 5 + rows.length * (styles.hash.leading + 2.5) + below <= sheet.page.bottom;
  sheet.artifact(() => sheet.rule(sheet.left, sheet.y, sheet.width));
  sheet.gap(5);
  drawFacts(sheet, fits ? rows : rows.slice(-1), { nameWidth: 76 + 28 });
}

/** Distinct artefacts over all runs, with their SHA-256. */
function hashes(words: Words, view: SessionView): [string, string, Style][] {
  const rows = new Map<string, [string, string, Style]>();
  const add = (name: string, hash: string | null | undefined): void => {
    if (hash) rows.set(`${name} ${hash}`, [name, hash, styles.hash]);
  };
  for (const run of view.runs) {
    add(words.t('hash.model'), run.artefacts.model?.sha256);
    add(words.t('hash.firmware'), run.artefacts.firmware?.sha256);
    add(words.t('hash.list'), run.inputSet.listSha256);
  }
  add(words.t('hash.journal'), view.integrity.journalHash);
  return [...rows.values()];
}
