import type { SampleQuantity, Stretch } from '../../../shared/domain/energy.ts';

/** What the stored numbers of a trace mean. */
export interface SampleFormat {
  quantity: SampleQuantity;
  /** SI value = stored value * scale. */
  scale: number;
  /** Turns a current into power; null where samples are energy or power. */
  voltageV: number | null;
  sampleRateHz: number;
}

/** What belongs to a run of samples beside their values. */
export interface SampleExtras {
  raw?: Float32Array | undefined;
  /** In every run of a stretch or in none; 255 for a gap. */
  ranges?: Uint8Array | undefined;
  /** Samples of this run that the driver found at the end of the converter. */
  saturated?: number | undefined;
}

const gapRange = 255;
/** Samples on each side of a range switch that may carry its transient. */
const nearSwitch = 3;
const rangeCount = 256;

/** Joules of one sample per stored unit. @throws RangeError for a current without voltage. */
export function jouleFactor({ quantity, scale, voltageV, sampleRateHz }: SampleFormat): number {
  if (quantity === 'energy') return scale;
  if (quantity === 'power') return scale / sampleRateHz;
  if (voltageV === null) throw new RangeError('a current without voltage gives no energy');
  return (scale * voltageV) / sampleRateHz;
}

/** Stored value of a current in A; Infinity where the voltage that it takes is not known. */
export function storedCurrent(format: SampleFormat, currentA: number): number {
  const { quantity, scale, voltageV, sampleRateHz } = format;
  if (quantity === 'current') return currentA / scale;
  if (voltageV === null) return Infinity;
  return (currentA * voltageV) / (quantity === 'power' ? scale : scale * sampleRateHz);
}

/**
 * Sums up consecutive samples of a stretch in constant memory. Sums are plain double additions in the order of the samples, as the
 * published rules have them, in stored units: the factor to joules is applied once, at the end.
 */
export class StretchAccumulator {
  readonly #format: SampleFormat;
  readonly #firstSample: number;
  readonly #limit: number;
  readonly #rangeSums = new Float64Array(rangeCount);
  readonly #rangeSamples = new Float64Array(rangeCount);
  #length = 0;
  #sum = 0;
  #squares = 0;
  #rawSum: number | null = null;
  #min = Infinity;
  #max = -Infinity;
  #lost = 0;
  #clipped = 0;
  #saturated = 0;
  #previous = Number.NaN;
  #differences = 0;
  #pairs = 0;
  #range = gapRange;
  #hasRanges = false;
  #nearCount = 0;
  #nearEnd = 0;

  /** @param maxCurrentA Readings from there on count as saturated. */
  constructor(format: SampleFormat, firstSample: number, maxCurrentA = Infinity) {
    this.#format = format;
    this.#firstSample = firstSample;
    // A reading at the very end of the range stands for any current from there on; samples are of single precision.
    this.#limit = storedCurrent(format, maxCurrentA) * (1 - 1e-6);
  }

  /** Samples taken so far. */
  get length(): number {
    return this.#length;
  }

  /** The next samples; lost ones are NaN. */
  push(values: Float32Array, extras: SampleExtras = {}): void {
    const above = this.#addValues(values);
    // The driver's count covers what no value shows; the limit covers what the driver does not know.
    this.#saturated += Math.min(values.length, Math.max(above, extras.saturated ?? 0));
    if (extras.ranges) this.#addRanges(values, extras.ranges);
    if (extras.raw) this.#addRaw(extras.raw);
    this.#length += values.length;
  }

  #addValues(values: Float32Array): number {
    let sum = this.#sum;
    let squares = this.#squares;
    let min = this.#min;
    let max = this.#max;
    let previous = this.#previous;
    let differences = this.#differences;
    let pairs = this.#pairs;
    let above = 0;
    const limit = this.#limit;
    for (const value of values) {
      if (value !== value) this.#lost += 1;
      else {
        sum += value;
        squares += value * value;
        if (value < min) min = value;
        if (value > max) max = value;
        if (value === 0) this.#clipped += 1;
        if (value >= limit) above += 1;
        if (previous === previous) {
          differences += (value - previous) * (value - previous);
          pairs += 1;
        }
      }
      previous = value;
    }
    this.#sum = sum;
    this.#squares = squares;
    this.#min = min;
    this.#max = max;
    this.#previous = previous;
    this.#differences = differences;
    this.#pairs = pairs;
    return above;
  }

  /** Shares of the ranges, run by run of samples in one of them. */
  #addRanges(values: Float32Array, ranges: Uint8Array): void {
    this.#hasRanges = true;
    const sums = this.#rangeSums;
    const counts = this.#rangeSamples;
    for (let index = 0; index < values.length;) {
      const range = ranges[index] as number;
      let sum = sums[range] as number;
      let count = 0;
      let end = index;
      for (; end < values.length && ranges[end] === range; end += 1) {
        const value = values[end] as number;
        if (value !== value) continue;
        sum += value;
        count += 1;
      }
      sums[range] = sum;
      counts[range] = (counts[range] as number) + count;
      if (range !== gapRange) {
        if (this.#range !== gapRange && range !== this.#range) this.#markSwitch(this.#length + index);
        this.#range = range;
      }
      index = end;
    }
  }

  /** Marks the samples within three of a switch that happened before sample `at`, each once. */
  #markSwitch(at: number): void {
    const first = Math.max(0, at - nearSwitch, this.#nearEnd);
    this.#nearEnd = at + nearSwitch;
    this.#nearCount += this.#nearEnd - first;
  }

  #addRaw(raw: Float32Array): void {
    let sum = this.#rawSum ?? 0;
    for (const value of raw) if (value === value) sum += value;
    this.#rawSum = sum;
  }

  /** Energy in J so far: all that a window's other rule is asked for. */
  get energyJ(): number {
    return this.#sum * jouleFactor(this.#format);
  }

  /** What was summed up so far. */
  stretch(): Stretch {
    const factor = jouleFactor(this.#format);
    const powerFactor = factor * this.#format.sampleRateHz;
    const counted = this.#length - this.#lost;
    const per = (sum: number): number => (counted > 0 ? sum / counted : 0);
    return {
      firstSample: this.#firstSample,
      endSample: this.#firstSample + this.#length,
      energyJ: this.#sum * factor,
      // The published rule: energy * rate / number of samples.
      meanPowerW: per(this.#sum * factor * this.#format.sampleRateHz),
      minPowerW: counted > 0 ? this.#min * powerFactor : 0,
      maxPowerW: counted > 0 ? this.#max * powerFactor : 0,
      rmsPowerW: Math.sqrt(per(this.#squares)) * Math.abs(powerFactor),
      ranges: this.#shares(counted, factor),
      lostSamples: this.#lost,
      saturatedSamples: this.#saturated,
      clippedSamples: this.#clipped,
      noiseW: this.#pairs > 0 ? Math.sqrt(this.#differences / (2 * this.#pairs)) * Math.abs(powerFactor) : 0,
      rawEnergyJ: this.#rawSum === null ? null : this.#rawSum * factor,
      nearSwitchSamples: this.#nearCount - Math.max(0, this.#nearEnd - this.#length),
    };
  }

  /** Without a channel of ranges all samples are of range 0. */
  #shares(counted: number, factor: number): Stretch['ranges'] {
    if (!this.#hasRanges) return counted > 0 ? [{ range: 0, samples: counted, energyJ: this.#sum * factor }] : [];
    return [...this.#rangeSamples].flatMap((samples, range) =>
      samples > 0 ? [{ range, samples, energyJ: (this.#rangeSums[range] as number) * factor }] : [],
    );
  }
}
