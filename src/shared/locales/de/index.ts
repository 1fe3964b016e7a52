import type { en } from '../en/index.ts';
import type { Messages, Translated } from '../words.ts';
import { termWords } from './terms.ts';

/** Every word in German; English stands in for what is missing. */
export const de: Partial<Translated<typeof en>> = {
  term: termWords,
};

export const deMessages = de as unknown as Messages;
