import type { emonWords as en } from '../en/emon.ts';
import type { Translated } from '../words.ts';

/** Words of the area emon. */
export const emonWords: Translated<typeof en> = {};
