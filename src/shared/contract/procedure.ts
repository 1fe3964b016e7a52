import type { z } from 'zod';

/** One call of the contract: its input is checked in main, its output type is what the client gets. */
export interface Procedure<I extends z.ZodType, O extends z.ZodType> {
  readonly kind: 'call';
  readonly input: I;
  readonly output: O;
  /** How long a client waits before it gives up, in seconds. Long work is an operation, not a long call. */
  readonly deadlineS: number;
}

/** One stream of bytes: chunks of at most `largestMessageBytes`, sent on the client's credit. */
export interface ByteStreamProcedure<I extends z.ZodType> {
  readonly kind: 'bytes';
  readonly input: I;
}

/** A state that viewers follow: one snapshot, then numbered changes. */
export interface Topic<K extends z.ZodType, V extends z.ZodType> {
  readonly kind: 'topic';
  readonly key: K;
  readonly value: V;
}

export function procedure<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  deadlineS = 10,
): Procedure<I, O> {
  return { kind: 'call', input, output, deadlineS };
}

export function byteStream<I extends z.ZodType>(input: I): ByteStreamProcedure<I> {
  return { kind: 'bytes', input };
}

export function topic<K extends z.ZodType, V extends z.ZodType>(key: K, value: V): Topic<K, V> {
  return { kind: 'topic', key, value };
}
