import { Entries } from './entries.ts';
import { blockTypes, entriesPerBlock, levelRatio, levels, levelSamples, sealBlock } from './layout.ts';
import type { Sums } from './sums.ts';
import { addSums, addValues, noSums } from './sums.ts';

/** A finished block of a level. */
export interface PyramidBlock {
  level: number;
  count: number;
  /** First entry. */
  first: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Sums samples up while they are recorded. Only whole chunks become entries: a reader takes the rest from the samples. */
export class PyramidBuilder {
  readonly #emit: (block: PyramidBlock) => void;
  readonly #levels = levelSamples.map(() => ({ entries: Entries.empty(), first: 0, open: noSums(), parts: 0 }));
  #filled = 0;
  #chunk: Sums = noSums();

  constructor(emit: (block: PyramidBlock) => void) {
    this.#emit = emit;
  }

  /** Takes values [from, to) as the samples that follow. */
  add(values: Float32Array, from: number, to: number): void {
    const chunkSamples = levelSamples[0];
    for (let at = from; at < to;) {
      const end = Math.min(to, at + chunkSamples - this.#filled);
      addValues(this.#chunk, values, at, end);
      this.#filled += end - at;
      at = end;
      if (this.#filled === chunkSamples) {
        this.#push(0, this.#chunk);
        this.#chunk = noSums();
        this.#filled = 0;
      }
    }
  }

  /** Writes the blocks that are not full yet. */
  finish(): void {
    for (let index = 0; index < levels; index += 1) this.#flush(index);
  }

  #push(index: number, sums: Sums): void {
    const level = this.#levels[index];
    if (!level) return;
    level.entries.push(sums);
    addSums(level.open, sums);
    level.parts += 1;
    if (level.entries.length === entriesPerBlock) this.#flush(index);
    if (level.parts === levelRatio) {
      this.#push(index + 1, level.open);
      level.open = noSums();
      level.parts = 0;
    }
  }

  #flush(index: number): void {
    const level = this.#levels[index];
    if (!level || level.entries.length === 0) return;
    const { entries, first } = level;
    const bytes = entries.toBlock();
    const count = entries.length;
    sealBlock(bytes, { type: blockTypes.pyramid, level: index + 1, count, first });
    level.first += count;
    entries.clear();
    this.#emit({ level: index + 1, count, first, bytes });
  }
}
