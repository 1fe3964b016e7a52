import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Fault, faultFromRecord } from '../../../shared/fault/index.ts';
import { workerUrl } from '../../../shared/worker-url/index.ts';
import { auditGroupsHere, auditTree } from '../audit-tree.ts';
import { openSource } from '../source/index.ts';
import type { SourceSpec } from '../source/index.ts';
import type { RunGroup } from '../tree/index.ts';
import type { AuditOptions, AuditOutcome, RunOutcome } from '../types.ts';
import type { AuditJob, GroupAnswer, GroupRequest } from './messages.ts';

/** A thread costs half a second and 40 MB: worth it from so many bytes on. */
const bytesWorthThreads = 20e6;
/** More threads than this wait for the disk. */
const mostThreads = 4;
/**
 * Bounds of a thread's memory. The largest published results.json needs a tenth of the first; a small young generation keeps the
 * texts of 200 MB of logs from piling up (220 MB in all threads less, for no time).
 */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 16 } as const;

export interface AuditFolderOptions extends AuditOptions {
  /** How many threads; 0 for this one; chosen by the size of the tree where absent. */
  threads?: number | undefined;
  /** Where the threads' entry lies; a test may have another. */
  entry?: URL;
}

/** Audits what a specification names, larger trees in worker threads. @throws Fault of the area `audit`, or the signal's reason. */
export async function auditFolder(spec: SourceSpec, options: AuditFolderOptions): Promise<AuditOutcome> {
  const source = await openSource(spec);
  return auditTree(source, options, ({ groups, bytes }) => {
    const threads = options.threads ?? (bytes < bytesWorthThreads ? 0 : threadsFor());
    if (threads === 0 || groups.length === 0) return auditGroupsHere(source, groups, options);
    return auditInThreads(spec, groups, Math.min(threads, groups.length), options);
  });
}

function threadsFor(): number {
  return Math.max(1, Math.min(availableParallelism(), mostThreads));
}

/** Gives each thread one group after the other, the largest first, so that no thread is left with a long one at the end. */
function auditInThreads(
  spec: SourceSpec,
  groups: readonly RunGroup[],
  threads: number,
  { round = null, scope, signal, onProgress, entry = workerUrl('worker-audit', import.meta.url) }: AuditFolderOptions,
): Promise<RunOutcome[]> {
  const queue = groups.map((group, index) => ({ index, group })).sort((a, b) => sizeOf(b.group) - sizeOf(a.group));
  const outcomes: RunOutcome[] = [];
  const workers: Worker[] = [];
  let next = 0;
  let done = 0;
  const work = new Promise<RunOutcome[]>((resolve, reject) => {
    const stop = (): void => {
      reject(signal?.reason instanceof Error ? signal.reason : new Fault('audit.stopped', {}));
    };
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    const give = (worker: Worker): void => {
      const request = queue[next];
      next += 1;
      if (request) worker.postMessage(request satisfies GroupRequest);
    };
    for (let k = 0; k < threads; k += 1) {
      const worker = new Worker(entry, {
        workerData: { spec, round, scope } satisfies AuditJob,
        resourceLimits,
      });
      workers.push(worker);
      worker.on('message', (answer: GroupAnswer) => {
        if ('fault' in answer) {
          reject(faultFromRecord(answer.fault));
          return;
        }
        for (const run of answer.runs) outcomes.push(run);
        done += 1;
        onProgress?.(done, groups.length);
        if (done === groups.length) resolve(outcomes);
        else give(worker);
      });
      worker.on('error', (error) => {
        reject(new Fault('audit.threadFailed', { reason: error.message }, { cause: error }));
      });
      give(worker);
    }
  });
  return work.finally(() => Promise.all(workers.map((worker) => worker.terminate())));
}

function sizeOf({ runs }: RunGroup): number {
  return runs.reduce((sum, run) => sum + Object.values(run.bytes).reduce((all, bytes) => all + bytes, 0), 0);
}
