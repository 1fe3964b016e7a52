import { z } from 'zod';
import { faultRecordSchema } from './operation.ts';
import { packageAnswerSchema } from './package.ts';
import { systemDescriptionSchema, systemNameSchema } from './system-description.ts';

/** A kept description in a list; texts may be empty. */
export const systemSummarySchema = z.object({
  name: z.string(),
  submitter: z.string(),
  board: z.string(),
  division: z.string(),
  status: z.string(),
  /** So many keys are not fit for a package yet. */
  problems: z.int().nonnegative(),
});
export type SystemSummary = z.infer<typeof systemSummarySchema>;

/** A description as far as a file gave it. */
export const readDescriptionSchema = z.object({
  fields: systemDescriptionSchema,
  /** What no field of the form can hold: key and value as they stood in the file, long ones shortened. */
  leftOut: z.array(z.object({ key: z.string(), value: z.string() })),
});
export type ReadDescription = z.infer<typeof readDescriptionSchema>;

export const systemDetailSchema = readDescriptionSchema.extend({ name: z.string() });
export type SystemDetail = z.infer<typeof systemDetailSchema>;

/** Where a package takes runs from: a session here, or a folder of the host's computer with results of an official runner. */
export const packageSourceSchema = z.union([
  z.object({ sessionId: z.string().min(1).max(240) }),
  z.object({ path: z.string().min(1).max(4000) }),
]);
export type PackageSource = z.infer<typeof packageSourceSchema>;

const place = z.string().min(1).max(4000).nullable();

export const startPackageSchema = z.object({
  /** Each with the runs that were measured on it. */
  systems: z
    .array(z.object({ system: systemNameSchema, sources: z.array(packageSourceSchema).min(1).max(60) }))
    .min(1)
    .max(30),
  division: z.enum(['closed', 'open']),
  round: z.string().regex(/^v\d{1,2}\.\d{1,2}$/),
  /** Folder of the code. */
  code: place,
  /** The hook-up document of the submitter. */
  hookUp: place,
});
export type StartPackage = z.infer<typeof startPackageSchema>;

/** What a check found: the answer of `joulebench package`, its lists cut to what a screen can show. */
export const packageCheckSchema = packageAnswerSchema.omit({ path: true, files: true }).extend({
  reasonCount: z.int().nonnegative(),
  remarkCount: z.int().nonnegative(),
  plannedCount: z.int().nonnegative(),
  /** Name and size of the zip file that can be saved; null where there is none. */
  zip: z.object({ name: z.string(), bytes: z.int().nonnegative() }).nullable(),
});
export type PackageCheck = z.infer<typeof packageCheckSchema>;

/** The check of a package, under way or ended; kept in the host, whatever becomes of the page. */
export const livePackageSchema = z.object({
  packageId: z.string(),
  request: startPackageSchema,
  state: z.enum(['checking', 'done', 'failed', 'stopped']),
  /** Steps of the work: the sources, the draft, its audit. */
  done: z.int().nonnegative(),
  total: z.int().nonnegative(),
  fault: faultRecordSchema.nullable(),
  check: packageCheckSchema.nullable(),
});
export type LivePackage = z.infer<typeof livePackageSchema>;

export const packageKeySchema = z.object({ packageId: z.string().max(80) });
