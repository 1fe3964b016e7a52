import {
  blockTypes,
  bytesPerSample,
  closingMark,
  encodePreamble,
  headerBytes,
  indexEntryBytes,
  longestPayload,
  padded,
  samplesPerBlock,
  saturationBytes,
  sealBlock,
} from './layout.ts';
import type { Channels } from './layout.ts';
import { PyramidBuilder } from './pyramid.ts';
import type { TraceBlock, TraceEvent, TraceHeader } from './types.ts';

/** Takes the bytes of a file in order; `samples` is how many samples are readable once they are on the disk. */
export type EncodedSink = (bytes: Uint8Array, samples: number) => void;

const mostEventBytes = 256 * 1024;
const text = new TextEncoder();

/** Turns samples and events into the bytes of a trace file, in order and without waiting for anything. */
export class TraceEncoder {
  readonly #channels: Channels;
  readonly #capacity: number;
  readonly #sink: EncodedSink;
  readonly #pyramid: PyramidBuilder;
  readonly #index: { type: number; level: number; count: number; first: number; offset: number }[] = [];
  #open: Uint8Array<ArrayBuffer>;
  #values: Float32Array;
  #filled = 0;
  #samples = 0;
  #bytes = 0;
  #events: string[] = [];
  #eventBytes = 0;
  #runs: { start: number; length: number; saturated: number }[] = [];
  readonly #totals = { saturated: 0, gaps: 0, events: 0 };

