import { mlcSlice } from '../../analysis/index.ts';
import { jsonElements, JsonSyntaxError, JsonTooLargeError } from './json-elements.ts';
import type { JsonValue } from './json-elements.ts';
import { Keeper } from './keeper.ts';
import { mostNameCharacters } from './run-log.ts';

/** The runner sets the LPM01A to 1 kHz; it is a constant in its code (results and submission, section 6.3). */
export const mlcSampleRateHz = 1000;

/** Energy of one window of `results.json`, by the runner's own rule: the samples between the last two edges. */
export interface JsonPower {
  firstSample: number;
  endSample: number;
  samples: number;
  energyJ: number;
  /** Largest single sample of the window in J, and mean of the 10 samples before it. */
  largestJ: number;
  beforeJ: number;
  edges: number;
  /** Whether the numbers of the edges follow one another. */
  consecutive: boolean;
  voltageV: number | null;
}

export interface JsonStreaming {
  /** Start and end of each word in s. */
  wordsS: (readonly [number, number])[];
  detectionsMs: readonly number[];
  lengthS: number | null;
  dutyCycle: number | null;
  periodS: number | null;
  processingS: number | null;
}

export interface JsonEntry {
  file: string | null;
  label: number | null;
  inferences: number | null;
  warmups: number | null;
  results: readonly number[] | null;
  startUs: number | null;
  endUs: number | null;
  /** Results lines that the transaction gave; one in a good one. */
  resultLines: number | null;
  power: JsonPower | null;
  streaming: JsonStreaming | null;
  mode: string | null;
}

export interface ResultsJson {
  entries: JsonEntry[];
  /** `error 1`: not five loops; `error 2`: under 10 s in all. */
  errors: string[];
  /** Joulebench says that it wrote the file, and whether a virtual bench was measured; absent in files of others. */
  ours?: { simulated: boolean };
  /** Why reading ended early; null for a whole file. */
  broken: 'syntax' | 'tooLarge' | null;
}

/** Reads the current runner's `results.json` element by element; what was read before a defect is kept. */
export async function readResultsJson(pieces: AsyncIterable<Uint8Array>): Promise<ResultsJson> {
  const result: ResultsJson = { entries: [], errors: [], broken: null };
  const keep = new Keeper();
  // Edges are numbered through the whole run.
  let nextEdge: number | null = null;
  try {
    for await (const element of jsonElements(pieces)) {
      if (!isObject(element)) continue;
      const mark = element['joulebench'] ?? null;
      if (isObject(mark)) {
        result.ours ??= { simulated: false };
        if (mark['simulated'] === true) result.ours.simulated = true;
      }
      if (typeof element['error'] === 'string') result.errors.push(element['error'].slice(0, 100));
      if (!isObject(element['infer'] ?? null)) continue;
      const entry = entryOf(element, nextEdge, keep);
      nextEdge = lastEdge(element) ?? nextEdge;
      result.entries.push(entry);
    }
  } catch (error) {
    if (error instanceof JsonSyntaxError) result.broken = 'syntax';
    else if (error instanceof JsonTooLargeError) result.broken = 'tooLarge';
    else throw error;
  }
  return result;
}

type JsonObject = { [key: string]: JsonValue };

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entryOf(element: JsonObject, nextEdge: number | null, keep: Keeper): JsonEntry {
  const infer = element['infer'] as JsonObject;
  const file = textOf(element['file']) ?? textOf(infer['wav_file']);
  const results = vectorOf(infer['results']);
  return {
    file: file && keep.text(file.slice(0, mostNameCharacters)),
    label: numberOf(element['class']),
    inferences: numberOf(infer['iterations']),
    warmups: numberOf(infer['warmups']),
    results: results && keep.vector(results),
    startUs: numberOf(infer['start_time']),
    endUs: numberOf(infer['end_time']),
    resultLines: numberOf(infer['total_inferences']),
    power: powerOf(element['power'] ?? null, nextEdge),
    streaming: streamingOf(element, infer),
    mode: textOf(element['mode']),
  };
}

