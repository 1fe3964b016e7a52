export { findProgram, systemPrograms } from './find-program.ts';
export type { ProgramWorld } from './find-program.ts';
export { guardAddress } from './guard-address.ts';
export { LineCutter, RecentLines } from './lines.ts';
export { guardedStart } from './start-tool.ts';
export type { StartTool, ToolCommand, ToolEnd, ToolOutput, ToolProcess } from './start-tool.ts';
export { erasingSilenceS, silenceS, Supervisor, ToolEnded } from './supervisor.ts';
export { askVersion } from './ask.ts';
