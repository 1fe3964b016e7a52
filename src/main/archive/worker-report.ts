import { parentPort, workerData } from 'node:worker_threads';
import type { BatchState } from '../../shared/domain/batch.ts';
import { createText } from '../../shared/text/index.ts';
import { renderAuditReport, renderBatchReport, renderReport } from '../report/index.ts';
import type { AuditPdfInput, Paper, ReportOptions, ReportUnits, SessionView } from '../report/index.ts';

/** Entry of the worker thread that makes one report: of a session, a batch or an audit. */
export interface ReportJob {
  subject: { view: SessionView } | { batch: BatchState } | { audit: AuditPdfInput };
  locale: string;
  paper: Paper;
  units?: ReportUnits;
}

export type ReportAnswer = { bytes: Uint8Array } | { error: string };

function render(subject: ReportJob['subject'], options: ReportOptions): Promise<Uint8Array> {
  if ('view' in subject) return renderReport(subject.view, options);
  return 'batch' in subject ? renderBatchReport(subject.batch, options) : renderAuditReport(subject.audit, options);
}

const { subject, locale, paper, units } = workerData as ReportJob;
try {
  const options = { text: createText(locale), paper, ...(units ? { units } : {}) };
  const bytes = await render(subject, options);
  // A Buffer may be a view of a pool: only a copy of its own can be handed over.
  const own = Uint8Array.from(bytes);
  parentPort?.postMessage({ bytes: own } satisfies ReportAnswer, [own.buffer]);
} catch (error) {
  parentPort?.postMessage({
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  } satisfies ReportAnswer);
}
