import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { epochMsOf } from '../../shared/clock/index.ts';
import type { CompareAnswer } from '../../shared/domain/cli-json.ts';
import { Fault } from '../../shared/fault/index.ts';
import { formatNumber, formatPercent } from '../../shared/units/index.ts';
import { comparedEnergy, compareEnergies, holm, roundedFigure } from '../analysis/index.ts';
import { foldSession, runFigures } from '../session/index.ts';
import type { RunRecord, SessionRecord } from '../session/index.ts';
import { readSession } from '../store/index.ts';
import type { CliContext } from './context.ts';

type Pair = CompareAnswer['energy'][number];

/** `joulebench compare A B`: energy of one session against that of another, with the uncertainty of the difference. */
export function registerCompare(program: Command, context: CliContext): void {
  const { io, text } = context;
  program
    .command('compare <a> <b>')
    .description(text.t('cli.command.compare'))
    .option('--json', text.t('cli.option.json'))
    .action(async (a: string, b: string, options: { json?: boolean }) => {
      const [first, second] = [await sessionAt(resolve(a)), await sessionAt(resolve(b))];
      const energy = pairs(first, second);
      if (energy.length === 0) throw new Fault('report.nothingToCompare', { a: basename(a), b: basename(b) });
      if (options.json) {
        const simulated = first.opened.bench.simulated || second.opened.bench.simulated;
        io.out(`${JSON.stringify({ a: resolve(a), b: resolve(b), simulated, energy } satisfies CompareAnswer)}\n`);
        return;
      }
      for (const pair of energy) io.out(`${sentence(pair, context)}\n`);
    });
}

async function sessionAt(folder: string): Promise<SessionRecord> {
  const session = foldSession((await readSession(folder)).entries);
  if (!session) throw new Fault('store.notASession', { path: folder });
  return session;
}

/** The last energy run of each workload that both sessions have; several pairs are judged together (Holm; uncertainty, section 7). */
function pairs(a: SessionRecord, b: SessionRecord): Pair[] {
  const found = energyRuns(a).flatMap((run) => {
    const other = energyRuns(b).find((candidate) => candidate.opened.workload.id === run.opened.workload.id);
    const [left, right] = [comparable(run), other && comparable(other)];
    if (!left || !right) return [];
    return [{ workload: run.opened.workload.id, left, right, comparison: compareEnergies(left, right) }];
  });
  const ps = found.map(({ comparison }) => comparison.p);
  const judged = ps.every((p) => p !== null) ? holm(ps) : undefined;
  return found.map(({ workload, left, right, comparison }, k) => ({
    workload,
    energyUJPerInfA: left.energyUJPerInf,
    energyUJPerInfB: right.energyUJPerInf,
    ratio: comparison.ratio,
    expandedUncertainty: comparison.expandedUncertainty,
    coverageFactor: comparison.coverageFactor,
    sameBench: comparison.sameBench,
    p: comparison.p,
    significant: judged ? (judged[k] ?? null) : comparison.significant,
    smallestDifference: comparison.smallestDifference,
    largerThanUncertainty: comparison.largerThanUncertainty,
  }));
}

function energyRuns(session: SessionRecord): RunRecord[] {
  const last = new Map(
    session.runs
      .filter((run) => run.opened.mode === 'energy' && run.judged?.judgement.verdict !== 'invalid')
      .map((run) => [run.opened.workload.id, run]),
  );
  return [...last.values()];
}

function comparable(run: RunRecord): ReturnType<typeof comparedEnergy> {
  const { energy } = runFigures(run);
  const setup = run.opened.energy;
  return energy && setup && run.trace ? comparedEnergy(setup, run.trace, energy, epochMsOf(run.openedAt)) : null;
}

function sentence(pair: Pair, { text }: CliContext): string {
  const { y, expandedUncertainty, decimals } = roundedFigure(pair.ratio, pair.expandedUncertainty);
  const values = {
    workload: pair.workload,
    ratio: formatNumber(y, { decimals }),
    uncertainty: formatNumber(expandedUncertainty, { decimals }),
    k: formatNumber(pair.coverageFactor, { decimals: pair.coverageFactor === 2 ? 0 : 1 }),
    p: pair.p === null ? '' : pair.p < 0.001 ? '< 0.001' : `= ${formatNumber(pair.p, { decimals: 3 })}`,
    smallest: formatPercent(pair.smallestDifference),
  };
  if (!pair.sameBench)
    return text.t(`cli.compare.${pair.largerThanUncertainty ? 'otherBenchLarger' : 'otherBench'}`, values);
  return text.t(`cli.compare.${pair.significant === true ? 'significant' : 'notDistinguishable'}`, values);
}
