import { z } from 'zod';
import { sessionStateSchema, sessionSummarySchema } from './session-summary.ts';

/** A verdict to look for; `none` is a run that was not judged. */
export const wantedVerdictSchema = z.enum(['valid', 'remarks', 'invalid', 'none']);
export type WantedVerdict = z.infer<typeof wantedVerdictSchema>;

const choices = z.array(z.string().max(200)).max(100).default([]);

/**
 * Which sessions are wanted. Empty means all; several choices of one kind mean any of them; the kinds must hold together. Workload and
 * verdict must hold for the same run.
 */
export const sessionFilterSchema = z.object({
  /** Words that must all occur, as parts of words, in id, operator, unit, asset tag, board, workloads or notes. */
  search: z.string().max(200).default(''),
  boards: choices,
  /** Serial number or, without one, asset tag; the empty word is a unit that was not named. */
  units: choices,
  workloads: choices,
  operators: choices,
  verdicts: z.array(wantedVerdictSchema).max(4).default([]),
  states: z.array(sessionStateSchema).max(3).default([]),
  simulated: z.boolean().optional(),
  /** Begun at or after. */
  from: z.iso.datetime().optional(),
  /** Begun before. */
  to: z.iso.datetime().optional(),
});
export type SessionFilter = z.infer<typeof sessionFilterSchema>;

export const sessionOrderSchema = z.enum(['createdAt', 'operator', 'unit', 'board', 'workload', 'verdict']);
export type SessionOrder = z.infer<typeof sessionOrderSchema>;

/** A stretch of the sessions that are wanted, in order; equal ones newest first. */
export const sessionQuerySchema = sessionFilterSchema.extend({
  order: sessionOrderSchema.default('createdAt'),
  descending: z.boolean().default(true),
  offset: z.number().int().nonnegative().default(0),
  limit: z.number().int().min(1).max(200).default(100),
});
export type SessionQuery = z.infer<typeof sessionQuerySchema>;

export const sessionPageSchema = z.object({
  /** From `offset` on. */
  rows: z.array(sessionSummarySchema),
  /** How many sessions are wanted, and how many there are. */
  total: z.number().int().nonnegative(),
  all: z.number().int().nonnegative(),
  /** Sessions on the disk that are still being read: the answer is not complete yet. */
  pending: z.number().int().nonnegative(),
});
export type SessionPage = z.infer<typeof sessionPageSchema>;

const facet = z.array(z.object({ value: z.string(), count: z.number().int().positive() }));

/** What a filter can be set to, with how many sessions each choice would show beside the other filters; most frequent first. */
export const sessionFacetsSchema = z.object({
  boards: facet,
  units: facet,
  workloads: facet,
  operators: facet,
  verdicts: facet,
  states: facet,
  /** `true` and `false`. */
  simulated: facet,
});
export type SessionFacets = z.infer<typeof sessionFacetsSchema>;
