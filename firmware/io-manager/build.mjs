#!/usr/bin/env node
/*
 * Builds the IO manager for the Arduino UNO: io-manager.elf, io-manager.hex and manifest.json.
 *
 *   node firmware/io-manager/build.mjs                to .cache/io-manager
 *   node firmware/io-manager/build.mjs --out FOLDER   somewhere else
 *
 * The same sources and compiler give the same bytes in every folder: objects have names of their own, paths are relative, in a fixed
 * order, and no source may ask for the date.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const here = import.meta.dirname;
const folders = ['core', 'uno'];
const machine = ['-mmcu=atmega328p'];
const compileFlags = [
  ...machine,
  '-DF_CPU=16000000UL',
  '-std=c11',
  '-Os',
  '-ffunction-sections',
  '-fdata-sections',
  '-Wall',
  '-Wextra',
  '-Werror',
  '-Werror=date-time',
  '-I.',
];
const linkFlags = [...machine, '-Wl,--gc-sections'];
/** Of the ATmega328P: flash without the 512 bytes of the UNO's boot loader, and RAM. */
const available = { flash: 32_256, ram: 2_048 };

/** Sources and headers below this folder, in a fixed order, with forward slashes on every system. */
function listSources() {
  return folders.flatMap((folder) =>
    readdirSync(join(here, folder))
      .filter((name) => /\.[ch]$/.test(name))
      .sort()
      .map((name) => `${folder}/${name}`),
  );
}

/** SHA-256 over names and contents; line ends are normalised, so that a checkout on Windows has the same hash. */
function hashSources(files) {
  const hash = createHash('sha256');
  for (const file of [...files, 'build.mjs']) {
    const text = readFileSync(join(here, file), 'utf8').replaceAll('\r\n', '\n');
    hash.update(`${file}\0${Buffer.byteLength(text)}\0${text}`);
  }
  return hash.digest('hex');
}

const env = { ...process.env, LC_ALL: 'C' };

/** Runs a tool in this folder, so that all names of sources are relative. */
function run(tool, args) {
  return execFileSync(tool, args, { cwd: here, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function compilerVersion() {
  const probe = spawnSync('avr-gcc', ['--version'], { env, encoding: 'utf8' });
  if (probe.error || probe.status !== 0) {
    const why = probe.error?.code === 'ENOENT' ? 'is not on PATH' : 'does not run';
    process.stderr.write(
      `The IO manager cannot be built: avr-gcc ${why}. On Debian or Ubuntu: sudo apt-get install gcc-avr avr-libc binutils-avr\n`,
    );
    process.exit(1);
  }
  return probe.stdout.split(/\r?\n/)[0];
}

/** Flags that keep this computer's folders out; old compilers (before 8) know only the second. */
function prefixMaps(work) {
  const known = spawnSync('avr-gcc', ['-ffile-prefix-map=a=b', '-E', '-x', 'c', '-'], { env, input: '' }).status === 0;
  const flag = known ? '-ffile-prefix-map' : '-fdebug-prefix-map';
  return [`${flag}=${here}=.`, `${flag}=${work}=.`];
}

/** Bytes by section, as `avr-size -A` says. */
function memory(elf) {
  const sections = Object.fromEntries(
    [...run('avr-size', ['-A', elf]).matchAll(/^(\.\w+)\s+(\d+)/gm)].map(([, name, bytes]) => [name, Number(bytes)]),
  );
  const [text, data, bss] = ['.text', '.data', '.bss'].map((name) => sections[name] ?? 0);
  return {
    flash: { total: text + data, available: available.flash },
    ram: { data, bss, total: data + bss, leftForStack: available.ram - data - bss, available: available.ram },
  };
}

function build(out) {
  const compiler = compilerVersion();
  const files = listSources();
  const work = mkdtempSync(join(tmpdir(), 'joulebench-io-manager-'));
  try {
    const maps = prefixMaps(work);
    const objects = files
      .filter((file) => file.endsWith('.c'))
      .map((file) => {
        const object = join(work, `${file.replaceAll('/', '_').slice(0, -2)}.o`);
        run('avr-gcc', [...compileFlags, ...maps, '-c', file, '-o', object]);
        return object;
      });
    mkdirSync(out, { recursive: true });
    const [elf, hex] = ['io-manager.elf', 'io-manager.hex'].map((name) => join(out, name));
    run('avr-gcc', [...linkFlags, ...objects, '-o', elf]);
    run('avr-objcopy', ['-O', 'ihex', '-R', '.eeprom', elf, hex]);
    const manifest = {
      format: 1,
      kind: 'io-manager',
      board: { id: 'arduino-uno', core: 'ATmega328P', clockHz: 16_000_000, ranOnBoard: false },
      version: /JB_IOM_VERSION "(.*)"/.exec(readFileSync(join(here, 'core/jb_iom.h'), 'utf8'))?.[1],
      memory: memory(elf),
      compiler: { version: compiler, compileFlags, linkFlags },
      sourceSha256: hashSources(files),
      files: [elf, hex].map((file, index) => {
        const bytes = readFileSync(file);
        const name = ['io-manager.elf', 'io-manager.hex'][index];
        return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
      }),
    };
    writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    return manifest;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const out = resolve(values.out ?? join(here, '../../.cache/io-manager'));
const { memory: figures } = build(out);
process.stdout.write(
  `${out}\nflash ${figures.flash.total} of ${figures.flash.available} bytes, RAM ${figures.ram.total} of ${figures.ram.available} bytes\n`,
);
