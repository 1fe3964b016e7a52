// Compares the tests that were skipped with the committed list of those that may be, and why.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPyocd } from './pyocd.mjs';
import { findProgram } from './system-packages.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '..', '..');

/** What this machine lacks. A skip is expected only where its condition holds. */
export const conditions = {
  noData: ![process.env.JOULEBENCH_DATA, resolve(root, '../shared/data')].some(
    (folder) => folder && existsSync(join(folder, 'models')),
  ),
  noElectron: !existsSync(join(root, 'node_modules', 'electron', 'dist', 'version')),
  noCompiler: !findProgram('cc'),
  /** The distribution's clang, for the kernels alone. */
  noWasmCompiler: !findProgram('clang') || !(findProgram('wasm-ld') ?? findProgram('wasm-ld-14')),
  /** The pinned compiler of the committed virtual DUT. */
  noPinnedCompiler: !existsSync(join(root, 'firmware', 'ports', 'virtual', 'node_modules', '@yowasp', 'clang')),
  noMount: process.platform !== 'linux' || process.getuid?.() !== 0 || !canMount(),
  noSocat: !findProgram('socat'),
  noPython: !findProgram('python3'),
  /** The public PPK2 package, which its test installs on first use. */
  noPpk2Package: !existsSync(join(root, '.cache', 'ppk2-api-0.9.2', 'bin', 'python')),
  noArmCompiler: !findProgram('arm-none-eabi-gcc'),
  noQemu: !findProgram('arm-none-eabi-gcc') || !findProgram('qemu-system-arm'),
  noAvr: !findProgram('avr-gcc'),
  noOpenocd: !(process.env.JOULEBENCH_OPENOCD ?? findProgram('openocd')),
  noPyocd: !findPyocd(),
  noPoppler: !findProgram('pdftotext'),
  /** Linux alone shows the environment of every process. */
  noProc: !existsSync('/proc/self/environ'),
  /** Root may read whatever it likes, and Windows knows no such rights. */
  noRights: process.platform === 'win32' || process.getuid?.() === 0,
  windows: process.platform === 'win32',
};

/** Root inside a container may still lack the right to mount. */
function canMount() {
  const folder = mkdtempSync(join(tmpdir(), 'jb-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status === 0;
  if (mounted) spawnSync('umount', [folder]);
  rmdirSync(folder);
  return mounted;
}

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
