import { z } from 'zod';

/** A session of a zip file or folder that was checked; whether one of its name is here already, the same or another. */
export const importedSessionSchema = z.object({ name: z.string(), known: z.enum(['no', 'same', 'other']) });
export type ImportedSession = z.infer<typeof importedSessionSchema>;

/** What an import would bring; nothing is among the sessions before it is said what happens to those that are known. */
export const importPlanSchema = z.object({ importId: z.string(), sessions: z.array(importedSessionSchema) });
export type ImportPlan = z.infer<typeof importPlanSchema>;

export const importResultSchema = z.object({
  imported: z.array(z.string()),
  /** The ones that were here are in the trash. */
  replaced: z.array(z.string()),
  /** They were here already. */
  skipped: z.array(z.string()),
  /** They were here already, and signatures of the other copy were taken over. */
  signed: z.array(z.string()),
});
export type ImportResult = z.infer<typeof importResultSchema>;

/** What is lost when sessions are deleted. */
export const sessionLoadSchema = z.object({
  sessions: z.number().int().nonnegative(),
  runs: z.number().int().nonnegative(),
  bytes: z.number().nonnegative(),
  /** Measured on hardware: nobody can make them again by pressing a button. */
  real: z.number().int().nonnegative(),
  unfinished: z.number().int().nonnegative(),
});
export type SessionLoad = z.infer<typeof sessionLoadSchema>;
