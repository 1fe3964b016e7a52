import { readingA } from '../energy/errors.ts';
import type { TimelineCursor } from '../energy/timeline.ts';
import { seededRandom } from '../random.ts';
import { trueBinNs, type EmulatorSettings, type SampleGrid } from './emulator.ts';
import { Ppk2Encoder, ppk2FullCode, ppk2SpanA, type Ppk2Constants } from './ppk2-code.ts';

export const ppk2RateHz = 100_000;
/** Samples in one transfer. */
export const ppk2Burst = 512;
/** Up when the current is above this share of the span, down when below. */
const hysteresis = { up: 0.95, down: 0.05 } as const;
const lastRange = 4;

/**
 * Samples of one start: 4 bytes each, 100,000 a second. The current between two marks of the DUT is constant, so what does not
 * depend on the noise is computed once a segment.
 */
export class Ppk2Sampler {
  readonly grid: SampleGrid;
  readonly #settings: EmulatorSettings;
  readonly #cursor: TimelineCursor;
  readonly #noise: () => number;
  readonly #random: () => number;
  readonly #encoders: readonly Ppk2Encoder[];
  readonly #send: (bytes: Uint8Array) => void;
  #burst = new Uint8Array(4 * ppk2Burst);
  #filled = 0;
  #taken = 0;
  #counter: number;
  #range = 0;
  #distorted = 0;
  #skip = 0;
  /** Bytes to be cut out of the burst behind this place. */
  #cutAt = -1;
  #cut = 0;
  #pins: { timeNs: number; level: number }[] = [];
  #level: number;
  saturated = false;
  powered: boolean;

  constructor(
    settings: EmulatorSettings,
    constants: Ppk2Constants,
    start: { timeNs: number; counter: number; level: number; powered: boolean; vddV: number },
    noise: () => number,
    send: (bytes: Uint8Array) => void,
  ) {
    this.#settings = settings;
    this.#cursor = settings.load.timeline.cursor();
    this.#noise = noise;
    this.#random = seededRandom(settings.seed ^ 0x51ed_270b);
    this.#encoders = ppk2SpanA.map((_, range) => new Ppk2Encoder(constants, range, start.vddV));
    this.#send = send;
    this.grid = { startNs: start.timeNs, binNs: trueBinNs(ppk2RateHz, settings) };
    this.#counter = start.counter;
    this.#level = start.level;
    this.powered = start.powered;
  }

  get counter(): number {
    return this.#counter;
  }

  /** Samples of this start, sent or not. */
  get taken(): number {
    return this.#taken;
  }

  /** When the burst being filled will be full. */
  get nextBurstNs(): number {
    return this.#edgeOf(this.#taken + ppk2Burst - this.#filled + Math.max(0, this.#skip));
  }

  pin(timeNs: number, level: number): void {
    this.#pins.push({ timeNs, level });
  }

  lose(count: number, hidden: boolean): void {
    if (hidden) this.grid.startNs += count * this.grid.binNs;
    else this.#skip += count;
  }

  /** Cuts bytes out of the next sample. */
  loseBytes(count: number): void {
    const at = 4 * (this.#filled % ppk2Burst) + 1;
    this.#cutAt = Math.min(at, this.#burst.length - count);
    this.#cut = count;
  }

  /** Takes the samples that are over at a time that the clock has reached; full bursts are sent. */
  advance(nowNs: number): void {
    const { load, errors, noise } = this.#settings;
    load.advance(nowNs);
    let endNs = this.#edgeOf(this.#taken + 1);
    let segment = { currentA: NaN, endNs: -Infinity };
    let trueA = NaN;
    let meanA = 0;
    let sigmaA = 0;
    let encoder = this.#encoders[this.#range] as Ppk2Encoder;
    while (endNs <= nowNs) {
      const fromNs = this.#edgeOf(this.#taken);
      if (fromNs >= segment.endNs || segment.endNs === -Infinity) segment = this.#cursor.segment(fromNs);
      const binA = endNs <= segment.endNs ? segment.currentA : this.#cursor.mean(fromNs, endNs);
      if (binA !== trueA) {
        trueA = binA;
        this.#choose(trueA);
        encoder = this.#encoders[this.#range] as Ppk2Encoder;
        meanA = this.powered ? readingA(errors, this.#range, ppk2SpanA[this.#range] as number, trueA) : 0;
        sigmaA = Math.sqrt((noise.relative * meanA) ** 2 + noise.absoluteA ** 2);
      }
      let readA = sigmaA > 0 ? meanA + sigmaA * this.#noise() : meanA;
      if (this.#distorted > 0) {
        this.#distorted--;
        readA *= 0.5 + this.#random() / 2 ** 32;
      }
      this.#taken++;
      this.#put(this.saturated ? ppk2FullCode : encoder.code(readA), endNs);
      endNs = this.#edgeOf(this.#taken + 1);
    }
  }

  /** Sends what is left of a burst. */
  flush(): void {
    if (this.#filled > 0) this.#emit();
  }

  #edgeOf(sample: number): number {
    return Math.round(this.grid.startNs + sample * this.grid.binNs);
  }

  #choose(trueA: number): void {
    const before = this.#range;
    while (this.#range < lastRange && trueA > hysteresis.up * (ppk2SpanA[this.#range] as number)) this.#range++;
    while (this.#range > 0 && trueA < hysteresis.down * (ppk2SpanA[this.#range] as number)) this.#range--;
    if (this.#range !== before) this.#distorted = 1 + (this.#random() % 3);
  }

  #put(code: number, endNs: number): void {
    // The port is looked at when the sample is taken: a pulse between two looks is never seen.
    while (this.#pins[0] && this.#pins[0].timeNs < endNs) this.#level = (this.#pins.shift() as { level: number }).level;
    const counter = this.#counter;
    this.#counter = (counter + 1) & 63;
    if (this.#skip > 0) {
      this.#skip--;
      return;
    }
    const at = 4 * this.#filled;
    const low = code | (this.#range << 14);
    this.#burst[at] = low & 0xff;
    this.#burst[at + 1] = (low >> 8) & 0xff;
    this.#burst[at + 2] = (low >> 16) | (counter << 2);
    this.#burst[at + 3] = this.#level;
    this.#filled++;
    if (this.#filled === ppk2Burst) this.#emit();
  }

  #emit(): void {
    const full = this.#burst.subarray(0, 4 * this.#filled);
    this.#filled = 0;
    if (this.#cut === 0) {
      this.#send(full.slice());
      return;
    }
    const kept = Uint8Array.from([...full.subarray(0, this.#cutAt), ...full.subarray(this.#cutAt + this.#cut)]);
    this.#cut = 0;
    this.#send(kept);
  }
}
