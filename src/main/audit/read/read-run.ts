import type { FileSource } from '../source/index.ts';
import type { RunFiles } from '../types.ts';
import type { FoundRun } from '../tree/index.ts';
import { readLog } from './read-log.ts';
import { readResultsJson } from './results-json.ts';
import type { ResultsJson } from './results-json.ts';
import { readResultsText } from './results-text.ts';
import type { ResultsText } from './results-text.ts';
import type { RunLog } from './run-log.ts';
import { readScript } from './script.ts';
import type { Script } from './script.ts';
import { readSystem } from './system.ts';
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
}

/** Reads the files of a run one after the other, each as a stream. */
export async function readRun(source: FileSource, found: FoundRun, signal?: AbortSignal): Promise<ReadRun> {
  const { files, bytes } = found;
  const read = <T>(
    kind: keyof RunFiles,
    reader: (pieces: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<T> | null => {
    const path = files[kind];
    return path === undefined ? null : reader(source.read(path, {}, signal));
  };
  const log = await read('log', readLog);
  const results = await read('results', readResultsText);
  const json = await read('resultsJson', readResultsJson);
  const script = await read('script', readScript);
  const timestamps = await read('timestamps', readTimestamps);
  const marksS = timestamps?.ok === true ? timestamps.atS : [];
  const trace = files.trace
    ? await readTrace(source, { path: files.trace, bytes: bytes[files.trace] ?? 0 }, marksS, signal)
    : null;
  const system = await read('system', readSystem);
  return { found, log, results, json, script, timestamps, trace, system };
}
