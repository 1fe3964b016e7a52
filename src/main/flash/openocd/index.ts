export { openocdTool } from './tool.ts';
export type { OpenocdWorld } from './tool.ts';
export { connectLoopback } from './session.ts';
