import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { noPtyReason } from '../../rig/dut/index.ts';

/** The public package, unmodified, and what it needs. */
const packages = ['ppk2-api==0.9.2', 'pyserial==3.5'] as const;
const folder = resolve(import.meta.dirname, '../../../.cache/ppk2-api-0.9.2');
/** Where an interpreter that has the package is kept, once it was installed. */
const interpreter = join(folder, 'bin', 'python');

const runs = (program: string, args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore', timeout: 120_000 }).status === 0;
const works = (): boolean => existsSync(interpreter) && runs(interpreter, ['-c', 'import ppk2_api.ppk2_api']);

function install(): boolean {
  rmSync(folder, { recursive: true, force: true });
  const installed =
    runs('python3', ['-m', 'venv', folder]) &&
    runs(interpreter, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', ...packages]) &&
    works();
  // What is half there must not be taken for the whole next time.
  if (!installed) rmSync(folder, { recursive: true, force: true });
  return installed;
}

/** An interpreter with the public PPK2 package, installed on first use; or why there is none. */
export function publicPpk2(): { python: string; reason: undefined } | { python: undefined; reason: string } {
  const none = (reason: string): { python: undefined; reason: string } => ({ python: undefined, reason });
  if (noPtyReason) return none(noPtyReason);
  if (!runs('python3', ['--version'])) return none('no python3 for the public PPK2 package');
  if (!works() && !install()) return none('the public PPK2 package cannot be installed: no package index, or no venv');
  return { python: interpreter, reason: undefined };
}
