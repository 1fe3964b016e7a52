export { applyChanges, changeSchema } from './change.ts';
export type { Change } from './change.ts';
export type { Channel } from './channel.ts';
export * from './contract.ts';
export * from './messages.ts';
export type { ByteStreamProcedure, Procedure, Topic } from './procedure.ts';
