import type { EnergySetup, TraceSummary } from '../../../shared/domain/energy.ts';
import { eembcSlices, mlcSlice } from './eembc-time.ts';
import type { WindowSlice } from './eembc-time.ts';
import { StretchAccumulator } from './stretch.ts';
import type { SampleFormat } from './stretch.ts';

/** The least that a trace must offer to be summed up; `TraceReader` with its header's fields does. */
export interface TraceSource extends SampleFormat {
  samples: number;
  /** Consecutive blocks of [first, end), in order. */
  blocks(
    first: number,
    end: number,
  ): AsyncIterable<{
    first: number;
    block: { values: Float32Array; raw?: Float32Array; ranges?: Uint8Array; saturated: number };
  }>;
}

/** A window as the runner knows it; edges in samples since the trace began. */
export type WindowEdges = Pick<
  TraceSummary['windows'][number],
  'number' | 'inputIndex' | 'inferences' | 'startEdge' | 'endEdge' | 'hostS' | 'edges'
>;

export interface RestRange {
  state: 'idle' | 'sleep';
  firstSample: number;
  endSample: number;
}

export interface SummaryOptions {
  rule: EnergySetup['windowRule'];
  windows: readonly WindowEdges[];
  rests: readonly RestRange[];
  /** Readings from there on count as saturated. */
  maxCurrentA: number;
  signal?: AbortSignal;
}

export type SummaryParts = Pick<TraceSummary, 'windows' | 'rest' | 'headS' | 'tailS'>;

/** Samples beside an edge whose mean power enters the edge's uncertainty (uncertainty, section 3.7). */
const edgeSamples = 10;

/**
 * Windows by both published rules and rest stretches of a trace, in one pass through its blocks and with memory that does not grow
 * with its length. The times of edges are edge / rate, so that an edge by index and its printed time are the same number.
 * @throws RangeError for a current without voltage; the signal's reason when aborted; what the source throws.
 */
export async function summariseTrace(source: TraceSource, options: SummaryOptions): Promise<SummaryParts> {
  const { samples, sampleRateHz } = source;
  const { windows, rests, rule } = options;
  const byTime = eembcSlices(
    windows.map(({ startEdge, endEdge }) => ({ startS: startEdge / sampleRateHz, endS: endEdge / sampleRateHz })),
    sampleRateHz,
    samples,
  );
  const byIndex = windows.map(({ startEdge, endEdge }) => mlcSlice(startEdge, endEdge, samples));
  const [official, other] = rule === 'eembc' ? [byTime, byIndex] : [byIndex, byTime];
  const collect = (slice: WindowSlice): Part => new Part(source, slice, options.maxCurrentA);
  const parts = windows.map((_window, index) => {
    const slice = official[index] as WindowSlice;
    return {
      official: collect(slice),
      other: collect(other[index] as WindowSlice),
      before: collect({ first: Math.max(0, slice.first - edgeSamples), end: slice.first }),
      last: collect({ first: Math.max(slice.first, slice.end - edgeSamples), end: slice.end }),
    };
  });
  const restParts = rests.map(({ firstSample, endSample }) =>
    collect({ first: Math.min(firstSample, samples), end: Math.min(endSample, samples) }),
  );
  await walk(source, [...parts.flatMap((part) => Object.values(part)), ...restParts], options.signal);
  return {
    windows: windows.map((window, index) => {
      const part = parts[index] as (typeof parts)[number];
      return {
        ...window,
        durationS: (window.endEdge - window.startEdge) / sampleRateHz,
        official: part.official.sums.stretch(),
        other: { samples: part.other.sums.length, energyJ: part.other.sums.energyJ },
        beforeStartW: part.before.sums.stretch().meanPowerW,
        beforeEndW: part.last.sums.stretch().meanPowerW,
      };
    }),
    rest: rests.map(({ state }, index) => {
      const { sums } = restParts[index] as Part;
      return { state, durationS: sums.length / sampleRateHz, stretch: sums.stretch() };
    }),
    ...margins(windows, samples, sampleRateHz),
  };
}

/** Seconds of trace before the first and after the last edge; all of it before, where there is no window. */
function margins(
  windows: readonly WindowEdges[],
  samples: number,
  sampleRateHz: number,
): { headS: number; tailS: number } {
  if (windows.length === 0) return { headS: samples / sampleRateHz, tailS: 0 };
  const first = windows.reduce((least, { startEdge }) => Math.min(least, startEdge), Infinity);
  const last = windows.reduce((most, { endEdge }) => Math.max(most, endEdge), 0);
  return { headS: first / sampleRateHz, tailS: Math.max(0, samples - last) / sampleRateHz };
}

/** A slice of the trace and its sums. */
class Part {
  readonly slice: WindowSlice;
  readonly sums: StretchAccumulator;

  constructor(format: SampleFormat, slice: WindowSlice, maxCurrentA: number) {
    this.slice = slice;
    this.sums = new StretchAccumulator(format, slice.first, maxCurrentA);
  }
}

async function walk(source: TraceSource, parts: readonly Part[], signal: AbortSignal | undefined): Promise<void> {
  const wanted = parts.filter(({ slice }) => slice.end > slice.first);
  const first = wanted.reduce((least, { slice }) => Math.min(least, slice.first), Infinity);
  const end = wanted.reduce((most, { slice }) => Math.max(most, slice.end), 0);
  if (wanted.length === 0) return;
  for await (const { first: blockFirst, block } of source.blocks(first, end)) {
    signal?.throwIfAborted();
    const blockEnd = blockFirst + block.values.length;
    const saturatedFrom = saturationLevel(block);
    for (const { slice, sums } of wanted) {
      const from = Math.max(slice.first, blockFirst) - blockFirst;
      const to = Math.min(slice.end, blockEnd) - blockFirst;
      if (to <= from) continue;
      const values = block.values.subarray(from, to);
      sums.push(values, {
        raw: block.raw?.subarray(from, to),
        ranges: block.ranges?.subarray(from, to),
        saturated:
          saturatedFrom === Infinity ? 0 : values.reduce((sum, value) => sum + Number(value >= saturatedFrom), 0),
      });
    }
  }
}

/**
 * A driver counts the saturated samples of a block without saying which they are: at the end of the converter they are its largest.
 * Infinity for a block without any.
 */
function saturationLevel({ values, saturated }: { values: Float32Array; saturated: number }): number {
  if (saturated <= 0) return Infinity;
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return sorted[Math.max(0, sorted.length - saturated)] ?? Infinity;
}
