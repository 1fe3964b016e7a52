import { latin1 } from './ascii.ts';

/** What the binary stream says (energy monitors, 2.6). */
export interface BinarySink {
  sample(value: number): void;
  tick(ms: number, overflow: boolean, bufferPercent: number): void;
  error(text: string): void;
  /** Lines of a message; answers to commands come this way too. */
  information(lines: string[]): void;
  overcurrent(): void;
  targetReset(): void;
  voltage(volts: number): void;
  temperature(degreesC: number): void;
  power(on: boolean): void;
  /** A frame whose meaning is not public, such as that of a time mark. */
  unknown(frame: Uint8Array): void;
  /** The pairs are cut wrongly, or bytes were lost inside a frame. */
  misaligned(): void;
  end(): void;
}

export const binaryTickModulusMs = 2 ** 31;

const meta = 0xf0;
const type = {
  error: 0xf1,
  information: 0xf2,
  tick: 0xf3,
  end: 0xf4,
  overcurrent: 0xf5,
  targetReset: 0xf6,
  voltage: 0xf7,
  temperature: 0xf8,
  power: 0xf9,
} as const;
/** Whole lengths of the frames that have a fixed one. */
const fixedLength: Readonly<Record<number, number>> = {
  [type.tick]: 9,
  [type.end]: 4,
  [type.overcurrent]: 4,
  [type.targetReset]: 4,
  [type.voltage]: 6,
  [type.temperature]: 6,
  [type.power]: 5,
};
const tickLength = 9;
const endLength = 4;
/** Longest text of a message, and longest frame of an unknown type; what goes on longer is no frame. */
const longestText = 512;
const longestUnknown = 16;

/** value = m / 16^n: exact in a double. */
const divisors = Float64Array.from({ length: 16 }, (_, n) => 16 ** n);

/**
 * Cuts the binary stream into samples and frames; the result does not depend on how it was cut into chunks. It begins at the first time
 * stamp. After a damaged frame it looks for the next whole time stamp, from the byte before the damage on, since that byte may belong to it.
 */
export class BinaryReader {
  readonly #sink: BinarySink;
  /** Bytes not dealt with, behind the last one that was. */
  #carry = new Uint8Array(0);
  #at = 0;
  #aligned = false;

  constructor(sink: BinarySink) {
    this.#sink = sink;
  }

  /** Bytes that are kept for the next chunk. */
  get keptBytes(): number {
    return this.#carry.length;
  }

  /** Takes the next chunk; once the end frame has come, returns the bytes behind it and is done. */
  push(chunk: Uint8Array): Uint8Array | undefined {
    let data = chunk;
    if (this.#carry.length > 0) {
      data = new Uint8Array(this.#carry.length + chunk.length);
      data.set(this.#carry);
      data.set(chunk, this.#carry.length);
    }
    for (let wasAligned = !this.#aligned; wasAligned !== this.#aligned;) {
      wasAligned = this.#aligned;
      if (wasAligned ? this.#read(data) : this.#seek(data)) return data.subarray(this.#at);
    }
    const keepFrom = Math.max(0, this.#at - 1);
    this.#carry = data.slice(keepFrom);
    this.#at -= keepFrom;
    return undefined;
  }

  /** Samples and frames as long as whole ones are there; true after the end frame. */
  #read(data: Uint8Array): boolean {
    let at = this.#at;
    const last = data.length - 1;
    while (at < last) {
      const high = data[at] as number;
      const low = data[at + 1] as number;
      if (high < meta) {
        this.#sink.sample((((high & 0x0f) << 8) | low) / (divisors[high >> 4] as number));
        at += 2;
        continue;
      }
      const length = high === meta ? frameLength(data, at) : 0;
      if (length === undefined) break;
      if (length === 0) {
        this.#aligned = false;
        this.#at = Math.max(0, at - 1);
        this.#sink.misaligned();
        return false;
      }
      this.#give(data.subarray(at, at + length));
      at += length;
      if (low === type.end) {
        this.#at = at;
        return true;
      }
    }
    this.#at = at;
    return false;
  }

  /** Looks for a whole time stamp or the end; true when it was the end. */
  #seek(data: Uint8Array): boolean {
    let at = this.#at;
    for (; ; at += 1) {
      at = data.indexOf(meta, at);
      if (at < 0) {
        at = data.length;
        break;
      }
      const kind = data[at + 1];
      if (kind === undefined) break;
      if (kind !== type.tick && kind !== type.end) continue;
      const length = kind === type.tick ? tickLength : endLength;
      if (at + length > data.length) break;
      if (!endsWithTrailer(data, at + length)) continue;
      if (kind === type.tick) {
        this.#aligned = true;
        break;
      }
      this.#sink.end();
      this.#at = at + length;
      return true;
    }
    this.#at = at;
    return false;
  }

  #give(frame: Uint8Array): void {
    const sink = this.#sink;
    const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
    switch (frame[1]) {
      case type.error:
        return sink.error(linesOf(frame).join(' '));
      case type.information:
        return sink.information(linesOf(frame));
      case type.tick: {
        const word = view.getUint32(2);
        return sink.tick(word % binaryTickModulusMs, word >= binaryTickModulusMs, view.getUint8(6));
      }
      case type.end:
        return sink.end();
      case type.overcurrent:
        return sink.overcurrent();
      case type.targetReset:
        return sink.targetReset();
      case type.voltage:
        return sink.voltage(view.getUint16(2) / 1000);
      case type.temperature:
        return sink.temperature(view.getInt16(2));
      case type.power:
        return sink.power(view.getUint8(2) !== 0);
      default:
        return sink.unknown(frame);
    }
  }
}

/** Length of the frame that begins at `at`; 0 when it cannot be one; undefined when more bytes are needed to tell. */
function frameLength(data: Uint8Array, at: number): number | undefined {
  const kind = data[at + 1] as number;
  const fixed = fixedLength[kind];
  if (fixed !== undefined) {
    // Its payload may hold FF FF (65,535 ms, -1 degree), so the length decides, not the first trailer.
    if (at + fixed > data.length) return undefined;
    return endsWithTrailer(data, at + fixed) ? fixed : 0;
  }
  const isText = kind === type.error || kind === type.information;
  const longest = isText ? longestText : longestUnknown;
  for (let end = at + 2; end < at + longest; end += 1) {
    const byte = data[end];
    const next = data[end + 1];
    if (byte === undefined) return undefined;
    if (byte === 0xff) {
      if (next === undefined) return undefined;
      if (next === 0xff) return end + 2 - at;
    }
    if (isText && byte >= 0x80) return 0;
  }
  return 0;
}

function endsWithTrailer(data: Uint8Array, end: number): boolean {
  return data[end - 1] === 0xff && data[end - 2] === 0xff;
}

function linesOf(frame: Uint8Array): string[] {
  const text = frame.subarray(2, frame.length - 2);
  return latin1(text, text.length)
    .split(/[\r\n\0]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
