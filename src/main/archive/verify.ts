import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Figures } from '../../shared/domain/figures.ts';
import type { FindingOutcome } from '../../shared/domain/verdict.ts';
import { toFault } from '../../shared/fault/index.ts';
import { foldSession, judgeRecord, runFigures, traceInputs } from '../session/index.ts';
import type { RunRecord, SessionRecord } from '../session/index.ts';
import { hashFiles, readManifest, readRemovedTraces, readSession } from '../store/index.ts';
import type { Manifest, RemovedTrace } from '../store/index.ts';
import { summariseRecording } from '../trace/index.ts';
import { writeRunFiles } from '../report/index.ts';
import { checkFiles } from './check-files.ts';
import type { VerifyProblem } from './check-files.ts';
import { differences } from './differences.ts';
import { runFolder } from './finish.ts';
import { checkSignatures, checkSignedReport } from './signatures.ts';
import type { SignatureCheck } from './signatures.ts';
import { sessionView } from '../report/index.ts';

export type { VerifyProblem } from './check-files.ts';

export interface VerifyResult {
  /** True when everything that can be checked holds. */
  holds: boolean;
  problems: VerifyProblem[];
  sessionId: string;
  runs: { runId: string; workload: string; mode: string; figures: Figures }[];
  /** Who signed it, and whether that still holds; empty where nobody did. */
  signatures: SignatureCheck[];
}

/**
 * Checks a session folder: every file against the manifest, the journal's chain, and every figure and judgement computed again from the
 * raw records; by the version that wrote it also the result files, byte for byte. Reads only.
 * @throws Fault of area `store` when there is no session, or one of a newer version.
 */
export async function verifySession(folder: string, appVersion: string): Promise<VerifyResult> {
  const content = await readSession(folder);
  const manifest = await readManifest(folder);
  const found = await hashFiles(folder);
  const removed = await readRemovedTraces(folder);
  const problems: VerifyProblem[] = manifest
    ? checkFiles(found, manifest, removed)
    : [{ key: 'notSealed', values: {} }];
  if (content.damage)
    problems.push({ key: 'journalDamaged', values: { line: content.damage.line, reason: content.damage.reason } });
  else if (content.droppedBytes > 0) problems.push({ key: 'journalCut', values: { bytes: content.droppedBytes } });
  if (manifest && (manifest.journal.entries !== content.entries.length || manifest.journal.hash !== content.hash)) {
    problems.push({
      key: 'journalDiffers',
      values: {
        found: content.entries.length,
        foundHash: content.hash.slice(0, 12),
        expected: manifest.journal.entries,
        expectedHash: manifest.journal.hash.slice(0, 12),
      },
    });
  }
  const session = foldSession(content.entries);
  if (!session)
    return {
      holds: false,
      problems: [...problems, { key: 'noOpening', values: {} }],
      sessionId: '',
      runs: [],
      signatures: [],
    };
  for (const run of session.runs)
    problems.push(...checkRun(session, run, appVersion), ...(await checkTrace(folder, session, run, removed)));
  problems.push(...(await checkResultFiles(folder, session, manifest, appVersion)));
  const signed = await checkSignatures(folder, session, found);
  problems.push(...signed.problems, ...(await checkSignedReport(folder, session, signed)));
  return {
    holds: problems.every((problem) => problem.remark),
    problems,
    sessionId: session.opened.sessionId,
    runs: session.runs.map((run) => ({
      runId: run.runId,
      workload: run.opened.workload.id,
      mode: run.opened.mode,
      figures: runFigures(run),
    })),
    signatures: signed.signatures,
  };
}

function checkRun(session: SessionRecord, run: RunRecord, appVersion: string): VerifyProblem[] {
  const { runId, judged } = run;
  if (!judged) return [{ key: 'notJudged', values: { runId } }];
  const figures = differences(judged.figures, runFigures(run)).map(({ figure, recorded, recomputed }) => ({
    key: 'figureDiffers',
    values: { runId, figure, recorded, recomputed },
  }));
  if (session.opened.app.version !== appVersion) return figures;
  const again = new Map<string, FindingOutcome>(
    judgeRecord(session, run).findings.map((finding) => [finding.rule, finding.outcome]),
  );
  const judgements = judged.judgement.findings
    .filter((finding) => again.get(finding.rule) !== finding.outcome)
    .map((finding) => ({
      key: 'judgementDiffers',
      values: { runId, rule: finding.rule, recorded: finding.outcome, recomputed: again.get(finding.rule) ?? '–' },
    }));
  return [...figures, ...judgements];
}

/** One trace that was cut changes dozens of figures: so many are named. */
const mostOfTrace = 5;

/** The summary of a trace computed again from the trace file. */
async function checkTrace(
  folder: string,
  session: SessionRecord,
  { runId, trace }: RunRecord,
  removed: readonly RemovedTrace[],
): Promise<VerifyProblem[]> {
  const inputs = trace && traceInputs(session, runId);
  // What was deleted to save space is a remark already.
  if (!inputs || removed.some(({ path }) => path === inputs.file)) return [];
  try {
    const all = differences(trace, await summariseRecording(folder, inputs));
    const named: VerifyProblem[] = all.slice(0, mostOfTrace).map(({ figure, recorded, recomputed }) => ({
      key: 'traceDiffers',
      values: { runId, figure, recorded, recomputed },
    }));
    const more = all.length - named.length;
    return more > 0 ? [...named, { key: 'traceDiffersMore', values: { runId, count: more } }] : named;
  } catch (error) {
    return [{ key: 'traceUnreadable', values: { runId, path: inputs.file, reason: toFault(error).code } }];
  }
}

async function checkResultFiles(
  folder: string,
  session: SessionRecord,
  manifest: Manifest | undefined,
  appVersion: string,
): Promise<VerifyProblem[]> {
  if (!manifest) return [];
  if (session.opened.app.version !== appVersion)
    return [{ key: 'otherVersion', values: { version: session.opened.app.version }, remark: true }];
  const view = sessionView(session);
  const problems: VerifyProblem[] = [];
  for (const run of view.runs) {
    for (const { name, text } of writeRunFiles(view, run)) {
      const path = `${runFolder(run)}/${name}`;
      const found = await readFile(join(folder, path), 'utf8').catch(() => undefined);
      // An absent file was reported by the manifest already.
      if (found !== undefined && found !== text) problems.push({ key: 'fileNotReproduced', values: { path } });
    }
  }
  return problems;
}