  constructor(header: TraceHeader, sink: EncodedSink) {
    this.#channels = header.channels;
    this.#capacity = samplesPerBlock(header.sampleRateHz);
    this.#sink = sink;
    this.#pyramid = new PyramidBuilder(({ level, count, first, bytes }) => {
      this.#write(bytes, { type: blockTypes.pyramid, level, count, first });
    });
    this.#open = this.#newBlock();
    this.#values = this.#valuesOf(this.#open);
    this.#put(encodePreamble());
    this.#writeText(blockTypes.header, JSON.stringify(header), 1);
  }

  get samples(): number {
    return this.#samples;
  }

  /** Samples taken that are not in a block yet: fewer than one block holds. */
  get unwritten(): number {
    return this.#filled;
  }

  /** Copies a run of samples. A channel of the header that the block does not have is stored as unknown (NaN, 255, 0). */
  append({ values, raw, ranges, digital, saturated }: TraceBlock): void {
    if (saturated > 0 && values.length > 0) {
      this.#runs.push({ start: this.#samples, length: values.length, saturated });
      this.#totals.saturated += saturated;
    }
    for (let at = 0; at < values.length;) {
      const end = Math.min(values.length, at + this.#capacity - this.#filled);
      this.#copy({ values, raw, ranges, digital }, at, end);
      this.#pyramid.add(values, at, end);
      this.#filled += end - at;
      this.#samples += end - at;
      at = end;
      if (this.#filled === this.#capacity) this.cut();
    }
  }

  event(event: TraceEvent): void {
    const line = JSON.stringify(event);
    this.#events.push(line);
    this.#eventBytes += line.length;
    this.#totals.events += 1;
    if (this.#eventBytes > mostEventBytes) this.#writeEvents();
  }

  /** Ends the block being filled, so that everything taken so far has been handed to the sink. */
  cut(): void {
    this.#writeEvents();
    this.#writeRuns();
    if (this.#filled === 0) return;
    const count = this.#filled;
    const first = this.#samples - count;
    const block = count === this.#capacity ? this.#open : this.#shortened(count);
    this.#filled = 0;
    sealBlock(block, { type: blockTypes.samples, count, first });
    this.#write(block, { type: blockTypes.samples, level: 0, count, first });
    this.#open = this.#newBlock();
    this.#values = this.#valuesOf(this.#open);
  }

  /** Ends the file: what is left, then the closing block. */
  finish(): void {
    this.cut();
    this.#pyramid.finish();
    const listed = this.#index.length * indexEntryBytes + 64 > longestPayload ? [] : this.#index;
    const offset = this.#bytes;
    const bytes = new Uint8Array(headerBytes + listed.length * indexEntryBytes + 48);
    const view = new DataView(bytes.buffer);
    let at = headerBytes;
    for (const entry of listed) {
      view.setUint8(at, entry.type);
      view.setUint8(at + 1, entry.level);
      view.setUint32(at + 4, entry.count, true);
      view.setBigUint64(at + 8, BigInt(entry.first), true);
      view.setBigUint64(at + 16, BigInt(entry.offset), true);
      at += indexEntryBytes;
    }
    for (const total of [this.#samples, this.#totals.saturated, this.#totals.events, 0, offset]) {
      view.setBigUint64(at, BigInt(total), true);
      at += 8;
    }
    bytes.set(closingMark, at);
    sealBlock(bytes, { type: blockTypes.closing, count: listed.length, first: 0 });
    this.#put(bytes);
  }

  #copy(
    block: {
      values: Float32Array;
      raw: Float32Array | undefined;
      ranges: Uint8Array | undefined;
      digital: Uint8Array | undefined;
    },
    at: number,
    end: number,
  ): void {
    const filled = this.#filled;
    const capacity = this.#capacity;
    const { buffer } = this.#open;
    this.#values.set(block.values.subarray(at, end), filled);
    let offset = headerBytes + 4 * capacity;
    if (this.#channels.raw) {
      const raw = new Float32Array(buffer, offset + 4 * filled, end - at);
      if (block.raw) raw.set(block.raw.subarray(at, end));
      else raw.fill(NaN);
      offset += 4 * capacity;
    }
    if (this.#channels.ranges) {
      const ranges = this.#open.subarray(offset + filled, offset + filled + end - at);
      if (block.ranges) ranges.set(block.ranges.subarray(at, end));
      else ranges.fill(255);
      offset += capacity;
    }
    if (this.#channels.digital && block.digital) this.#open.set(block.digital.subarray(at, end), offset + filled);
  }

  /** The open block with its channels moved together, for a block that is cut before it is full. */
  #shortened(count: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(headerBytes + padded(count * bytesPerSample(this.#channels)));
    let from = headerBytes;
    let to = headerBytes;
    const { raw, ranges, digital } = this.#channels;
    for (const width of [4, raw ? 4 : 0, ranges ? 1 : 0, digital ? 1 : 0]) {
      bytes.set(this.#open.subarray(from, from + width * count), to);
      from += width * this.#capacity;
      to += width * count;
    }
    return bytes;
  }

  #writeEvents(): void {
    if (this.#events.length === 0) return;
    const lines = this.#events.join('\n');
    const count = this.#events.length;
    this.#events = [];
    this.#eventBytes = 0;
    this.#writeText(blockTypes.events, lines, count);
  }

  #writeRuns(): void {
    if (this.#runs.length === 0) return;
    const runs = joinRuns(this.#runs, this.#capacity);
    this.#runs = [];
    const bytes = new Uint8Array(headerBytes + runs.length * saturationBytes);
    const view = new DataView(bytes.buffer, headerBytes);
    runs.forEach(({ start, length, saturated }, k) => {
      view.setBigUint64(k * saturationBytes, BigInt(start), true);
      view.setUint32(k * saturationBytes + 8, length, true);
      view.setUint32(k * saturationBytes + 12, saturated, true);
    });
    const block = { type: blockTypes.saturation, count: runs.length, first: runs[0]?.start ?? 0 };
    sealBlock(bytes, block);
    this.#write(bytes, { ...block, level: 0 });
  }

  /** JSON, filled up with blanks. */
  #writeText(type: number, content: string, count: number): void {
    const encoded = text.encode(content);
    const bytes = new Uint8Array(headerBytes + padded(encoded.length)).fill(0x20, headerBytes);
    bytes.set(encoded, headerBytes);
    sealBlock(bytes, { type, count, first: 0 });
    this.#write(bytes, { type, level: 0, count, first: 0 });
  }

  #write(bytes: Uint8Array, entry: { type: number; level: number; count: number; first: number }): void {
    this.#index.push({ ...entry, offset: this.#bytes });
    this.#put(bytes);
  }

  #put(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    this.#sink(bytes, this.#samples - this.#filled);
  }

  #newBlock(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(headerBytes + padded(this.#capacity * bytesPerSample(this.#channels)));
  }

  #valuesOf(block: Uint8Array<ArrayBuffer>): Float32Array {
    return new Float32Array(block.buffer, headerBytes, this.#capacity);
  }
}

/** Neighbouring runs become one while it is no longer than a block, so that their number is bounded by the length of the trace. */
function joinRuns(
  runs: readonly { start: number; length: number; saturated: number }[],
  longest: number,
): { start: number; length: number; saturated: number }[] {
  const joined: { start: number; length: number; saturated: number }[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && last.start + last.length === run.start && last.length + run.length <= longest / 16) {
      last.length += run.length;
      last.saturated += run.saturated;
    } else joined.push({ ...run });
  }
  return joined;
}
