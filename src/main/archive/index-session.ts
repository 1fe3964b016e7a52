import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { foldSession } from '../session/index.ts';
import type { RunRecord, SessionRecord } from '../session/index.ts';
import { readManifest, readSession } from '../store/index.ts';
import type { IndexedFigure, IndexedRun, IndexedSession } from '../store/index.ts';
import { reportName } from './report-name.ts';

/** What a session's folder says, as the index keeps it; undefined when it holds no session that this version can read. */
export async function indexSession(folder: string): Promise<IndexedSession | undefined> {
  const content = await readSession(folder).catch(() => undefined);
  const session = content && foldSession(content.entries);
  if (!session) return undefined;
  const { opened } = session;
  const manifest = await readManifest(folder).catch(() => undefined);
  const report = reportName(opened.bench.simulated);
  const { serial, assetTag } = opened.dutUnit;
  return {
    createdAt: session.openedAt,
    journalId: opened.sessionId || basename(folder),
    operator: opened.operator,
    ...(serial === undefined ? {} : { serial }),
    ...(assetTag === undefined ? {} : { assetTag }),
    board: boardOf(session),
    simulated: opened.bench.simulated,
    state: content.damage ? 'damaged' : session.closed && manifest ? 'closed' : 'open',
    ...(existsSync(join(folder, report)) ? { report } : {}),
    notes: session.notes,
    traces: tracesOf(session),
    runs: session.runs.map(indexRun),
  };
}

/** Every trace that was recorded, of attempts that were given up too. */
function tracesOf({ runs }: SessionRecord): string[] {
  const files = runs.flatMap(({ trace, steps }) => [
    trace?.file,
    ...steps.map(({ outcome }) => (outcome?.kind === 'recording' ? outcome.traceFile : undefined)),
  ]);
  return [...new Set(files.filter((file) => typeof file === 'string'))];
}

/** The board by what is surest: what was flashed, what was powered, what the DUT says of itself. */
function boardOf({ runs, opened }: SessionRecord): string {
  const flashed = runs.find((run) => run.opened.flash)?.opened.flash?.board;
  const powered = runs.find((run) => run.opened.energy)?.opened.energy?.supply.board;
  if (flashed ?? powered) return flashed ?? powered ?? '';
  if (opened.bench.id === 'virtual') return 'virtual';
  return runs.find((run) => run.dut)?.dut?.vendor ?? '';
}

function indexRun(run: RunRecord): IndexedRun {
  const judgement = run.judged?.judgement;
  const figure = figureOf(run);
  return {
    runId: run.runId,
    workload: run.opened.workload.id,
    mode: run.opened.mode,
    status: run.status,
    ...(judgement ? { verdict: judgement.verdict, qualityTarget: judgement.qualityTarget } : {}),
    ...(figure ? { figure } : {}),
  };
}

/** The figure a run was made for; nothing where the budget allows none. */
function figureOf({ opened: { mode }, judged }: RunRecord): IndexedFigure | undefined {
  const figures = judged?.figures;
  if (!figures) return undefined;
  if (mode === 'energy') {
    const { medianEnergyUJPerInf: value, budget } = figures.energy ?? {};
    if (value === null || value === undefined || !budget || budget.status === 'invalid') return undefined;
    const { expandedUncertainty } = budget;
    return { value, unit: 'uJ', ...(expandedUncertainty === null ? {} : { expandedUncertainty }) };
  }
  if (mode === 'performance') {
    const value = figures.medianThroughputInfPerS;
    return value === undefined ? undefined : { value, unit: 'inf/s' };
  }
  if (figures.top1 !== undefined) return { value: figures.top1, unit: 'top1' };
  return figures.aucExact === undefined ? undefined : { value: figures.aucExact, unit: 'auc' };
}
