import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { PlanDescription } from '../../src/main/model/index.ts';

/**
 * The kernels of firmware/nn, compiled for this machine and run through firmware/test/nn/driver.c. Programs are kept in `.cache`,
 * named by a hash of their sources and flags.
 */

const root = resolve(import.meta.dirname, '../..');
const nnFolder = join(root, 'firmware/nn');
const testFolder = join(root, 'firmware/test/nn');

/** For this machine; or for an emulated board, with the bodies of the kernels that only exist there. */
export type Flavour = 'plain' | 'sanitized' | EmulatedFlavour;
export type EmulatedFlavour = 'cortexM4' | 'cortexM55';
const nativeFlags: Readonly<Record<'plain' | 'sanitized', readonly string[]>> = {
  plain: ['-O2'],
  sanitized: ['-O1', '-g', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'],
};
const emulated: Readonly<Record<EmulatedFlavour, { machine: string; flags: readonly string[] }>> = {
  cortexM4: { machine: 'mps2-an386', flags: ['-mcpu=cortex-m4', '-mfpu=fpv4-sp-d16', '-mfloat-abi=hard'] },
  cortexM55: { machine: 'mps3-an547', flags: ['-mcpu=cortex-m55', '-mfloat-abi=hard'] },
};

function isEmulated(flavour: Flavour): flavour is EmulatedFlavour {
  return flavour in emulated;
}

function runs(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Why the native tests do not run; else undefined. */
export const noCompilerReason =
  process.platform !== 'win32' && runs('cc', ['--version']) ? undefined : 'no C compiler: "cc" cannot be run';

/** Why the emulated tests do not run; else undefined. */
export const noEmulatorReason = !runs('arm-none-eabi-gcc', ['--version'])
  ? 'no Arm compiler: "arm-none-eabi-gcc" is not installed'
  : runs('qemu-system-arm', ['--version'])
    ? undefined
    : 'no emulator: "qemu-system-arm" is not installed';

/** Why the WebAssembly build of the kernels cannot be tested; else undefined. */
export const noWasmCompilerReason =
  runs('wasm-ld', ['--version']) &&
  runs('clang', ['--target=wasm32', '-fsyntax-only', '-x', 'c', join(nnFolder, 'jb_add_s8.c')])
    ? undefined
    : 'no WebAssembly compiler: "clang" with the target wasm32 and "wasm-ld" cannot be run';

function sourcesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.[ch]$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Builds into a file of its own and renames it, since several test files may ask for the same program at once. */
function cached(name: string, inputs: readonly string[], build: (target: string) => void): string {
  const hash = createHash('sha256').update(name);
  for (const file of inputs) hash.update(readFileSync(file));
  const folder = join(root, '.cache/nn');
  const program = join(folder, `${name.replace(/\W+/g, '-')}-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const target = `${program}.${String(process.pid)}`;
  build(target);
  renameSync(target, program);
  return program;
}

/** Path of the driver, built if need be. */
export function nativeDriver(flavour: Flavour): string {
  const sources = [...sourcesIn(nnFolder), join(testFolder, 'driver.c')];
  const warnings = ['-std=c11', '-Wall', '-Wextra', '-Werror'];
  if (isEmulated(flavour)) {
    const script = join(testFolder, 'emulated.ld');
    const start = join(testFolder, 'emulated.c');
    const flags = [...emulated[flavour].flags, '-mthumb', '-O2', '--specs=rdimon.specs', '-nostartfiles', '-T', script];
    return cached(`driver ${flavour}`, [...sources, start, script], (target) => {
      const files = [...sources, start].filter((file) => file.endsWith('.c'));
      execFileSync('arm-none-eabi-gcc', [...warnings, ...flags, ...files, '-o', target], { stdio: 'pipe' });
    });
  }
  const flags = nativeFlags[flavour];
  return cached(`driver ${flags.join(' ')}`, sources, (target) => {
    const files = sources.filter((file) => file.endsWith('.c'));
    execFileSync('cc', [...warnings, ...flags, ...files, '-o', target]);
  });
}

/** Command line that runs a program of a flavour. */
function commandLine(flavour: Flavour, args: readonly string[]): [string, string[]] {
  const program = nativeDriver(flavour);
  if (!isEmulated(flavour)) return [program, [...args]];
  const semihosting = ['enable=on', 'target=native', ...['driver', ...args].map((arg) => `arg=${arg}`)].join(',');
  const silent = ['-display', 'none', '-monitor', 'none', '-serial', 'none'];
  const { machine } = emulated[flavour];
  return ['qemu-system-arm', ['-M', machine, ...silent, '-kernel', program, '-semihosting-config', semihosting]];
}

/** Path of a WebAssembly module with the kernels (vector path) and the exports of firmware/test/nn/wasm.c. */
export function wasmKernels(): string {
  const sources = [...sourcesIn(nnFolder), join(testFolder, 'wasm.c')];
  return cached('kernels wasm', sources, (target) => {
    const folder = mkdtempSync(join(tmpdir(), 'jb-wasm-'));
    const files = sources.filter((file) => file.endsWith('.c'));
    const objects = files.map((file, i) => {
      const object = join(folder, `${String(i)}.o`);
      const options = ['-std=c11', '-ffreestanding', '-nostdlib', '-O3', '-msimd128', '-Wall', '-Wextra', '-Werror'];
      execFileSync('clang', ['--target=wasm32', ...options, '-c', file, '-o', object]);
      return object;
    });
    execFileSync('wasm-ld', [
      '--no-entry',
      '-z',
      'stack-size=16384',
      '--initial-memory=2097152',
      ...objects,
      '-o',
      target,
    ]);
    rmSync(folder, { recursive: true });
  });
}

/** Runs the driver on files in a folder of its own; returns what it wrote. */
function drive(flavour: Flavour, command: string, first: Uint8Array, second: Uint8Array | string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'jb-nn-'));
  try {
    const [one, out] = [join(folder, 'first.bin'), join(folder, 'out.bin')];
    writeFileSync(one, first);
    let two = join(folder, 'second.bin');
    if (typeof second === 'string') two = second;
    else writeFileSync(two, second);
    const [program, args] = commandLine(flavour, [command, one, two, out]);
    const result = spawnSync(program, args, { encoding: 'utf8', timeout: 120_000 });
    if (result.status !== 0) throw new Error(`driver ${command}: status ${String(result.status)}\n${result.stderr}`);
    return new Uint8Array(readFileSync(out));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One plan and the input tensors that it is to run on. */
export interface OpsCase {
  image: Uint8Array;
  plan: PlanDescription;
  inputs: readonly Int8Array[];
}

/** Every operator's output, by case, by input, in the order of execution; all in one process. */
export function nativeOpsCases(flavour: Flavour, cases: readonly OpsCase[]): Int8Array[][][] {
  const parts = cases.flatMap(({ image, inputs }) => {
    const lengths = Buffer.alloc(8);
    lengths.writeUInt32LE(image.length, 0);
    lengths.writeUInt32LE(
      inputs.reduce((sum, input) => sum + input.length, 0),
      4,
    );
    return [lengths, image, ...inputs.map((input) => new Uint8Array(input.buffer, input.byteOffset, input.length))];
  });
  const out = new Int8Array(drive(flavour, 'ops', Buffer.concat(parts), '-').buffer);
  let at = 0;
  return cases.map(({ plan, inputs }) =>
    inputs.map(() =>
      plan.ops.map((op) => {
        const start = at;
        at += op.outH * op.outW * op.outC;
        return out.slice(start, at);
      }),
    ),
  );
}

/** Every operator's output for each input tensor, in the order of execution. */
export function nativeOps(
  flavour: Flavour,
  image: Uint8Array,
  plan: PlanDescription,
  inputs: readonly Int8Array[],
): Int8Array[][] {
  return nativeOpsCases(flavour, [{ image, plan, inputs }])[0] ?? [];
}

export interface PayloadOutcome {
  input: Int8Array;
  output: Int8Array;
  /** Results in thousandths. */
  milli: Int32Array;
}

/** Loads, runs and scores one payload after another, as the harness does. */
export function nativePayloads(
  flavour: Flavour,
  image: Uint8Array,
  plan: PlanDescription,
  payloads: Uint8Array,
): PayloadOutcome[] {
  const out = drive(flavour, 'payloads', image, payloads);
  const resultBytes = 4 * plan.output.resultCount;
  const step = plan.input.bytes + plan.output.bytes + resultBytes;
  return Array.from({ length: out.length / step }, (_, i) => {
    const at = (from: number, length: number): ArrayBuffer =>
      out.slice(i * step + from, i * step + from + length).buffer as ArrayBuffer;
    return {
      input: new Int8Array(at(0, plan.input.bytes)),
      output: new Int8Array(at(plan.input.bytes, plan.output.bytes)),
      milli: new Int32Array(at(plan.input.bytes + plan.output.bytes, resultBytes)),
    };
  });
}

/** What `jb_plan_open()` answers to each image; those that open have been run, under the sanitizers if so built. */
export function nativeHostile(flavour: Flavour, images: readonly Uint8Array[], arenaBytes: number): Uint32Array {
  const cases = new Uint8Array(images.reduce((sum, image) => sum + 4 + image.length, 0));
  const view = new DataView(cases.buffer);
  let at = 0;
  for (const image of images) {
    view.setUint32(at, image.length, true);
    cases.set(image, at + 4);
    at += 4 + image.length;
  }
  return new Uint32Array(drive(flavour, 'hostile', cases, String(arenaBytes)).buffer);
}
