/** pyOCD draws `=` up to this many times for a whole phase: `ProgressReportNoTTY.WIDTH`. */
const barWidth = 40;
/** What it draws above each bar. */
const ruler = '[---|---|---|---|---|---|---|---|---|----]';

/** How far a phase got, as a fraction that pyOCD drew. */
export interface BarProgress {
  /** 0: erasing, 1: programming. More bars than that are told as they come. */
  bar: number;
  fraction: number;
}

/**
 * Reads the progress bars of pyOCD's standard output, which come in pieces and without line ends: a ruler, a line end, `[`, then one `=` for
 * each fortieth. What stands between bars is left alone.
 */
export class BarReader {
  #tail = '';
  #bar = -1;
  #drawn: number | undefined;
  readonly #onProgress: (progress: BarProgress) => void;

  constructor(onProgress: (progress: BarProgress) => void) {
    this.#onProgress = onProgress;
  }

  push(text: string): void {
    for (const character of text) {
      if (this.#drawn === undefined) this.#awaitBar(character);
      else this.#draw(character, this.#drawn);
    }
  }

  #awaitBar(character: string): void {
    if (character === '\r') return;
    this.#tail = (this.#tail + character).slice(-(ruler.length + 2));
    if (this.#tail !== `${ruler}\n[`) return;
    this.#tail = '';
    this.#bar += 1;
    this.#drawn = 0;
    this.#onProgress({ bar: this.#bar, fraction: 0 });
  }

  #draw(character: string, drawn: number): void {
    if (character !== '=' || drawn >= barWidth) {
      this.#drawn = undefined;
      return;
    }
    this.#drawn = drawn + 1;
    this.#onProgress({ bar: this.#bar, fraction: this.#drawn / barWidth });
  }
}
