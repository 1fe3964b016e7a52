import type { Messages } from '../words.ts';

/** The frame of the operator manual; its chapters are docs/manual. */
export const helpWords = {
  title: 'Manual',
  about: 'How to measure with Joulebench, from the first run to the signed report.',
  search: 'Search the manual',
  chapters: 'Chapters',
  found: 'One place has these words. | {count} places have these words.',
  next: 'Next: {title}',
} as const satisfies Messages;
