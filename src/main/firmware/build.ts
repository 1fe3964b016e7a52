import { createHash } from 'node:crypto';
import { mkdtemp, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../../shared/fault/index.ts';
import { readPlanImage } from '../model/index.ts';
import type { PlanDescription, RunOps } from '../model/index.ts';
import { readElfSections } from './elf.ts';
import { encodeKnownAnswers, knownAnswers } from './known-answers.ts';
import { imageManifestSchema } from './manifest.ts';
import type { ImageManifest } from './manifest.ts';
import { memoryFigures } from './memory.ts';
import { readPort } from './port-file.ts';
import type { Port } from './port-file.ts';
import { hashSources, listSources } from './sources.ts';
import { buildSteps, compileFlags, imageSources, linkFlags, overflowOf } from './steps.ts';
import type { Program } from './steps.ts';
import { compilerVersion } from './toolchain.ts';
import type { RunTool } from './toolchain.ts';

/** A model that has been compiled to a plan. */
export interface ImageModel {
  /** File name, for the manifest. */
  name: string;
  sha256: string;
  image: Uint8Array;
}

export interface BuildOptions {
  /** The folder `firmware` of the project. */
  firmwareDir: string;
  board: string;
  model: ImageModel;
  /** Runs the plan by proven kernels: what the image's self-check will compare with. */
  runOps: RunOps;
  run: RunTool;
  /** `harness` by default. */
  program?: Program | undefined;
  /** Inferences of the counting program; 1 by default. */
  runs?: number | undefined;
  /** Width of the timestamp pulse in microseconds; 1,000 by default. */
  pulseUs?: number | undefined;
  /** Commit of the sources, if they are in a checkout. */
  commit?: string | null | undefined;
  signal?: AbortSignal | undefined;
}

/** The files of one image, in memory: nothing is written before all of them exist. */
export interface BuiltImage {
  port: Port;
  manifest: ImageManifest;
  files: readonly { name: string; bytes: Uint8Array }[];
}

/** Two compilers at a time: more does not help on the computers that labs have. */
const parallel = 2;
/** Pulse width that `ports/common/board.h` has. */
const defaultPulseUs = 1000;

/**
 * Builds the image of one model for one board: the same sources, model and compiler give the same bytes in any folder.
 * @throws Fault `firmware.*`: unknown board, missing tool or sources, a model that does not fit (with figures), a compiler's complaint.
 */
export async function buildImage(options: BuildOptions): Promise<BuiltImage> {
  const { board, model, run, signal } = options;
  // Links would give the compiler other names for the same files than the prefix map knows.
  const firmwareDir = await realpath(options.firmwareDir).catch(() => options.firmwareDir);
  const program = options.program ?? 'harness';
  const port = await readPort(firmwareDir, board);
  const plan = readPlanImage(model.image);
  checkFit(port, plan, model);
  const files = await listSources(firmwareDir, board);
  const known = await knownAnswers(plan, options.runOps);
  const build = await realpath(await mkdtemp(join(tmpdir(), 'joulebench-image-')));
  try {
    await writeFile(join(build, 'model.jbm'), model.image);
    await writeFile(join(build, 'known.bin'), encodeKnownAnswers(known));
    const steps = buildSteps(
      imageSources(files, port, program),
      port,
      {
        arenaBytes: plan.arenaBytes,
        payloadBytes: plan.input.payloadBytes,
        operators: plan.ops.length,
        runs: options.runs ?? 1,
        pulseUs: options.pulseUs,
      },
      { firmware: slashes(firmwareDir), build: slashes(build) },
    );
    const queue = [...steps.compile];
    const work = async (): Promise<void> => {
      for (let step = queue.shift(); step; step = queue.shift()) {
        const { code, output } = await run('arm-none-eabi-gcc', step.args, firmwareDir, signal);
        if (code !== 0) throw new Fault('firmware.compile', { file: step.source, output: output.trim() });
      }
    };
    await Promise.all(Array.from({ length: parallel }, work));
    const linked = await run('arm-none-eabi-gcc', steps.link, firmwareDir, signal);
    if (linked.code !== 0) throw linkFault(linked.output, port, model.name);
    const made = await outputs(port, build, options);
    const elf = made.find((file) => file.name.endsWith('.elf'))?.bytes ?? new Uint8Array();
    const memory = memoryFigures(readElfSections(elf));
    const manifest = imageManifestSchema.parse({
      format: 1,
      kind: 'firmware-image',
      board: {
        id: port.id,
        title: port.title,
        core: port.core,
        ranOnBoard: port.ranOnBoard,
        emulator: port.emulator?.machine ?? null,
      },
      model: {
        file: model.name,
        id: plan.modelId,
        sha256: model.sha256,
        planSha256: sha256(model.image),
        folded: plan.folded,
      },
      kernels: kernelsOf(plan),
      memory: { ...memory, available: { flash: port.memory.flashBytes, ram: port.memory.ramBytes } },
      knownAnswers: { seed: known.seed, operators: known.operators.length },
      pulseUs: options.pulseUs ?? defaultPulseUs,
      compiler: {
        version: await compilerVersion(run, firmwareDir, signal),
        compileFlags: [...port.cpuFlags, ...compileFlags],
        linkFlags: [...linkFlags],
      },
      sourceSha256: await hashSources(firmwareDir, files),
      commit: options.commit ?? null,
      files: made.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
    } satisfies ImageManifest);
    return { port, manifest, files: made };
  } finally {
    await rm(build, { recursive: true, force: true });
  }
}

/** Writes the files and then the manifest, which makes the folder an image. */
export async function writeImage(image: BuiltImage, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const manifest = Buffer.from(`${JSON.stringify(image.manifest, null, 2)}\n`);
  for (const { name, bytes } of [...image.files, { name: 'manifest.json', bytes: manifest }]) {
    const partial = join(folder, `.${name}.${process.pid}`);
    try {
      await writeFile(partial, bytes);
      await rename(partial, join(folder, name));
    } catch (cause) {
      await rm(partial, { force: true });
      const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
      throw new Fault('firmware.write', { file: join(folder, name), reason }, { cause });
    }
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** gcc takes forward slashes on Windows too, and its prefix map compares text. */
function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}

function kernelsOf(plan: PlanDescription): { id: number; name: string }[] {
  const used = new Map(plan.ops.map((op) => [op.kernel, op.kernelName]));
  return [...used].sort(([a], [b]) => a - b).map(([id, name]) => ({ id, name }));
}

/** What can be known before a compiler runs: plan against flash, arena and payload against RAM. */
function checkFit(port: Port, plan: PlanDescription, model: ImageModel): void {
  const { flashBytes, ramBytes, modelBytes = flashBytes, stackBytes } = port.memory;
  const needed = plan.arenaBytes + plan.input.payloadBytes + stackBytes;
  const facts = { model: model.name, board: port.id };
  if (model.image.length > modelBytes) {
    throw new Fault('firmware.tooLarge', { ...facts, memory: 'flash', needed: model.image.length, available: modelBytes }); // prettier-ignore
  }
  if (needed > ramBytes) throw new Fault('firmware.tooLarge', { ...facts, memory: 'ram', needed, available: ramBytes });
}

function linkFault(output: string, port: Port, model: string): Fault {
  const overflow = overflowOf(output);
  if (!overflow) return new Fault('firmware.compile', { file: port.linkerScript, output: output.trim() });
  const memory = overflow.region === 'RAM' ? 'ram' : 'flash';
  const available = memory === 'ram' ? port.memory.ramBytes : port.memory.flashBytes;
  return new Fault('firmware.tooLarge', {
    model,
    board: port.id,
    memory,
    needed: available + overflow.bytes,
    available,
  });
}

async function outputs(
  port: Port,
  build: string,
  options: BuildOptions,
): Promise<{ name: string; bytes: Uint8Array }[]> {
  const format = { bin: 'binary', hex: 'ihex' } as const;
  const made: { name: string; bytes: Uint8Array }[] = [];
  for (const kind of port.outputs) {
    const name = `image.${kind}`;
    if (kind !== 'elf') {
      const args = ['-O', format[kind], 'image.elf', name];
      const { code, output } = await options.run('arm-none-eabi-objcopy', args, build, options.signal);
      if (code !== 0) throw new Fault('firmware.compile', { file: name, output: output.trim() });
    }
    made.push({ name, bytes: await readFile(join(build, name)) });
  }
  return made;
}
