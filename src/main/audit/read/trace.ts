import { EembcTime } from '../../analysis/index.ts';
import { Fault } from '../../../shared/fault/index.ts';
import { openEembcTrace } from '../../emon/file/index.ts';
import type { FileSource } from '../source/index.ts';

/** What was summed between two time marks of a trace. */
export interface TraceWindow {
  startS: number;
  endS: number;
  firstSample: number;
  endSample: number;
  energyUJ: number;
  powerUW: number;
  largestUJ: number;
  /** Mean of the 10 samples before the first; null at the beginning of the trace. */
  beforeUJ: number | null;
}

export type TraceReading =
  | {
      ok: true;
      sampleRateHz: number;
      samples: number;
      gaps: number;
      intervals: TraceWindow[];
      /** The same by the numbers of the samples on which the marks lie: the other rule, by which a run of ours may have been summed. */
      byIndex: TraceWindow[] | null;
      columns: TraceColumns;
    }
  | { ok: false; reason: string };

/** Powers of the whole trace in columns of equal length, in uW; NaN for a column without samples. */
export interface TraceColumns {
  mean: Float64Array;
  min: Float64Array;
  max: Float64Array;
}

const samplesBefore = 10;
/** As many as a chart over the width of a page shows. */
const mostColumns = 600;

/**
 * Sums an energy trace between its time marks in one pass: interval k lies between mark k and k + 1 (from 0). The time of a sample is
 * the accumulated one, by which all published windows come out to the last digit (results and submission, section 5).
 * @param bothRules sums also between the samples on which the marks lie
 */
export async function readTrace(
  source: FileSource,
  entry: { path: string; bytes: number },
  { marksS, bothRules = false }: { marksS: readonly number[]; bothRules?: boolean },
  signal?: AbortSignal,
): Promise<TraceReading> {
  try {
    const trace = await openEembcTrace(
      {
        path: entry.path,
        size: entry.bytes,
        read: (start = 0, end = entry.bytes) => source.read(entry.path, { start, end }, signal),
      },
      undefined,
      {},
    );
    const { sampleRateHz, sampleCount } = trace;
    const time = new EembcTime(sampleRateHz);
    const sums = new IntervalSums(marksS, (markS) => time.indexAt(markS, sampleCount));
    const others = bothRules
      ? new IntervalSums(marksS, (markS) => Math.min(sampleCount, Math.round(markS * sampleRateHz)))
      : null;
    const columns = new ColumnSums(trace.sampleCount, trace.sampleRateHz);
    let gaps = 0;
    for await (const { values } of trace.blocks()) {
      for (const value of values) {
        if (Number.isNaN(value)) gaps += 1;
        sums.push(value);
        others?.push(value);
        columns.push(value);
      }
    }
    return {
      ok: true,
      sampleRateHz: trace.sampleRateHz,
      samples: trace.sampleCount,
      gaps,
      intervals: sums.intervals(trace.sampleRateHz),
      byIndex: others?.intervals(trace.sampleRateHz) ?? null,
      columns: columns.result(),
    };
  } catch (error) {
    if (error instanceof Fault && error.code === 'emon.badFile')
      return { ok: false, reason: (error.facts as { reason: string }).reason };
    throw error;
  }
}

interface Interval {
  firstSample: number;
  endSample: number;
  energyUJ: number;
  largestUJ: number;
  beforeUJ: number | null;
}

class IntervalSums {
  readonly #marksS: readonly number[];
  readonly #bounds: number[];
  readonly #intervals: Interval[] = [];
  readonly #recent: number[] = [];
  #index = 0;
  #interval = -1;

  constructor(marksS: readonly number[], indexAt: (markS: number) => number) {
    this.#marksS = marksS;
    this.#bounds = marksS.map(indexAt);
    for (let k = 0; k + 1 < this.#bounds.length; k += 1) {
      const [first, end] = [this.#bounds[k] as number, this.#bounds[k + 1] as number];
      this.#intervals.push({ firstSample: first, endSample: end, energyUJ: 0, largestUJ: 0, beforeUJ: null });
    }
  }

  push(value: number): void {
    while (this.#index === this.#bounds[this.#interval + 1]) {
      this.#interval += 1;
      const interval = this.#intervals[this.#interval];
      if (interval && this.#recent.length === samplesBefore)
        interval.beforeUJ = this.#recent.reduce((sum, sample) => sum + sample, 0) / samplesBefore;
    }
    const interval = this.#intervals[this.#interval];
    if (interval && this.#index < interval.endSample) {
      interval.energyUJ += value;
      if (value > interval.largestUJ) interval.largestUJ = value;
    }
    this.#recent.push(value);
    if (this.#recent.length > samplesBefore) this.#recent.shift();
    this.#index += 1;
  }

  intervals(sampleRateHz: number): TraceWindow[] {
    return this.#intervals.map((interval, k) => ({
      ...interval,
      startS: this.#marksS[k] as number,
      endS: this.#marksS[k + 1] as number,
      powerUW: (interval.energyUJ * sampleRateHz) / (interval.endSample - interval.firstSample),
    }));
  }
}

/** Mean, lowest and highest power of stretches of equal length. */
class ColumnSums {
  readonly #samples: number;
  readonly #rateHz: number;
  readonly #sum: Float64Array;
  readonly #count: Float64Array;
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  #index = 0;

  constructor(samples: number, rateHz: number) {
    const columns = Math.max(1, Math.min(mostColumns, samples));
    this.#samples = samples;
    this.#rateHz = rateHz;
    this.#sum = new Float64Array(columns);
    this.#count = new Float64Array(columns);
    this.#min = new Float64Array(columns).fill(Number.NaN);
    this.#max = new Float64Array(columns).fill(Number.NaN);
  }

  push(energyUJ: number): void {
    const column = Math.floor((this.#index * this.#sum.length) / this.#samples);
    this.#index += 1;
    if (Number.isNaN(energyUJ)) return;
    const powerUW = energyUJ * this.#rateHz;
    this.#sum[column] = (this.#sum[column] as number) + powerUW;
    this.#count[column] = (this.#count[column] as number) + 1;
    // NaN compares as false: the first value always counts.
    if (!((this.#min[column] as number) <= powerUW)) this.#min[column] = powerUW;
    if (!((this.#max[column] as number) >= powerUW)) this.#max[column] = powerUW;
  }

  result(): TraceColumns {
    return { mean: this.#sum.map((sum, k) => sum / (this.#count[k] as number)), min: this.#min, max: this.#max };
  }
}
