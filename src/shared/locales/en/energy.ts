import type { Messages } from '../words.ts';

/** Words of the area energy. */
export const energyWords = {} as const satisfies Messages;
