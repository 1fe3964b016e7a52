import { z } from 'zod';
import { evidenceRefSchema } from './verdict.ts';

/** Why a package was refused: a rule, or `SIMULATED`. */
export const packageReasonSchema = z.object({
  rule: z.string(),
  /** The run or folder concerned; null for the package as a whole. */
  folder: z.string().nullable(),
  message: z.string(),
  evidence: z.array(evidenceRefSchema),
});
export type PackageReason = z.infer<typeof packageReasonSchema>;

/** A row of the published table as it would be: what the official script makes of the results. A figure that is not there is null. */
export const publishedRowSchema = z.object({
  system: z.string(),
  board: z.string(),
  availability: z.string(),
  benchmark: z.string(),
  latencyMs: z.number().nullable(),
  /** Fraction of 1. */
  top1: z.number().nullable(),
  auc: z.number().nullable(),
  /** Streaming wake word: 2 TP / (2 TP + FP + FN). */
  f1: z.number().nullable(),
  energyUJPerInf: z.number().nullable(),
  powerMW: z.number().nullable(),
});
export type PublishedRow = z.infer<typeof publishedRowSchema>;

/** `joulebench package --json`. */
export const packageAnswerSchema = z.object({
  made: z.boolean(),
  /** `validation`: it cannot be submitted, because RUN-04 does not hold. */
  kind: z.enum(['official', 'validation']),
  /** Path of the folder or zip file; null where nothing was written. */
  path: z.string().nullable(),
  round: z.string(),
  division: z.enum(['closed', 'open']),
  organisation: z.string(),
  /** Names of the systems, in the order in which they were asked for. */
  systems: z.array(z.string()),
  runs: z.array(
    z.object({
      system: z.string(),
      benchmark: z.string(),
      mode: z.string(),
      source: z.string(),
      /** Id of a run of ours, or the folder inside the source. */
      run: z.string(),
      own: z.boolean(),
    }),
  ),
  files: z.array(z.string()),
  /** The tree as it is, or would be. */
  planned: z.array(z.string()),
  /** What the published table would say. */
  published: z.array(publishedRowSchema),
  /** Empty where the package was made. */
  reasons: z.array(packageReasonSchema),
  /** Findings of severity W and I, and of RUN-04: they do not stand in the way. */
  remarks: z.array(packageReasonSchema),
});
export type PackageAnswer = z.infer<typeof packageAnswerSchema>;
