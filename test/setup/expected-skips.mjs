// Compares the tests that were skipped with the committed list of those that may be, and why.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from './system-packages.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '..', '..');

/** What this machine lacks. A skip is expected only where its condition holds. */
export const conditions = {
  noData: ![process.env.JOULEBENCH_DATA, resolve(root, '../shared/data')].some(
    (folder) => folder && existsSync(join(folder, 'models')),
  ),
  noElectron: !existsSync(join(root, 'node_modules', 'electron', 'dist', 'version')),
  noCompiler: !findProgram('cc') && !findProgram('gcc') && !findProgram('clang'),
  noWasmCompiler: !existsSync(join(root, 'firmware', 'ports', 'virtual', 'node_modules', '@yowasp', 'clang')),
  noSocat: !findProgram('socat'),
  noPoppler: !findProgram('pdftotext'),
  notLinux: process.platform !== 'linux',
  windows: process.platform === 'win32',
  root: process.getuid?.() === 0,
};

/**
 * Prints every group of skipped tests with its reason and returns how many skips were not expected.
 * @param skips [{file, title}] of all suites.
 */
export function checkSkips(skips, say) {
  const expected = JSON.parse(readFileSync(join(here, '..', 'expected-skips.json'), 'utf8'));
  const groups = new Map();
  let unexpected = 0;
  for (const skip of skips) {
    const entry = expected.find(
      (candidate) =>
        skip.file.startsWith(candidate.file) &&
        (!candidate.title || skip.title.includes(candidate.title)) &&
        conditions[candidate.when],
    );
    if (!entry) {
      unexpected += 1;
      say(`UNEXPECTED SKIP: ${skip.file}: ${skip.title}`);
      continue;
    }
    const key = `${entry.file}: ${entry.reason}`;
    groups.set(key, (groups.get(key) ?? 0) + 1);
  }
  for (const [key, count] of groups) say(`skipped (${count}): ${key}`);
  return unexpected;
}
