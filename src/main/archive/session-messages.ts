import type { FaultRecord } from '../../shared/fault/index.ts';
import type { SessionFacets, SessionFilter, SessionQuery } from '../../shared/domain/session-query.ts';
import type { Retention, RetentionReport } from '../../shared/domain/retention.ts';
import type { ImportPlan, ImportResult, SessionLoad } from '../../shared/domain/session-handover.ts';
import type { FoundPage } from './session-catalogue.ts';

/** What the worker with the index is asked; each kind with its answer. */
export interface SessionQuestions {
  find: { ask: { query: SessionQuery }; answer: FoundPage };
  facets: { ask: { filter: SessionFilter }; answer: SessionFacets };
  /** Waits until every folder is in the index. */
  refresh: { ask: object; answer: null };
  changed: { ask: object; answer: null };
  weigh: { ask: { names: readonly string[] }; answer: SessionLoad };
  /** To the trash; the answer is its name there. */
  discard: { ask: { name: string; epochMs: number }; answer: string };
  restore: { ask: { trashed: string }; answer: string };
  zip: { ask: { names: readonly string[]; path: string }; answer: null };
  prepareImport: { ask: { source: string; importId: string }; answer: ImportPlan };
  placeImport: { ask: { importId: string; replace: boolean; epochMs: number }; answer: ImportResult };
  /** What the rules would delete; with `apply` it is done. `except` are being measured. */
  retention: {
    ask: { rules: Retention; epochMs: number; apply: boolean; except: readonly string[] };
    answer: RetentionReport;
  };
  /** Unpacks a zip file that is no session into a folder. */
  unpackTree: { ask: { zip: string; folder: string }; answer: null };
  dropImport: { ask: { importId: string }; answer: null };
}
export type QuestionKind = keyof SessionQuestions;

export interface SessionRequest<K extends QuestionKind = QuestionKind> {
  id: number;
  kind: K;
  /** The sessions folder; another one closes the index of the last. */
  root: string;
  ask: SessionQuestions[K]['ask'];
}

export type SessionReply = { id: number; answer: unknown } | { id: number; fault: FaultRecord };

export interface SessionWorkerData {
  /** Where indexes are kept. */
  cacheFolder: string;
  /** Version of the program: what another one read from the folders may differ. */
  appVersion: string;
}
