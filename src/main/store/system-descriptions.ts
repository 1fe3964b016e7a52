import { mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemNameSchema } from '../../shared/domain/system-description.ts';
import { Fault } from '../../shared/fault/index.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { storeFault } from './store-fault.ts';

/** The system descriptions of this user, one JSON file each: the same files that `joulebench package --system NAME` takes. */
export interface SystemDescriptions {
  readonly folder: string;
  /** In order. Files whose name is no name of a system are left alone. */
  names(): Promise<string[]>;
  /** The text of the file as it is. @throws Fault `package.noSystem`, or of area `store`. */
  read(name: string): Promise<string>;
  /**
   * Writes a description whole or not at all.
   * @param previous the name that it had; null for a new one
   * @throws Fault `package.badName`, `package.nameTaken`, `package.noSystem`, or of area `store`.
   */
  write(name: string, text: string, previous: string | null): Promise<void>;
  /** Puts a description aside; `restore` takes it back, as it was. */
  remove(name: string): Promise<void>;
  /** @throws Fault `package.nameTaken`, `package.noSystem`. */
  restore(name: string): Promise<void>;
}

const ending = '.json';

export function openSystemDescriptions(folder: string): SystemDescriptions {
  const pathOf = (name: string): string => {
    if (!systemNameSchema.safeParse(name).success) throw new Fault('package.badName', { name });
    return join(folder, `${name}${ending}`);
  };
  /** Hidden, so that nothing takes it for a description; the next one of the same name takes its place. */
  const asidePathOf = (name: string): string => {
    pathOf(name);
    return join(folder, `.${name}${ending}.removed`);
  };

  const names = async (): Promise<string[]> => {
    try {
      return (await readdir(folder))
        .filter((file) => file.endsWith(ending))
        .map((file) => file.slice(0, -ending.length))
        .filter((name) => systemNameSchema.safeParse(name).success)
        .sort((a, b) => a.localeCompare(b, 'en'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw storeFault(error, folder);
    }
  };

  const unknown = async (name: string): Promise<Fault> => new Fault('package.noSystem', { name, known: await names() });

  /** Names that differ by case alone are one file on some systems: never two descriptions. */
  const ensureFree = async (name: string, except: string | null): Promise<void> => {
    const taken = (await names()).find((other) => other !== except && other.toLowerCase() === name.toLowerCase());
    if (taken !== undefined) throw new Fault('package.nameTaken', { name: taken });
  };

  const move = async (from: string, to: string, name: string): Promise<void> => {
    try {
      await rename(from, to);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw await unknown(name);
      throw storeFault(error, from);
    }
  };

  return {
    folder,
    names,
    async read(name) {
      const path = pathOf(name);
      try {
        return await readFile(path, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw await unknown(name);
        throw storeFault(error, path);
      }
    },
    async write(name, text, previous) {
      const path = pathOf(name);
      await ensureFree(name, previous);
      if (previous !== null && !(await stat(pathOf(previous)).catch(() => undefined))) throw await unknown(previous);
      await mkdir(folder, { recursive: true }).catch((error: unknown) => {
        throw storeFault(error, folder);
      });
      const renamed = previous !== null && previous !== name;
      // Another spelling of the same file: what is written below must not be taken away as the old one.
      const sameFile = renamed && previous.toLowerCase() === name.toLowerCase();
      if (sameFile) await move(pathOf(previous), path, previous);
      await writeFileAtomic(path, text);
      if (renamed && !sameFile) await rm(pathOf(previous), { force: true });
    },
    remove: (name) => move(pathOf(name), asidePathOf(name), name),
    async restore(name) {
      await ensureFree(name, null);
      await move(asidePathOf(name), pathOf(name), name);
    },
  };
}
