import type { Messages } from '../words.ts';

/** Words of the area emon. */
export const emonWords = {} as const satisfies Messages;
