import type { SessionFacets, SessionFilter, SessionQuery } from '../../../shared/domain/session-query.ts';
import type { SessionState } from '../../../shared/domain/session-summary.ts';
import type { QualityTarget } from '../../../shared/domain/verdict.ts';

/** The one figure of a run that a list shows: `inf/s`, `uJ` for one inference, `top1` and `auc` as fractions. */
export interface IndexedFigure {
  readonly value: number;
  readonly unit: 'inf/s' | 'uJ' | 'top1' | 'auc';
  /** k = 2 or as the budget says, in the same unit; absent where the figure has no budget. */
  readonly expandedUncertainty?: number;
}

export interface IndexedRun {
  readonly runId: string;
  readonly workload: string;
  readonly mode: string;
  readonly status: string;
  readonly verdict?: string;
  readonly qualityTarget?: QualityTarget;
  readonly figure?: IndexedFigure;
}

/** What the index knows of a session: copied from its folder, never the truth. */
export interface IndexedSession {
  /** ISO 8601 in UTC, all of one form, so that they sort as text. */
  readonly createdAt: string;
  /** The id in the journal; usually the folder's name. */
  readonly journalId: string;
  readonly operator: string;
  readonly serial?: string;
  readonly assetTag?: string;
  readonly board: string;
  readonly simulated: boolean;
  readonly state: SessionState;
  readonly report?: string;
  readonly notes: readonly string[];
  /** Paths of its traces inside the session, whether they are still there or not. */
  readonly traces: readonly string[];
  readonly runs: readonly IndexedRun[];
}

/** A folder with a journal; without `session` when nothing in it can be shown. */
export interface IndexEntry {
  /** Name of the folder. */
  readonly name: string;
  /** Changes whenever the folder has to be read anew. */
  readonly stamp: string;
  readonly session?: IndexedSession;
}

export interface FoundSession {
  readonly name: string;
  readonly session: IndexedSession;
}

/**
 * Finds sessions by what stands in them. Two make the same answers: SQLite, and plain memory where a runtime has no SQLite. Whoever
 * holds one may throw it away at any time: everything in it is read from the session folders again.
 */
export interface SessionIndex {
  readonly kind: 'sqlite' | 'memory';
  /** Stamps by folder name, of folders without a session too. */
  stamps(): Map<string, string>;
  put(entries: readonly IndexEntry[]): void;
  remove(names: readonly string[]): void;
  /** How many sessions there are. */
  count(): number;
  find(query: SessionQuery): { rows: FoundSession[]; total: number };
  facets(filter: SessionFilter): SessionFacets;
  close(): void;
}
