import type { MonitorEvent } from '../monitor.ts';

type Status = Omit<Extract<MonitorEvent, { kind: 'status' }>, 'kind' | 'sampleIndex'>;
type LossCause = Extract<MonitorEvent, { kind: 'loss' }>['cause'];

export interface TimelineOptions {
  sampleRateHz: number;
  /** What a time mark means: the polarity that `eventsrc` was set to, whatever word the line has (energy monitors, 2.7). */
  edgeLevel: 'fall' | 'rise' | 'unknown';
  /**
   * Samples that are kept back at most. A text stream gives them away within 50 ms; a binary one keeps them until the next time stamp has
   * confirmed that the pairs were cut at the right place.
   */
  blockSamples: number;
  /** Samples of this much, in the stream's unit, and more are at the end of the measuring range; Infinity where it is not known. */
  fullScale: number;
  emit: (event: MonitorEvent) => void;
}

/** Samples between two time stamps (energy monitors, 2.5 and 2.6). */
const samplesPerTick = 1000;
/** D7, on which the time marks come. */
const edgeChannel = 7;
/** A hole that is longer is not filled: a stream that is silent for 2 s has ended, so the time stamp must be wrong. */
const longestHoleS = 5;
const shortestHoleLimit = 2000;
/** By how much, relative, a time stamp may be off whole thousands of samples and still count for them. */
const tickTolerance = 0.02;
/** Load of the instrument's transmit buffer in percent above which it is close to stopping. */
const highBufferPercent = 80;

/**
 * Gives every sample its number and turns what both streams say into events. Numbers only grow; between two time stamps of the instrument
 * there must be exactly 1000 samples: what is missing becomes a `loss` and as many NaN, so that number / rate stays the instrument's time.
 * Where in that interval the samples went missing nobody knows; they are filled in at its end.
 */
export class Timeline {
  readonly #options: TimelineOptions;
  readonly #longestHole: number;
  #block: Float32Array<ArrayBuffer>;
  /** Samples in `#block`. */
  #pending = 0;
  /** Those of them that are at the end of the range. */
  #saturated = 0;
  /** Samples given away. */
  #given = 0;
  /** Last time stamp as it was printed, with the number of samples before it. */
  #anchor: { ms: number; index: number } | undefined;
  /** Time of the instrument since its first stamp, beyond the wrap of the printed one. */
  #deviceMs = 0;
  /** NaN that stand for fragments since the last time stamp: nobody counted them, so there may be too many. */
  #guessed = 0;
  /** By how many samples the numbers are ahead of the instrument's time, from wrong guesses. */
  #ahead = 0;
  #framingLost = false;
  #edge: { raw: number; sequence: number; index: number } | undefined;
  #bufferHigh = false;

  constructor(options: TimelineOptions) {
    this.#options = options;
    this.#longestHole = Math.max(shortestHoleLimit, Math.round(longestHoleS * options.sampleRateHz));
    this.#block = new Float32Array(options.blockSamples);
  }

  /** Samples so far, gaps included. */
  get index(): number {
    return this.#given + this.#pending;
  }

  /** Samples that are kept back. */
  get pending(): number {
    return this.#pending;
  }

