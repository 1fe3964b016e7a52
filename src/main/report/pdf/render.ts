import PDFDocument from 'pdfkit';
import type { Text } from '../../../shared/text/index.ts';
import { measuredCount } from '../view.ts';
import type { RunView, SessionView } from '../view.ts';
import { loadReportFonts } from './fonts.ts';
import type { ReportFonts } from './fonts.ts';
import { drawAccuracy } from './pages/accuracy.ts';
import { drawAppendix } from './pages/appendix.ts';
import { drawCover } from './pages/cover.ts';
import { drawEnergy } from './pages/energy.ts';
import { drawBudget, hasBudget } from './pages/energy-budget.ts';
import { drawCertificates } from './pages/energy-certificates.ts';
import { drawWiring } from './pages/energy-wiring.ts';
import { drawEvidence } from './pages/evidence.ts';
import { drawPerformance } from './pages/performance.ts';
import { drawRunningLines } from './running.ts';
import { Sheet } from './sheet.ts';
import { pageGeometry } from './theme.ts';
import type { FontName, Paper } from './theme.ts';
import type { Pdf } from './typesetter.ts';
import { Words } from './words.ts';
import type { ReportUnits } from './words.ts';

export interface ReportOptions {
  text: Text;
  paper: Paper;
  /** Default: with SI prefixes. */
  units?: ReportUnits;
  /** Read from their packages unless given. */
  fonts?: ReportFonts;
}

/**
 * The report of a session as a tagged PDF 1.7 with embedded fonts and vector charts. The same view, words, paper and fonts give
 * the same bytes: dates come from the session, the file's id is made of them, nothing is random. Needs no state outside itself, so it may
 * run in a worker.
 */
export async function renderReport(view: SessionView, options: ReportOptions): Promise<Uint8Array> {
  const words = new Words(options.text, options.units);
  const page = pageGeometry(options.paper);
  const created = new Date(view.createdAt);
  const doc: Pdf = new PDFDocument({
    size: [page.width, page.height],
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    lang: words.locale,
    displayTitle: true,
    font: '',
    info: {
      Title: documentTitle(words, view),
      Author: plain(view.operator),
      Subject: plain(words.t('document.subject', { session: view.sessionId })),
      Creator: plain(`${view.app.name} ${view.app.version}`),
      CreationDate: created,
      ModDate: created,
    },
  });
  const fonts = options.fonts ?? loadReportFonts();
  for (const name of Object.keys(fonts) as FontName[]) doc.registerFont(name, padded(fonts[name]) as Buffer);
  const bytes = collect(doc);
  draw(doc, words, view, page);
  doc.end();
  return bytes;
}

function draw(doc: Pdf, words: Words, view: SessionView, page: ReturnType<typeof pageGeometry>): void {
  const sheet = new Sheet(doc, page);
  sheet.newPage();
  drawCover(sheet, words, view);
  for (const run of view.runs) {
    sheet.newPage();
    sheet.section(words.t('run.outline', { mode: words.mode(run), workload: run.workload.id, run: run.runId }), () => {
      sheet.section(words.t('run.figures'), () => figurePages[run.mode](sheet, words, view, run));
      drawEnergyPages(sheet, words, view, run);
      // A run that measured nothing fills no second page.
      if (run.energy || measuredCount(run) > 0) sheet.newPage();
      else sheet.gap(24);
      sheet.section(words.t('run.evidence'), () => drawEvidence(sheet, words, view, run));
    });
  }
  sheet.newPage();
  sheet.section(words.t('appendix.title'), () => drawAppendix(sheet, words, view));
  drawRunningLines(sheet, words, view);
  sheet.end();
}

const figurePages = { performance: drawPerformance, accuracy: drawAccuracy, energy: drawEnergy } as const;

/** What an energy run has beside its figures: wiring, budget and certificates, each from a page of its own. */
function drawEnergyPages(sheet: Sheet, words: Words, view: SessionView, run: RunView): void {
  if (!run.energy) return;
  const page = (title: string, body: typeof drawWiring): void => {
    sheet.newPage();
    sheet.section(title, () => body(sheet, words, view, run));
  };
  page(words.t('energy.wiring.heading'), drawWiring);
  if (hasBudget(run)) page(words.t('energy.budget.outline'), drawBudget);
  if (run.energy.certificates.length > 0) page(words.t('energy.cert.outline'), drawCertificates);
}

/** Title of the document: what it is about, and that it is simulated, in the window of a reader too. */
export function documentTitle(words: Words, view: SessionView): string {
  const title = words.t('document.title', { dut: words.dutName(view), session: view.sessionId });
  return plain(view.simulated ? `${words.term('simulated')}: ${title}` : title);
}

/** The library puts these texts into XML as they are. */
function plain(text: string): string {
  return text.replace(/[<>&\p{Cc}]/gu, ' ');
}

/**
 * The font reader looks at the outline of an empty glyph too; where that glyph is the last of the file, as the blank of Plex Mono
 * is, it would read past the end. Some zeros behind the file keep it inside.
 */
function padded(font: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(font.length + 32);
  bytes.set(font);
  return bytes;
}

function collect(doc: Pdf): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    doc.on('error', reject);
  });
}
