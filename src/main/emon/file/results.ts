import { JsonScanner, JsonSyntaxError } from './json-scanner.ts';
import type { JsonHandler } from './json-scanner.ts';
import { edgeWarnings } from './survey.ts';
import { badFile } from './source.ts';
import type { ByteSource } from './source.ts';
import type {
  ImportedBlock,
  ImportedEdge,
  ImportedSegment,
  ImportedTrace,
  ImportWarning,
  OpenTraceFileOptions,
} from './types.ts';

const format = 'results';
/** The runner sets the LPM01A to 1 kHz; the file does not say it. */
const runnerRateHz = 1000;
/**
 * Stored figures are nJ: the runner's joules are four digits of the LPM01A, so that in nJ they are whole numbers, which float32 holds without
 * rounding.
 */
const scale = 1e-9;
const blockSamples = 65_536;
const mostEdges = 1_000_000;
const mostCaptures = 100_000;

interface Capture extends ImportedSegment {
  edges: ImportedEdge[];
}

/**
 * Opens `results.json` of the current runner: an array with one entry a capture, whose `power` holds `samples` in J, `timestamps` as pairs of
 * the instrument's count and the number of samples before it, and `voltage` (energy monitors, section 8.1). The captures are joined.
 * @throws Fault `emon.badFile`.
 */
export async function openResults(source: ByteSource, options: OpenTraceFileOptions): Promise<ImportedTrace> {
  const { path } = source;
  const reader = new CaptureReader(path);
  let gaps = 0;
  for await (const values of scan(source, reader)) {
    for (const value of values) if (Number.isNaN(value)) gaps += 1;
  }
  const { captures } = reader;
  const sampleCount = captures.at(-1)?.endSample ?? 0;
  if (sampleCount === 0) throw badFile(path, format, 'no power samples: not an energy run');
  const edges = captures.flatMap((capture) => capture.edges).sort((a, b) => a.sampleIndex - b.sampleIndex);
  const sampleRateHz = options.sampleRateHz ?? runnerRateHz;
  const voltages = [...new Set(captures.map(({ voltageV }) => voltageV).filter((voltageV) => voltageV !== null))];
  const warnings: ImportWarning[] = edgeWarnings(edges, sampleCount);
  if (captures.length > 1) warnings.push({ code: 'joined', facts: { captures: captures.length } });
  if (voltages.length > 1) warnings.push({ code: 'voltages', facts: { voltages: voltages.length } });
  if (gaps > 0) warnings.push({ code: 'gaps', facts: { samples: gaps } });
  return {
    format,
    path,
    sampleRateHz,
    sampleCount,
    quantity: 'energy',
    scale,
    voltageV: options.voltageV ?? voltages[0] ?? null,
    hasDigital: false,
    edges,
    edgeResolutionS: 1 / sampleRateHz,
    segments: captures.map(({ firstSample, endSample, voltageV }) => ({ firstSample, endSample, voltageV })),
    warnings,
    async *blocks(): AsyncGenerator<ImportedBlock> {
      for await (const values of scan(source, new CaptureReader(path))) yield { values };
    },
  };
}

async function* scan(source: ByteSource, reader: CaptureReader): AsyncGenerator<Float32Array> {
  const scanner = new JsonScanner(reader);
  const decoder = new TextDecoder('utf-8');
  try {
    for await (const piece of source.read()) {
      scanner.push(decoder.decode(piece, { stream: true }));
      if (reader.filled >= blockSamples) yield reader.take();
    }
    scanner.end();
  } catch (cause) {
    if (cause instanceof JsonSyntaxError) throw badFile(source.path, format, cause.message, cause);
    throw cause;
  }
  if (reader.filled > 0) yield reader.take();
}

/** Picks `power.samples`, `power.timestamps` and `power.voltage` out of whatever they stand in. */
class CaptureReader implements JsonHandler {
  readonly captures: Capture[] = [];
  readonly #path: string;
  /** One entry for each open object or array: the key that it stands under. */
  readonly #keys: string[] = [];
  #key = '';
  #values = new Float32Array(blockSamples * 2);
  filled = 0;
  #samples = 0;
  #edges = 0;
  #capture: Capture | undefined;
  #pair: unknown[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  /** The samples so far that nobody has taken. */
  take(): Float32Array {
    const values = this.#values.slice(0, this.filled);
    this.filled = 0;
    return values;
  }

  begin(kind: 'object' | 'array'): void {
    this.#keys.push(this.#key);
    this.#key = '';
    if (kind === 'object' && this.#keys.at(-1) === 'power') {
      if (this.captures.length >= mostCaptures) throw badFile(this.#path, format, `${mostCaptures} captures`);
      this.#capture = { firstSample: this.#samples, endSample: this.#samples, voltageV: null, edges: [] };
    }
    if (kind === 'array' && this.#within('timestamps', 1)) this.#pair = [];
  }

  end(): void {
    const key = this.#keys.pop();
    this.#key = '';
    const capture = this.#capture;
    if (!capture) return;
    if (key === 'power') {
      if (this.#samples > capture.firstSample) this.captures.push({ ...capture, endSample: this.#samples });
      this.#capture = undefined;
    } else if (this.#keys.at(-1) === 'timestamps' && this.#keys.at(-2) === 'power') this.#edge(capture);
  }

  key(key: string): void {
    this.#key = key;
  }

  value(value: string | number | boolean | null): void {
    const capture = this.#capture;
    if (!capture) return;
    if (this.#within('samples', 0)) this.#sample(value);
    else if (this.#within('timestamps', 1)) this.#pair.push(value);
    else if (this.#keys.at(-1) === 'power' && this.#key === 'voltage') capture.voltageV = readVoltage(value);
  }

  /** Whether the present place is `power.<key>`, this many arrays deep in it. */
  #within(key: string, depth: number): boolean {
    return this.#keys.at(-1 - depth) === key && this.#keys.at(-2 - depth) === 'power';
  }

  #sample(value: string | number | boolean | null): void {
    if (typeof value !== 'number' && value !== null) {
      throw badFile(this.#path, format, `sample ${this.#samples + 1}: ${String(value).slice(0, 40)}`);
    }
    if (this.filled === this.#values.length) {
      const grown = new Float32Array(this.filled * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.filled] = value === null || !Number.isFinite(value) ? Number.NaN : value / scale;
    this.filled += 1;
    this.#samples += 1;
  }

  #edge(capture: Capture): void {
    const [count, before] = this.#pair;
    const sequence = typeof count === 'string' ? Number(count) : count;
    const whole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
    if (!whole(sequence) || !whole(before) || this.#pair.length !== 2 || this.#edges >= mostEdges) {
      const text = JSON.stringify(this.#pair).slice(0, 60);
      throw badFile(this.#path, format, `timestamp ${this.#edges + 1}: ${text}`);
    }
    this.#edges += 1;
    // The instrument's word for the level is a label only (energy monitors, section 2.7).
    capture.edges.push({ sampleIndex: capture.firstSample + before, channel: 0, level: 'unknown', sequence });
  }
}

function readVoltage(value: string | number | boolean | null): number | null {
  const voltageV = typeof value === 'string' ? Number(value) : value;
  return typeof voltageV === 'number' && voltageV > 0 && voltageV < 1000 ? voltageV : null;
}
