import type { FaultRecord } from '../../../shared/fault/index.ts';
import type { SourceSpec } from '../source/index.ts';
import type { RunGroup } from '../tree/index.ts';
import type { AuditScope, RunOutcome } from '../types.ts';

/** What a thread is started with. */
export interface AuditJob {
  spec: SourceSpec;
  round: string | null;
  scope: AuditScope;
}

/** One group to audit, with its place in the queue. */
export interface GroupRequest {
  index: number;
  group: RunGroup;
}

export type GroupAnswer = { index: number; runs: RunOutcome[] } | { index: number; fault: FaultRecord };
