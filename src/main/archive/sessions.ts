import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { EnergyFigures } from '../../shared/domain/energy.ts';
import type { LiveRun } from '../../shared/domain/live-run.ts';
import type { SessionSummary } from '../../shared/domain/session-summary.ts';
import { findingText } from '../../shared/text/finding.ts';
import type { Text } from '../../shared/text/index.ts';
import { formatMicrojoules, formatPercent, formatQuantity } from '../../shared/units/index.ts';
import { inputsPerFile, performanceFiles } from '../../shared/domain/workload-inputs.ts';
import { countedInputs, foldSession, inputAt, liveEnergy, liveEnergyWindows, runFigures } from '../session/index.ts';
import type { RunRecord, SessionRecord } from '../session/index.ts';
import { journalName, listSessionFolders, readManifest, readSession } from '../store/index.ts';
import { reportName } from './finish.ts';

/** What a session's folder says in a few words; undefined when it holds no session that this version can read. */
export async function summarise(folder: string, locale: string): Promise<SessionSummary | undefined> {
  const content = await readSession(folder).catch(() => undefined);
  const session = content && foldSession(content.entries);
  if (!session) return undefined;
  const { opened } = session;
  const manifest = await readManifest(folder).catch(() => undefined);
  const report = reportName(opened.bench.simulated);
  return {
    sessionId: opened.sessionId,
    folder,
    createdAt: session.openedAt,
    operator: opened.operator,
    dutUnit: opened.dutUnit,
    simulated: opened.bench.simulated,
    state: content.damage ? 'damaged' : session.closed && manifest ? 'closed' : 'open',
    runs: session.runs.map((run) => runSummary(run, locale)),
    ...(existsSync(join(folder, report)) ? { report } : {}),
  };
}

function runSummary(run: RunRecord, locale: string): SessionSummary['runs'][number] {
  const { figures, judgement } = run.judged ?? {};
  const energy = run.opened.mode === 'energy' ? energyFigure(figures?.energy, locale) : undefined;
  const figure =
    energy ??
    (run.opened.mode === 'performance' && figures?.medianThroughputInfPerS !== undefined
      ? formatQuantity(figures.medianThroughputInfPerS, 'inf/s', { locale })
      : figures?.top1 !== undefined
        ? formatPercent(figures.top1, { locale })
        : undefined);
  return {
    workload: run.opened.workload.id,
    mode: run.opened.mode,
    ...(judgement ? { verdict: judgement.verdict } : {}),
    ...(figure === undefined ? {} : { figure }),
  };
}

/** Energy per inference with its doubt; nothing where the budget allows no figure. */
function energyFigure(figures: EnergyFigures | undefined, locale: string): string | undefined {
  const { medianEnergyUJPerInf: valueUJ, budget } = figures ?? {};
  if (valueUJ === null || valueUJ === undefined || !budget || budget.status === 'invalid') return undefined;
  return formatMicrojoules(valueUJ, budget.expandedUncertainty, { locale });
}

/** Summaries by folder, kept while a journal does not change: reading all of them anew for each list would take seconds. */
export interface SessionList {
  list(root: string, locale: string): Promise<SessionSummary[]>;
}

export function createSessionList(): SessionList {
  const known = new Map<string, { key: string; summary: SessionSummary | undefined }>();
  return {
    async list(root, locale) {
      const summaries: SessionSummary[] = [];
      for (const folder of await listSessionFolders(root)) {
        const journal = await stat(join(folder, journalName)).catch(() => undefined);
        if (!journal) continue;
        const sealed = await stat(join(folder, 'manifest.json')).catch(() => undefined);
        const key = `${journal.size}:${journal.mtimeMs}:${sealed?.mtimeMs ?? 0}:${locale}`;
        const entry = known.get(folder);
        const summary = entry?.key === key ? entry.summary : await summarise(folder, locale);
        known.set(folder, { key, summary });
        if (summary) summaries.push(summary);
      }
      return summaries;
    },
  };
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
