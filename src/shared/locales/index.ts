import { deMessages } from './de/index.ts';
import { enMessages } from './en/index.ts';
import type { Messages } from './words.ts';

export type { FaultWords, Messages } from './words.ts';

/** The languages that can be chosen. English is complete and the fallback of every other. */
export const locales: Readonly<Record<string, Messages>> = { en: enMessages, de: deMessages };

export const defaultLocale = 'en';
