import type { AuditWaveform, AuditWindow, AuditedRun } from './audit.ts';

/** Windows are to be at least this long (rules PERF-03 and NRG-02), in s. */
export const leastWindowS = 10;
/** Rules about the lengths of windows: a chart of them shows what is meant. */
const lengthRules = new Set(['PERF-03', 'PERF-07', 'PERF-08', 'PERF-10', 'NRG-02', 'NRG-15']);
/** More windows than this are those of no run of five. */
const mostWindows = 12;

/** Windows whose lengths are in question, as the raw files give them or else as they were printed; none where no rule asks. */
export function windowsInQuestion(run: Pick<AuditedRun, 'findings' | 'recomputed' | 'published'>): AuditWindow[] {
  if (!run.findings.some(({ rule }) => lengthRules.has(rule))) return [];
  const windows = run.recomputed.windows ?? run.published.windows ?? [];
  return windows.filter(({ seconds }) => seconds !== undefined).slice(0, mostWindows);
}

/** Where the printed windows of an energy run lie in its trace, in s since the trace began. */
export function windowBands(
  run: Pick<AuditedRun, 'recomputed'>,
  { marksS }: AuditWaveform,
): { number: number; fromS: number; toS: number; short: boolean }[] {
  return (run.recomputed.windows ?? []).flatMap(({ number, firstSample, endSample, seconds }) => {
    // The older runner counts windows by the marks that they end at.
    const [fromS, toS] = [marksS[number - 1], marksS[number]];
    if (firstSample === undefined || endSample === undefined || seconds === undefined) return [];
    return fromS === undefined || toS === undefined ? [] : [{ number, fromS, toS, short: seconds < leastWindowS }];
  });
}
