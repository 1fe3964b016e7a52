import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { storeFault } from './store-fault.ts';

/**
 * Writes a whole file or none: into a neighbour first, to the disk, then renamed over the target.
 * @throws Fault of area `store`; the target is then as it was.
 */
export async function writeFileAtomic(path: string, content: Uint8Array | string): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.draft`);
  try {
    const handle = await open(draft, 'w');
    try {
      await handle.writeFile(content);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw storeFault(error, path);
  }
}
