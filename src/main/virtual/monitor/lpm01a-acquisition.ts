import { readingA } from '../energy/errors.ts';
import type { TimelineCursor } from '../energy/timeline.ts';
import { trueBinNs, type EmulatorSettings, type SampleGrid } from './emulator.ts';
import { asciiSample, binarySample, frame, timeStampFrame, timeStampLine } from './lpm01a-format.ts';

export interface Lpm01aProfile {
  rateHz: number;
  quantity: 'current' | 'energy';
  format: 'ascii_dec' | 'bin_hexa';
  /** Samples until it ends by itself; Infinity for none. */
  samples: number;
  /** A NUL behind each line of a time stamp, as boards send it. */
  nulAfterTimeStamp: boolean;
}

/** What the acquisition asks its instrument for. */
export interface Lpm01aState {
  powered(): boolean;
  setV(): number;
}

/** Highest current of the dynamic mode in A: a reading stops there. */
export const lpm01aFullScaleA = 50e-3;
/** What the open output reads, in A. */
const offA = 2e-9;
const samplesPerTimeStamp = 1000;

/** One acquisition: turns the load's timeline into the bytes of the stream. It knows no clock; `flush` says how far to go. */
export class Lpm01aAcquisition {
  readonly grid: SampleGrid;
  readonly profile: Lpm01aProfile;
  readonly #settings: EmulatorSettings;
  readonly #state: Lpm01aState;
  readonly #cursor: TimelineCursor;
  readonly #noise: () => number;
  #out = new Uint8Array(4096);
  #length = 0;
  /** Samples that are over, sent or not. */
  #taken = 0;
  #events = 0;
  #skip = 0;
  #dropBytes = 0;
  #dropWaiting = 0;
  #min = Infinity;
  #max = 0;

  constructor(
    settings: EmulatorSettings,
    state: Lpm01aState,
    profile: Lpm01aProfile,
    startNs: number,
    noise: () => number,
  ) {
    this.#settings = settings;
    this.#state = state;
    this.profile = profile;
    this.grid = { startNs, binNs: trueBinNs(profile.rateHz, settings) };
    this.#cursor = settings.load.timeline.cursor();
    this.#noise = noise;
  }

  get isDone(): boolean {
    return this.#taken >= this.profile.samples;
  }

  get isBinary(): boolean {
    return this.profile.format === 'bin_hexa';
  }

  /** When the sample that is `count` samples ahead will be over. */
  endOf(count: number): number {
    return this.#edgeOf(Math.min(this.profile.samples, this.#taken + count));
  }

  /** Everything up to a time that the clock has reached; the bytes belong to the caller. */
  flush(nowNs: number): Uint8Array {
    this.#settings.load.advance(nowNs);
    while (!this.isDone && this.#edgeOf(this.#taken + 1) <= nowNs) this.#sample();
    return this.#take();
  }

  /** A line or frame of an edge of D7, behind the samples that were over before it. */
  edge(): Uint8Array {
    const number = this.#events++ % 100;
    // Whatever the polarity, boards say `ris`. The binary form is not public: a frame of a reserved type stands for it.
    if (this.isBinary) this.#bytes(frame(0xfe, [number]));
    else this.#text(`event ${String(number).padStart(2, '0')} ris\r\n`);
    return this.#take();
  }

  /** What follows the last sample. */
  end(): Uint8Array {
    if (this.isBinary) this.#bytes(frame(0xf4));
    else this.#text('\r\nend\r\n');
    const { quantity } = this.profile;
    const [low, high] = [this.#min === Infinity ? 0 : this.#min, this.#max].map((value) =>
      asciiSample(value, quantity),
    );
    this.#text(`\r\nsummary beg\r\n${String(low)}\r\n${String(high)}\r\nsummary end\r\n`);
    return this.#take();
  }

  lose(count: number, hidden: boolean): void {
    if (hidden) this.grid.startNs += count * this.grid.binNs;
    else this.#skip += count;
  }

  loseBytes(count: number): void {
    this.#dropWaiting += count;
  }

  #edgeOf(sample: number): number {
    return Math.round(this.grid.startNs + sample * this.grid.binNs);
  }

  #sample(): void {
    const { errors, noise } = this.#settings;
    const { rateHz, quantity, nulAfterTimeStamp } = this.profile;
    const number = this.#taken++;
    const fromNs = this.#edgeOf(number);
    const lost = this.#skip > 0;
    if (lost) this.#skip--;
    if (number % samplesPerTimeStamp === 0 && !lost) {
      const ms = Math.floor((number * 1000) / rateHz);
      if (this.isBinary) this.#bytes(timeStampFrame(ms, 0));
      else this.#text(`${timeStampLine(ms, 0)}${nulAfterTimeStamp ? '\0' : ''}`);
    }
    const trueA = this.#cursor.mean(fromNs, this.#edgeOf(number + 1));
    let currentA = offA;
    if (this.#state.powered()) {
      const readA = readingA(errors, 0, lpm01aFullScaleA, trueA);
      const sigmaA = Math.sqrt((noise.relative * readA) ** 2 + noise.absoluteA ** 2);
      const noisyA = sigmaA > 0 ? readA + sigmaA * this.#noise() : readA;
      currentA = Math.min(lpm01aFullScaleA, Math.max(0, noisyA));
    }
    // The instrument believes in its own voltage and its own clock.
    const value = quantity === 'energy' ? (currentA * this.#state.setV()) / rateHz : currentA;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    if (lost) return;
    if (this.isBinary) {
      const pair = binarySample(value);
      this.#byte(pair >> 8);
      this.#dropNow();
      this.#byte(pair & 0xff);
    } else {
      const text = `${asciiSample(value, quantity)}\r\n`;
      this.#text(text.slice(0, 2));
      this.#dropNow();
      this.#text(text.slice(2));
    }
  }

  #dropNow(): void {
    this.#dropBytes += this.#dropWaiting;
    this.#dropWaiting = 0;
  }

  #text(text: string): void {
    for (let i = 0; i < text.length; i++) this.#byte(text.charCodeAt(i));
  }

  #bytes(bytes: Uint8Array): void {
    for (const byte of bytes) this.#byte(byte);
  }

  #byte(byte: number): void {
    if (this.#dropBytes > 0) {
      this.#dropBytes--;
      return;
    }
    if (this.#length === this.#out.length) {
      const larger = new Uint8Array(this.#out.length * 2);
      larger.set(this.#out);
      this.#out = larger;
    }
    this.#out[this.#length++] = byte;
  }

  #take(): Uint8Array {
    const bytes = this.#out.slice(0, this.#length);
    this.#length = 0;
    return bytes;
  }
}
