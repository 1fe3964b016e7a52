import { z } from 'zod';

/** Version of `resources/published/results.json`; docs/formats/published-results.md. */
export const publishedFormat = 1;

/** One published result: facts as others published them, not verified here. Figures that were not published are null. */
export const publishedResultSchema = z.strictObject({
  /** `v0.5` to `v1.3`. */
  round: z.string().regex(/^v\d+\.\d+$/),
  division: z.enum(['closed', 'open']),
  organisation: z.string().max(120),
  system: z.string().max(120),
  board: z.string().max(120),
  /** `ad`, `ic`, `kws`, `vww`, `sww`. */
  benchmark: z.enum(['ad', 'ic', 'kws', 'vww', 'sww']),
  /** A model's name or number format, where a submitter has several. */
  model: z.string().max(120).nullable(),
  latencyMs: z.number().positive().nullable(),
  energyUJ: z.number().positive().nullable(),
  top1Percent: z.number().min(0).max(100).nullable(),
  auc: z.number().min(0).max(1).nullable(),
  /** Whether the figures stood in the published results or were recomputed from the published log. */
  source: z.enum(['results', 'log', 'log+results']),
});
export type PublishedResult = z.infer<typeof publishedResultSchema>;

export const publishedResultsSchema = z.strictObject({
  format: z.literal(publishedFormat),
  /** What the table is and whose the figures are. */
  about: z.string(),
  /** Where each round was published. */
  sources: z.record(z.string(), z.string()),
  results: z.array(publishedResultSchema).max(5000),
});
export type PublishedResults = z.infer<typeof publishedResultsSchema>;

/** Workload of ours by published benchmark; an own workload has none. */
export const publishedBenchmarkOf: Readonly<Record<string, PublishedResult['benchmark']>> = {
  ad01: 'ad',
  ic01: 'ic',
  kws01: 'kws',
  vww01: 'vww',
};
