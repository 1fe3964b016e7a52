import { Fault } from '../../shared/fault/index.ts';
import { blockTypes } from './layout.ts';
import type { Channels } from './layout.ts';

/** Most damaged places that are kept by name. */
const mostProblems = 1000;

/** Where one block lies and what it holds. */
export interface BlockPlace {
  type: number;
  level: number;
  count: number;
  first: number;
  offset: number;
}

/** Where everything in a trace file lies. Two numbers for each block of samples; nothing of their content. */
export class BlockIndex {
  readonly path: string;
  readonly channels: Channels;
  /** First sample and file offset of each block of samples, in order, and the end of the last one. */
  readonly firsts: number[] = [];
  readonly counts: number[] = [];
  readonly offsets: number[] = [];
  readonly pyramid = new Map<number, BlockPlace>();
  readonly events: BlockPlace[] = [];
  readonly saturation: BlockPlace[] = [];
  samples = 0;
  closed = false;
  droppedBytes = 0;
  readonly #problems = new Map<number, Fault<'trace.damaged'>>();

  constructor(path: string, channels: Channels) {
    this.path = path;
    this.channels = channels;
  }

  get problems(): Fault<'trace.damaged'>[] {
    return [...this.#problems.values()];
  }

  /** Notes that the bytes at this place are not what was written; the reason is one of a few fixed words. */
  damaged(offsetBytes: number, reason: 'header' | 'payload' | 'order' | 'content'): void {
    if (this.#problems.size >= mostProblems) return;
    if (!this.#problems.has(offsetBytes))
      this.#problems.set(offsetBytes, new Fault('trace.damaged', { path: this.path, offsetBytes, reason }));
  }

  /** @param mostHole how many samples may be missing before a block, because bytes before it were passed over. */
  add(place: BlockPlace, mostHole: number): boolean {
    if (place.type === blockTypes.samples) {
      const hole = place.first - this.samples;
      if (hole < 0 || hole > mostHole) return false;
      this.firsts.push(place.first);
      this.counts.push(place.count);
      this.offsets.push(place.offset);
      this.samples = place.first + place.count;
    } else if (place.type === blockTypes.events) this.events.push(place);
    else if (place.type === blockTypes.saturation) this.saturation.push(place);
    else if (place.type === blockTypes.pyramid) {
      const key = pyramidKey(place.level, place.first);
      if (!this.pyramid.has(key)) this.pyramid.set(key, place);
    }
    return true;
  }

  /** Number of the block that holds a sample, or of the first one behind it. */
  find(sample: number): number {
    let low = 0;
    let high = this.firsts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.firsts[middle] as number) + (this.counts[middle] as number) > sample) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Takes the last block of samples away again. */
  dropLastSamples(): void {
    this.firsts.pop();
    this.counts.pop();
    this.offsets.pop();
    this.samples = (this.firsts.at(-1) ?? 0) + (this.counts.at(-1) ?? 0);
  }
}

export function pyramidKey(level: number, first: number): number {
  return first * 8 + level;
}
