import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseIntelHex } from './hex.ts';
import { Uno } from './uno.ts';

export const ioManagerDir = resolve(import.meta.dirname, '../../../firmware/io-manager');

/** Why the IO manager cannot be built here; undefined where it can. */
export const noAvrReason: string | undefined =
  spawnSync('avr-gcc', ['--version']).status === 0 ? undefined : 'no avr-gcc';

/** What `build.mjs` leaves in its folder, and how it ended. */
export interface IoManagerBuild {
  folder: string;
  status: number | null;
  stderr: string;
}

/** Runs the build script of a checkout's IO manager into a new folder. */
export function buildIoManager(dir = ioManagerDir, env: NodeJS.ProcessEnv = process.env): IoManagerBuild {
  const folder = join(mkdtempSync(join(tmpdir(), 'jb-iom-')), 'out');
  const run = spawnSync(process.execPath, [join(dir, 'build.mjs'), '--out', folder], { encoding: 'utf8', env });
  return { folder, status: run.status, stderr: run.stderr };
}

/** A board that has just got power, with this build in its flash. */
export function startUno(build: IoManagerBuild): Uno {
  return new Uno(parseIntelHex(readFileSync(join(build.folder, 'io-manager.hex'), 'utf8'), 32_768));
}
