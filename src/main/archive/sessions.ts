import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { LiveRun } from '../../shared/domain/live-run.ts';
import type { RunSummary, SessionSummary } from '../../shared/domain/session-summary.ts';
import { inputsPerFile, performanceFiles } from '../../shared/domain/workload-inputs.ts';
import { definedOnly } from '../../shared/object/index.ts';
import { findingText } from '../../shared/text/finding.ts';
import type { Text } from '../../shared/text/index.ts';
import { formatMicrojoules, formatNumber, formatPercent, formatQuantity } from '../../shared/units/index.ts';
import { countedInputs, inputAt, liveEnergy, liveEnergyWindows, runFigures } from '../session/index.ts';
import type { RunRecord, SessionRecord } from '../session/index.ts';
import { journalName } from '../store/index.ts';
import type { IndexedFigure, IndexedRun, IndexedSession } from '../store/index.ts';
import { indexSession } from './index-session.ts';

/** What a session's folder says in a few words; undefined when it holds no session that this version can read. */
export async function summarise(folder: string, locale: string): Promise<SessionSummary | undefined> {
  const session = await indexSession(folder);
  return session && toSummary(dirname(folder), basename(folder), session, locale);
}

/** What the index knows of a session, in words of a language. */
export function toSummary(root: string, name: string, session: IndexedSession, locale: string): SessionSummary {
  const { createdAt, operator, serial, assetTag, board, simulated, state, report, runs } = session;
  return {
    sessionId: name,
    folder: join(root, name),
    createdAt,
    operator,
    dutUnit: definedOnly({ serial, assetTag }),
    ...(board === '' ? {} : { board }),
    simulated,
    state,
    runs: runs.map((run) => runSummary(run, locale)),
    ...(report === undefined ? {} : { report }),
  };
}

function runSummary({ runId, workload, mode, verdict, qualityTarget, figure }: IndexedRun, locale: string): RunSummary {
  return {
    runId,
    workload,
    mode,
    ...definedOnly({ verdict, qualityTarget }),
    ...(figure ? { figure: figureText(figure, locale) } : {}),
  };
}

function figureText({ value, unit, expandedUncertainty }: IndexedFigure, locale: string): string {
  switch (unit) {
    case 'uJ':
      return formatMicrojoules(value, expandedUncertainty, { locale });
    case 'inf/s':
      return formatQuantity(value, 'inf/s', { locale });
    case 'top1':
      return formatPercent(value, { locale });
    case 'auc':
      return formatNumber(value, { locale, decimals: 3 });
  }
}

/** The folder of a session by its id: ids are folder names, and nothing but a plain name is looked up. */
export function findSession(root: string, sessionId: string): string | undefined {
  if (sessionId !== basename(sessionId) || sessionId.startsWith('.') || /[\\/:]/.test(sessionId)) return undefined;
  const folder = join(root, sessionId);
  return existsSync(join(folder, journalName)) ? folder : undefined;
}

/** The runs of a session as a page shows them. */
export function liveRuns(session: SessionRecord, text: Text): LiveRun[] {
  return session.runs.map((run) => liveRun(run, text));
}

function liveRun(run: RunRecord, text: Text): LiveRun {
  const { workload, mode, files } = run.opened;
  const figures = run.judged?.figures ?? runFigures(run);
  const energy = liveEnergy(run, figures);
  const windows = figures.windows ?? liveEnergyWindows(run, figures);
  const throughput = figures.medianThroughputInfPerS ?? figures.energy?.medianThroughputInfPerS ?? undefined;
  const inputs = countedInputs(run);
  const last = inputs.at(-1);
  const lastInput = last && inputAt(run.opened, last.step.inputIndex);
  const scores = last?.measured.infer.results ?? [];
  const judgement = run.judged?.judgement;
  return {
    runId: run.runId,
    workload: workload.id,
    title: workload.title,
    mode,
    status: run.status,
    phase: run.status === 'completed' ? 'done' : 'waiting',
    classes: workload.classes ? [...workload.classes] : null,
    inputsTotal:
      mode === 'accuracy' ? files.length * inputsPerFile(workload) : Math.min(performanceFiles, files.length),
    inputsDone: mode === 'accuracy' ? inputs.length : windows.length,
    windows,
    confusion: figures.confusion ?? [],
    correct: figures.correct ?? 0,
    ...(lastInput
      ? {
          last: {
            file: lastInput.file,
            label: lastInput.label,
            predicted: scores.indexOf(Math.max(...scores)),
            scores,
          },
        }
      : {}),
    ...(judgement ? { verdict: judgement.verdict, qualityTarget: judgement.qualityTarget } : {}),
    reasons: (judgement?.findings ?? [])
      .filter((finding) => finding.outcome === 'failed')
      .map((finding) => findingText(text, finding).message),
    ...(throughput === undefined ? {} : { medianThroughputInfPerS: throughput }),
    ...(figures.top1 === undefined ? {} : { top1: figures.top1 }),
    ...(figures.aucExact === undefined ? {} : { aucExact: figures.aucExact }),
    ...(energy ? { energy } : {}),
  };
}
