import { readFile, readdir, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { flashStateSchema } from '../../shared/domain/flash.ts';
import { sha256Schema } from '../../shared/domain/identity.ts';
import { storeFault, writeFileAtomic } from '../store/index.ts';

/** What is known about the flash of the board behind a probe; written before anything is erased and after each piece that was confirmed. */
export const flashStateFileSchema = z.object({
  format: z.literal(1),
  board: z.string(),
  probeSerial: z.string(),
  image: z.object({ name: z.string(), sha256: sha256Schema }),
  state: flashStateSchema,
  confirmedBytes: z.number().int().nonnegative(),
  totalBytes: z.number().int().nonnegative(),
  updatedAt: z.iso.datetime(),
});
export type FlashStateFile = z.infer<typeof flashStateFileSchema>;

function fileOf(folder: string, probeSerial: string): string {
  return join(folder, `${nameOf(probeSerial)}.json`);
}

/** Where the tools' files for a probe lie while they work. A killed app leaves them; the next attempt with that probe removes them. */
export function flashWorkFolder(folder: string, probeSerial: string): string {
  return join(folder, `${nameOf(probeSerial)}.work`);
}

function nameOf(probeSerial: string): string {
  return probeSerial.replaceAll(/[^A-Za-z0-9._-]/g, '_') || 'unnamed';
}

/** @throws Fault of area `store`. */
export async function writeFlashState(folder: string, state: FlashStateFile): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw storeFault(error, folder);
  }
  await writeFileAtomic(fileOf(folder, state.probeSerial), `${JSON.stringify(state, undefined, 2)}\n`);
}

/** What is known about the board behind a probe; undefined when this computer never flashed it. */
export async function readFlashState(folder: string, probeSerial: string): Promise<FlashStateFile | undefined> {
  return parse(fileOf(folder, probeSerial));
}

/** Boards that an earlier attempt left written in part, or in a state that nobody knows: they are to be flashed again. */
export async function unfinishedFlashes(folder: string): Promise<FlashStateFile[]> {
  const names = await readdir(folder).catch(() => []);
  const states = await Promise.all(
    names.filter((name) => name.endsWith('.json')).map((name) => parse(join(folder, name))),
  );
  return states.filter((state) => state !== undefined && isUnfinished(state)) as FlashStateFile[];
}

/** Whether the board must be flashed again before anybody measures with it. */
export function isUnfinished({ state }: Pick<FlashStateFile, 'state'>): boolean {
  return state === 'partial' || state === 'unknown';
}

async function parse(path: string): Promise<FlashStateFile | undefined> {
  try {
    const parsed = flashStateFileSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
