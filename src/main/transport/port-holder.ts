import { readFile, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PortHolder } from './open-error.ts';

/**
 * Linux: the process that has a device file open, as far as this user may look. `procFolder` is the process table.
 */
export async function findPortHolder(path: string, procFolder = '/proc'): Promise<PortHolder | undefined> {
  const target = await realpath(path);
  const pids = (await readdir(procFolder)).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    // Other users' processes and those that just ended cannot be read.
    const files = await readdir(join(procFolder, pid, 'fd')).catch(() => []);
    for (const file of files) {
      const link = await readlink(join(procFolder, pid, 'fd', file)).catch(() => '');
      if (link !== target) continue;
      const program = await readFile(join(procFolder, pid, 'comm'), 'utf8').catch(() => '');
      return { program: program.trim() || pid, pid: Number(pid) };
    }
  }
  return undefined;
}

/** Linux: the name of the group that a device file belongs to, for instance `dialout`; undefined where it helps nobody. */
export async function devicePortGroup(path: string, groupFile = '/etc/group'): Promise<string | undefined> {
  const { gid } = await stat(path);
  const groups = (await readFile(groupFile, 'utf8')).split('\n').map((line) => line.split(':'));
  const name = groups.find((fields) => fields[2] === String(gid))?.[0];
  return name === 'root' ? undefined : name;
}
