import type {
  AuditComparison,
  AuditFigures,
  AuditedRun,
  AuditScope,
  OfficialOutcome,
} from '../../shared/domain/audit.ts';
import type { EvidenceRef, Finding, Verdict } from '../../shared/domain/verdict.ts';
import type { Mode } from '../../shared/domain/workload.ts';

export type {
  AuditComparison,
  AuditFigures,
  AuditFinding,
  AuditReport,
  AuditScope,
} from '../../shared/domain/audit.ts';
export type { AuditedRun } from '../../shared/domain/audit.ts';

/** Where a run stands in a submission, as far as its folders tell; all names as the folders spell them. */
export interface RunPlace {
  folder: string;
  round: string | null;
  division: 'closed' | 'open' | null;
  organisation: string | null;
  system: string | null;
  board: string | null;
  /** Normalised folder name: `kws` also for `keyword_spotting`. */
  benchmark: string | null;
  /** The folder's own name where it is another than the normalised one. */
  benchmarkFolder: string | null;
  model: string | null;
  mode: Mode | null;
  modeFolder: string | null;
}

/** Files of a run folder by what they are; paths in the source. */
export type RunFiles = AuditedRun['files'];

/** An audited run before its findings have words: what travels between threads. */
export interface RunOutcome extends Omit<AuditedRun, 'findings' | 'official'> {
  official: Omit<OfficialOutcome, 'messages'> & { messages: OfficialMessage[] };
  findings: Finding[];
  verdict: Verdict;
  /** A path with a person's name in it, for the rule about packages. */
  personal: { text: string; ref: EvidenceRef } | null;
  /** Windows that took less time an inference than an earlier one with the same input, for the rule about caching. */
  faster?: FasterWindow[];
}

/** `fraction`: by how much the time of an inference dropped. */
export interface FasterWindow {
  input: string;
  fraction: number;
  refs: EvidenceRef[];
}

/** A message of the official checker: key of its words and the values in them. */
export interface OfficialMessage {
  key: string;
  values: Record<string, string | number>;
}

export interface AuditOptions {
  scope: AuditScope;
  /** Rules of this round for every run; that of its own folder where absent. */
  round?: string | null | undefined;
  signal?: AbortSignal | undefined;
  /** Told after each group of runs. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Printed and recomputed figures of a run, and how they compare. */
export interface ComparedFigures {
  published: AuditFigures;
  recomputed: AuditFigures;
  comparisons: AuditComparison[];
}

/** Everything an audit found, before its findings have words. */
export interface AuditOutcome {
  scope: AuditScope;
  round: string | null;
  files: number;
  bytes: number;
  runs: RunOutcome[];
  /** About the package as a whole. */
  findings: Finding[];
}
