import { z } from 'zod';

/** E: the result is invalid. W: a reviewer will object, or the data is doubtful. I: worth knowing. */
export const severitySchema = z.enum(['E', 'W', 'I']);
export type Severity = z.infer<typeof severitySchema>;

export const findingOutcomeSchema = z.enum(['passed', 'failed', 'notApplicable']);
export type FindingOutcome = z.infer<typeof findingOutcomeSchema>;

/** Where a finding can be seen: a record file of the session and a line of it. */
export const evidenceRefSchema = z.object({
  file: z.string(),
  line: z.int().positive().optional(),
});
export type EvidenceRef = z.infer<typeof evidenceRefSchema>;

export const factValueSchema = z.union([z.string(), z.number(), z.boolean()]);
export type FactValue = z.infer<typeof factValueSchema>;

/** What one rule said about one run. Its words are made from `rule` and `facts` by `src/shared/text/finding.ts`. */
export const findingSchema = z.object({
  /** Id of the rule: `PERF-03`. */
  rule: z.string().regex(/^[A-Z]+-\d{2}$/),
  severity: severitySchema,
  outcome: findingOutcomeSchema,
  /** Key of the sentence among the rule's words. */
  message: z.string(),
  facts: z.record(z.string(), factValueSchema),
  evidence: z.array(evidenceRefSchema),
});
export type Finding = z.infer<typeof findingSchema>;

/** About the measurement only; whether the model is good enough is the quality target's matter. */
export const verdictSchema = z.enum(['valid', 'remarks', 'invalid']);
export type Verdict = z.infer<typeof verdictSchema>;

export const qualityTargetSchema = z.enum(['met', 'missed', 'notApplicable']);
export type QualityTarget = z.infer<typeof qualityTargetSchema>;

export const runJudgementSchema = z.object({
  verdict: verdictSchema,
  qualityTarget: qualityTargetSchema,
  /** One for each rule of the book that concerns runs, in the book's order. */
  findings: z.array(findingSchema),
});
export type RunJudgement = z.infer<typeof runJudgementSchema>;
