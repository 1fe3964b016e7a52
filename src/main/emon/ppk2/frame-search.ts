/** Samples in a row whose counters must rise by one before a gap or a new framing is believed: the sample and the following four. */
const runSamples = 5;
const windowBytes = runSamples * 4;
/** Words out of step before another framing than the present one is considered. */
const mostMismatches = 4;
const counterMask = 63;

export interface FoundFrame {
  /** Bytes before the run that belong to no sample. */
  junkBytes: number;
  /** Counter of the first sample of the run. */
  counter: number;
  /** The run: whole words, at most five. */
  words: Uint32Array;
}

/**
 * Looks for the next believable samples after the counter has jumped: five words in a row whose counters rise by one. The present framing is
 * preferred; after four words out of step all four are tried. Keeps 20 bytes, whatever comes (energy monitors, section 3.8).
 */
export class FrameSearch {
  /** At the start of a stream two words suffice: there is no sample before that could contradict. */
  readonly #atStart: boolean;
  readonly #window = new Uint8Array(windowBytes);
  #total = 0;
  #mismatches = 1;

  constructor(atStart: boolean) {
    this.#atStart = atStart;
  }

  get bytes(): number {
    return this.#total;
  }

  /** Bytes seen that are out of the window: they belong to no sample. */
  get lostBytes(): number {
    return Math.max(0, this.#total - windowBytes);
  }

  /** Takes the next byte; the frame when it completes one. */
  push(byte: number): FoundFrame | undefined {
    this.#window[this.#total % windowBytes] = byte;
    this.#total += 1;
    const total = this.#total;
    const aligned = total % 4 === 0;
    if (aligned && total >= 8) {
      this.#mismatches = this.#follows(total) ? 0 : this.#mismatches + 1;
      if (this.#atStart && total === 8 && this.#mismatches === 0) return this.#found(2);
    }
    if (total < windowBytes || (!aligned && this.#mismatches < mostMismatches)) return undefined;
    for (let end = total; end > total - windowBytes + 4; end -= 4) if (!this.#follows(end)) return undefined;
    if (!aligned && !this.#plausible()) return undefined;
    return this.#found(runSamples);
  }

  /** What the end of the stream leaves: the words that it holds, if they are in step. */
  end(): FoundFrame | undefined {
    const words = Math.min(runSamples - 1, Math.floor(this.#total / 4));
    if (words < 1 || this.#total >= windowBytes) return undefined;
    const end = words * 4;
    for (let at = end; at > 4; at -= 4) if (!this.#follows(at)) return undefined;
    return this.#found(words, end);
  }

  #found(count: number, end: number = this.#total): FoundFrame {
    const words = new Uint32Array(count);
    const start = end - count * 4;
    for (let index = 0; index < count; index += 1) words[index] = this.#word(start + index * 4);
    return { junkBytes: start, counter: ((words[0] as number) >>> 18) & counterMask, words };
  }

  /** Whether the word that ends before byte `end` has the counter that follows the one before it. */
  #follows(end: number): boolean {
    const before = (this.#byte(end - 6) >> 2) & counterMask;
    return ((this.#byte(end - 2) >> 2) & counterMask) === ((before + 1) & counterMask);
  }

  /** Whether all words of the window name a range that exists. */
  #plausible(): boolean {
    for (let at = this.#total - windowBytes; at < this.#total; at += 4) {
      if (((this.#word(at) >>> 14) & 7) > 4) return false;
    }
    return true;
  }

  #word(at: number): number {
    return (this.#byte(at) | (this.#byte(at + 1) << 8) | (this.#byte(at + 2) << 16) | (this.#byte(at + 3) << 24)) >>> 0;
  }

  #byte(at: number): number {
    return this.#window[at % windowBytes] as number;
  }
}
