import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { CompareAnswer } from '../../shared/domain/cli-json.ts';
import type {
  FigureComparison,
  RegressionLimit,
  SessionPair,
  SessionsComparison,
} from '../../shared/domain/comparison.ts';
import { Fault } from '../../shared/fault/index.ts';
import { changeText, comparedValue, obstacleText, regressionText, testText } from '../../shared/text/comparison.ts';
import { formatPercent } from '../../shared/units/index.ts';
import { judgeLimits } from '../analysis/index.ts';
import { compareReadSessions, findSession, readComparable } from '../archive/index.ts';
import { journalName, writeFileAtomic } from '../store/index.ts';
import { energyPairs, energySentence } from './compare-energy.ts';
import { comparisonJunit } from './compare-junit.ts';
import { collectLimit } from './compare-limits.ts';
import type { CliContext } from './context.ts';
import { exitCodes } from './exit-code.ts';

interface CompareOptions {
  json?: boolean | string;
  maxRegression?: RegressionLimit[];
  junit?: string;
  strict?: boolean;
  acrossBenches?: boolean;
}

/** `joulebench compare A B [C ...]`: every figure of the others against those of the first, and limits on how much worse they may be. */
export function registerCompare(program: Command, context: CliContext): void {
  const { text } = context;
  program
    .command('compare <sessions...>')
    .description(text.t('cli.command.compare'))
    .option('--max-regression <limit>', text.t('cli.option.maxRegression'), collectLimit)
    .option('--strict', text.t('cli.option.strict'))
    .option('--across-benches', text.t('cli.option.acrossBenches'))
    .option('--junit <file>', text.t('cli.option.junit'))
    .option('--json [file]', text.t('cli.option.compareJson'))
    .action(async (named: string[], options: CompareOptions) => {
      const { sessions, jsonFile } = sessionsAndFile(named, options.json);
      await compare(sessions, { ...options, ...(jsonFile ? { json: jsonFile } : {}) }, context);
    });
}

/** `--json A B`: what follows the option is a session unless its name ends in .json. */
function sessionsAndFile(named: string[], json: CompareOptions['json']): { sessions: string[]; jsonFile?: string } {
  if (typeof json !== 'string') return { sessions: named };
  return json.toLowerCase().endsWith('.json') ? { sessions: named, jsonFile: json } : { sessions: [json, ...named] };
}

async function compare(named: readonly string[], options: CompareOptions, context: CliContext): Promise<void> {
  const { io, text } = context;
  const [a, b] = named;
  if (a === undefined || b === undefined) throw new Fault('report.oneSession', { sessions: named.length });
  const folders: string[] = [];
  for (const name of named) folders.push(await folderOf(name, context));
  const sessions = await Promise.all(folders.map(readComparable));
  const comparison = compareReadSessions(sessions);
  if (comparison.pairs.every((pair) => pair.runs.length === 0)) {
    throw new Fault('report.nothingToCompare', { a: basename(a), b: basename(b) });
  }
  const limits = options.maxRegression ?? [];
  const regressions = judgeLimits(comparison.pairs, limits, { acrossBenches: options.acrossBenches === true });
  const comparable = comparison.pairs.every((pair) => pair.comparable);
  const answer: CompareAnswer = {
    a: folders[0] ?? '',
    b: folders[1] ?? '',
    simulated: comparison.simulated,
    comparable,
    comparison,
    regressions,
    energy: energyPairs(sessions, comparison),
  };
  const toFile = typeof options.json === 'string' && options.json.toLowerCase().endsWith('.json');
  if (toFile) await write(options.json as string, `${JSON.stringify(answer, null, 2)}\n`, context);
  if (options.junit !== undefined)
    await write(options.junit, comparisonJunit(answer, options.strict === true, text), context);
  if (options.json !== undefined && !toFile) io.out(`${JSON.stringify(answer)}\n`);
  else print(answer, context);
  context.exit(exitCode(answer, options.strict === true));
}

/** Regressions count before what cannot be compared: they are certain. */
function exitCode({ comparable, regressions }: CompareAnswer, strict: boolean): number {
  const has = (...words: CompareAnswer['regressions'][number]['word'][]): boolean =>
    regressions.some(({ word }) => words.includes(word));
  if (has('beyond')) return exitCodes.notHolding;
  if (!comparable || has('notComparable')) return exitCodes.usage;
  return strict && has('withinNotProven', 'beyondNotProven') ? exitCodes.notHolding : exitCodes.ok;
}

/** A session by the path of its folder or by its name in the folder of sessions. @throws Fault `report.sessionNotFound`. */
async function folderOf(name: string, context: CliContext): Promise<string> {
  const path = resolve(name);
  if (existsSync(join(path, journalName))) return path;
  const found = findSession((await context.host('compare')).sessionsFolder(), name);
  if (found) return found;
  if (existsSync(path)) throw new Fault('store.notASession', { path });
  throw new Fault('report.sessionNotFound', { session: name });
}

async function write(file: string, content: string, { io, text }: CliContext): Promise<void> {
  const path = resolve(file);
  await writeFileAtomic(path, content);
  io.err(`${text.t('cli.compare.written', { path })}\n`);
}

function print(answer: CompareAnswer, context: CliContext): void {
  const { io, text } = context;
  const { comparison, regressions } = answer;
  for (const pair of comparison.pairs) printPair(pair, comparison, context);
  for (const pair of answer.energy) io.out(`${energySentence(pair, context)}\n`);
  if (regressions.length > 0) io.out(`${text.t('cli.compare.limits')}\n`);
  for (const one of regressions) io.out(`${text.t('cli.compare.limit', { line: regressionText(text, one) })}\n`);
  if (regressions.some(({ word }) => word.endsWith('NotProven'))) io.out(`${text.t('cli.compare.undecided')}\n`);
  if (!answer.comparable) io.err(`${text.t('cli.compare.notComparable')}\n`);
}

function printPair(pair: SessionPair, { simulated }: SessionsComparison, context: CliContext): void {
  const { io, text } = context;
  const mark = simulated ? `, ${text.t('term.simulated')}` : '';
  io.out(`${text.t('cli.compare.head', { a: pair.baseline, b: pair.candidate, simulated: mark })}\n`);
  const reasons = [...pair.obstacles, ...pair.runs.flatMap(({ obstacles }) => obstacles)].map((one) =>
    text.t('cli.compare.reason', { level: text.t(`compare.level.${one.level}`), reason: obstacleText(text, one) }),
  );
  for (const line of new Set(reasons)) io.out(`${line}\n`);
  for (const run of pair.runs) {
    for (const figure of run.figures) printFigure(run.workload, figure, context);
  }
}

function printFigure(workload: string, figure: FigureComparison, { io, text }: CliContext): void {
  io.out(
    `${text.t('cli.compare.figure', {
      workload,
      figure: text.t(`compare.figure.${figure.figure}`),
      a: comparedValue(text, figure.figure, figure.baseline),
      b: comparedValue(text, figure.figure, figure.candidate),
      change: changeText(text, figure),
      outcome: text.t(`compare.outcome.${figure.outcome}`),
    })}\n`,
  );
  const stated = figure.tests.filter(({ p }) => p !== null).map((test) => testText(text, test));
  const details = stated.length > 0 ? stated : [text.t(`compare.basis.${figure.basis}`)];
  if (figure.smallestChange !== null && figure.outcome === 'notDistinguishable') {
    const smallest = formatPercent(figure.smallestChange, { locale: text.locale, decimals: 2 });
    details.push(text.t('compare.smallest', { smallest }));
  }
  for (const detail of details) io.out(`${text.t('cli.compare.detail', { detail })}\n`);
}
