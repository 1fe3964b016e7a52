import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256Schema } from '../../shared/domain/identity.ts';
import { writeFileAtomic } from './atomic-file.ts';

/** Says which traces were deleted to save space; written before they go (docs/formats/session.md). */
export const removedTracesName = 'removed-traces.json';

const removedTracesSchema = z.object({
  format: z.literal(1),
  files: z.array(
    z.object({
      path: z.string(),
      bytes: z.number().int().nonnegative(),
      sha256: sha256Schema,
      removedAt: z.iso.datetime(),
    }),
  ),
});
export type RemovedTrace = z.infer<typeof removedTracesSchema>['files'][number];

/** The traces that were deleted from a session; none where the file is absent or not what it should be. */
export async function readRemovedTraces(folder: string): Promise<readonly RemovedTrace[]> {
  try {
    return removedTracesSchema.parse(JSON.parse(await readFile(join(folder, removedTracesName), 'utf8'))).files;
  } catch {
    return [];
  }
}

/** @throws Fault of area `store`. */
export async function writeRemovedTraces(folder: string, files: readonly RemovedTrace[]): Promise<void> {
  await writeFileAtomic(join(folder, removedTracesName), `${JSON.stringify({ format: 1, files }, undefined, 2)}\n`);
}
