import { Worker } from 'node:worker_threads';
import { sessionQuerySchema } from '../../shared/domain/session-query.ts';
import type { SessionFacets, SessionFilter, SessionPage, SessionQuery } from '../../shared/domain/session-query.ts';
import type { RetentionReport } from '../../shared/domain/retention.ts';
import type { ImportPlan, ImportResult, SessionLoad } from '../../shared/domain/session-handover.ts';
import type { SessionSummary } from '../../shared/domain/session-summary.ts';
import { Fault, faultFromRecord } from '../../shared/fault/index.ts';
import { workerUrl } from '../../shared/worker-url/index.ts';
import type { QuestionKind, SessionQuestions, SessionReply, SessionWorkerData } from './session-messages.ts';
import { toSummary } from './sessions.ts';

/** The sessions of a folder, searched and in order, by an index in a worker thread of its own. */
export interface SessionList {
  /** A stretch of the sessions. @throws faults of area `store` where the folder cannot be read. */
  page(root: string, query: SessionQuery, locale: string): Promise<SessionPage>;
  /** Every session, newest first: for reports about all of them, not for pages. */
  all(root: string, locale: string): Promise<SessionSummary[]>;
  facets(root: string, filter: SessionFilter): Promise<SessionFacets>;
  /** Resolves when every session of the folder is in the index. */
  refresh(root: string): Promise<void>;
  /** What would be lost with these sessions. */
  weigh(root: string, names: readonly string[]): Promise<SessionLoad>;
  /** Moves a session into the trash; resolves with its name there. @throws faults of areas `session` and `store`. */
  discard(root: string, name: string, epochMs: number): Promise<string>;
  /** Takes a session out of the trash; resolves with its name. */
  restore(root: string, trashed: string): Promise<string>;
  /** Writes sessions into one zip file. */
  zip(root: string, names: readonly string[], path: string): Promise<void>;
  /** Unpacks and checks what a zip file or folder holds. @throws faults of areas `import` and `store`. */
  prepareImport(root: string, source: string, importId: string): Promise<ImportPlan>;
  placeImport(root: string, importId: string, replace: boolean, epochMs: number): Promise<ImportResult>;
  dropImport(root: string, importId: string): Promise<void>;
  /** Unpacks every file of a zip file into a new folder. @throws faults of areas `import` and `store`. */
  unpackTree(zip: string, folder: string): Promise<void>;
  /** What the rules of retention delete now, or, with `apply`, deleted; sessions that are measured (`except`) are left alone. */
  retention(root: string, question: SessionQuestions['retention']['ask']): Promise<RetentionReport>;
  /** Something was added or removed: the next question finds it. */
  changed(root: string): void;
  close(): Promise<void>;
}

export function createSessionList(data: SessionWorkerData): SessionList {
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  let worker: Worker | undefined;
  let nextId = 1;

  const fail = (reason: string): void => {
    worker = undefined;
    for (const { reject } of waiting.values()) reject(new Fault('internal.unexpected', { message: reason }));
    waiting.clear();
  };
  const start = (): Worker => {
    const started = new Worker(workerUrl('worker-sessions', import.meta.url), { workerData: data });
    // A list that nobody waits for does not keep the program alive.
    started.unref();
    started.on('message', (reply: SessionReply) => {
      const asked = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (waiting.size === 0) started.unref();
      if ('fault' in reply) asked?.reject(faultFromRecord(reply.fault));
      else asked?.resolve(reply.answer as never);
    });
    started.on('error', (error) => fail(error.message));
    started.on('exit', (code) => {
      if (worker === started) fail(`worker-sessions ended (${code})`);
    });
    return started;
  };
  const ask = <K extends QuestionKind>(
    kind: K,
    root: string,
    question: SessionQuestions[K]['ask'],
  ): Promise<SessionQuestions[K]['answer']> =>
    new Promise((resolve, reject) => {
      worker ??= start();
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, kind, root, ask: question });
    });

  const page = async (root: string, query: SessionQuery, locale: string): Promise<SessionPage> => {
    const { rows, ...counts } = await ask('find', root, { query });
    return { rows: rows.map(({ name, session }) => toSummary(root, name, session, locale)), ...counts };
  };

  return {
    page,
    async all(root, locale) {
      await ask('refresh', root, {});
      const found: SessionSummary[] = [];
      for (let total = 1; found.length < total;) {
        const next = await page(root, sessionQuerySchema.parse({ offset: found.length, limit: 200 }), locale);
        if (next.rows.length === 0) break;
        found.push(...next.rows);
        total = next.total;
      }
      return found;
    },
    facets: (root, filter) => ask('facets', root, { filter }),
    async refresh(root) {
      await ask('refresh', root, {});
    },
    weigh: (root, names) => ask('weigh', root, { names }),
    discard: (root, name, epochMs) => ask('discard', root, { name, epochMs }),
    restore: (root, trashed) => ask('restore', root, { trashed }),
    async zip(root, names, path) {
      await ask('zip', root, { names, path });
    },
    prepareImport: (root, source, importId) => ask('prepareImport', root, { source, importId }),
    placeImport: (root, importId, replace, epochMs) => ask('placeImport', root, { importId, replace, epochMs }),
    async dropImport(root, importId) {
      await ask('dropImport', root, { importId });
    },
    async unpackTree(zip, folder) {
      await ask('unpackTree', '', { zip, folder });
    },
    retention: (root, question) => ask('retention', root, question),
    changed(root) {
      if (worker) void ask('changed', root, {}).catch(() => undefined);
    },
    async close() {
      const ending = worker;
      fail('closed');
      await ending?.terminate();
    },
  };
}
