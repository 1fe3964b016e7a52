import { crc32 } from 'node:zlib';
import { ByteCache } from './byte-cache.ts';
import { Entries } from './entries.ts';
import type { BlockIndex, BlockPlace } from './index-of-blocks.ts';
import { pyramidKey } from './index-of-blocks.ts';
import {
  blockTypes,
  bytesPerSample,
  decodeHeader,
  entriesPerBlock,
  entryBytes,
  headerBytes,
  isPlausible,
  levelRatio,
  levelSamples,
  padded,
  saturationBytes,
} from './layout.ts';
import type { Channels } from './layout.ts';
import { addValues, noSums } from './sums.ts';
import type { Sums } from './sums.ts';
import type { TraceSource } from './trace-source.ts';

const samplesCacheBytes = 24 * 1024 * 1024;
const pyramidCacheBytes = 12 * 1024 * 1024;

/** One block of samples, its channels used in place; undefined channels are not in the file. */
export interface SampleBlock {
  first: number;
  end: number;
  values: Float32Array;
  raw: Float32Array | undefined;
  ranges: Uint8Array | undefined;
  digital: Uint8Array | undefined;
}

/** Loads blocks, checks them and keeps the last ones used: memory has a bound that the length of the trace does not move. */
export class BlockStore {
  readonly #source: TraceSource;
  readonly #index: BlockIndex;
  readonly #samples = new ByteCache<SampleBlock | 'damaged'>(samplesCacheBytes);
  readonly #pyramid = new ByteCache<Entries>(pyramidCacheBytes);

  constructor(source: TraceSource, index: BlockIndex) {
    this.#source = source;
    this.#index = index;
  }

  /** The block of that number; undefined where it is damaged, which is noted in the index. */
  async samples(number: number): Promise<SampleBlock | undefined> {
    const kept = this.#samples.get(number);
    if (kept) return kept === 'damaged' ? undefined : kept;
    const { firsts, counts, offsets, channels } = this.#index;
    const first = firsts[number];
    const count = counts[number];
    const offset = offsets[number];
    if (first === undefined || count === undefined || offset === undefined) return undefined;
    const bytes = padded(count * bytesPerSample(channels));
    const payload = await this.load({ type: blockTypes.samples, level: 0, count, first, offset }, bytes);
    const block = payload ? cutChannels(payload, first, count, channels) : 'damaged';
    this.#samples.set(number, block, payload ? bytes : 0);
    return block === 'damaged' ? undefined : block;
  }

  /** Adds samples [first, end), block by block. */
  async addSamples(into: Sums, first: number, end: number): Promise<void> {
    const { firsts } = this.#index;
    for (
      let number = this.#index.find(first);
      number < firsts.length && (firsts[number] as number) < end;
      number += 1
    ) {
      const block = await this.samples(number);
      if (!block) continue;
      addValues(into, block.values, Math.max(first, block.first) - block.first, Math.min(end, block.end) - block.first);
    }
  }

  /** Adds entries [from, to) of a level (1 and up); level 0 are the samples themselves. */
  async addEntries(into: Sums, level: number, from: number, to: number): Promise<void> {
    for (let at = from; at < to;) {
      const first = Math.floor(at / entriesPerBlock) * entriesPerBlock;
      const end = Math.min(to, first + entriesPerBlock);
      const entries = this.#pyramid.get(pyramidKey(level, first)) ?? (await this.#entries(level, first));
      entries.addTo(into, at - first, end - first);
      at = end;
    }
  }

  /** Payload of a block of that kind; undefined where it is damaged, which is noted in the index. */
  async load(place: BlockPlace, payloadBytes?: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const { offset } = place;
    let bytes = await this.#source.read(offset, headerBytes + (payloadBytes ?? 0));
    const header = decodeHeader(bytes);
    const matches =
      header &&
      isPlausible(header, this.#index.channels) &&
      header.type === place.type &&
      header.level === place.level &&
      header.count === place.count &&
      header.first === place.first &&
      (payloadBytes === undefined || header.payloadBytes === payloadBytes);
    if (!matches) {
      this.#index.damaged(offset, 'header');
      return undefined;
    }
    if (payloadBytes === undefined) bytes = await this.#source.read(offset, headerBytes + header.payloadBytes);
    const payload = bytes.subarray(headerBytes);
    if (payload.length === header.payloadBytes && crc32(payload) === header.payloadCrc) return payload;
    this.#index.damaged(offset, 'payload');
    return undefined;
  }

  async saturation(place: BlockPlace): Promise<{ start: number; length: number; saturated: number }[]> {
    const payload = await this.load(place);
    if (!payload) return [];
    const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    return Array.from({ length: place.count }, (_, k) => ({
      start: Number(view.getBigUint64(k * saturationBytes, true)),
      length: view.getUint32(k * saturationBytes + 8, true),
      saturated: view.getUint32(k * saturationBytes + 12, true),
    }));
  }

  /** Entries of one block of the pyramid, from the file or, where it has none, from the level below. */
  async #entries(level: number, first: number): Promise<Entries> {
    const wanted = Math.min(entriesPerBlock, Math.floor(this.#index.samples / chunkOf(level)) - first);
    const place = this.#index.pyramid.get(pyramidKey(level, first));
    let entries: Entries | undefined;
    if (place && place.count >= wanted) {
      const payload = await this.load(place, place.count * entryBytes);
      entries = payload && Entries.from(payload);
    }
    entries ??= await this.#sumUp(level, first, wanted);
    this.#pyramid.set(pyramidKey(level, first), entries, entries.bytes);
    return entries;
  }

  async #sumUp(level: number, first: number, wanted: number): Promise<Entries> {
    const entries = Entries.empty();
    const chunk = chunkOf(level);
    for (let entry = first; entry < first + wanted; entry += 1) {
      const sums = noSums();
      if (level === 1) await this.addSamples(sums, entry * chunk, (entry + 1) * chunk);
      else await this.addEntries(sums, level - 1, entry * levelRatio, (entry + 1) * levelRatio);
      entries.push(sums);
    }
    return entries;
  }
}

/** Samples that one entry of a level (1 and up) sums up. */
export function chunkOf(level: number): number {
  return levelSamples[level - 1] ?? Infinity;
}

function cutChannels(payload: Uint8Array<ArrayBuffer>, first: number, count: number, channels: Channels): SampleBlock {
  const { buffer } = payload;
  let at = payload.byteOffset;
  const values = new Float32Array(buffer, at, count);
  at += 4 * count;
  const raw = channels.raw ? new Float32Array(buffer, at, count) : undefined;
  if (raw) at += 4 * count;
  const ranges = channels.ranges ? new Uint8Array(buffer, at, count) : undefined;
  if (ranges) at += count;
  const digital = channels.digital ? new Uint8Array(buffer, at, count) : undefined;
  return { first, end: first + count, values, raw, ranges, digital };
}
