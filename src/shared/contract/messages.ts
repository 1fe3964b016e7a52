import { z } from 'zod';
import { faultRecordSchema } from '../domain/operation.ts';
import { changeSchema } from './change.ts';

const id = z.number().int().positive();

/** The longest deadline a call may have, in seconds. Longer work is an operation. */
export const longestDeadlineS = 3600;

/** What a page sends. Its first message is `hello`. */
export const clientMessageSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hello'), contract: z.number(), client: z.string().max(80) }),
  z.object({
    t: z.literal('call'),
    id,
    name: z.string().max(80),
    input: z.unknown(),
    deadlineS: z.number().positive().max(longestDeadlineS).optional(),
  }),
  /** Ends a call, a byte stream or a subscription. */
  z.object({ t: z.literal('cancel'), id }),
  z.object({ t: z.literal('subscribe'), id, name: z.string().max(80), key: z.unknown() }),
  z.object({ t: z.literal('bytes'), id, name: z.string().max(80), input: z.unknown() }),
  /** The page has dealt with `n` messages of this subscription or stream: as many more may come. */
  z.object({ t: z.literal('credit'), id, n: z.number().int().positive().max(1000) }),
  z.object({ t: z.literal('ping') }),
  z.object({ t: z.literal('pong') }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

/** What the host sends. */
export const hostMessageSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('welcome'), contract: z.number(), version: z.string() }),
  z.object({ t: z.literal('result'), id, output: z.unknown() }),
  z.object({ t: z.literal('fault'), id, fault: faultRecordSchema }),
  z.object({ t: z.literal('snapshot'), id, seq: z.number().int().nonnegative(), value: z.unknown() }),
  /** The steps from number `after` to number `seq`; a viewer that does not stand at `after` has lost something. */
  z.object({
    t: z.literal('changes'),
    id,
    after: z.number().int().nonnegative(),
    seq: z.number().int().positive(),
    changes: z.array(changeSchema),
  }),
  z.object({
    t: z.literal('chunk'),
    id,
    seq: z.number().int().nonnegative(),
    bytes: z.instanceof(Uint8Array),
    last: z.boolean(),
  }),
  z.object({ t: z.literal('ping') }),
  z.object({ t: z.literal('pong') }),
]);
export type HostMessage = z.infer<typeof hostMessageSchema>;

/** Messages a subscription or a byte stream may be ahead of what the page has dealt with. */
export const initialCredit = 8;
/** A side that is not heard for a heartbeat is asked for a sign of life; after `silentBeats` of them it is taken for gone. */
export const heartbeatS = 5;
export const silentBeats = 3;
/** How long a page waits for the host's `welcome`. */
export const welcomeS = 5;
/** Bytes waiting in the medium beyond which nothing but answers to calls is sent. */
export const largestBufferBytes = 8 * 1_048_576;
