export { DutClient, mostChunkBytes } from './client.ts';
export type { DutClientOptions } from './client.ts';
export { diagnose, usualBauds } from './doctor/index.ts';
export type { DoctorOptions } from './doctor/index.ts';
export type { DutLog, DutLogEntry } from './link.ts';
export type { DutCallOptions, DutExpectation, DutPort } from './port.ts';
export { lapElapsedUs, parseReplyLine, parseResults } from './reply/index.ts';
export type { Message, MessageKind, ReplyContext, ReplyLine } from './reply/index.ts';
