export { pyocdTool } from './tool.ts';
export type { PyocdWorld } from './tool.ts';
