import { z } from 'zod';
import { fault } from './define.ts';

const name = z.object({ name: z.string() });

export const signingFaults = {
  /** The session was not finished: there is no seal to sign. */
  'signing.notClosed': fault('usage', z.object({ sessionId: z.string() })),
  /** Its files or figures do not hold; `first` is the first problem in words. */
  'signing.doesNotHold': fault('data', z.object({ sessionId: z.string(), problems: z.number(), first: z.string() })),
  'signing.roleSigned': fault('usage', z.object({ role: z.string(), name: z.string() })),
  'signing.nameInvalid': fault('usage', z.object({})),
  /** The key is kept by a safe store that this program, or this login, cannot open. */
  'signing.keyElsewhere': fault('usage', name),
  'signing.passphraseNeeded': fault('usage', name),
  'signing.passphraseWrong': fault('usage', name),
  'signing.passphraseShort': fault('usage', z.object({ least: z.number() })),
  'signing.passphrasesDiffer': fault('usage', z.object({})),
  'signing.noKey': fault('usage', name),
  'signing.keyDamaged': fault('data', z.object({ path: z.string() })),
  'signing.keyUnknown': fault('usage', z.object({ fingerprint: z.string(), matches: z.number() })),
} as const;
