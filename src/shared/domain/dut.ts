import { z } from 'zod';

/** Which of its two builds a DUT runs; `unknown` until a boot block or a `timestamp` reply has told. */
export const timestampModeSchema = z.enum(['performance', 'energy', 'unknown']);
export type TimestampMode = z.infer<typeof timestampModeSchema>;

/**
 * Deviations from the reference protocol that a DUT shows and the host understands; each answers to a row of the
 * table of variants seen in published logs (Q01 to Q25) or to a rule of the parser.
 */
export const dutQuirkSchema = z.enum([
  /** Repeats the command in front of its reply (Q01, Q02, Q03), or as a line `Received command: ...`. */
  'echo',
  /** Text such as a prompt stands in front of `m-ready` (Q02). */
  'prompt',
  /** Empty lines between messages (Q04). */
  'emptyLines',
  /** Debug text glued to messages or standing on lines of its own (Q05 to Q07, Q09, Q19). */
  'noise',
  /** Colour codes for terminals (Q08). */
  'ansi',
  /** Bytes that are no text. */
  'undecodable',
  /** A line longer than the host keeps in one piece. */
  'longLine',
  /** Claims a wrong input size while both sizes agree (Q10). */
  'falseSizeComplaint',
  /** Lines end with a bare LF. */
  'bareLf',
  /** Name or profile printed unasked during boot (Q20). */
  'unaskedIdentity',
  /** No lap line in the boot block of a performance build (Q21). */
  'noBootLap',
  /** The boot block came only after the host had begun to talk: a slow start, or a reset on opening the port. */
  'lateBoot',
  /** Lap stamps in a unit other than microseconds (Q25). */
  'foreignLapUnit',
  /** Spells the streaming workload `strww01`. */
  'aliasModel',
]);
export type DutQuirk = z.infer<typeof dutQuirkSchema>;

/** What the handshake learned about the DUT. */
export const dutIdentitySchema = z.object({
  /** Device class, the word after `m-name-`; always `dut` for a DUT that was accepted. */
  name: z.string(),
  /** Vendor's text between the brackets of `m-name-dut-[...]`. */
  vendor: z.string(),
  /** Text of `m-profile-[...]`. */
  profile: z.string(),
  /** Model id; an alias is given in its usual spelling. */
  model: z.string(),
  timestampMode: timestampModeSchema,
  /** What the DUT printed before the first command; empty when it was running already. */
  bootLines: z.array(z.string()),
  quirks: z.array(dutQuirkSchema),
});
export type DutIdentity = z.infer<typeof dutIdentitySchema>;

/** What was remarkable about a reply without making it useless. Rules decide what it means for a run. */
export const dutWarningCodeSchema = z.enum([
  /** Fewer than two lap stamps in an `infer`. */
  'stampsMissing',
  /** More than two lap stamps in an `infer`; the last two were taken. */
  'stampsExtra',
  /** The second stamp lies before the first and neither is a wrapped 32-bit counter. */
  'stampsBackwards',
  /** A stamp that no integer of 53 bits holds. */
  'stampTooLarge',
  /** A stamp with another unit, `m-lap-cycles-N`; not used. */
  'stampUnitUnknown',
  /** No `m-results` line (Q11). */
  'resultsMissing',
  /** `m-results-[]` (Q12). */
  'resultsEmpty',
  /** An element of the vector is no number, so the vector is not used. */
  'resultsMalformed',
  /** More than one `m-results` line; the last was taken. */
  'resultsRepeated',
  /** The DUT claims a wrong input size although both sizes agree (Q10). */
  'falseSizeComplaint',
  /** Iterations or warm-ups announced by the DUT differ from those asked for. */
  'countMismatch',
  /** A line of the protocol is absent: `text` names it. */
  'lineMissing',
  /** Output of an earlier command arrived and was set aside. */
  'staleOutput',
  /** Bytes that are no text. */
  'undecodable',
  /** A line longer than the host keeps in one piece. */
  'longLine',
  /** More lines than are kept with the report; all of them went to the log. */
  'linesDropped',
]);
export type DutWarningCode = z.infer<typeof dutWarningCodeSchema>;

export const dutWarningSchema = z.object({
  code: dutWarningCodeSchema,
  /** How many times, where that says something. */
  count: z.number().int().nonnegative().optional(),
  /** The offending text, shortened. */
  text: z.string().optional(),
});
export type DutWarning = z.infer<typeof dutWarningSchema>;

/** A line as it arrived, with the host's monotonic time of its last byte. */
export const dutLineSchema = z.object({ atS: z.number(), text: z.string() });
export type DutLine = z.infer<typeof dutLineSchema>;

/**
 * One `infer N W`. Stamps and results are null where the DUT did not give them (an energy build prints no stamps);
 * `warnings` then says so, and the rules decide what that means in the mode of the run.
 */
export const inferReportSchema = z.object({
  iterations: z.number().int().positive(),
  warmups: z.number().int().nonnegative(),
  /** The last two stamps before `m-infer-done`, in microseconds of the DUT. */
  lapStartUs: z.number().int().nonnegative().nullable(),
  lapEndUs: z.number().int().nonnegative().nullable(),
  /** All stamps seen between start and end of the inference; two in a good performance run. */
  stampCount: z.number().int().nonnegative(),
  /** Difference of the stamps, modulo 2^32 where a 32-bit counter wrapped; null without two usable stamps. */
  dutElapsedS: z.number().nonnegative().nullable(),
  /** Host's monotonic time at the arrival of the two lap lines' last bytes. */
  hostStartS: z.number().nullable(),
  hostEndS: z.number().nullable(),
  results: z.array(z.number()).nullable(),
  lines: z.array(dutLineSchema),
  /** Lines, or texts in front of a message, that belong to no message of the protocol. */
  noiseLines: z.number().int().nonnegative(),
  warnings: z.array(dutWarningSchema),
});
export type InferReport = z.infer<typeof inferReportSchema>;

/** One payload brought into the DUT's buffer. Times are the host's monotonic ones. */
export const loadReportSchema = z.object({
  bytes: z.number().int().positive(),
  chunkBytes: z.number().int().min(1).max(38),
  /** `db` commands sent in all attempts, without those of the verification. */
  commands: z.number().int().positive(),
  /** 1 when it went well at once. */
  attempts: z.number().int().positive(),
  verified: z.enum(['ok', 'off', 'unsupported']),
  startS: z.number(),
  endS: z.number(),
});
export type LoadReport = z.infer<typeof loadReportSchema>;
