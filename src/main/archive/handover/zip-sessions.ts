import { basename, relative, sep } from 'node:path';
import { storeFault, zipFiles } from '../../store/index.ts';
import { filesOf } from './files-of.ts';

/**
 * Writes session folders into one zip file, each below its own name. Links are left out.
 * @throws Fault of area `store`.
 */
export async function zipSessions(folders: readonly string[], path: string): Promise<void> {
  const files: { name: string; path: string }[] = [];
  for (const folder of folders) {
    try {
      for (const file of await filesOf(folder))
        files.push({ name: `${basename(folder)}/${relative(folder, file).split(sep).join('/')}`, path: file });
    } catch (error) {
      throw storeFault(error, folder);
    }
  }
  await zipFiles(files, path);
}
