import { join, resolve } from 'node:path';

/**
 * The folder with package.json: two levels up from `src/main` and, alike, from `out/main`, so that one rule serves the sources and the
 * build. A file of a deeper folder must not ask by itself.
 */
export function projectDir(): string {
  return resolve(import.meta.dirname, '..', '..');
}

/** Boards, firmware images, workloads: read by path, also by foreign programs. The packaged desktop app passes its own. */
export function resourcesDir(): string {
  return join(projectDir(), 'resources');
}

/** The built page. */
export function rendererDir(): string {
  return join(projectDir(), 'out', 'renderer');
}
