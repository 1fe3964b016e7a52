export type { ScriptedDutOptions } from './options.ts';
export { noPtyReason, openPty } from './pty.ts';
export type { Pty } from './pty.ts';
export { ScriptedDut } from './scripted-dut.ts';
export { serveDut } from './serve.ts';
export type { ServedDut } from './serve.ts';
