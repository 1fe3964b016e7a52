import { readFile, readdir, mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { flashStateSchema } from '../../shared/domain/flash.ts';
import type { FlashStateProblem } from '../../shared/domain/flash.ts';
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
  /** Where the tool's log of that attempt is written as it comes. */
  logPath: z.string().optional(),
});
export type FlashStateFile = z.infer<typeof flashStateFileSchema>;

/** There is a file, and what it said is lost: the board may hold anything. */
export interface LostFlashState {
  state: 'unknown';
  problem: FlashStateProblem;
  probeSerial: string;
}

/** A file of ours has a few hundred bytes. */
const mostBytes = 64 * 1024;
const ending = '.json';

function fileOf(folder: string, probeSerial: string): string {
  return join(folder, nameOf(probeSerial) + ending);
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

/** What is known about the board behind a probe; undefined when this computer never flashed it, which a damaged file does not say. */
export async function readFlashState(
  folder: string,
  probeSerial: string,
): Promise<FlashStateFile | LostFlashState | undefined> {
  const found = await read(fileOf(folder, probeSerial));
  return isLost(found) ? { ...found, probeSerial } : found;
}

/**
 * Boards that an earlier attempt left written in part, or in a state that nobody knows: they are to be flashed again.
 * @throws Fault of area `store` where the folder is there and cannot be read.
 */
export async function unfinishedFlashes(folder: string): Promise<(FlashStateFile | LostFlashState)[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw storeFault(error, folder);
  }
  const states = await Promise.all(
    names.filter((name) => name.endsWith(ending)).map((name) => read(join(folder, name))),
  );
  return states.filter((state) => state !== undefined).filter(isUnfinished);
}

/** Whether what a file said is lost. */
export function isLost(state: FlashStateFile | LostFlashState | undefined): state is LostFlashState {
  return state !== undefined && 'problem' in state;
}

/** Whether the board must be flashed again before anybody measures with it. */
export function isUnfinished({ state }: Pick<FlashStateFile, 'state'>): boolean {
  return state === 'partial' || state === 'unknown';
}

/** The content of a state file; what is no state, or contradicts itself, is `damaged`; `newer` is one of a later version of this program. */
export function parseFlashState(content: string): FlashStateFile | FlashStateProblem {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return 'damaged';
  }
  const version = z.object({ format: z.number().int() }).safeParse(value);
  if (version.success && version.data.format > flashStateFileSchema.shape.format.value) return 'newer';
  const { success, data } = flashStateFileSchema.safeParse(value);
  if (!success || data.confirmedBytes > data.totalBytes) return 'damaged';
  return data.state === 'verified' && data.confirmedBytes < data.totalBytes ? 'damaged' : data;
}

async function read(path: string): Promise<FlashStateFile | LostFlashState | undefined> {
  const name = basename(path, ending);
  // The name of a virtual probe was written without its colons.
  const probeSerial = name.replace(/^remote_(\d{1,5})_(\d{1,5})$/, 'remote:$1:$2');
  const lost = (problem: FlashStateProblem): LostFlashState => ({ state: 'unknown', problem, probeSerial });
  try {
    if ((await stat(path)).size > mostBytes) return lost('damaged');
    const found = parseFlashState(await readFile(path, 'utf8'));
    if (typeof found === 'string') return lost(found);
    // A copy under another name tells nothing of that probe.
    return nameOf(found.probeSerial) === name ? found : lost('damaged');
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? undefined : lost('unreadable');
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
