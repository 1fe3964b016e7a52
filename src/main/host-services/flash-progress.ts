import type { Change } from '../../shared/contract/index.ts';
import type { FlashProgress } from '../../shared/domain/flash.ts';

/** Phases with an amount keep it; the share done is that of the phase, since nothing is known of how long the next one takes. */
export function progressChanges(progress: FlashProgress): Change[] {
  const now: Change = { op: 'set', path: ['progress'], value: progress };
  if (!('doneBytes' in progress)) return [now];
  const { phase, doneBytes, totalBytes } = progress;
  const fraction = totalBytes > 0 ? Math.min(1, doneBytes / totalBytes) : 0;
  return [
    now,
    { op: 'set', path: ['amounts', phase], value: { doneBytes, totalBytes } },
    { op: 'set', path: ['operation', 'fraction'], value: fraction },
  ];
}
