export type { Message, MessageKind, ReplyLine } from './message.ts';
export { parseReplyLine } from './parse.ts';
export type { ReplyContext } from './parse.ts';
export { lapElapsedUs, parseResults } from './values.ts';
