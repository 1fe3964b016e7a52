import { z } from 'zod';

// What the app and the guard of a tool say to each other: one line of JSON each, over a local socket.

/** The first line from the app. */
export const guardOrderSchema = z.object({
  command: z.string().min(1),
  args: z.array(z.string()),
  cwd: z.string().min(1),
  env: z.record(z.string(), z.string()),
});
export type GuardOrder = z.infer<typeof guardOrderSchema>;

/** Every later line from the app. */
export const guardWishSchema = z.object({ kill: z.enum(['SIGTERM', 'SIGKILL']) });

/** Every line from the guard. */
export const guardReportSchema = z.union([
  z.object({ started: z.number().int().positive() }),
  /** The tool could not be started: the system's code (`ENOENT`). */
  z.object({ failed: z.string() }),
  z.object({ out: z.string() }),
  z.object({ err: z.string() }),
  z.object({ ended: z.object({ code: z.number().nullable(), signal: z.string().nullable() }) }),
]);
export type GuardReport = z.infer<typeof guardReportSchema>;
