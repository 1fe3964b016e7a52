import { z } from 'zod';
import { keyKeepingSchema, keyTrustSchema, signatureViewSchema } from './signature.ts';
import { findingOutcomeSchema, severitySchema } from './verdict.ts';

/** Something of a session that a person may want to take away. */
export const takeAwaySchema = z.object({
  /** What `report.export` is asked with. */
  id: z.string().max(400),
  kind: z.enum(['resultsTxt', 'resultsJson', 'windowsCsv', 'inputsCsv', 'energyJson', 'traceCsv', 'log', 'script']),
  runId: z.string().max(16),
  /** Null for what is made when it is asked for. */
  sizeBytes: z.number().int().nonnegative().nullable(),
});
export type TakeAway = z.infer<typeof takeAwaySchema>;
export type TakeAwayKind = TakeAway['kind'];

/** One rule as the report page shows it. */
export const ruleLineSchema = z.object({
  rule: z.string(),
  title: z.string(),
  severity: severitySchema,
  outcome: findingOutcomeSchema,
  message: z.string(),
  /** Why the rule is there, and what to do when it failed. */
  explanation: z.string(),
  remedy: z.string(),
});
export type RuleLine = z.infer<typeof ruleLineSchema>;

/** What the report page says beside the report: the same words as on its cover. */
export const reportOverviewSchema = z.object({
  outcome: z.enum(['valid', 'remarks', 'invalid', 'unfinished']),
  sentence: z.string(),
  reason: z.string(),
  notes: z.array(z.string()),
  runs: z.array(z.object({ runId: z.string(), rules: z.array(ruleLineSchema) })),
  files: z.array(takeAwaySchema),
});
export type ReportOverview = z.infer<typeof reportOverviewSchema>;

/** Raw lines that a rule rests on. */
export const evidenceSchema = z.object({
  /** All there are; `lines` holds the first of them. */
  total: z.number().int().nonnegative(),
  lines: z.array(
    z.object({
      file: z.string(),
      line: z.number().int().positive(),
      text: z.string(),
      /** Characters of a long line that are not shown. */
      cut: z.number().int().nonnegative(),
    }),
  ),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** Who signed a session, who could, and how their key would be kept. */
export const signOffSchema = z.object({
  /** Finished, so that it can be signed. */
  closed: z.boolean(),
  signatures: z.array(
    signatureViewSchema.extend({
      trust: keyTrustSchema,
      /** What does not hold, and what is worth asking about, in words. */
      problems: z.array(z.string()),
    }),
  ),
  /** About the signatures as a whole. */
  remarks: z.array(z.string()),
  /** How a new key is kept when no passphrase is given. */
  keeping: z.enum(['system', 'memory']),
  /** People whose key is kept here already. */
  people: z.array(z.object({ name: z.string(), keeping: keyKeepingSchema, fingerprint: z.string() })),
});
export type SignOff = z.infer<typeof signOffSchema>;
