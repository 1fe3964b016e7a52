import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { energyRequestSchema } from '../../shared/domain/energy-request.ts';
import { runSettingsSchema } from '../../shared/domain/run.ts';
import { modeSchema } from '../../shared/domain/workload.ts';
import { storeFault, writeFileAtomic } from '../store/index.ts';

const sourcesName = 'sources.json';

/** Where a session's bench, model and data set were found: needed to take it up again, and gone once it is finished. */
const sourcesSchema = z.object({
  format: z.literal(1),
  bench: z.string(),
  modes: z.array(modeSchema).min(1),
  workload: z.string(),
  modelFile: z.string().optional(),
  datasetFolder: z.string().optional(),
  settings: runSettingsSchema,
  fold: z.boolean().optional(),
  energy: energyRequestSchema.optional(),
});
export type Sources = z.infer<typeof sourcesSchema>;

/** Local paths stay out of the journal, so that a session can be handed on; this file is deleted before it is sealed. */
export async function writeSources(folder: string, sources: Omit<Sources, 'format'>): Promise<void> {
  await writeFileAtomic(join(folder, sourcesName), `${JSON.stringify({ format: 1, ...sources }, undefined, 2)}\n`);
}

/** Undefined when the file is gone or not readable as such: the caller then asks for the paths. */
export async function readSources(folder: string): Promise<Sources | undefined> {
  try {
    const parsed = sourcesSchema.safeParse(JSON.parse(await readFile(join(folder, sourcesName), 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export async function removeSources(folder: string): Promise<void> {
  const path = join(folder, sourcesName);
  await rm(path, { force: true }).catch((error: unknown) => {
    throw storeFault(error, path);
  });
}
