import { elapsedUs, median, throughputInfPerS } from '../../analysis/index.ts';
import type { AuditWindow } from '../../../shared/domain/audit.ts';
import type { ReadRun } from '../read/index.ts';

/** A window or inference as the raw files give it, of whichever runner. */
export interface RawWindow {
  /** As the runner counts. */
  number: number;
  file: string | null;
  offsetBytes: number;
  inferences: number;
  warmups: number | null;
  /** Of the DUT's clock, in us; null without exactly what is needed. */
  lapStartUs: number | null;
  lapEndUs: number | null;
  hostStartS: number | null;
  hostEndS: number | null;
  stampCount: number;
  results: readonly number[] | null;
  /** A vector was printed that is none. */
  unreadableResults: boolean;
  /** Line in the log; null where the log has none for it. */
  line: number | null;
  /** By the monitor: time marks between the command and its end; null where it is not known. */
  edges: number | null;
}

/** Windows of a performance run, or inferences of an accuracy run, in order. `results.json` has more digits than the log beside it. */
export function rawWindows({ log, json }: ReadRun): RawWindow[] {
  if (json && json.entries.some((entry) => entry.streaming === null)) return jsonWindows({ log, json });
  if (!log) return [];
  const current = log.runner === 'mlc';
  // An inference before the first load (the log's beginning is missing) has no input that it could count for.
  const known = log.infers.filter((infer) => infer.file !== null);
  return known.map((infer, k) => {
    const [start, end] = infer.stamps;
    const paired = infer.stampCount >= 2;
    return {
      number: current ? k + 1 : 2 * (k + 1),
      file: infer.file,
      offsetBytes: infer.offsetBytes,
      inferences: infer.inferences,
      warmups: infer.warmups,
      lapStartUs: paired ? (start?.us ?? null) : null,
      lapEndUs: paired ? (end?.us ?? null) : null,
      hostStartS: paired ? (start?.hostS ?? null) : null,
      hostEndS: paired ? (end?.hostS ?? null) : null,
      stampCount: infer.stampCount,
      results: infer.results,
      unreadableResults: infer.unreadableResults,
      line: infer.lastLine,
      edges: infer.edges,
    };
  });
}

function jsonWindows({ log, json }: { log: ReadRun['log']; json: NonNullable<ReadRun['json']> }): RawWindow[] {
  const entries = json.entries.filter((entry) => entry.streaming === null);
  const logged = log?.infers.length === entries.length ? log.infers : undefined;
  return entries.map((entry, k) => ({
    number: entry.power ? k : k + 1,
    file: entry.file,
    offsetBytes: (logged?.[k]?.offsetBytes ?? 0) * segmentBytes,
    inferences: entry.inferences ?? 0,
    warmups: entry.warmups,
    lapStartUs: entry.startUs,
    lapEndUs: entry.endUs,
    hostStartS: null,
    hostEndS: null,
    stampCount: entry.startUs !== null && entry.endUs !== null ? 2 : 0,
    results: entry.results,
    unreadableResults: false,
    line: logged?.[k]?.lastLine ?? null,
    edges: entry.power?.edges ?? null,
  }));
}

/** The current runner's log counts segments; they lie one frame apart (DUT protocol, section 13). */
const segmentBytes = 512;

/** A performance window with its figures. */
export function performanceWindow(window: RawWindow): AuditWindow {
  const { number, file, inferences, lapStartUs, lapEndUs, hostStartS, hostEndS } = window;
  const seconds = lapStartUs === null || lapEndUs === null ? undefined : elapsedUs(lapStartUs, lapEndUs) / 1e6;
  const throughput = seconds === undefined ? Number.NaN : throughputInfPerS(inferences, seconds);
  return {
    number,
    ...(file === null ? {} : { file }),
    inferences,
    ...(seconds === undefined ? {} : { seconds }),
    ...(hostStartS === null || hostEndS === null ? {} : { hostSeconds: hostEndS - hostStartS }),
    ...(Number.isNaN(throughput) ? {} : { throughputInfPerS: throughput }),
  };
}

/** Median of what all of the windows have; undefined where one lacks it: the median of some of them is not that of the run. */
export function medianOf(
  windows: readonly AuditWindow[],
  figure: 'throughputInfPerS' | 'energyUJPerInf' | 'powerUW',
): number | undefined {
  const values = windows.map((window) => window[figure]).filter((value) => value !== undefined);
  return values.length > 0 && values.length === windows.length ? median(values) : undefined;
}
