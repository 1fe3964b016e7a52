import type { RecordComparison, RecordsEvidence, RecordingEvidence } from '../../rules/index.ts';
import type { EvidenceRef } from '../../../shared/domain/verdict.ts';
import type { AuditWindow } from '../../../shared/domain/audit.ts';
import type { ReadRun, ResultsText } from '../read/index.ts';
import { printsAs } from '../recompute/index.ts';
import type { RawWindow } from '../recompute/index.ts';

/** The older runner writes its results within a second after the last line of the log; five leave room for a slow disk. */
const resultsAfterS = 5;

/** How the files of a run fit together. */
export function recordsOf(
  run: ReadRun,
  windows: readonly RawWindow[],
  figures: readonly AuditWindow[],
): RecordsEvidence {
  return {
    resultsFollowFromLog: resultsFollow(run, figures),
    scriptMatchesLog: scriptMatches(run, windows),
    repeats: repeatsOf(run),
  };
}

function holds(): RecordComparison {
  return { outcome: 'holds' };
}

function resultsFollow(run: ReadRun, figures: readonly AuditWindow[]): RecordComparison | null {
  const { log, results, found } = run;
  if (!log || !results || log.runner === null) return null;
  return (
    compareTimes(run, results) ?? (found.place.mode === 'performance' ? compareWindows(run, results, figures) : holds())
  );
}

/** The older runner's results carry the time of the same clock as the log. */
function compareTimes({ log, found }: ReadRun, { firstHostS }: ResultsText): RecordComparison | undefined {
  if (log?.runner !== 'eembc' || log.lastHostS === null || firstHostS === null) return undefined;
  const afterS = firstHostS - log.lastHostS;
  const refs = refsOf(found.files.results, 1);
  if (afterS < 0) return { outcome: 'fails', message: 'earlier', facts: { beforeS: round3(-afterS) }, refs };
  if (afterS <= resultsAfterS) return undefined;
  return { outcome: 'fails', message: 'later', facts: { afterS: round3(afterS), limitS: resultsAfterS }, refs };
}

function compareWindows(run: ReadRun, results: ResultsText, figures: readonly AuditWindow[]): RecordComparison {
  const printed = results.performance;
  if (printed.length === 0 || figures.length === 0) return holds();
  const refs = refsOf(run.found.files.results, printed[0]?.line);
  if (printed.length !== figures.length) {
    const facts = { printed: printed.length, logged: figures.length };
    return { outcome: 'fails', message: 'windowCount', facts, refs };
  }
  const byNumber = new Map(figures.map((figure) => [figure.number, figure]));
  for (const window of printed) {
    const again = byNumber.get(window.number);
    for (const [value, found, unit] of [
      [window.inferences, again?.inferences, ''],
      [window.seconds, again?.seconds, ' s'],
    ] as const) {
      if (!value || found === undefined || printsAs(value, found)) continue;
      const facts = { window: window.number, printed: `${value.value}${unit}`, logged: `${found}${unit}` };
      return { outcome: 'fails', message: 'windowValues', facts, refs: refsOf(run.found.files.results, value.line) };
    }
  }
  return holds();
}

function scriptMatches({ script, log, found }: ReadRun, windows: readonly RawWindow[]): RecordComparison | null {
  if (!script || log?.runner !== 'eembc') return null;
  if (script.broken && script.steps === 0) return null;
  if (script.broken)
    return { outcome: 'fails', message: 'broken', facts: { at: script.broken.at }, refs: refsOf(found.files.script) };
  if (script.infers.length !== log.infers.length) {
    const facts = { scripted: script.infers.length, logged: log.infers.length };
    return { outcome: 'fails', message: 'count', facts, refs: refsOf(found.files.script) };
  }
  const different = script.infers.findIndex((step, k) => {
    const logged = log.infers[k];
    return logged?.file !== step.file || logged.inferences !== step.inferences || logged.warmups !== step.warmups;
  });
  if (different < 0) return holds();
  const said = (step: { file: string | null; inferences: number; warmups: number } | undefined): string =>
    step ? `${step.file ?? '?'} ${step.inferences} ${step.warmups}` : '?';
  const facts = {
    number: different + 1,
    scripted: said(script.infers[different]),
    logged: said(log.infers[different]),
  };
  return {
    outcome: 'fails',
    message: 'step',
    facts,
    refs: refsOf(found.files.log, windows[different]?.line ?? undefined),
  };
}

function repeatsOf({ results, found }: ReadRun): RecordComparison | null {
  if (!results) return null;
  if (results.contradiction !== null)
    return { outcome: 'fails', refs: refsOf(found.files.results, results.contradiction) };
  if (results.repeats <= 1) return holds();
  return {
    outcome: 'remark',
    message: 'repeated',
    facts: { times: results.repeats },
    refs: refsOf(found.files.results, 1),
  };
}

/** Whether the log is whole: one session with its start and its end. */
export function recordingOf({ log, found }: ReadRun): RecordingEvidence {
  const ref = refsOf(found.files.log, log && log.lines > 0 ? log.lines : undefined)[0];
  const place = ref ? { ref } : {};
  if (!log) return { intact: true, ended: true, trouble: 'absent' };
  if (log.runner === null || log.infers.length + (log.detections ? 1 : 0) + log.sessions.length === 0)
    return { intact: false, ended: false, trouble: 'empty', ...place };
  if (log.sessions.length > 1) return { intact: true, ended: log.ends > 0, trouble: 'several', ...place };
  return { intact: log.sessions.length === 1, ended: log.ends > 0, ...place };
}

export function refsOf(file: string | undefined, line?: number): EvidenceRef[] {
  if (file === undefined) return [];
  return [line === undefined ? { file } : { file, line }];
}

function round3(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
