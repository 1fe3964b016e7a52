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
