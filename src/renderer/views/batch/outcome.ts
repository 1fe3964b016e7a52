import type { UnitOutcome } from '../../../shared/domain/batch.ts';
import type { Tone } from '../../components/tone.ts';

/** The tone of what came of a unit or a limit. */
export function outcomeTone(outcome: UnitOutcome | undefined): Tone {
  if (outcome === 'pass') return 'ok';
  if (outcome === 'fail') return 'bad';
  return outcome === 'undecided' ? 'warn' : 'muted';
}
