import { z } from 'zod';

/** The tabs of the console: one an instrument, and the tools that flash. */
export const consoleChannelSchema = z.enum(['dut', 'monitor', 'ioManager', 'tools']);
export type ConsoleChannel = z.infer<typeof consoleChannelSchema>;

/** Lines of a channel that the host keeps, and a page shows. */
export const consoleKept = 10_000;
/** Lines that travel with the topic; older ones are read. */
export const consoleTail = 400;
/** Lines of one reading. */
export const consoleRead = 1000;

/** One raw line. Control bytes and bytes beyond ASCII stand in it as escapes (`\x1b`); its line end does not. */
export const consoleLineSchema = z.object({
  /** Counts up within a channel, without gaps. */
  seq: z.number().int(),
  /** By the clock of the bench. */
  atEpochMs: z.number(),
  /** `note`: said by this program about the line. */
  direction: z.enum(['out', 'in', 'note']),
  /**
   * What it is, for its colour. `samples` and `bytes` stand for a stretch of a stream, whose lines would bury the rest: `count` says how many.
   */
  kind: z.enum(['text', 'ready', 'error', 'mark', 'samples', 'bytes', 'opened', 'closed', 'lost', 'byHand']),
  text: z.string(),
  count: z.number().int().optional(),
});
export type ConsoleLine = z.infer<typeof consoleLineSchema>;

/** The state of topic `console`: the end of a channel. */
export const consoleTailSchema = z.object({
  /** Number of the oldest line that the host still has. */
  firstSeq: z.number().int(),
  /** At most `consoleTail`, oldest first. */
  lines: z.array(consoleLineSchema),
  /** The port that was opened by hand to talk to; null where none is. */
  byHand: z.string().nullable(),
});
export type ConsoleTail = z.infer<typeof consoleTailSchema>;
