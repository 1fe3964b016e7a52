import { Fault } from '../../../shared/fault/index.ts';
import type { Board } from '../../bench/index.ts';
import type { FlashJob } from '../types.ts';

/** A board of the catalogue as a flashing needs it. @throws Fault `flash.boardUnknownFlash` where its entry does not say how. */
export function flashableBoard({ id, title, flash }: Board): FlashJob['board'] {
  if (!flash) throw new Fault('flash.boardUnknownFlash', { board: id, title });
  return { id, title, flash };
}
