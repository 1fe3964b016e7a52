import { Fault } from '../../shared/fault/index.ts';
import { BlockStore } from './block-store.ts';
import { buildIndex } from './build-index.ts';
import { columnsOf } from './columns.ts';
import { decodeEvents } from './header.ts';
import type { BlockIndex } from './index-of-blocks.ts';
import { formatVersion, mostSamples } from './layout.ts';
import { Saturation } from './saturation.ts';
import { statisticsOf, sumsOf } from './statistics.ts';
import { openSource } from './trace-source.ts';
import type { TraceSource } from './trace-source.ts';
import type { TraceBlock, TraceColumns, TraceEvent, TraceHeader, TraceReader, TraceStatistics } from './types.ts';

/**
 * Opens a trace file, also one that was never closed, or is cut at any byte, or is being written: then as far as it was when it was opened.
 * @throws Fault `trace.unreadable`, `trace.notATrace`, `trace.newerVersion`, `trace.damaged` (its header).
 */
export async function openTrace(path: string): Promise<TraceReader> {
  return readTrace(await openSource(path));
}

/** The same from any source of bytes; closes it when it holds no trace. */
export async function readTrace(source: TraceSource): Promise<TraceReader> {
  try {
    const { header, index } = await buildIndex(source);
    const store = new BlockStore(source, index);
    const saturation = new Saturation();
    for (const place of index.saturation) saturation.add(await store.saturation(place));
    return new FileReader(source, header, index, store, saturation);
  } catch (error) {
    await source.close().catch(() => undefined);
    throw error;
  }
}

class FileReader implements TraceReader {
  readonly header: TraceHeader;
  readonly formatVersion = formatVersion;
  readonly samples: number;
  readonly durationS: number;
  readonly closed: boolean;
  readonly droppedBytes: number;
  readonly #source: TraceSource;
  readonly #index: BlockIndex;
  readonly #store: BlockStore;
  readonly #saturation: Saturation;

  constructor(source: TraceSource, header: TraceHeader, index: BlockIndex, store: BlockStore, saturation: Saturation) {
    this.#source = source;
    this.#index = index;
    this.#store = store;
    this.#saturation = saturation;
    this.header = header;
    this.samples = index.samples;
    this.durationS = index.samples / header.sampleRateHz;
    this.closed = index.closed;
    this.droppedBytes = index.droppedBytes;
  }

  get problems(): readonly Fault<'trace.damaged'>[] {
    return this.#index.problems;
  }

  async check(): Promise<readonly Fault<'trace.damaged'>[]> {
    for (let number = 0; number < this.#index.firsts.length; number += 1) await this.#store.samples(number);
    for (const place of this.#index.pyramid.values()) await this.#store.load(place);
    for (const place of this.#index.saturation) await this.#store.load(place);
    await this.events();
    return this.problems;
  }

  async events(): Promise<TraceEvent[]> {
    const events: TraceEvent[] = [];
    for (const place of this.#index.events) {
      const payload = await this.#store.load(place);
      const some = payload && decodeEvents(payload);
      if (payload && !some) this.#index.damaged(place.offset, 'content');
      for (const event of some ?? []) events.push(event);
    }
    return events;
  }

  async read(first: number, count: number): Promise<TraceBlock> {
    this.#checkRange(first, first + count);
    const { channels } = this.header;
    const values = new Float32Array(count).fill(NaN);
    const raw = channels.raw ? new Float32Array(count).fill(NaN) : undefined;
    const ranges = channels.ranges ? new Uint8Array(count).fill(255) : undefined;
    const digital = channels.digital ? new Uint8Array(count) : undefined;
    const end = first + count;
    const { firsts } = this.#index;
    for (
      let number = this.#index.find(first);
      number < firsts.length && (firsts[number] as number) < end;
      number += 1
    ) {
      const block = await this.#store.samples(number);
      if (!block) continue;
      const from = Math.max(first, block.first) - block.first;
      const to = Math.min(end, block.end) - block.first;
      const at = block.first + from - first;
      values.set(block.values.subarray(from, to), at);
      if (block.raw) raw?.set(block.raw.subarray(from, to), at);
      if (block.ranges) ranges?.set(block.ranges.subarray(from, to), at);
      if (block.digital) digital?.set(block.digital.subarray(from, to), at);
    }
    return {
      values,
      ...(raw && { raw }),
      ...(ranges && { ranges }),
      ...(digital && { digital }),
      saturated: this.#saturation.within(first, end),
    };
  }

  async *blocks(first: number, end: number): AsyncGenerator<{ first: number; block: TraceBlock }> {
    this.#checkRange(first, end);
    for (let at = first; at < end;) {
      const number = this.#index.find(at);
      const blockFirst = this.#index.firsts[number] ?? end;
      const blockEnd = blockFirst + (this.#index.counts[number] ?? 0);
      const stop = Math.min(end, at < blockFirst ? blockFirst : blockEnd, at + mostSamples);
      const block = await this.read(at, stop - at);
      block.saturated = this.#saturation.within(first, stop, at);
      yield { first: at, block };
      at = stop;
    }
  }

  async statistics(first: number, end: number): Promise<TraceStatistics> {
    this.#checkRange(first, end);
    const sums = await sumsOf(this.#store, first, end);
    return statisticsOf(this.header, sums, { first, end, saturated: this.#saturation.within(first, end) });
  }

  async columns(first: number, end: number, columns: number): Promise<TraceColumns> {
    this.#checkRange(first, end);
    return columnsOf(this.#store, { first, end, columns, scale: this.header.scale });
  }

  close(): Promise<void> {
    return this.#source.close();
  }

  #checkRange(first: number, end: number): void {
    if (Number.isInteger(first) && Number.isInteger(end) && first >= 0 && first <= end && end <= this.samples) return;
    const { sampleRateHz } = this.header;
    throw new Fault('trace.outOfRange', {
      path: this.#source.path,
      fromS: first / sampleRateHz,
      toS: end / sampleRateHz,
      durationS: this.durationS,
    });
  }
}
