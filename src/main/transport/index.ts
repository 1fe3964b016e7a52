export { earlyBufferBytes } from './byte-stream.ts';
export type { ByteStream } from './byte-stream.ts';
export { LineFramer, defaultMaxLineBytes } from './line-framer.ts';
export type { FramedLine } from './line-framer.ts';
export { createPipe } from './pipe.ts';
export type { PipeOptions } from './pipe.ts';
