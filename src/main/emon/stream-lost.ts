import { Fault } from '../../shared/fault/index.ts';

/** The loss of an instrument's stream, with its reason in a word: `unplugged`, `closed`, or what the system says. */
export function streamLost(instrument: string, reason: unknown): Fault<'emon.streamLost'> {
  const word =
    reason instanceof Fault ? reason.code.replace(/^.*\./, '') : reason instanceof Error ? reason.message : 'closed';
  return new Fault('emon.streamLost', { instrument, reason: word }, { cause: reason });
}
