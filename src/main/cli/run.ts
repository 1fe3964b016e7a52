import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { LiveOperation } from '../../shared/domain/live-run.ts';
import { runSettingsSchema } from '../../shared/domain/run.ts';
import { Fault } from '../../shared/fault/index.ts';
import { definedOnly } from '../../shared/object/index.ts';
import { formatNumber, formatPercent, formatQuantity } from '../../shared/units/index.ts';
import type { RunAnswer } from '../../shared/domain/run-json.ts';
import { roundedFigure } from '../analysis/index.ts';
import type { Pace } from '../bench/index.ts';
import type { Host, StartedRun } from '../host.ts';
import type { CliContext } from './context.ts';
import { addEnergyOptions, checkTraceRoom, energyRequest } from './energy-options.ts';
import type { EnergyOptions } from './energy-options.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';
import { faultJson, writeFault } from './io.ts';
import { parseChoice, parseInteger, parseModes, parseNumber, parsePace } from './options.ts';
import { recipeOptions, runRecipe } from './recipe.ts';
import { followProgress } from './progress.ts';
import { runAnswer, runExitCode } from './run-answer.ts';

interface RunOptions extends EnergyOptions {
  rest?: number;
  bench: string;
  model?: string;
  dataset?: string;
  mode: string;
  out?: string;
  operator?: string;
  unit?: string;
  assetTag?: string;
  division?: 'closed' | 'open' | 'none';
  baud?: number;
  pace: Pace;
  resume?: string;
  iterations?: number;
  warmups?: number;
  minWindow?: number;
  verifyLoads?: 'off' | 'sampled' | 'all';
  chunk?: number;
  fold?: boolean;
  inline?: boolean;
  simulated?: boolean;
  json?: boolean;
  recipe?: string;
  batch?: string;
  again?: boolean;
}

/** `joulebench run WORKLOAD`: measure, judge, report. */
export function registerRun(program: Command, context: CliContext): void {
  const t = (key: string): string => context.text.t(`cli.option.${key}`);
  const command = program
    .command('run [workload]')
    .description(context.text.t('cli.command.run'))
    .option('--bench <bench>', t('bench'), 'virtual')
    .option('--model <file>', t('model'))
    .option('--dataset <dir>', t('dataset'))
    .option('--mode <modes>', t('mode'), 'performance,accuracy')
    .option('--out <dir>', t('out'))
    .option('--operator <name>', t('operator'))
    .option('--unit <serial>', t('unit'))
    .option('--asset-tag <tag>', t('assetTag'))
    .option('--division <name>', t('division'), parseChoice('closed', 'open', 'none'))
    .option('--baud <rate>', t('baud'), parseInteger(110, 12_000_000))
    .option('--pace <pace>', t('pace'), parsePace, 'max')
    .option('--resume <session>', t('resume'))
    .option('--iterations <n>', t('iterations'), parseInteger(1, 100_000_000))
    .option('--warmups <n>', t('warmups'), parseInteger(0, 1000))
    .option('--min-window <seconds>', t('minWindow'), parseNumber(0.1, 3600))
    .option('--verify-loads <when>', t('verifyLoads'), parseChoice('off', 'sampled', 'all'))
    .option('--chunk <bytes>', t('chunk'), parseInteger(1, 38))
    .option('--fold', t('fold'))
    .option('--inline', t('inline'))
    .option('--simulated', t('simulated'))
    .option('--rest <seconds>', t('rest'), parseNumber(0, 3600))
    .option('--recipe <file>', t('recipe'))
    .option('--batch <name>', t('batch'))
    .option('--again', t('again'))
    .option('--json', t('json'));
  addEnergyOptions(command, context).action((workload: string | undefined, options: RunOptions) =>
    options.recipe === undefined
      ? run(workload ?? 'demo01', options, context)
      : recipe(options.recipe, workload, command, options, context),
  );
}

/** The recipe says what is measured and how: whoever says otherwise beside it is told so. */
function recipe(
  file: string,
  workload: string | undefined,
  command: Command,
  { unit, operator, batch, again, out, pace, inline, json }: RunOptions,
  context: CliContext,
): Promise<void> {
  const free: readonly string[] = recipeOptions;
  const given = command.options.filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli');
  const extra = workload ?? given.find((option) => !free.includes(option.attributeName()))?.long;
  if (extra !== undefined) throw new Fault('recipe.fixed', { extra });
  return runRecipe(
    {
      recipe: file,
      unit,
      operator,
      batch,
      again: again === true,
      out,
      pace,
      useWorker: inline !== true,
      json: json === true,
    },
    context,
  );
}

async function run(workload: string, options: RunOptions, context: CliContext): Promise<void> {
  const host = await context.host('run');
  await measure(() => start(host, workload, options, context), options.json === true, context);
}