function powerOf(power: JsonValue, nextEdge: number | null): JsonPower | null {
  if (!isObject(power) || !Array.isArray(power['samples'])) return null;
  const samples = power['samples'];
  const edges = edgesOf(power);
  const [start, end] = edges.slice(-2).map((edge) => edge.sample) as [number?, number?];
  const { first, end: last } = mlcSlice(start ?? 0, end ?? start ?? 0, samples.length);
  let energyJ = 0;
  let largestJ = 0;
  for (let k = first; k < last; k += 1) {
    const sample = samples[k];
    const joules = typeof sample === 'number' ? sample : Number.NaN;
    energyJ += joules;
    if (joules > largestJ) largestJ = joules;
  }
  const before = samples
    .slice(Math.max(0, first - 10), first)
    .map((sample) => (typeof sample === 'number' ? sample : 0));
  return {
    firstSample: first,
    endSample: last,
    samples: samples.length,
    energyJ,
    largestJ,
    beforeJ: before.length === 0 ? 0 : before.reduce((sum, joules) => sum + joules, 0) / before.length,
    edges: edges.length,
    consecutive: edges.every((edge, k) => {
      const expected = k === 0 ? nextEdge : (edges[k - 1]?.number ?? 0) + 1;
      return expected === null || edge.number === expected;
    }),
    voltageV: numberOf(power['voltage']),
  };
}

function edgesOf(power: JsonObject): { number: number; sample: number }[] {
  if (!Array.isArray(power['timestamps'])) return [];
  return power['timestamps'].flatMap((pair) => {
    if (!Array.isArray(pair)) return [];
    const [count, sample] = [numberOf(pair[0]), numberOf(pair[1])];
    return count !== null && sample !== null ? [{ number: count, sample }] : [];
  });
}

/** Number that the next edge has to have. */
function lastEdge(element: JsonObject): number | null {
  const power = element['power'];
  const last = isObject(power ?? null) ? edgesOf(power as JsonObject).at(-1) : undefined;
  return last ? last.number + 1 : null;
}

function streamingOf(element: JsonObject, infer: JsonObject): JsonStreaming | null {
  if (!Array.isArray(infer['detections'])) return null;
  const windows = Array.isArray(infer['detection_windows']) ? infer['detection_windows'] : [];
  const duty = isObject(element['dutycycle'] ?? null) ? (element['dutycycle'] as JsonObject) : {};
  return {
    wordsS: windows.flatMap((pair) => {
      const [start, end] = Array.isArray(pair) ? [numberOf(pair[0]), numberOf(pair[1])] : [null, null];
      return start !== null && end !== null ? [[start, end] as const] : [];
    }),
    detectionsMs: infer['detections'].flatMap((ms) => (typeof ms === 'number' && Number.isFinite(ms) ? [ms] : [])),
    lengthS: numberOf(infer['length_sec']),
    ...dutyOf(duty),
  };
}

/** Mean processing time and period from the recorded edges; the runner's own figures where the edges are not there. */
function dutyOf(duty: JsonObject): Pick<JsonStreaming, 'dutyCycle' | 'periodS' | 'processingS'> {
  const [starts, stops] = [vectorOf(duty['start_times_s']), vectorOf(duty['stop_times_s'])];
  const count = Math.min(starts?.length ?? 0, stops?.length ?? 0);
  if (!starts || !stops || count < 2)
    return {
      dutyCycle: numberOf(duty['duty_cycle']),
      periodS: numberOf(duty['period']),
      processingS: numberOf(duty['processing_time']),
    };
  let busy = 0;
  for (let k = 0; k < count; k += 1) busy += (stops[k] as number) - (starts[k] as number);
  const processingS = busy / count;
  const periodS = ((starts[starts.length - 1] as number) - (starts[0] as number)) / (starts.length - 1);
  return { dutyCycle: processingS / periodS, periodS, processingS };
}

/** A number, or a text that is one (`"classes": "10"`). */
function numberOf(value: JsonValue | undefined): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'string' && /^[+-]?\d{1,20}(?:\.\d{1,20})?$/.test(value.trim())) return Number(value);
  return null;
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value.slice(0, 300) : null;
}

function vectorOf(value: JsonValue | undefined): number[] | null {
  return Array.isArray(value) && value.every((item) => typeof item === 'number') ? (value as number[]) : null;
}
