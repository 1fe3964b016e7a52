import type { Messages } from '../words.ts';

/** Words of the area calibration. */
export const calibrationWords = {} as const satisfies Messages;
