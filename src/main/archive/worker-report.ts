import { parentPort, workerData } from 'node:worker_threads';
import { createText } from '../../shared/text/index.ts';
import { renderReport } from '../report/index.ts';
import type { Paper, ReportUnits, SessionView } from '../report/index.ts';

/** Entry of the worker thread that makes one report. */
export interface ReportJob {
  view: SessionView;
  locale: string;
  paper: Paper;
  units?: ReportUnits;
}

export type ReportAnswer = { bytes: Uint8Array } | { error: string };

const { view, locale, paper, units } = workerData as ReportJob;
try {
  const bytes = await renderReport(view, { text: createText(locale), paper, ...(units ? { units } : {}) });
  // A Buffer may be a view of a pool: only a copy of its own can be handed over.
  const own = Uint8Array.from(bytes);
  parentPort?.postMessage({ bytes: own } satisfies ReportAnswer, [own.buffer]);
} catch (error) {
  parentPort?.postMessage({
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  } satisfies ReportAnswer);
}
