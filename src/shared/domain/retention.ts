import { z } from 'zod';

const days = z.number().int().min(1).max(36_500).nullable().default(null);

/** How long things are kept, in days; null for ever. */
export const retentionSchema = z.strictObject({
  /** Finished sessions of a simulation go to the trash. Signed ones never. */
  simulatedDays: days,
  /** Traces of finished sessions are deleted; figures, records and reports stay. Signed sessions keep theirs. */
  tracesDays: days,
  /** What was put into the trash is deleted for good. */
  trashDays: days,
});
export type Retention = z.infer<typeof retentionSchema>;

const share = z.object({ count: z.number().int().nonnegative(), bytes: z.number().nonnegative() });

/** What these rules delete: before it is done, or once it was. */
export const retentionReportSchema = z.object({
  simulated: share,
  traces: share,
  trash: share,
  /** Names of the sessions concerned, the first hundred. */
  sessions: z.array(z.string()),
  /** What could not be done, with the reason; empty in a preview. */
  failed: z.array(z.object({ name: z.string(), reason: z.string() })),
});
export type RetentionReport = z.infer<typeof retentionReportSchema>;
