import { measuredCount } from '../view.ts';
import type { RunView, SessionView } from '../view.ts';
import { plain, writePdf } from './document.ts';
import type { ReportOptions } from './document.ts';
import { drawAccuracy } from './pages/accuracy.ts';
import { drawAppendix } from './pages/appendix.ts';
import { drawCover } from './pages/cover.ts';
import { drawEnergy } from './pages/energy.ts';
import { drawBudget, hasBudget } from './pages/energy-budget.ts';
import { drawCertificates } from './pages/energy-certificates.ts';
import { drawWiring } from './pages/energy-wiring.ts';
import { drawEvidence } from './pages/evidence.ts';
import { drawPerformance } from './pages/performance.ts';
import { drawRunningLines, sessionLines } from './running.ts';
import type { Sheet } from './sheet.ts';
import type { Words } from './words.ts';

/** The report of a session, with vector charts. The same view, words, paper and fonts give the same bytes: dates come from the session. */
export function renderReport(view: SessionView, options: ReportOptions): Promise<Uint8Array> {
  const { operator: author, app, createdAt } = view;
  return writePdf(
    options,
    (words) => ({
      title: documentTitle(words, view),
      author,
      subject: words.t('document.subject', { session: view.sessionId }),
      app,
      createdAt,
    }),
    (sheet, words) => draw(sheet, words, view),
  );
}

function draw(sheet: Sheet, words: Words, view: SessionView): void {
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
  drawRunningLines(sheet, words, sessionLines(words, view));
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
