export type { ScriptedDutOptions } from './options.ts';
export { ScriptedDut } from './scripted-dut.ts';
