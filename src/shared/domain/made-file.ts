import { z } from 'zod';

/** A file that the host made for a page to save: kept until the host ends or many newer ones were made. */
export const madeFileSchema = z.object({
  fileId: z.string().max(80),
  /** Suggested name, without a folder. */
  name: z.string().max(120),
  mediaType: z.string().max(80),
  sizeBytes: z.number().int().nonnegative(),
});
export type MadeFile = z.infer<typeof madeFileSchema>;
