import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { posix, win32 } from 'node:path';

/** What the search for a program asks of the world. */
export interface ProgramWorld {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  /** Whether a file is there that may be started. */
  canRun: (path: string) => Promise<boolean>;
}

export function systemPrograms(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): ProgramWorld {
  return {
    platform,
    env,
    canRun: async (path) => {
      try {
        await access(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** Windows spells it `Path`; a copied environment no longer forgives the case. */
function pathOf({ env, platform }: ProgramWorld): string {
  if (platform !== 'win32') return env['PATH'] ?? '';
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH');
  return (key && env[key]) ?? '';
}

/**
 * Where a program lies: at `configured` when that is given (nowhere else then), else in the first folder of PATH that has it. Only real
 * programs count: a `.cmd` or `.bat` needs a shell, and nothing here goes through one.
 * @returns its path, or undefined.
 */
export async function findProgram(
  name: string,
  configured: string | undefined,
  world: ProgramWorld,
): Promise<string | undefined> {
  const { platform, canRun } = world;
  const path = platform === 'win32' ? win32 : posix;
  const spellings = (place: string): string[] =>
    platform === 'win32' && path.extname(place).toLowerCase() !== '.exe' ? [`${place}.exe`] : [place];
  const places = configured
    ? spellings(configured)
    : pathOf(world)
        .split(path.delimiter)
        .map((folder) => folder.replace(/^"(.*)"$/, '$1'))
        .filter((folder) => folder !== '')
        .flatMap((folder) => spellings(path.join(folder, name)));
  for (const place of places) if (await canRun(place)) return place;
  return undefined;
}
