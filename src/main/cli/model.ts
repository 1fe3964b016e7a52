import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { Fault } from '../../shared/fault/index.ts';
import { formatCount } from '../../shared/units/index.ts';
import type { Host } from '../host.ts';
import { checkVectors, compilePlan, describeModel, planImageToC, readTflite } from '../model/index.ts';
import type { CheckResult, ModelSummary, TensorSummary } from '../model/index.ts';
import { prepareModel } from '../runner/index.ts';
import type { PreparedModel } from '../runner/index.ts';
import { storeFault, writeFileAtomic } from '../store/index.ts';
import { PlanRunner, readVirtualFirmware } from '../virtual/index.ts';
import type { CliContext } from './context.ts';
import { exitCodes } from './exit-code.ts';

/** `joulebench model info|compile|check`. */
export function registerModel(program: Command, context: CliContext): void {
  const { text } = context;
  const json = ['--json', text.t('cli.option.json')] as const;
  const model = program.command('model').description(text.t('cli.command.model'));
  model
    .command('info <file>')
    .description(text.t('cli.command.modelInfo'))
    .option(...json)
    .action((file: string, options: { json?: boolean }) => info(file, options.json === true, context));
  model
    .command('compile <file>')
    .description(text.t('cli.command.modelCompile'))
    .requiredOption('--out <dir>', text.t('cli.option.outDir'))
    .option('--workload <id>', text.t('cli.option.workload'))
    .option(...json)
    .action((file: string, options: { out: string; workload?: string; json?: boolean }) =>
      compile(file, options, context),
    );
  model
    .command('check <file>')
    .description(text.t('cli.command.modelCheck'))
    .requiredOption('--vectors <file>', text.t('cli.option.vectors'))
    .option(...json)
    .action((file: string, options: { vectors: string; json?: boolean }) => check(file, options, context));
}

/** The model of a workload: the file that was named, or the one that comes with an embedded workload. */
export async function prepareModelFor(host: Host, workload: string, file: string | undefined): Promise<PreparedModel> {
  const found = host.catalogue.findRunnable(workload);
  const path = file ?? host.embedded.find((own) => own.workload.id === found.id)?.modelPath;
  if (path === undefined) throw new Fault('runner.modelNeeded', { workload: found.id });
  return prepareModel(path, found, { readModel: readBytes, baseName: (name) => basename(name) });
}

async function info(file: string, json: boolean, { io, text }: CliContext): Promise<void> {
  const summary = describeModel(await readBytes(file), { name: basename(file) });
  if (json) io.out(`${JSON.stringify(summary)}\n`);
  else io.out(infoLines(summary, text).join('\n') + '\n');
}

function infoLines(summary: ModelSummary, text: CliContext['text']): string[] {
  const heading = text.t('cli.model.heading', {
    name: summary.name,
    operators: summary.operators.length,
    macs: formatCount(summary.macs),
    weights: formatCount(summary.weightBytes),
    biases: formatCount(summary.biasBytes),
    arena: formatCount(summary.memory?.arenaBytes),
  });
  const rows = summary.operators.map((op) => [
    String(op.index),
    op.name,
    op.inputs[0] ? shape(op.inputs[0]) : '',
    '->',
    shape(op.output),
    op.macs > 0 ? formatCount(op.macs) : '',
    op.weightBytes > 0 ? formatCount(op.weightBytes) : '',
  ]);
  const table = [['#', 'operator', 'input', '', 'output', 'MACs', 'weight bytes'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const right = new Set([0, 5, 6]);
  const lines = table.map((row) =>
    row
      .map((cell, column) =>
        right.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  const refusal = summary.refusal ? [text.fault(faultOf(summary)).what] : [];
  return [heading, ...lines, ...refusal];
}

function faultOf(summary: ModelSummary): Fault {
  const { refusal } = summary;
  return refusal ? new Fault(refusal.code, refusal.facts as never) : new Fault('internal.unexpected', { message: '' });
}

function shape(tensor: TensorSummary): string {
  return `${tensor.type} ${tensor.shape.join('x')}`;
}

async function compile(
  file: string,
  options: { out: string; workload?: string; json?: boolean },
  context: CliContext,
): Promise<void> {
  const { io, text } = context;
  const host = await context.host('model compile');
  const bytes = await readBytes(file);
  const workload = options.workload === undefined ? undefined : host.catalogue.find(options.workload);
  const known = workload ?? officialWorkload(host, bytes);
  const model = await prepareModel(file, known ?? { id: 'own', inputFormat: 'int8' }, {
    readModel: () => Promise.resolve(bytes),
    baseName: (name) => basename(name),
  });
  const folder = resolve(options.out);
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw storeFault(error, folder);
  }
  const image = join(folder, 'model.jbm');
  const source = join(folder, 'model.c');
  await writeFileAtomic(image, model.image);
  await writeFileAtomic(source, planImageToC(model.image));
  const { memory } = describeModel(bytes, { name: basename(file) });
  const answer = {
    image,
    source,
    imageBytes: model.image.length,
    arenaBytes: memory?.arenaBytes ?? 0,
    sha256: model.artefact.planSha256,
    workload: known?.id ?? 'own',
  };
  io.out(
    options.json
      ? `${JSON.stringify(answer)}\n`
      : `${text.t('cli.model.compiled', { image, source, bytes: formatCount(answer.imageBytes), arena: formatCount(answer.arenaBytes) })}\n`,
  );
}

function officialWorkload(host: Host, bytes: Uint8Array): ReturnType<Host['catalogue']['find']> | undefined {
  return host.catalogue.identifyModel(sha256(bytes))?.workload;
}

async function check(file: string, options: { vectors: string; json?: boolean }, context: CliContext): Promise<void> {
  const { io } = context;
  const bytes = await readBytes(file);
  const vectors = new TextDecoder().decode(await readBytes(options.vectors));
  const name = basename(file);
  // Vectors are tensors, not payloads: how a workload's bytes become the input does not matter here.
  const { image } = compilePlan(readTflite(bytes, { name }));
  const runner = new PlanRunner(
    await readVirtualFirmware(join(context.resourcesDir, 'firmware', 'virtual')),
    image,
    name,
  );
  const result = await checkVectors(vectors, sha256(bytes), (input) => runner.run(input), sha256);
  context.exit(result.passed ? exitCodes.ok : exitCodes.notHolding);
  io.out(options.json ? `${JSON.stringify(result)}\n` : `${checkLines(result, context.text).join('\n')}\n`);
}

function checkLines(result: CheckResult, text: CliContext['text']): string[] {
  const { model } = result;
  if (result.passed) return [text.t('cli.model.passed', { model, vectors: result.vectors.length })];
  return result.vectors.flatMap(({ seed, firstDifference, outputDifference }) => {
    if (firstDifference)
      return [
        text.t('cli.model.failedOp', { model, seed, index: firstDifference.index, operator: firstDifference.operator }),
      ];
    if (outputDifference)
      return [
        text.t('cli.model.failedOutput', {
          model,
          seed,
          index: outputDifference.index,
          expected: outputDifference.expected ?? '–',
          actual: outputDifference.actual ?? '–',
        }),
      ];
    return [];
  });
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw storeFault(error, path);
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
