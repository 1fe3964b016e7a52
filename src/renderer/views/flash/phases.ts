import type { LiveFlash } from '../../../shared/domain/flash-page.ts';

export const flashPhases = ['building', 'identifying', 'erasing', 'programming', 'verifying', 'resetting'] as const;
export type FlashPhase = (typeof flashPhases)[number];

export interface PhaseRow {
  id: FlashPhase;
  state: 'waiting' | 'active' | 'done' | 'ended';
  amount: { doneBytes: number; totalBytes: number } | undefined;
}

/** Where a flashing stands. Phases may take turns: one with an amount is done when its amount is. */
export function phaseRows(live: LiveFlash): PhaseRow[] {
  const { progress, amounts, operation } = live;
  const over = !['running', 'cancelling'].includes(operation.state);
  const verified = live.record?.state === 'verified';
  const now = positionOf(progress?.phase);
  return flashPhases.map((id, index) => {
    const amount = id in amounts ? amounts[id as keyof typeof amounts] : undefined;
    const complete = amount !== undefined && amount.totalBytes > 0 && amount.doneBytes >= amount.totalBytes;
    if (verified || (amount ? complete && index !== now : index < now)) return { id, state: 'done', amount };
    if (over) return { id, state: complete ? 'done' : 'ended', amount };
    return { id, state: index === now ? 'active' : 'waiting', amount };
  });
}

function positionOf(phase: NonNullable<LiveFlash['progress']>['phase'] | undefined): number {
  switch (phase) {
    case undefined:
      return 0;
    case 'checkingTool':
    case 'connecting':
      return 1;
    case 'done':
      return flashPhases.length;
    default:
      return flashPhases.indexOf(phase);
  }
}
