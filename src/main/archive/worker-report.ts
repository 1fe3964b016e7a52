import { parentPort, workerData } from 'node:worker_threads';
import type { BatchState } from '../../shared/domain/batch.ts';
import { createText } from '../../shared/text/index.ts';
import { renderBatchReport, renderReport } from '../report/index.ts';
import type { Paper, ReportUnits, SessionView } from '../report/index.ts';

/** Entry of the worker thread that makes one report: of a session or of a batch. */
export interface ReportJob {
  subject: { view: SessionView } | { batch: BatchState };
  locale: string;
  paper: Paper;
  units?: ReportUnits;
}

export type ReportAnswer = { bytes: Uint8Array } | { error: string };

const { subject, locale, paper, units } = workerData as ReportJob;
try {
  const options = { text: createText(locale), paper, ...(units ? { units } : {}) };
  const bytes = await ('view' in subject
    ? renderReport(subject.view, options)
    : renderBatchReport(subject.batch, options));
  // A Buffer may be a view of a pool: only a copy of its own can be handed over.
  const own = Uint8Array.from(bytes);
  parentPort?.postMessage({ bytes: own } satisfies ReportAnswer, [own.buffer]);
} catch (error) {
  parentPort?.postMessage({
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  } satisfies ReportAnswer);
}
