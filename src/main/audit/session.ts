import type { Figures } from '../../shared/domain/figures.ts';
import type { AuditComparison, AuditFigures } from '../../shared/domain/audit.ts';
import { Fault } from '../../shared/fault/index.ts';
import { journalFormat } from '../../shared/domain/journal.ts';
import { judgeRun } from '../rules/index.ts';
import { foldSession, runEvidence, runFigures } from '../session/index.ts';
import type { RunRecord, SessionRecord } from '../session/index.ts';
import { readJournal } from '../store/index.ts';
import type { FileSource } from './source/index.ts';
import type { RunOutcome } from './types.ts';

const journalName = 'journal.jsonl';
/** A journal is read as a whole; that of an ad01 accuracy run has some 60 MB. */
const mostJournalBytes = 512 * 1024 * 1024;

/** Audits sessions of our own: every figure of their journals computed again, and judged by today's rules. */
export async function auditSessions(
  source: FileSource,
  folders: readonly string[],
  signal?: AbortSignal,
): Promise<RunOutcome[]> {
  const outcomes: RunOutcome[] = [];
  for (const folder of folders) {
    const path = folder === '' ? journalName : `${folder}/${journalName}`;
    const bytes = await readJournalFile(source, path, signal);
    if (!bytes) {
      outcomes.push(unreadableSession(folder, path, 'unreadable'));
      continue;
    }
    const content = readJournal(bytes);
    if (content.damage?.reason === 'newerFormat')
      throw new Fault('store.newerVersion', { path, format: content.damage.detail, supported: String(journalFormat) });
    const session = foldSession(content.entries);
    if (!session) {
      outcomes.push(unreadableSession(folder, path, 'damaged'));
      continue;
    }
    const intact = content.damage === undefined;
    outcomes.push(...session.runs.map((run) => outcomeOf(session, run, { folder, path, intact })));
  }
  return outcomes;
}

/** A journal that cannot be read or has no session's opening: nothing of it can be judged, and the others go on. */
function unreadableSession(folder: string, path: string, why: 'unreadable' | 'damaged'): RunOutcome {
  const finding = { severity: 'W', outcome: 'failed', message: why } as const;
  return {
    folder: folder === '' ? '.' : folder,
    round: null,
    division: null,
    organisation: null,
    system: null,
    board: null,
    benchmark: null,
    model: null,
    mode: null,
    runner: 'joulebench',
    runnerVersion: null,
    simulated: false,
    files: { journal: path },
    personal: null,
    published: {},
    recomputed: {},
    comparisons: [],
    agrees: null,
    verdict: 'remarks',
    official: { accepted: null, messages: [{ key: 'ownRunner', values: {} }] },
    findings: [
      why === 'damaged'
        ? { ...finding, rule: 'RUN-07', facts: {}, evidence: [{ file: path, line: 1 }] }
        : { ...finding, rule: 'RUN-03', facts: { files: journalName }, evidence: [{ file: path }] },
    ],
  };
}

/** Bytes of a journal; undefined for one that is taken away, forbidden or larger than any. */
async function readJournalFile(
  source: FileSource,
  path: string,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  try {
    return await readAll(source, path, signal);
  } catch (error) {
    if (error instanceof Fault && error.code.startsWith('audit.') && !signal?.aborted) return undefined;
    throw error;
  }
}

async function readAll(source: FileSource, path: string, signal?: AbortSignal): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of source.read(path, {}, signal)) {
    bytes += piece.length;
    if (bytes > mostJournalBytes)
      throw new Fault('audit.tooMuch', { path, limit: 'journalBytes', value: mostJournalBytes });
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function outcomeOf(
  session: SessionRecord,
  run: RunRecord,
  { folder, path, intact }: { folder: string; path: string; intact: boolean },
): RunOutcome {
  const { workload, mode } = run.opened;
  const evidence = runEvidence(session, run);
  const { findings, verdict } = judgeRun({ ...evidence, recording: { ...evidence.recording, intact } });
  const recorded = run.judged ? auditFigures(run.judged.figures) : {};
  const recomputed = auditFigures(runFigures(run));
  const comparisons = compareExactly(recorded, recomputed);
  const { division } = session.opened;
  return {
    folder: `${folder === '' ? '.' : folder}#${run.runId}`,
    round: null,
    division: division === 'none' ? null : division,
    organisation: null,
    system: run.dut?.vendor ?? null,
    board: null,
    benchmark: workload.resultsFolder ?? workload.id,
    model: null,
    mode,
    runner: 'joulebench',
    runnerVersion: session.opened.app.version,
    simulated: session.opened.bench.simulated,
    files: { journal: path },
    personal: null,
    published: recorded,
    recomputed,
    comparisons,
    agrees: comparisons.length === 0 ? null : comparisons.every((comparison) => comparison.agrees),
    verdict,
    official: { accepted: null, messages: [{ key: 'ownRunner', values: {} }] },
    findings: findings
      .filter((finding) => finding.outcome === 'failed')
      .map((finding) => ({
        ...finding,
        evidence: finding.evidence.map((ref) => (ref.file === journalName ? { ...ref, file: path } : ref)),
      })),
  };
}

/** A session's figures under the names of an audit. */
function auditFigures(figures: Figures): AuditFigures {
  const { windows, inputs, correct, top1, aucEembc, aucMlc, aucExact, energy, medianThroughputInfPerS } = figures;
  const energyWindows = energy?.windows.map(({ number, inferences, seconds, throughputInfPerS, ...window }) => ({
    number,
    inferences,
    seconds,
    throughputInfPerS,
    energyUJ: window.energyUJ,
    powerUW: window.powerUW,
    energyUJPerInf: window.energyUJPerInf,
  }));
  const timed = windows?.map(({ number, inferences, seconds, hostSeconds, throughputInfPerS }) => ({
    number,
    inferences,
    seconds,
    hostSeconds,
    throughputInfPerS,
  }));
  const found = energyWindows ?? timed;
  return {
    ...(found ? { windows: found } : {}),
    ...defined({
      medianThroughputInfPerS: medianThroughputInfPerS ?? energy?.medianThroughputInfPerS,
      medianEnergyUJPerInf: energy?.medianEnergyUJPerInf,
      medianPowerUW: energy?.medianPowerUW,
      inputs,
      correct,
      top1,
      aucEembc,
      aucMlc,
      aucExact,
    }),
  };
}

type NumberFigure = {
  [K in keyof AuditFigures]-?: NonNullable<AuditFigures[K]> extends number ? K : never;
}[keyof AuditFigures];

function defined<K extends NumberFigure>(values: Record<K, number | null | undefined>): Partial<Record<K, number>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'number')) as Partial<
    Record<K, number>
  >;
}

/** A journal holds figures in full precision: they come out again exactly or not at all. */
function compareExactly(recorded: AuditFigures, recomputed: AuditFigures): AuditComparison[] {
  return Object.entries(recorded).flatMap(([figure, published]) => {
    const again = recomputed[figure as NumberFigure];
    if (typeof published !== 'number' || typeof again !== 'number') return [];
    const agrees = Object.is(published, again);
    const step = shownStep(published, again);
    return [{ figure, published, recomputed: again, step, agrees, ...(agrees ? {} : { rule: 'RUN-05' }) }];
  });
}

/** To which digit a figure is shown: counts whole, others to ten digits, and to the last one where something is wrong with it. */
function shownStep(published: number, again: number): number {
  if (Number.isInteger(published) && Number.isInteger(again)) return 1;
  return Object.is(published, again)
    ? 10 ** (Math.floor(Math.log10(Math.abs(published))) - 9)
    : Math.abs(published) * 2 ** -52;
}
