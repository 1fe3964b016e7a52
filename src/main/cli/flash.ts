import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { runSettingsSchema } from '../../shared/domain/run.ts';
import type { FlashAnswer } from '../../shared/domain/cli-json.ts';
import { toolNames } from '../../shared/domain/flash.ts';
import type { FlashProgress, FlashToolId } from '../../shared/domain/flash.ts';
import { definedOnly } from '../../shared/object/index.ts';
import { formatCount } from '../../shared/units/index.ts';
import { flashOnHost, flashStateFolder } from '../flash-board.ts';
import type { FlashedBoard } from '../flash-board.ts';
import { flashTools, isLost, unfinishedFlashes } from '../flash/index.ts';
import type { CliContext } from './context.ts';
import { exitCodes } from './exit-code.ts';
import { parseChoice, parseModes } from './options.ts';
import { measure } from './run.ts';

interface FlashCliOptions {
  board: string;
  workload?: string;
  model?: string;
  image?: string;
  base?: number;
  tool?: FlashToolId;
  openocd?: string;
  pyocd?: string;
  probe?: string;
  unlock?: boolean;
  mode?: string;
  bench?: string;
  dataset?: string;
  out?: string;
  simulated?: boolean;
  json?: boolean;
}

/** `joulebench flash`: put an image onto a board, confirm every byte, and measure with it when modes are named. */
export function registerFlash(program: Command, context: CliContext): void {
  const t = (key: string): string => context.text.t(`cli.option.${key}`);
  program
    .command('flash')
    .description(context.text.t('cli.command.flash'))
    .requiredOption('--board <id>', t('board'))
    .option('--workload <id>', t('flashWorkload'))
    .option('--model <file>', t('flashModel'))
    .option('--image <file>', t('image'))
    .option('--base <address>', t('base'), parseAddress)
    .option('--tool <name>', t('tool'), parseChoice('openocd', 'pyocd'))
    .option('--openocd <path>', t('openocd'))
    .option('--pyocd <path>', t('pyocd'))
    .option('--probe <serial>', t('probe'))
    .option('--unlock', t('unlock'))
    .option('--mode <modes>', t('flashMode'))
    .option('--bench <bench>', t('flashBench'))
    .option('--dataset <dir>', t('dataset'))
    .option('--out <dir>', t('out'))
    .option('--simulated', t('simulated'))
    .option('--json', t('json'))
    .action((options: FlashCliOptions) => flash(options, context));
}

async function flash(options: FlashCliOptions, context: CliContext): Promise<void> {
  const { io, text, platform } = context;
  const host = await context.host('flash');
  const sayUnfinished = async ({ logs }: { logs: boolean }): Promise<void> => {
    for (const one of await unfinishedFlashes(flashStateFolder(host))) {
      const probe = one.probeSerial;
      const words = isLost(one)
        ? text.t(`cli.flash.lost.${one.problem}`, { probe })
        : text.t(`cli.flash.left.${one.state}`, { board: one.board, probe, at: one.updatedAt });
      io.err(`${words}\n`);
      if (logs && !isLost(one) && one.logPath !== undefined)
        io.err(`${text.t('cli.flash.log', { path: one.logPath })}\n`);
    }
  };
  await sayUnfinished({ logs: true });
  let shown = '';
  const flashing = flashOnHost(
    host,
    {
      board: options.board,
      workload: options.workload,
      modelFile: options.model,
      imageFile: options.image,
      baseAddress: options.base,
      tool: options.tool,
      toolPaths: definedOnly({ openocd: options.openocd, pyocd: options.pyocd }),
      probe: options.probe,
      unlock: options.unlock,
      simulated: options.simulated,
    },
    flashTools({ platform, env: process.env, clock: host.clock, locale: text.locale }),
    {
      onProgress: (progress) => {
        const words = progressWords(progress, context);
        if (words !== shown) io.err(`${words}\n`);
        shown = words;
      },
      onLog: () => undefined,
      onLogFile: (path) => io.err(`${text.t('cli.flash.log', { path })}\n`),
    },
    context.signal,
  );
  const done = await flashing.catch(async (error: unknown) => {
    // Its log was named already.
    await sayUnfinished({ logs: false });
    throw error;
  });
  const { targetV, tool } = done.record;
  if (targetV === null) io.err(`${text.t('cli.flash.noVoltage', { tool: toolNames[tool.id] })}\n`);
  if (options.mode === undefined || done.record.state !== 'verified') {
    answer(done, options, context);
    return;
  }
  io.err(`${summary(done, context)}\n`);
  const bench = options.bench ?? (done.ports[0] === undefined ? 'virtual' : `serial:${done.ports[0]}`);
  const simulated = options.simulated ?? done.record.simulated;
  await measure(
    () =>
      host.startRun(
        {
          workload: options.workload ?? 'demo01',
          modes: parseModes(options.mode ?? ''),
          modelFile: options.model,
          datasetFolder: options.dataset,
          settings: runSettingsSchema.parse({}),
          bench,
          operator: host.settings.get().operator,
          dutUnit: {},
          sessionsFolder: options.out,
          simulated,
          useWorker: true,
          flashed: { record: done.record, firmware: done.firmware, logPath: done.logPath },
        },
        context.signal,
      ),
    options.json === true,
    context,
  );
}

function answer(done: FlashedBoard, options: FlashCliOptions, context: CliContext): void {
  const { record, logPath, ports } = done;
  context.exit(record.state === 'verified' ? exitCodes.ok : exitCodes.instrument);
  if (options.json) context.io.out(`${JSON.stringify({ record, ports, log: logPath } satisfies FlashAnswer)}\n`);
  else context.io.out(`${summary(done, context)}\n`);
}

function summary({ record, board }: FlashedBoard, { text }: CliContext): string {
  return text.t(`cli.flash.${record.state}`, {
    simulated: record.simulated ? `${text.t('term.simulated')}: ` : '',
    board: board.title,
    image: record.image.name,
    bytes: formatCount(record.confirmedBytes),
    tool: `${record.tool.id} ${record.tool.version}`,
    sha256: record.image.sha256.slice(0, 12),
  });
}

function progressWords(progress: FlashProgress, { text }: CliContext): string {
  if (!('doneBytes' in progress)) return text.t(`cli.flash.phase.${progress.phase}`);
  // One line a tenth is enough for a log.
  const tenth = progress.totalBytes > 0 ? Math.floor((10 * progress.doneBytes) / progress.totalBytes) : 10;
  const doneBytes = Math.min(progress.totalBytes, Math.round((progress.totalBytes * tenth) / 10));
  return text.t(`cli.flash.phase.${progress.phase}`, {
    done: formatCount(doneBytes),
    total: formatCount(progress.totalBytes),
  });
}

/** `0x08000000` or decimal. */
function parseAddress(value: string): number {
  const address = Number(value.trim());
  if (!/^(0x[0-9a-f]{1,8}|\d{1,10})$/i.test(value.trim()) || address > 0xffffffff)
    throw new InvalidArgumentError('0x08000000.');
  return address;
}
