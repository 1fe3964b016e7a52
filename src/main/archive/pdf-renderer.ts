import { Worker } from 'node:worker_threads';
import type { BatchState } from '../../shared/domain/batch.ts';
import { Fault } from '../../shared/fault/index.ts';
import { workerUrl } from '../../shared/worker-url/index.ts';
import type { AuditPdfInput, Paper, ReportUnits, SessionView } from '../report/index.ts';
import type { ReportAnswer, ReportJob } from './worker-report.ts';

/** Makes the PDF of a session. */
export type RenderPdf = (view: SessionView) => Promise<Uint8Array>;

/** Makes the PDF of a batch. */
export type RenderBatch = (batch: BatchState) => Promise<Uint8Array>;

/** Makes the PDF of an audit. */
export type RenderAudit = (audit: AuditPdfInput) => Promise<Uint8Array>;

/** A report that takes longer than this is stuck. */
const deadlineMs = 120_000;

type Looks = () => { locale: string; paper: Paper; units?: ReportUnits };

/** Renders reports in a worker thread of their own, so that the main loop stays free for the instruments. */
export function createPdfRenderer(looks: Looks): RenderPdf {
  return (view) => renderInWorker({ subject: { view }, ...looks() });
}

/** The same for batches. */
export function createBatchRenderer(looks: Looks): RenderBatch {
  return (batch) => renderInWorker({ subject: { batch }, ...looks() });
}

/** The same for audits. */
export function createAuditRenderer(looks: Looks): RenderAudit {
  return (audit) => renderInWorker({ subject: { audit }, ...looks() });
}

function renderInWorker(workerData: ReportJob): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl('worker-report', import.meta.url), { workerData });
    const timer = setTimeout(() => {
      void worker.terminate();
      reject(new Fault('report.failed', { reason: 'timeout' }));
    }, deadlineMs);
    worker.once('message', (answer: ReportAnswer) => {
      if ('bytes' in answer) resolve(answer.bytes);
      else reject(new Fault('report.failed', { reason: answer.error }));
    });
    worker.once('error', (error) => reject(new Fault('report.failed', { reason: error.message }, { cause: error })));
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(new Fault('report.failed', { reason: 'exit' }));
    });
  });
}
