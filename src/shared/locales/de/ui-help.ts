import type { helpWords as en } from '../en/ui-help.ts';
import type { Translated } from '../words.ts';

/** The frame of the operator manual; its chapters are docs/manual. */
export const helpWords: Translated<typeof en> = {
  title: 'Handbuch',
  about: 'Messen mit Joulebench, vom ersten Lauf bis zum unterschriebenen Bericht. Die Kapitel sind auf Englisch.',
  search: 'Handbuch durchsuchen',
  chapters: 'Kapitel',
  found: 'Eine Stelle enthält diese Wörter. | {count} Stellen enthalten diese Wörter.',
  next: 'Weiter: {title}',
};
