import type { PageId } from '../../../shared/domain/pages.ts';

/** The chapter that helps with a page; pages of the first steps have no chapter of their own. */
const chapterByPage: Partial<Record<PageId, string>> = {
  bench: 'bench',
  run: 'run',
  calibrate: 'calibrate',
  flash: 'flash',
  sessions: 'sessions',
  audit: 'audit',
  package: 'package',
  settings: 'settings',
};

/** Chapter for an address of the app, such as `/sessions/s1`: the first chapter where none fits. Apart from the chapters, which are large. */
export function chapterOf(path: string): string {
  const page = path.split('/')[1] ?? '';
  return chapterByPage[page as PageId] ?? 'first-run';
}
