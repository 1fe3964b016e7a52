export type { ElectronParts } from './electron-parts.ts';
export { startDesktop } from './start.ts';
export type { DesktopOptions } from './start.ts';
