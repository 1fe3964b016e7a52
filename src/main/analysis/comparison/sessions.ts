import type { FigureComparison, Obstacle, RunPair, SessionPair } from '../../../shared/domain/comparison.ts';
import { holm } from '../uncertainty/compare.ts';
import { canCompare, obstaclesBetween } from './comparability.ts';
import { compareAccuracies } from './scored.ts';
import { outcomeOfFigure } from './tests.ts';
import type { ComparedRun, ComparedSession } from './types.ts';
import { compareEnergyRuns, compareThroughputs } from './windowed.ts';

/**
 * Every candidate against the baseline, workload by workload and mode by mode. Several tests of one figure are judged together (Holm;
 * uncertainty, section 7). Pure.
 */
export function compareSessions(baseline: ComparedSession, candidates: readonly ComparedSession[]): SessionPair[] {
  const pairs = candidates.map((candidate) => sessionPair(baseline, candidate));
  return correctedTogether(pairs);
}

function sessionPair(baseline: ComparedSession, candidate: ComparedSession): SessionPair {
  const runs: RunPair[] = [];
  const obstacles: Obstacle[] = [];
  const taken = new Set<ComparedRun>();
  for (const run of baseline.runs) {
    const other = candidate.runs.find((one) => keyOf(one) === keyOf(run));
    if (!other) {
      obstacles.push(onlyOne(run));
      continue;
    }
    taken.add(other);
    runs.push(runPair(run, other));
  }
  for (const run of candidate.runs) if (!taken.has(run)) obstacles.push(onlyOne(run));
  if (runs.length === 0) obstacles.unshift(nothingShared(baseline, candidate));
  const comparable = runs.some((run) => run.comparable);
  return { baseline: baseline.sessionId, candidate: candidate.sessionId, obstacles, comparable, runs };
}

function keyOf({ conditions }: ComparedRun): string {
  return `${conditions.workload} ${conditions.mode}`;
}

function onlyOne({ conditions: { sessionId, workload, mode } }: ComparedRun): Obstacle {
  return { code: 'onlyOne', level: 'remark', facts: { session: sessionId, workload, mode } };
}

/** Why two sessions without a common run do not fit: their workloads, or with the same one their modes. */
function nothingShared(a: ComparedSession, b: ComparedSession): Obstacle {
  const list = (session: ComparedSession, key: 'workload' | 'mode'): string =>
    [...new Set(session.runs.map(({ conditions }) => conditions[key]))].join(', ') || '–';
  const shared = a.runs.some((run) => b.runs.some((one) => one.conditions.workload === run.conditions.workload));
  const key = shared ? 'mode' : 'workload';
  return {
    code: shared ? 'otherMode' : 'otherWorkload',
    level: 'blocks',
    facts: { a: list(a, key), b: list(b, key) },
  };
}

function runPair(a: ComparedRun, b: ComparedRun): RunPair {
  const obstacles = obstaclesBetween(a.conditions, b.conditions);
  const comparable = canCompare(obstacles);
  return {
    workload: a.conditions.workload,
    mode: a.conditions.mode,
    baselineRunId: a.conditions.runId,
    candidateRunId: b.conditions.runId,
    obstacles,
    comparable,
    figures: comparable ? figuresOf(a, b, obstacles) : [],
  };
}

function figuresOf(a: ComparedRun, b: ComparedRun, obstacles: readonly Obstacle[]): FigureComparison[] {
  if (a.throughput && b.throughput) {
    const { unit } = a.conditions;
    return [compareThroughputs(a.throughput, b.throughput, unit !== null && unit === b.conditions.unit)];
  }
  if (a.accuracy && b.accuracy) return compareAccuracies(a.accuracy, b.accuracy);
  if (a.energy && b.energy) {
    return compareEnergyRuns(
      a.energy,
      b.energy,
      obstacles.some(({ level }) => level === 'apart'),
    );
  }
  return [];
}

/** Holm's correction over all pairs of one figure. */
function correctedTogether(pairs: readonly SessionPair[]): SessionPair[] {
  const tested = pairs.flatMap(({ runs }) =>
    runs.flatMap(({ figures }) => figures.filter((one) => one.significant !== null)),
  );
  const judged = new Map<FigureComparison, boolean>();
  for (const name of new Set(tested.map(({ figure }) => figure))) {
    const family = tested.filter(({ figure }) => figure === name);
    const significant = holm(family.map(({ tests }) => tests[0]?.p ?? 1));
    family.forEach((figure, index) => judged.set(figure, significant[index] === true));
  }
  const corrected = (figure: FigureComparison): FigureComparison => {
    const significant = judged.get(figure);
    return significant === undefined
      ? figure
      : { ...figure, significant, outcome: outcomeOfFigure(figure, significant) };
  };
  return pairs.map((pair) => ({
    ...pair,
    runs: pair.runs.map((run) => ({ ...run, figures: run.figures.map(corrected) })),
  }));
}
