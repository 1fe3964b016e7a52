import { EdgeDetector } from '../edge-detector.ts';
import type { MarkOptions } from '../edge-detector.ts';
import type { MonitorEvent } from '../monitor.ts';
import { saturatedCode } from './convert.ts';
import type { Ppk2Converter } from './convert.ts';
import { FrameSearch } from './frame-search.ts';
import type { FoundFrame } from './frame-search.ts';
import { SpikeFilter } from './spike-filter.ts';

export const ppk2SampleRateHz = 100_000;
const counterMask = 63;
/** Range of a sample that is a gap (`SampleBlock.ranges`). */
const gapRange = 255;
const highestRange = 4;
const blockSamples = 4096;

export interface Ppk2DecoderOptions {
  converter: Ppk2Converter;
  /** Whether `values` are filtered; `raw` then holds the others. */
  spikeFilter: boolean;
  mark: MarkOptions;
  emit(event: MonitorEvent): void;
}

/**
 * The PPK2's stream of samples, 4 bytes each, as events. Bytes come in pieces of any size; the events do not depend on how they were cut,
 * but for the cuts between blocks. Lost samples become NaN so that the number of a sample stays true time; a loss is believed when five
 * samples in a row agree on it, and a shifted framing is found again (energy monitors, sections 3.5 and 3.8). A loss of a
 * multiple of 64 samples cannot be seen here: `ClockCheck` is for that.
 */
export class Ppk2Decoder {
  readonly #converter: Ppk2Converter;
  readonly #emit: (event: MonitorEvent) => void;
  readonly #filter: SpikeFilter | undefined;
  readonly #edges: EdgeDetector;
  readonly #values = new Float32Array(blockSamples);
  readonly #raw: Float32Array | undefined;
  readonly #ranges = new Uint8Array(blockSamples);
  readonly #digital = new Uint8Array(blockSamples);
  /** Samples before the block that is being filled. */
  #flushed = 0;
  #filled = 0;
  #saturated = 0;
  /** Trailing samples of the block whose range does not exist. */
  #invalid = 0;
  /** Samples of the gap in front of the next sample. */
  #gapBefore = 0;
  #levels = 0;
  #expected = -1;
  #search: FrameSearch | undefined = new FrameSearch(true);
  /** Gap samples of the present search that were handed out already. */
  #handedOut = 0;
  /** The last sample in step: kept back until the next one is, since bytes lost inside it leave its counter what it should be. */
  #hasHeld = false;
  #heldLow = 0;
  #heldLevels = 0;
  readonly #tail = new Uint8Array(4);
  #tailBytes = 0;

  constructor(options: Ppk2DecoderOptions) {
    this.#converter = options.converter;
    this.#emit = options.emit;
    this.#filter = options.spikeFilter ? new SpikeFilter() : undefined;
    this.#raw = options.spikeFilter ? new Float32Array(blockSamples) : undefined;
    this.#edges = new EdgeDetector(options.mark, ppk2SampleRateHz);
  }

