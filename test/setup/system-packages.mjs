// Installs what the tests need from the distribution, where it may; else says what to install by hand. Plain Node, no packages.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What a test needs, the program that shows it is there, and the Debian package that brings it. */
export const needs = [
  { program: 'chromium', package: 'chromium', for: 'screens in a real browser' },
  { program: 'cc', package: 'gcc', for: 'the firmware on the host, under sanitizers', also: 'libc6-dev' },
  { program: 'wasm-ld', package: 'lld', for: 'the kernels as WebAssembly', also: 'clang' },
  {
    program: 'arm-none-eabi-gcc',
    package: 'gcc-arm-none-eabi',
    also: 'libnewlib-arm-none-eabi',
    for: 'firmware images for boards',
  },
  {
    program: 'avr-gcc',
    package: 'gcc-avr',
    also: ['avr-libc', 'binutils-avr'],
    for: 'the IO manager for the Arduino UNO',
  },
  { program: 'qemu-system-arm', package: 'qemu-system-arm', for: 'boards emulated by QEMU' },
  { program: 'openocd', package: 'openocd', for: 'flashing through the virtual probe' },
  { program: 'python3', package: 'python3', for: 'a foreign runner against our DUTs' },
  { program: 'socat', package: 'socat', for: 'the virtual DUT behind a pty' },
  { program: 'pdftotext', package: 'poppler-utils', for: 'reading back the PDF report' },
];

/** The first program of this name on PATH; undefined when there is none. */
export function findProgram(name, env = process.env, platform = process.platform) {
  const endings = platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    for (const ending of endings) {
      if (folder && existsSync(join(folder, name + ending))) return join(folder, name + ending);
    }
  }
  return undefined;
}

/** Installs missing packages by apt where this user may; returns what is still missing. */
export function installSystemPackages(log = (line) => process.stdout.write(`${line}\n`)) {
  const missing = needs.filter((need) => !findProgram(need.program));
  if (missing.length === 0) return [];
  const packages = missing.flatMap((need) => [need.package, ...[need.also ?? []].flat()]);
  const apt = findProgram('apt-get');
  const root = process.getuid?.() === 0;
  const sudo = !root && findProgram('sudo') && spawnSync('sudo', ['-n', 'true']).status === 0;
  if (apt && (root || sudo)) {
    log(`Installing system packages for the tests: ${packages.join(' ')}`);
    const run = (...args) =>
      spawnSync(root ? 'apt-get' : 'sudo', root ? args : ['apt-get', ...args], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      }).status;
    if (run('update', '-qq') !== 0 || run('install', '-y', '-qq', '--no-install-recommends', ...packages) !== 0) {
      log('The packages could not be installed; the tests that need them are skipped.');
    }
  }
  const left = needs.filter((need) => !findProgram(need.program));
  for (const need of left)
    log(`Missing: ${need.program} (${need.for}). On Debian or Ubuntu: sudo apt-get install ${need.package}`);
  return left;
}
