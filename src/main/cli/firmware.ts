import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { formatCount } from '../../shared/units/index.ts';
import { buildModelImage, firmwareDirOf } from '../build-image.ts';
import { imageManifestSchema, listPorts, portSchema, readPort, writeImage } from '../firmware/index.ts';
import type { ImageManifest } from '../firmware/index.ts';
import type { Host } from '../host.ts';
import { prepareModel } from '../runner/index.ts';
import type { PreparedModel } from '../runner/index.ts';
import { storeFault } from '../store/index.ts';
import type { CliContext } from './context.ts';
import { exitCodes } from './exit-code.ts';
import { parseInteger } from './options.ts';

interface BuildOptions {
  board: string;
  model?: string;
  workload?: string;
  out?: string;
  pulseUs?: number;
  fold?: boolean;
  json?: boolean;
}

/** What `firmware build --json` answers: the manifest, and where the image is. */
export const buildAnswerSchema = z.strictObject({ folder: z.string(), ...imageManifestSchema.shape });

/** What `firmware boards --json` answers. */
export const boardsAnswerSchema = z.strictObject({
  boards: z.array(
    portSchema
      .pick({ id: true, title: true, core: true, memory: true, ranOnBoard: true })
      .extend({ emulator: z.string().nullable() }),
  ),
});

/** `joulebench firmware build|boards`. */
export function registerFirmware(program: Command, context: CliContext): void {
  const { text } = context;
  const t = (key: string): string => text.t(`firmware.option.${key}`);
  const json = ['--json', text.t('cli.option.json')] as const;
  const firmware = program.command('firmware').description(text.t('firmware.command.group'));
  firmware
    .command('build')
    .description(text.t('firmware.command.build'))
    .requiredOption('--board <id>', t('board'))
    .option('--model <file>', t('model'))
    .option('--workload <id>', t('workload'))
    .option('--out <dir>', t('out'))
    .option('--pulse-us <n>', t('pulseUs'), parseInteger(1, 1_000_000))
    .option('--fold', text.t('cli.option.fold'))
    .option(...json)
    .action((options: BuildOptions) => stoppable(() => build(options, context), context));
  firmware
    .command('boards')
    .description(text.t('firmware.command.boards'))
    .option(...json)
    .action((options: { json?: boolean }) => boards(options.json === true, context));
}

/** Ctrl+C ends the compiler; what it then says is no fault. */
async function stoppable(work: () => Promise<void>, { signal, io, text, exit }: CliContext): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!signal.aborted) throw error;
    io.err(`${text.t('cli.run.cancelled')}\n`);
    exit(exitCodes.stopped);
  }
}

async function build(options: BuildOptions, context: CliContext): Promise<void> {
  const { io, text } = context;
  const host = await context.host('firmware build');
  const model = await modelOf(options, host);
  if (!options.json) io.err(`${text.t('firmware.building', { model: model.name, board: options.board })}\n`);
  const image = await buildModelImage({
    resourcesDir: context.resourcesDir,
    board: options.board,
    model,
    pulseUs: options.pulseUs,
    env: process.env,
    signal: context.signal,
  });
  const { manifest } = image;
  const name = `${manifest.board.id}-${basename(manifest.model.id, extname(manifest.model.id))}`;
  const folder = resolve(options.out ?? join('firmware-images', name));
  await writeImage(image, folder);
  io.out(
    options.json ? `${JSON.stringify({ folder, ...manifest })}\n` : `${summary(folder, manifest, text).join('\n')}\n`,
  );
}

/** The model that was named, for the workload that was named or that its hash tells; else the demo workload's own. */
async function modelOf(options: BuildOptions, host: Host): Promise<PreparedModel> {
  const own = options.model === undefined ? host.embedded[0] : undefined;
  const file = options.model ?? own?.modelPath ?? '';
  const bytes = await readBytes(file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const workload =
    options.workload === undefined
      ? (own?.workload ?? host.catalogue.identifyModel(sha256)?.workload)
      : host.catalogue.find(options.workload);
  const environment = { readModel: () => Promise.resolve(bytes), baseName: (path: string) => basename(path) };
  return prepareModel(file, workload ?? { id: 'own', inputFormat: 'int8' }, environment, options.fold);
}

function summary(folder: string, { board, memory, files }: ImageManifest, text: CliContext['text']): string[] {
  const counts = (values: Record<string, number>): Record<string, string> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, formatCount(value)]));
  const { flash, ram, available } = memory;
  return [
    text.t('firmware.built', { folder }),
    ...files.map(({ name, bytes, sha256 }) => text.t('firmware.file', { name, bytes: formatCount(bytes), sha256 })),
    text.t('firmware.flash', counts({ ...flash, available: available.flash })),
    text.t('firmware.ram', counts({ ...ram, variables: ram.data + ram.bss, available: available.ram })),
    ...(board.ranOnBoard || board.emulator !== null ? [] : [text.t('firmware.neverRan')]),
  ];
}

async function boards(json: boolean, { io, text, resourcesDir }: CliContext): Promise<void> {
  const firmwareDir = firmwareDirOf(resourcesDir);
  const ports = await Promise.all((await listPorts(firmwareDir)).map((id) => readPort(firmwareDir, id)));
  if (json) {
    const list = ports.map(({ id, title, core, memory, emulator, ranOnBoard }) => ({
      id,
      title,
      core,
      memory,
      emulator: emulator?.machine ?? null,
      ranOnBoard,
    }));
    const answer: z.infer<typeof boardsAnswerSchema> = { boards: list };
    io.out(`${JSON.stringify(answer)}\n`);
    return;
  }
  for (const { id, title, emulator, ranOnBoard } of ports) {
    const notes = emulator ? text.t('firmware.emulated', { id }) : ranOnBoard ? '' : text.t('firmware.untried');
    io.out(`${text.t('firmware.board', { id, title, notes })}\n`);
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw storeFault(error, path);
  }
}
