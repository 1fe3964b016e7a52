import type { InstrumentState } from '../../shared/domain/bench-state.ts';
import type { Tone } from './tone.ts';

const tones: Readonly<Record<InstrumentState['state'], Tone>> = {
  absent: 'muted',
  present: 'muted',
  ready: 'ok',
  busy: 'accent',
  fault: 'bad',
};

export function instrumentTone(state: InstrumentState['state']): Tone {
  return tones[state];
}
