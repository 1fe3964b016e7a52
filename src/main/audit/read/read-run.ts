import { Fault } from '../../../shared/fault/index.ts';
import type { FileSource } from '../source/index.ts';
import type { RunFiles } from '../types.ts';
import type { FoundRun } from '../tree/index.ts';
import { readLog } from './read-log.ts';
import { readResultsJson } from './results-json.ts';
import type { ResultsJson } from './results-json.ts';
import { readResultsText } from './results-text.ts';
import type { Printed, ResultsText } from './results-text.ts';
import type { RunLog } from './run-log.ts';
import { readScript } from './script.ts';
import type { Script } from './script.ts';
import { openSystem } from './system.ts';
import type { SystemDescription } from './system.ts';
import { readTimestamps } from './timestamps.ts';
import type { Timestamps } from './timestamps.ts';
import { readTrace } from './trace.ts';
import type { TraceReading } from './trace.ts';

/** Everything that the files of one run say; null for a file that is not there. */
export interface ReadRun {
  found: FoundRun;
  log: RunLog | null;
  results: ResultsText | null;
  json: ResultsJson | null;
  script: Script | null;
  timestamps: Timestamps | null;
  trace: TraceReading | null;
  system: SystemDescription | null;
  /** Files that could not be read at all: taken away, forbidden, too large, or leading out of the tree. */
  failed: (keyof RunFiles)[];
}

/** Reads the files of a run one after the other, each as a stream. */
export async function readRun(source: FileSource, found: FoundRun, signal?: AbortSignal): Promise<ReadRun> {
  const { files, bytes } = found;
  const failed: (keyof RunFiles)[] = [];
  const read = async <T>(
    kind: keyof RunFiles,
    reader: (pieces: AsyncIterable<Uint8Array>, path: string) => Promise<T>,
  ): Promise<T | null> => {
    const path = files[kind];
    if (path === undefined) return null;
    try {
      return await reader(source.read(path, {}, signal), path);
    } catch (error) {
      // One file that cannot be read is a finding about its run, not the end of the audit.
      if (!(error instanceof Fault) || !error.code.startsWith('audit.')) throw error;
      failed.push(kind);
      return null;
    }
  };
  const log = await read('log', readLog);
  const results = withSlack(await read('results', readResultsText));
  const json = await read('resultsJson', readResultsJson);
  const script = await read('script', readScript);
  const timestamps = await read('timestamps', readTimestamps);
  const marksS = timestamps?.ok === true ? timestamps.atS : [];
  const trace = await read('trace', (_pieces, path) =>
    readTrace(
      source,
      { path, bytes: bytes[path] ?? 0 },
      { marksS, bothRules: log !== null && log.ownVersion !== null },
      signal,
    ),
  );
  const system = files.system === undefined ? null : await openSystem(source, files.system, signal);
  return { found, log, results, json, script, timestamps, trace, system, failed };
}

/**
 * Samples of a run of ours are summed as the recording holds them, in J; the trace in this form holds them in uJ, both in single precision: a sum
 * comes out again to its rounding.
 */
const traceRounding = 2 ** -24;

function withSlack(results: ResultsText | null): ResultsText | null {
  if (!results?.ours) return results;
  const wider = (printed: Printed | null): Printed | null =>
    printed && { ...printed, slack: Math.abs(printed.value) * traceRounding };
  return {
    ...results,
    medianEnergyUJPerInf: wider(results.medianEnergyUJPerInf),
    energy: results.energy.map((window) => ({
      ...window,
      energyUJ: wider(window.energyUJ),
      powerUW: wider(window.powerUW),
      energyUJPerInf: wider(window.energyUJPerInf),
    })),
  };
}
