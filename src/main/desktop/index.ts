export type { ElectronParts } from './electron-parts.ts';
export { openLogFile } from './log-file.ts';
export { startDesktop } from './start.ts';
export type { DesktopOptions } from './start.ts';
