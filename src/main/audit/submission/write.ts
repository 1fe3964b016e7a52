import { copyFile, lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { Fault } from '../../../shared/fault/index.ts';
import { storeFault, zipFiles } from '../../store/index.ts';
import type { PlannedFile } from './types.ts';

/** A draft of a package beside its place. */
export interface Draft {
  folder: string;
  /** Puts it in its place, as a folder or as a zip file by the ending of the name. */
  keep(): Promise<void>;
  /** Removes what is left of it; also after `keep`. */
  discard(): Promise<void>;
}

/** @throws Fault `package.badOut` where something is in the place of the package. */
export async function checkFree(out: string): Promise<void> {
  if (await lstat(out).catch(() => undefined)) throw new Fault('package.badOut', { path: out });
}

/**
 * Writes all files into a neighbour of the place they are meant for.
 * @param redact takes personal words out of a text, by the path that is copied.
 * @throws Fault `package.badOut`, or of area `store`; nothing is left then.
 */
export async function writeDraft(
  out: string,
  files: readonly PlannedFile[],
  redact: (path: string, text: string) => string,
): Promise<Draft> {
  await checkFree(out);
  const folder = join(dirname(out), `.${basename(out)}.${process.pid}.draft`);
  const zip = `${folder}.zip`;
  const discard = async (): Promise<void> => {
    // What cannot be removed must not hide why it was to be.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    await rm(zip, { force: true }).catch(() => undefined);
  };
  try {
    await rm(folder, { recursive: true, force: true });
    for (const file of files) {
      const target = join(folder, ...file.path.split('/'));
      await mkdir(dirname(target), { recursive: true });
      if ('text' in file) await writeFile(target, file.text);
      else if ('make' in file) await writeFile(target, await file.make());
      else if (file.redact) await writeFile(target, redact(file.copy, await readFile(file.copy, 'utf8')));
      else await copyFile(file.copy, target);
    }
  } catch (error) {
    await discard();
    throw storeFault(error, out);
  }
  const keep = async (): Promise<void> => {
    try {
      if (extname(out).toLowerCase() !== '.zip') return await rename(folder, out);
      await rm(zip, { force: true });
      const entries = files.map(({ path }) => ({ name: path, path: join(folder, ...path.split('/')) }));
      await zipFiles(entries, zip);
      await rename(zip, out);
    } catch (error) {
      throw storeFault(error, out);
    }
  };
  return { folder, keep, discard };
}
