import { z } from 'zod';
import { auditReportSchema, auditScopeSchema, auditedRunSchema } from './audit.ts';
import { faultRecordSchema } from './operation.ts';
import { severitySchema } from './verdict.ts';

/** What is audited: a folder or zip file of the host's computer, or a zip file that a page sent before. */
export const auditSourceSchema = z.union([
  z.object({ path: z.string().min(1).max(4000) }),
  z.object({ uploadId: z.string().max(80), name: z.string().min(1).max(240) }),
]);
export type AuditSource = z.infer<typeof auditSourceSchema>;

export const startAuditSchema = z.object({
  source: auditSourceSchema,
  scope: auditScopeSchema,
  /** Judges by the rules of this round; null: by that which the folders name. */
  round: z
    .string()
    .regex(/^v\d{1,2}\.\d{1,2}$/)
    .nullable(),
});
export type StartAudit = z.infer<typeof startAuditSchema>;

export const auditChoicesSchema = z.object({
  rounds: z.array(z.string()),
  organisations: z.array(z.string()),
  benchmarks: z.array(z.string()),
  modes: z.array(z.string()),
  rules: z.array(z.string()),
});
export type AuditChoices = z.infer<typeof auditChoicesSchema>;

/** What came out, without the runs: these are asked for in stretches. */
export const auditSummarySchema = auditReportSchema
  .pick({ files: true, bytes: true, counts: true })
  .extend({ packageFindings: z.int(), choices: auditChoicesSchema });
export type AuditSummary = z.infer<typeof auditSummarySchema>;

/** An audit under way or ended; kept in the host, whatever becomes of the page. */
export const liveAuditSchema = z.object({
  auditId: z.string(),
  /** Name of the folder or zip file. */
  name: z.string(),
  scope: auditScopeSchema,
  round: z.string().nullable(),
  state: z.enum(['unpacking', 'auditing', 'done', 'failed', 'stopped']),
  /** Groups of runs (one result folder with what belongs to it) that were audited; `total` is 0 until the tree was surveyed. */
  done: z.int(),
  total: z.int(),
  fault: faultRecordSchema.nullable(),
  summary: auditSummarySchema.nullable(),
});
export type LiveAudit = z.infer<typeof liveAuditSchema>;

export const auditKeySchema = z.object({ auditId: z.string().max(80) });
export const auditRunKeySchema = auditKeySchema.extend({ index: z.int().nonnegative() });

/** Null: all. Runs with at least one finding of that severity or rule. */
export const auditFilterSchema = z.object({
  round: z.string().max(80).nullable(),
  organisation: z.string().max(240).nullable(),
  benchmark: z.string().max(80).nullable(),
  mode: z.string().max(80).nullable(),
  severity: severitySchema.nullable(),
  rule: z.string().max(20).nullable(),
  agrees: z.enum(['agree', 'disagree', 'notCompared']).nullable(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** A run in the table; `index` is its place in the whole report. */
export const auditRowSchema = auditedRunSchema
  .pick({
    folder: true,
    round: true,
    organisation: true,
    system: true,
    board: true,
    benchmark: true,
    mode: true,
    simulated: true,
    agrees: true,
    verdict: true,
  })
  .extend({ index: z.int(), E: z.int(), W: z.int(), I: z.int() });
export type AuditRow = z.infer<typeof auditRowSchema>;

export const auditRowsQuerySchema = auditKeySchema.extend({
  filter: auditFilterSchema,
  offset: z.int().nonnegative(),
  limit: z.int().min(1).max(200),
});
export const auditRowsSchema = z.object({ total: z.int(), rows: z.array(auditRowSchema) });
export type AuditRows = z.infer<typeof auditRowsSchema>;

/** A place in a file that the report names. */
export const auditPlaceSchema = auditKeySchema.extend({
  file: z.string().min(1).max(2000),
  line: z.int().positive().nullable(),
});

/** Raw lines around a place. */
export const auditLinesSchema = z.object({
  file: z.string(),
  /** The file holds samples, no text: there are no lines to show. */
  binary: z.boolean(),
  /** The line that was asked for; null where the evidence is the whole file. */
  marked: z.int().nullable(),
  /** `cut`: so many characters more. */
  lines: z.array(z.object({ number: z.int(), text: z.string(), cut: z.int() })),
  /** The file goes on after the last line. */
  more: z.boolean(),
});
export type AuditLines = z.infer<typeof auditLinesSchema>;

export const auditFileKindSchema = z.enum(['json', 'junit', 'pdf']);
export type AuditFileKind = z.infer<typeof auditFileKindSchema>;
