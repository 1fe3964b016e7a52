import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { guardOwner } from './guard-address.ts';

/** What decides whether a socket's owner lives; a parameter, so that it is tested for every platform. */
export type IsAlive = (pid: number) => boolean;

export const isAlive: IsAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and is somebody else's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
};

/** Removes the sockets that killed programs left in a folder; those of living ones, and all other files, stay. Nothing is thrown. */
export async function removeOldSockets(folder: string, alive: IsAlive = isAlive): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const owner = guardOwner(name);
    if (owner === undefined || alive(owner)) continue;
    await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
}
