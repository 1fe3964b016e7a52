import { createHash } from 'node:crypto';
import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { buildImage, hashSources, listSources, systemTools } from '../../src/main/firmware/index.ts';
import type { BuiltImage, ImageModel, Program, RunTool } from '../../src/main/firmware/index.ts';
import { compilePlan, readPlanImage, readTflite } from '../../src/main/model/index.ts';
import type { PlanDescription } from '../../src/main/model/index.ts';
import { PlanRunner, readVirtualFirmware } from '../../src/main/virtual/index.ts';
import { dataFolder } from './data.ts';

/** Builds images of the reference models and runs them in QEMU: for the benchmark and for the tests on every target. */

const root = resolve(import.meta.dirname, '../..');
export const firmwareDir = join(root, 'firmware');
export const emulatedBoards = ['mps2-an386', 'mps2-an500', 'mps3-an547', 'netduinoplus2'];

function runs(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Why nothing can be built, in the words of the list of expected skips; else undefined. */
export const noArmCompilerReason = runs('arm-none-eabi-gcc')
  ? undefined
  : 'no Arm compiler: "arm-none-eabi-gcc" is not installed';
/** Why no image can be run in QEMU; else undefined. */
export const noQemuReason =
  noArmCompilerReason ?? (runs('qemu-system-arm') ? undefined : 'no emulator: "qemu-system-arm" is not installed');

export interface ReferenceModel {
  /** Short name: `demo`, `kws`, `vww`, `ic`, `icw`, `ad`, `sww`. */
  name: string;
  workloadId: string;
  file: string;
  inputFormat: string;
  /** Compiled with constant channels left out. */
  fold?: boolean;
}

const officialModels: readonly ReferenceModel[] = [
  { name: 'kws', workloadId: 'kws01', file: 'kws_ref_model.tflite', inputFormat: 'int8' },
  { name: 'vww', workloadId: 'vww01', file: 'vww_96_int8.tflite', inputFormat: 'uint8' },
  { name: 'ic', workloadId: 'ic01', file: 'pretrainedResnet_quant.tflite', inputFormat: 'uint8' },
  { name: 'icw', workloadId: 'ic02', file: 'pretrainedResnet_large_int8.tflite', inputFormat: 'uint8' },
  { name: 'ad', workloadId: 'ad01', file: 'ad01_int8.tflite', inputFormat: 'float32le' },
  { name: 'sww', workloadId: 'sww01', file: 'str_ww_ref_model.tflite', inputFormat: 'int8' },
];

/** The demo model, and the official ones where they are at hand. */
export function referenceModels(): ReferenceModel[] {
  const demo = join(root, 'resources/workloads/demo01/model.tflite');
  const data = dataFolder();
  const official = data ? officialModels.map((model) => ({ ...model, file: join(data, 'models', model.file) })) : [];
  return [
    { name: 'demo', workloadId: 'demo01', file: demo, inputFormat: 'int8' },
    ...official.filter((model) => existsSync(model.file)),
  ];
}

/** The models that have channels that are the same for every input, without these; they are reference models of their own. */
export function foldedModels(): ReferenceModel[] {
  return referenceModels()
    .map((model) => ({ ...model, name: `${model.name}-folded`, fold: true }))
    .filter((model) => compileReference(model).plan.folded);
}

export interface CompiledReference extends ImageModel {
  plan: PlanDescription;
}

/** Compiles as `joulebench run` does, so that the plan has the same hash. */
export function compileReference(model: ReferenceModel): CompiledReference {
  const bytes = readFileSync(model.file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const name = model.file.split(/[\\/]/).at(-1) ?? model.name;
  const { image } = compilePlan(readTflite(bytes, { name }), {
    workloadId: model.workloadId,
    inputFormat: model.inputFormat,
    sourceSha256: sha256,
    fold: model.fold ?? false,
  });
  return { name, sha256, image, plan: readPlanImage(image) };
}

/**
 * Compiles an object once and keeps it in `.cache`, named by the sources and flags: the images of several models for one board differ in few
 * objects. The build itself has no such cache.
 */
async function cachedTools(board: string): Promise<RunTool> {
  const run = systemTools(process.env);
  const sources = await hashSources(firmwareDir, await listSources(firmwareDir, board));
  const folder = join(root, '.cache/firmware-objects');
  mkdirSync(folder, { recursive: true });
  return async (tool, args, cwd, signal) => {
    const object = args.at(-1) ?? '';
    if (!args.includes('-c') || args.some((arg) => arg.endsWith('model.S'))) return run(tool, args, cwd, signal);
    const build = dirname(object);
    const flags = args.map((arg) => arg.replaceAll(build, 'BUILD'));
    const key = createHash('sha256')
      .update(JSON.stringify([sources, flags]))
      .digest('hex');
    const kept = join(folder, `${key}.o`);
    if (existsSync(kept)) {
      copyFileSync(kept, object);
      return { code: 0, output: '' };
    }
    const result = await run(tool, args, cwd, signal);
    if (result.code === 0) {
      // By renaming, since several test files may compile the same at once.
      const own = `${kept}.${process.pid}`;
      copyFileSync(object, own);
      renameSync(own, kept);
    }
    return result;
  };
}

/** Builds an image with known answers of the virtual DUT's kernels. */
export async function buildReference(
  board: string,
  model: CompiledReference,
  program: Program,
  runs = 1,
): Promise<BuiltImage> {
  const firmware = await readVirtualFirmware(join(root, 'resources/firmware/virtual'));
  const runner = new PlanRunner(firmware, model.image, model.name);
  return buildImage({
    firmwareDir,
    board,
    model,
    program,
    runs,
    runOps: (input) => runner.run(input),
    run: await cachedTools(board),
  });
}

interface CountedOperator {
  instructions: number;
  crc32: number;
}

/** What one inference did on an emulated board. */
export interface Count {
  /** Turning the payload into the input tensor. */
  inputInstructions: number;
  /** Of the first inference. */
  operators: CountedOperator[];
  /** Of all inferences, by seed: 1, 2, ... */
  bySeed: ReadonlyMap<number, CountedOperator[]>;
  stackBytes: number;
}

/** One instruction is 2^10 ns of virtual time; the counter of the ports counts microseconds. */
const ticksPerInstruction = 1.024;

/** Boots a counting image in QEMU under the instruction clock, and reads what it prints. */
export async function countInstructions(image: BuiltImage): Promise<Count> {
  const { emulator } = image.port;
  const elf = image.files.find((file) => file.name === 'image.elf');
  if (!emulator || !elf) throw new Error(`${image.port.id} has no emulator`);
  const folder = mkdtempSync(join(tmpdir(), 'jb-count-'));
  try {
    const kernel = join(folder, 'image.elf');
    writeFileSync(kernel, elf.bytes);
    return parseCount(await runQemu(emulator.machine, kernel));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runQemu(machine: string, kernel: string): Promise<string> {
  const args = ['-M', machine, '-display', 'none', '-monitor', 'none', '-serial', 'stdio', '-kernel', kernel];
  const child = spawn('qemu-system-arm', [...args, '-icount', 'shift=10,sleep=off'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let out = '';
    let complaints = '';
    const watchdog = setTimeout(() => child.kill('SIGKILL'), 120_000);
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (/^(done|refused.*)\r?$/m.test(out)) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(watchdog);
      if (/^done\r?$/m.test(out)) resolve(out);
      else reject(new Error(`${machine} did not finish: ${out}${complaints}`));
    });
  });
}

function parseCount(text: string): Count {
  const rows = text.split(/\r?\n/).map((line) => line.split(' '));
  const number = (name: string): number => Number(rows.find(([first]) => first === name)?.[1]);
  const bySeed = new Map<number, CountedOperator[]>();
  for (const [first, seed, , ticks, crc] of rows) {
    if (first !== 'op') continue;
    const operators = bySeed.get(Number(seed)) ?? [];
    operators.push({ instructions: Math.round(Number(ticks) / ticksPerInstruction), crc32: Number(crc) });
    bySeed.set(Number(seed), operators);
  }
  return {
    inputInstructions: Math.round(number('input') / ticksPerInstruction),
    operators: [...bySeed.values()][0] ?? [],
    bySeed,
    stackBytes: number('stack'),
  };
}