  /** Samples so far, gaps included. */
  get samples(): number {
    return this.#flushed + this.#filled;
  }

  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      if (!this.#search && this.#tailBytes === 0) at = this.#words(chunk, at);
      else {
        this.#byte(chunk[at] as number);
        at += 1;
      }
    }
    this.#flush();
  }

  /** Hands out what the end of the stream leaves undecided. */
  finish(): void {
    const search = this.#search;
    if (search) {
      const found = search.end();
      const lost = Math.floor(search.bytes / 4) - this.#handedOut;
      if (found) this.#resume(found, false);
      else if (this.#expected >= 0 && lost > 0) this.#gap(lost, 'malformed', false);
    }
    this.#release();
    this.#flush();
  }

  /** The quick way: whole words in step. Returns where it stopped. */
  #words(chunk: Uint8Array, start: number): number {
    let at = start;
    const last = chunk.length - 4;
    for (; at <= last; at += 4) {
      const high = chunk[at + 2] as number;
      if (high >> 2 !== this.#expected) {
        this.#search = new FrameSearch(false);
        return at;
      }
      const low = (chunk[at] as number) | ((chunk[at + 1] as number) << 8) | ((high & 3) << 16);
      this.#inStep(low, chunk[at + 3] as number);
    }
    while (at < chunk.length) {
      this.#tail[this.#tailBytes] = chunk[at] as number;
      this.#tailBytes += 1;
      at += 1;
    }
    return at;
  }

  #byte(byte: number): void {
    if (this.#search) {
      this.#seek(byte);
      return;
    }
    this.#tail[this.#tailBytes] = byte;
    this.#tailBytes += 1;
    if (this.#tailBytes < 4) return;
    this.#tailBytes = 0;
    this.#words(this.#tail, 0);
    if (this.#search) for (const held of this.#tail) this.#seek(held);
  }

  #seek(byte: number): void {
    const search = this.#search as FrameSearch;
    const found = search.push(byte);
    if (found) {
      this.#resume(found, true);
      return;
    }
    // Without end in sight the gap is handed out in pieces, so that nobody takes the stream for stalled.
    const lost = Math.floor(search.lostBytes / 4);
    if (this.#expected >= 0 && lost - this.#handedOut >= blockSamples) {
      this.#gap(lost - this.#handedOut, 'framing', false);
      this.#handedOut = lost;
    }
  }

  /** Goes on with the samples that the search has found, after filling what is missing before them. */
  #resume(found: FoundFrame, sure: boolean): void {
    this.#search = undefined;
    const { junkBytes, counter, words } = found;
    const least = Math.ceil(junkBytes / 4);
    const shifted = junkBytes % 4 !== 0;
    if (this.#expected >= 0) {
      // The smallest number of samples that fits both the counter and the bytes that came meanwhile.
      const missing = least + ((counter - this.#expected - least) & counterMask);
      const cause = shifted ? 'framing' : missing === least ? 'malformed' : 'counter';
      // Where the framing shifted, the words on both sides of the cut may hold bytes of two samples.
      const more = missing - this.#handedOut + (shifted ? 1 : 0);
      if (more > 0) this.#gap(more, cause, sure && (junkBytes === 0 || cause === 'malformed'));
    } else if (junkBytes > 0) {
      this.#emit({ kind: 'loss', sampleIndex: 0, count: null, cause: 'framing', exact: false });
    }
    this.#handedOut = 0;
    const first = shifted ? 1 : 0;
    this.#expected = (counter + first) & counterMask;
    for (const word of words.subarray(first)) this.#inStep(word & 0x3ffff, word >>> 24);
  }

  /** Takes a word whose counter is the expected one: `low` holds code and range. */
  #inStep(low: number, levels: number): void {
    if (this.#hasHeld) this.#sample(this.#heldLow, this.#heldLevels);
    this.#hasHeld = true;
    this.#heldLow = low;
    this.#heldLevels = levels;
    this.#expected = (this.#expected + 1) & counterMask;
  }

  /** The sample that was kept back is whole after all. */
  #release(): void {
    if (!this.#hasHeld) return;
    this.#hasHeld = false;
    this.#sample(this.#heldLow, this.#heldLevels);
  }

  #sample(low: number, levels: number): void {
    const range = (low >> 14) & 7;
    if (range > highestRange) {
      this.#invalidSample();
      return;
    }
    if (this.#invalid > 0) this.#endInvalid();
    this.#levels = levels;
    if (this.#edges.next(this.#flushed + this.#filled, levels)) this.#edge();
    const code = low & 0x3fff;
    const currentA = this.#converter.currentA(code, range);
    const at = this.#filled;
    if (this.#filter && this.#raw) {
      this.#raw[at] = currentA;
      this.#values[at] = this.#filter.next(currentA, range);
    } else this.#values[at] = currentA;
    this.#ranges[at] = range;
    this.#digital[at] = levels;
    if (code === saturatedCode) this.#saturated += 1;
    this.#gapBefore = 0;
    this.#filled = at + 1;
    if (this.#filled === blockSamples) this.#flush();
  }

  #edge(): void {
    this.#flush();
    const level = (this.#levels & this.#edges.mask) !== 0 ? 'rise' : 'fall';
    this.#emit({
      kind: 'edge',
      channel: this.#edges.bit,
      level,
      sampleIndex: this.#flushed,
      resolutionS: (1 + this.#gapBefore) / ppk2SampleRateHz,
    });
  }

  #invalidSample(): void {
    if (this.#invalid === 0) this.#flush();
    this.#filter?.reset();
    this.#invalid += 1;
    this.#gapBefore += 1;
    this.#fill(1);
    if (this.#filled === blockSamples) this.#flush();
  }

  #endInvalid(): void {
    const count = this.#invalid;
    this.#invalid = 0;
    this.#emit({ kind: 'loss', sampleIndex: this.#flushed, count, cause: 'malformed', exact: true });
    this.#flush();
  }

  #gap(lost: number, cause: 'counter' | 'framing' | 'malformed', exact: boolean): void {
    const dropped = cause === 'framing' && this.#hasHeld;
    if (dropped) this.#hasHeld = false;
    else this.#release();
    const count = dropped ? lost + 1 : lost;
    this.#flush();
    this.#filter?.reset();
    this.#emit({ kind: 'loss', sampleIndex: this.#flushed, count, cause, exact });
    this.#gapBefore += count;
    for (let left = count; left > 0;) {
      const part = Math.min(left, blockSamples - this.#filled);
      this.#fill(part);
      left -= part;
      this.#flush();
    }
  }

  #fill(count: number): void {
    const end = this.#filled + count;
    this.#values.fill(Number.NaN, this.#filled, end);
    this.#raw?.fill(Number.NaN, this.#filled, end);
    this.#ranges.fill(gapRange, this.#filled, end);
    // The levels stay what they were: an edge is seen when samples come again.
    this.#digital.fill(this.#levels, this.#filled, end);
    this.#filled = end;
  }

  #flush(): void {
    if (this.#invalid > 0) {
      this.#endInvalid();
      return;
    }
    const count = this.#filled;
    if (count === 0) return;
    const firstIndex = this.#flushed;
    const saturated = this.#saturated;
    this.#flushed += count;
    this.#filled = 0;
    this.#saturated = 0;
    this.#emit({
      kind: 'samples',
      firstIndex,
      values: this.#values.slice(0, count),
      ...(this.#raw ? { raw: this.#raw.slice(0, count) } : {}),
      ranges: this.#ranges.slice(0, count),
      digital: this.#digital.slice(0, count),
      saturated,
    });
  }
}
