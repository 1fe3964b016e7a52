// pyOCD for the tests: a current one in a virtual environment of the project's own, since distributions ship versions that lack the remote probe.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from './system-packages.mjs';

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '.cache', 'pyocd');

/** A program of the virtual environment. */
function inside(name, platform = process.platform) {
  return platform === 'win32' ? join(folder, 'Scripts', `${name}.exe`) : join(folder, 'bin', name);
}

/** Where pyOCD is: named by JOULEBENCH_PYOCD, on PATH, or in the project's virtual environment; undefined where it is not. */
export function findPyocd(env = process.env) {
  const named = env.JOULEBENCH_PYOCD;
  if (named) return existsSync(named) ? named : undefined;
  const own = inside('pyocd');
  return findProgram('pyocd', env) ?? (existsSync(own) ? own : undefined);
}

/** Installs pyOCD from PyPI once, where it can be had; says why not otherwise. */
export function installPyocd(log = (line) => process.stdout.write(`${line}\n`)) {
  if (findPyocd()) return;
  const give = (reason) => {
    rmSync(folder, { recursive: true, force: true });
    log(`pyOCD is not installed, the tests that need it are skipped: ${reason}`);
  };
  const python = findProgram('python3') ?? findProgram('python');
  if (!python) return give('no python3');
  log('Installing pyOCD for the tests into .cache/pyocd');
  const run = (program, ...args) => {
    const done = spawnSync(program, args, { encoding: 'utf8', timeout: 180_000 });
    if (done.status === 0) return undefined;
    return (
      (done.error?.message ?? `${done.stderr || done.stdout}`).trim().split('\n').at(-1) || `exit code ${done.status}`
    );
  };
  const failed =
    run(python, '-m', 'venv', folder) ??
    run(
      inside('python'),
      '-m',
      'pip',
      'install',
      '-q',
      '--disable-pip-version-check',
      '--retries',
      '1',
      'pyocd>=0.45',
    ) ??
    run(inside('pyocd'), '--version');
  if (failed !== undefined) return give(failed);
  return undefined;
}
