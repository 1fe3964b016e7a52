import type { Settings } from './settings.ts';

/**
 * The pages in the order of the rail: one list feeds rail, palette, shortcuts (Alt and the position, 0 for the tenth) and the desktop's menu. The id
 * is also the icon's name, the path and the key of the word `ui.nav.<id>`.
 */
export const pages = [
  'bench',
  'run',
  'batch',
  'calibrate',
  'flash',
  'sessions',
  'compare',
  'audit',
  'package',
  'settings',
  'help',
] as const;
export type PageId = (typeof pages)[number];

/** What an operator needs all day; the manual is nobody's secret. */
const operatorPages: readonly PageId[] = ['bench', 'run', 'sessions', 'help'];

/** The pages that are open in a mode, in their order. */
export function pagesIn(mode: Settings['mode']): readonly PageId[] {
  return mode === 'engineering' ? pages : operatorPages;
}

/** Whether a path, such as `/sessions/abc`, belongs to a page that is closed in this mode. */
export function isClosed(path: string, mode: Settings['mode']): boolean {
  const [, first = ''] = path.split('/');
  return pages.some((page) => page === first) && !pagesIn(mode).some((page) => page === first);
}
