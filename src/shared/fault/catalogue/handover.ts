import { z } from 'zod';
import { fault } from './define.ts';

const session = z.object({ sessionId: z.string() });

/** Handing sessions on and taking them in; deleting them. */
export const handoverFaults = {
  /** It is being measured, here or by another program. */
  'session.running': fault('usage', session),
  /** Not a folder of its own inside the sessions folder: a link, or something beyond. */
  'session.outside': fault('data', session),
  /** `reason` is the word of the library that reads zip files. */
  'import.notAZip': fault('data', z.object({ reason: z.string() })),
  /** An entry of a zip file that is never unpacked; `reason` is a key of the reasons in the locales. */
  'import.refusedEntry': fault('data', z.object({ entry: z.string(), reason: z.string() })),
  'import.tooLarge': fault('data', z.object({ bytes: z.number(), limit: z.number() })),
  'import.noSession': fault('data', z.object({})),
  /** `problem` is a key of the problems of a verification; `file` the file concerned, where there is one. */
  'import.doesNotHold': fault('data', z.object({ session: z.string(), problem: z.string(), file: z.string() })),
  /** Checked sessions wait for an answer; these were put away meanwhile. */
  'import.gone': fault('usage', z.object({})),
} as const;
