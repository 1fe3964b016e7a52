import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Regular files of a session in a fixed order, drafts left out. */
export async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.draft'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
