import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dataPath } from '../../support/data.ts';

/** What these tests need of one run in `expected.json`. */
export interface ExpectedRun {
  id: string;
  benchmark: string;
  mode: string;
  round: string;
  verdict: string;
  runner: 'eembc' | 'mlc';
  division: 'closed' | 'open';
  folder: string;
  anomalies: { code: string; level: string }[];
  published: { top1_pct: number | null; auc: number | null; median_throughput: number | null };
  recomputed: {
    correct?: number;
    top1_pct?: number;
    auc?: number;
    auc_exact?: number;
    inferences?: number;
    median_throughput?: number;
    windows?: { inferences: number; runtime_s: number; host_runtime_s?: number; throughput: number }[];
  };
}

export interface LoggedInference {
  file: string;
  inferences: number;
  /** Stamps by the device, microseconds. */
  stampsUs: number[];
  /** Host time of each stamp line, seconds. */
  hostS: number[];
  results: number[];
}

export function expectedRuns(): ExpectedRun[] {
  const text = readFileSync(dataPath('submissions', 'expected.json'), 'utf8');
  return (JSON.parse(text) as { runs: ExpectedRun[] }).runs;
}

export function runFolder(run: ExpectedRun): string {
  return dataPath('submissions', run.round, run.folder);
}

/** The one file of a run folder whose name ends so; submitters put their own prefixes in front. */
export function runFile(run: ExpectedRun, ending: string): string {
  const name = readdirSync(runFolder(run)).find((candidate) => candidate.endsWith(ending));
  if (!name) throw new Error(`${run.id} has no ${ending}`);
  return readFileSync(join(runFolder(run), name), 'latin1');
}

/**
 * The inferences of an EEMBC log: just enough of a parser for the sample's accuracy and performance runs. An inference
 * before the first load (the beginning of the log is missing) has no input and is left out.
 */
export function readEembcLog(log: string): LoggedInference[] {
  const inferences: LoggedInference[] = [];
  let file = '';
  let current: LoggedInference | undefined;
  for (const line of log.split(/\r?\n/)) {
    const load = /Command "bload(?:p)? dut "([^"]*)"/.exec(line);
    if (load) file = (load[1] as string).split(/[\\/]/).at(-1) as string;
    const start = /m-infer-start-(\d+)/.exec(line);
    if (start && file !== '') {
      current = { file, inferences: Number(start[1]), stampsUs: [], hostS: [], results: [] };
      inferences.push(current);
    }
    const lap = /m-lap-us-(\d+)/.exec(line);
    if (lap && current && current.stampsUs.length < 2) {
      current.stampsUs.push(Number(lap[1]));
      current.hostS.push(Number.parseFloat(line));
    }
    const results = /m-results-\[([^\]]*)\]/.exec(line);
    if (results && current) current.results = numbers(results[1] as string);
  }
  return inferences;
}

/** The inferences of an MLC `results.json`. */
export function readMlcResults(text: string): LoggedInference[] {
  const entries = JSON.parse(text) as {
    file: string;
    infer: { results: number[]; iterations: number; start_time: number; end_time: number };
  }[];
  return entries.map(({ file, infer }) => ({
    file,
    inferences: infer.iterations,
    stampsUs: [infer.start_time, infer.end_time],
    hostS: [],
    results: infer.results,
  }));
}

/** Class of each file of one benchmark, from all lists that were ever official. */
export function publishedLabels(benchmark: string): Map<string, number> {
  const labels = new Map<string, number>();
  for (const name of readdirSync(dataPath('submissions', 'labels'))) {
    if (!name.startsWith(benchmark) || !name.endsWith('.csv')) continue;
    for (const line of readFileSync(dataPath('submissions', 'labels', name), 'utf8').split(/\r?\n/)) {
      const [file, , label] = line.split(',').map((cell) => cell.trim());
      if (file && label) labels.set(file, Number(label));
    }
  }
  return labels;
}

/** The true class of an input; keyword files carry it in their name. */
export function labelOf(benchmark: string, file: string, labels: Map<string, number>): number {
  const label = benchmark === 'kws' ? Number(/_(\d+)\.bin$/.exec(file)?.[1] ?? Number.NaN) : labels.get(file);
  if (label === undefined || Number.isNaN(label)) throw new Error(`no label for ${file}`);
  return label;
}

function numbers(text: string): number[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(Number);
}
