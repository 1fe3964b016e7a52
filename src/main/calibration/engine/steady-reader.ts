import type { CurrentReading } from '../../../shared/domain/calibration.ts';
import type { SampleBlock } from '../../emon/index.ts';

export interface SteadyReaderOptions {
  sampleRateHz: number;
  /** Value of the stream to current in A: 1 for a current, rate / voltage for energy, 1 / voltage for power. */
  scaleA: number;
  /** Left alone after the current has become stable. */
  settleS: number;
  /** Measured. */
  seconds: number;
  /** Given up after that long without a stable current; the reading then says so. */
  longestSettleS: number;
}

export interface SteadyProgress {
  phase: 'settling' | 'measuring';
  /** Mean of the last second. */
  meanA: number;
  remainingS: number;
}

/** Blocks into which the measured samples are cut, to see noise that is not white. */
const blockCount = 50;
/** Two successive means of a second may differ by that share of the reading (uncertainty, section 9). */
const stableRel = 2e-4;
/** From this ratio on the blocks scatter more than white noise of their size would: 3 standard deviations with 50 blocks. */
const notWhite = 1.3;

/**
 * Reads a constant current: waits until two successive means of a second agree within 3 standard errors or 0.02 %, lets it settle, then takes the
 * samples (uncertainty, section 9). Counts seconds in samples, so that it needs no clock.
 */
export class SteadyReader {
  readonly #options: SteadyReaderOptions;
  #phase: 'stabilising' | 'settling' | 'measuring' | 'done' = 'stabilising';
  #second = new Sums();
  #lastSecond: Sums | undefined;
  #seen = 0;
  #settledAt: number | null = null;
  #measureFrom = 0;
  #total = new Sums();
  #block = new Sums();
  #blockMeans: number[] = [];
  #thirds = [new Sums(), new Sums(), new Sums()];
  #ranges = new Map<number, number>();
  #lost = 0;
  #saturated = 0;
  #zeros = 0;
  #taken = 0;

  constructor(options: SteadyReaderOptions) {
    this.#options = options;
  }

  get done(): boolean {
    return this.#phase === 'done';
  }

  /** Takes a block of the stream; true when the reading is complete. */
  push(block: SampleBlock, onSecond?: (progress: SteadyProgress) => void): boolean {
    const { sampleRateHz, scaleA } = this.#options;
    const perSecond = Math.max(2, Math.round(sampleRateHz));
    let measured = false;
    for (let k = 0; k < block.values.length && this.#phase !== 'done'; k += 1) {
      const valueA = (block.values[k] as number) * scaleA;
      this.#seen += 1;
      if (this.#phase === 'measuring') {
        measured = true;
        this.#take(valueA, block.ranges?.[k] ?? 0);
      }
      if (!Number.isNaN(valueA)) this.#second.add(valueA);
      if (this.#seen % perSecond === 0) {
        this.#endSecond();
        onSecond?.(this.#progress());
      }
      if (this.#phase === 'settling' && this.#seen >= this.#measureFrom) this.#phase = 'measuring';
    }
    // Which samples of a block are saturated is not said; a block that touches the reading counts.
    if (measured) this.#saturated += block.saturated;
    return this.#phase === 'done';
  }

  result(): CurrentReading {
    const { sampleRateHz } = this.#options;
    const samples = Math.max(1, this.#total.count);
    const sdA = this.#total.sd;
    const blocks = this.#blockMeans.length;
    const blockSdA = sdOf(this.#blockMeans);
    const whiteA = sdA / Math.sqrt(samples);
    const ofBlocksA = blocks > 1 ? blockSdA / Math.sqrt(blocks) : 0;
    const [range, count] = [...this.#ranges].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [0, 0]);
    const [first, , last] = this.#thirds as [Sums, Sums, Sums];
    return {
      kind: 'current',
      meanA: this.#total.mean,
      sdA,
      samples,
      blockSdA,
      blocks,
      standardErrorA: ofBlocksA > notWhite * whiteA ? ofBlocksA : whiteA,
      range,
      rangeShare: count / samples,
      trendA: last.mean - first.mean,
      lostSamples: this.#lost,
      saturatedSamples: this.#saturated,
      zeroSamples: this.#zeros,
      durationS: this.#taken / sampleRateHz,
      settledAfterS: this.#settledAt === null ? null : this.#settledAt / sampleRateHz,
    };
  }

  #endSecond(): void {
    const { sampleRateHz, settleS, longestSettleS } = this.#options;
    const last = this.#lastSecond;
    const now = this.#second;
    if (this.#phase === 'stabilising' && last && now.count > 1 && last.count > 1) {
      const limitA = Math.max(3 * Math.hypot(now.standardError, last.standardError), stableRel * Math.abs(now.mean));
      if (Math.abs(now.mean - last.mean) <= limitA) this.#settledAt = this.#seen;
    }
    if (this.#phase === 'stabilising' && (this.#settledAt !== null || this.#seen >= longestSettleS * sampleRateHz)) {
      this.#phase = 'settling';
      this.#measureFrom = this.#seen + Math.round(settleS * sampleRateHz);
    }
    this.#lastSecond = now;
    this.#second = new Sums();
  }

  #take(valueA: number, range: number): void {
    const wanted = Math.round(this.#options.seconds * this.#options.sampleRateHz);
    const third = Math.min(2, Math.floor((3 * this.#taken) / wanted));
    this.#taken += 1;
    if (Number.isNaN(valueA)) this.#lost += 1;
    else {
      if (valueA === 0) this.#zeros += 1;
      this.#total.add(valueA);
      this.#block.add(valueA);
      this.#thirds[third]?.add(valueA);
      this.#ranges.set(range, (this.#ranges.get(range) ?? 0) + 1);
    }
    const blockSize = Math.max(2, Math.floor(wanted / blockCount));
    if (this.#taken % blockSize === 0 && this.#block.count > 0) {
      this.#blockMeans.push(this.#block.mean);
      this.#block = new Sums();
    }
    if (this.#taken >= wanted) this.#phase = 'done';
  }

  #progress(): SteadyProgress {
    const { sampleRateHz, seconds, settleS } = this.#options;
    const leftS = this.#phase === 'measuring' ? seconds - this.#taken / sampleRateHz : seconds + settleS;
    return {
      phase: this.#phase === 'measuring' || this.#phase === 'done' ? 'measuring' : 'settling',
      meanA: this.#lastSecond?.mean ?? 0,
      remainingS: Math.max(0, leftS),
    };
  }
}

/** Count, mean and standard deviation in doubles, about the first value, so that a small scatter on a large mean keeps its digits. */
class Sums {
  count = 0;
  #shift = 0;
  #sum = 0;
  #squares = 0;

  add(value: number): void {
    if (this.count === 0) this.#shift = value;
    const rest = value - this.#shift;
    this.count += 1;
    this.#sum += rest;
    this.#squares += rest * rest;
  }

  get mean(): number {
    return this.count === 0 ? 0 : this.#shift + this.#sum / this.count;
  }

  get sd(): number {
    if (this.count < 2) return 0;
    return Math.sqrt(Math.max(0, this.#squares - this.#sum ** 2 / this.count) / (this.count - 1));
  }

  get standardError(): number {
    return this.sd / Math.sqrt(Math.max(1, this.count));
  }
}

function sdOf(values: readonly number[]): number {
  const sums = new Sums();
  for (const value of values) sums.add(value);
  return sums.sd;
}
