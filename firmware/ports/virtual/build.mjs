#!/usr/bin/env node
/*
 * Builds the virtual DUT's firmware: every C file of the harness, the kernels and this port, to one WebAssembly module.
 *
 *   node build.mjs                the committed artefact, by the pinned compiler (`npm ci` in this folder first)
 *   node build.mjs --clang        by the clang and wasm-ld of this machine, for quick trials; never committed
 *   node build.mjs --scalar       without SIMD, for the test that both give the same bytes out
 *   node build.mjs --out FOLDER   somewhere else than resources/firmware/virtual
 *   node build.mjs --describe     prints what a build of the present sources would be, without building
 *
 * The compiler's driver is not used for linking: it runs wasm-opt where it finds one, which changes the bytes.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const here = import.meta.dirname;
const firmware = resolve(here, '../..');
const committed = resolve(firmware, '../resources/firmware/virtual');
const folders = ['harness', 'nn', 'ports/virtual'];
const packageName = '@yowasp/clang';
const stackBytes = 16_384;
const memoryBytes = 1_310_720;

const compileFlags = (scalar) => [
  '--target=wasm32',
  '-std=c11',
  '-ffreestanding',
  '-fno-builtin',
  '-nostdlib',
  '-O3',
  ...(scalar ? [] : ['-msimd128']),
  '-ffp-contract=off',
  '-Wall',
  '-Wextra',
  '-Werror',
  '-Werror=date-time',
  '-I.',
];
const linkFlags = [
  '--no-entry',
  '--strip-all',
  '--stack-first',
  '-z',
  `stack-size=${stackBytes}`,
  `--initial-memory=${memoryBytes}`,
  `--max-memory=${memoryBytes}`,
];

/** Sources and headers below `firmware/`, in a fixed order, with forward slashes on every system. */
function listSources() {
  return folders.flatMap((folder) =>
    readdirSync(join(firmware, folder))
      .filter((name) => /\.[ch]$/.test(name))
      .sort()
      .map((name) => `${folder}/${name}`),
  );
}

/** SHA-256 over names and contents; line ends are normalised, so that a checkout on Windows has the same hash. */
function hashSources(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const text = readFileSync(join(firmware, file), 'utf8').replaceAll('\r\n', '\n');
    hash.update(`${file}\0${Buffer.byteLength(text)}\0${text}`);
  }
  return hash.digest('hex');
}

function pinnedVersion() {
  return JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')).devDependencies[packageName];
}

function kernelIds() {
  const text = readFileSync(join(firmware, 'nn/jb_plan_format.h'), 'utf8');
  return [...text.matchAll(/^#define JB_KERNEL_(\w+) (\d+)u/gm)].map(([, name, id]) => ({ id: Number(id), name }));
}

const objectName = (source) => source.replaceAll('/', '-').replace(/\.c$/, '.o');

/** By the pinned compiler, which runs as WebAssembly itself: its bytes depend on its version only. */
async function buildPinned(files, scalar) {
  if (!existsSync(join(here, 'node_modules', packageName))) {
    throw new Error(`the pinned compiler is not installed: run \`npm ci\` in firmware/ports/virtual`);
  }
  const { runLLVM } = await import(packageName);
  const tree = {};
  for (const file of files) {
    const parts = file.split('/');
    let folder = tree;
    for (const part of parts.slice(0, -1)) folder = folder[part] ??= {};
    folder[parts.at(-1)] = readFileSync(join(firmware, file), 'utf8').replaceAll('\r\n', '\n');
  }
  const complaints = [];
  const collect = (bytes) => bytes && complaints.push(bytes);
  const io = { stdout: collect, stderr: collect, fetchProgress: () => undefined };
  const run = async (args, input) => {
    try {
      return await runLLVM(args, input, io);
    } catch {
      // The error of the runtime holds the whole file tree; what the compiler printed says what is wrong.
      throw new Error(`${args.join(' ')}\n${Buffer.concat(complaints).toString()}`);
    }
  };
  const objects = {};
  for (const source of files.filter((file) => file.endsWith('.c'))) {
    const object = objectName(source);
    const output = await run(['clang', ...compileFlags(scalar), '-c', source, '-o', object], tree);
    objects[object] = output[object];
  }
  const linked = await run(['wasm-ld', ...linkFlags, ...Object.keys(objects), '-o', 'virtual.wasm'], objects);
  return linked['virtual.wasm'];
}

function buildLocal(files, scalar) {
  const scratch = mkdtempSync(join(tmpdir(), 'joulebench-wasm-'));
  try {
    const objects = files
      .filter((file) => file.endsWith('.c'))
      .map((source) => {
        const object = join(scratch, objectName(source));
        execFileSync('clang', [...compileFlags(scalar), '-c', source, '-o', object], {
          cwd: firmware,
          stdio: 'inherit',
        });
        return object;
      });
    const linkers = ['wasm-ld', 'wasm-ld-19', 'wasm-ld-14'];
    const linker = linkers.find((name) => {
      try {
        execFileSync(name, ['--version'], { stdio: 'ignore' });
        return true;
      } catch {
        return false;
      }
    });
    if (!linker) throw new Error(`no linker: none of ${linkers.join(', ')} is installed`);
    const output = join(scratch, 'virtual.wasm');
    execFileSync(linker, [...linkFlags, ...objects, '-o', output], { stdio: 'inherit' });
    return readFileSync(output);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What the module says about itself. */
async function inspect(wasm) {
  const nothing = () => 0;
  const { instance } = await WebAssembly.instantiate(wasm, {
    jb: { now_us: nothing, tx: nothing, mark: nothing, pin: nothing },
  });
  const { exports } = instance;
  return {
    abi: exports.jb_abi(),
    memory: {
      bytes: exports.memory.buffer.byteLength,
      stackBytes,
      modelBytes: exports.jb_model_cap(),
      arenaBytes: exports.jb_arena_cap(),
      payloadBytes: exports.jb_payload_cap(),
      receiveBytes: exports.jb_rx_cap(),
    },
  };
}

process.on('uncaughtException', (error) => {
  console.error(error.message);
  process.exit(1);
});

const { values: options } = parseArgs({
  options: {
    clang: { type: 'boolean', default: false },
    scalar: { type: 'boolean', default: false },
    describe: { type: 'boolean', default: false },
    out: { type: 'string', default: committed },
  },
});

const files = listSources();
const description = {
  format: 1,
  kind: 'virtual',
  sourceSha256: hashSources(files),
  compiler: options.clang
    ? { package: 'clang', version: 'of this machine' }
    : { package: packageName, version: pinnedVersion() },
  simd: !options.scalar,
  compileFlags: compileFlags(options.scalar),
  linkFlags,
  kernels: kernelIds(),
};

if (options.describe) {
  console.log(JSON.stringify(description, null, 2));
} else {
  const wasm = options.clang ? buildLocal(files, options.scalar) : await buildPinned(files, options.scalar);
  const manifest = {
    ...description,
    file: 'virtual.wasm',
    bytes: wasm.length,
    sha256: createHash('sha256').update(wasm).digest('hex'),
    ...(await inspect(wasm)),
  };
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, 'virtual.wasm'), wasm);
  writeFileSync(join(options.out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(`virtual.wasm: ${wasm.length} bytes, sha256 ${manifest.sha256}`);
}
