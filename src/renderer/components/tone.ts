import type { IconName } from './icons.ts';

/** What a state means to the reader; a tone never stands without an icon and a word. */
export type Tone = 'ok' | 'warn' | 'bad' | 'accent' | 'muted';

export const toneIcon: Readonly<Record<Tone, IconName>> = {
  ok: 'check',
  warn: 'warn',
  bad: 'bad',
  accent: 'run',
  muted: 'circle',
};

/** The tone of a verdict about a measurement. */
export function verdictTone(verdict: string | undefined): Tone {
  if (verdict === 'valid') return 'ok';
  if (verdict === 'remarks') return 'warn';
  return verdict === 'invalid' ? 'bad' : 'muted';
}