  sample(value: number): void {
    this.#block[this.#pending++] = value;
    if (value >= this.#options.fullScale) this.#saturated += 1;
    if (this.#pending === this.#block.length) this.#give();
  }

  /** A fragment that may have been a sample: one NaN, since its place in time passed (as the published runner does). */
  fragment(): void {
    this.#loss('malformed', 1, false);
    this.#guessed += 1;
    this.sample(Number.NaN);
  }

  /** Something was lost and nobody knows how much; the next time stamp will tell. */
  unknownLoss(cause: LossCause): void {
    this.#loss(cause, null, false);
  }

  /** The pairs since the last block may be cut wrongly: takes them back. The next time stamp says how many samples they were. */
  distrust(): void {
    this.#pending = 0;
    this.#saturated = 0;
    this.#framingLost = true;
  }

  /**
   * A time stamp of the instrument.
   * @param modulusMs where its printed time begins anew: 1,000,000 for three digits of seconds, 2^31 in binary.
   */
  tick(ms: number, modulusMs: number, bufferPercent: number): void {
    this.#reconcile(ms, modulusMs);
    this.#anchor = { ms, index: this.index };
    this.#guessed = 0;
    this.#framingLost = false;
    this.#give();
    this.#options.emit({
      kind: 'tick',
      deviceTimeS: this.#deviceMs / 1000,
      bufferPercent,
      sampleIndex: this.#given,
    });
    const high = bufferPercent > highBufferPercent;
    if (high && !this.#bufferHigh) this.status({ text: `buff ${bufferPercent}%` });
    this.#bufferHigh = high;
  }

  /** A time mark with the instrument's two-digit count. All marks count; only the same line twice at the same place is one. */
  edge(raw: number): void {
    const { index } = this;
    const last = this.#edge;
    if (last && last.raw === raw && last.index === index) return;
    let sequence = raw;
    if (last) {
      // Whether the count begins anew after 99, goes on or stays is not known: all three are taken.
      const step = raw < last.raw && last.raw < 100 ? raw + 100 - last.raw : raw - last.raw;
      if (step < 0 || step > 1) this.#loss('counter', null, false);
      sequence = last.sequence + Math.max(1, step);
    }
    this.#edge = { raw, sequence, index };
    this.#give();
    const { edgeLevel: level, sampleRateHz } = this.#options;
    this.#options.emit({
      kind: 'edge',
      channel: edgeChannel,
      level,
      sampleIndex: index,
      resolutionS: 1 / sampleRateHz,
      sequence,
    });
  }

  status(status: Status): void {
    this.#give();
    this.#options.emit({ kind: 'status', sampleIndex: this.#given, ...status });
  }

  /** Gives away what is kept back, at the end of the stream. */
  finish(): void {
    if (this.#framingLost) this.#loss('framing', null, false);
    this.#framingLost = false;
    this.#give();
  }

  #reconcile(ms: number, modulusMs: number): void {
    const { sampleRateHz } = this.#options;
    if (!this.#anchor && this.index === 0) {
      this.#deviceMs = ms;
      return;
    }
    // The first stamp stands before sample 0 and says 0 ms: when it was lost, the first one seen is measured against that.
    const anchor = this.#anchor ?? { ms: 0, index: 0 };
    const elapsedMs = (((ms - anchor.ms) % modulusMs) + modulusMs) % modulusMs;
    const seen = this.index - anchor.index;
    const expected = expectedSamples(elapsedMs, sampleRateHz);
    if (expected === 0 || expected > seen + this.#longestHole) {
      // The time itself cannot be right: an overflow (the marks `>` and `<` are not explained anywhere) or a damaged stamp. The count still can.
      if (seen !== samplesPerTick || this.#framingLost) this.#loss(this.#cause('tick'), null, false);
      this.#deviceMs += (seen * 1000) / sampleRateHz;
      return;
    }
    this.#deviceMs += elapsedMs;
    const missing = expected - seen;
    if (missing > 0) this.#fill(missing);
    else if (this.#framingLost || -missing > this.#guessed) this.#loss(this.#cause('tick'), null, false);
    if (missing < 0) this.#ahead -= missing;
  }

  /** Puts NaN in the place of `missing` samples, fewer when guesses have put some there already. */
  #fill(missing: number): void {
    const count = Math.max(0, missing - this.#ahead);
    this.#ahead = Math.max(0, this.#ahead - missing);
    this.#loss(this.#cause('tick'), count > 0 ? count : null, count === missing);
    for (let left = count; left > 0; left -= 1) this.sample(Number.NaN);
  }

  #cause(otherwise: LossCause): LossCause {
    return this.#framingLost ? 'framing' : otherwise;
  }

  #loss(cause: LossCause, count: number | null, exact: boolean): void {
    this.#give();
    this.#options.emit({ kind: 'loss', sampleIndex: this.#given, count, cause, exact });
  }

  #give(): void {
    const count = this.#pending;
    if (count === 0) return;
    const full = count === this.#block.length;
    const values = full ? this.#block : this.#block.slice(0, count);
    if (full) this.#block = new Float32Array(this.#options.blockSamples);
    const firstIndex = this.#given;
    this.#given += count;
    this.#pending = 0;
    const saturated = this.#saturated;
    this.#saturated = 0;
    this.#options.emit({ kind: 'samples', firstIndex, values, saturated });
  }
}

/** Samples that belong to a time: whole thousands when it is close to them, since the stamps come after each thousand. */
function expectedSamples(elapsedMs: number, sampleRateHz: number): number {
  const exact = (elapsedMs * sampleRateHz) / 1000;
  const thousands = Math.round(exact / samplesPerTick);
  const whole = thousands * samplesPerTick;
  return Math.abs(exact - whole) <= tickTolerance * whole ? whole : Math.round(exact);
}