/** Starts a session, follows it to its end, and writes its answer: JSON on standard output, or a summary. */
export async function measure(begin: () => Promise<StartedRun>, json: boolean, context: CliContext): Promise<void> {
  const { operation } = await begin();
  const onAbort = (): void => {
    context.io.err(`${context.text.t('cli.error.stopAgain')}\n`);
    operation.cancel();
  };
  if (context.signal.aborted) onAbort();
  context.signal.addEventListener('abort', onAbort, { once: true });
  const stopFollowing = followProgress(operation.feed.topic, context);
  const result = await operation.done;
  stopFollowing();
  context.signal.removeEventListener('abort', onAbort);
  const answer = runAnswer(operation.folder, result.record, context.text);
  const { fault } = result;
  if (json) context.io.out(`${JSON.stringify({ ...answer, ...(fault ? faultJson(context.text, fault) : {}) })}\n`);
  if (result.status === 'completed') {
    writeSummary(answer, operation.feed.topic.value, operation.folder, context, json);
    context.exit(runExitCode(answer));
    return;
  }
  if (fault) writeFault(context.io, context.text, fault);
  else context.io.err(`${context.text.t('cli.run.cancelled')}\n`);
  context.io.err(`${context.text.t('cli.run.interrupted', { folder: operation.folder })}\n`);
  context.exit(result.status === 'cancelled' ? exitCodes.stopped : exitCodeOf(fault));
}

async function start(host: Host, workload: string, options: RunOptions, context: CliContext): Promise<StartedRun> {
  const useWorker = options.inline !== true;
  const { baud, pace, simulated } = options;
  if (options.resume !== undefined) {
    const given = { modelFile: options.model, datasetFolder: options.dataset, baud, pace, simulated };
    return host.resumeRun(resolve(options.resume), { ...definedOnly(given), useWorker }, context.signal);
  }
  const settings = runSettingsSchema.parse(
    definedOnly({
      iterations: options.iterations,
      warmups: options.warmups,
      minWindowS: options.minWindow,
      verifyLoads: options.verifyLoads,
      chunkBytes: options.chunk,
      restS: options.rest,
    }),
  );
  const modes = parseModes(options.mode);
  const operator = options.operator ?? host.settings.get().operator;
  const energy = modes.includes('energy') ? await energyRequest(options, operator) : undefined;
  if (energy) await checkTraceRoom(energy, resolve(options.out ?? host.sessionsFolder()), context);
  return host.startRun(
    {
      workload,
      modes,
      ...(energy ? { energy } : {}),
      modelFile: options.model,
      fold: options.fold,
      datasetFolder: options.dataset,
      settings,
      bench: options.bench,
      operator,
      dutUnit: { serial: options.unit, assetTag: options.assetTag },
      sessionsFolder: options.out === undefined ? undefined : resolve(options.out),
      division: options.division,
      baud,
      pace,
      simulated,
      useWorker,
    },
    context.signal,
  );
}

function writeSummary(
  answer: RunAnswer,
  live: LiveOperation,
  folder: string,
  { io, text }: CliContext,
  toErr: boolean,
): void {
  const write = (line: string): void => (toErr ? io.err : io.out)(`${line}\n`);
  for (const run of answer.runs) {
    write(
      text.t('cli.run.verdict', {
        workload: run.workload,
        mode: text.t(`term.mode.${run.mode}`),
        verdict: text.t(`term.verdict.${run.verdict}`),
        figure: figure(run, text),
        target: text.t(`term.qualityTarget.${run.mode === 'accuracy' ? run.qualityTarget : 'notApplicable'}`),
      }),
    );
    for (const reason of run.reasons) write(text.t('cli.run.reason', { reason }));
  }
  write(text.t('cli.run.session', { folder }));
  write(text.t('cli.run.results', { path: join(folder, 'runs') }));
  if (live.report !== undefined) write(text.t('cli.run.report', { path: join(folder, live.report) }));
}

function figure(run: RunAnswer['runs'][number], text: CliContext['text']): string {
  if (run.mode === 'performance') {
    return run.medianThroughputInfPerS === undefined
      ? text.t('cli.run.nothing')
      : text.t('cli.run.throughput', {
          value: formatQuantity(run.medianThroughputInfPerS, 'inf/s', { significant: 5 }),
        });
  }
  if (run.mode === 'energy') return energyFigure(run, text);
  const auc = formatNumber(run.aucExact, { decimals: 4 });
  if (run.top1 === undefined) return text.t('cli.run.auc', { auc, inputs: run.inputs });
  return text.t('cli.run.top1', { top1: formatPercent(run.top1), correct: run.correct ?? 0, inputs: run.inputs, auc });
}

function energyFigure(run: Extract<RunAnswer['runs'][number], { mode: 'energy' }>, text: CliContext['text']): string {
  const { medianEnergyUJPerInf: energyUJ, expandedUncertaintyUJPerInf: uncertaintyUJ, coverageFactor } = run;
  if (energyUJ === null) return text.t('cli.run.nothing');
  if (uncertaintyUJ === null || coverageFactor === null)
    return text.t('cli.run.energy', { value: formatQuantity(energyUJ * 1e-6, 'J', { significant: 4 }) });
  const { y, expandedUncertainty, decimals } = roundedFigure(energyUJ, uncertaintyUJ);
  return text.t('cli.run.energyUncertain', {
    value: formatNumber(y, { decimals }),
    uncertainty: formatNumber(expandedUncertainty, { decimals }),
    k: formatNumber(coverageFactor, { decimals: coverageFactor === 2 ? 0 : 1 }),
  });
}
