/** Values of all vectors that are kept of one file; the longest official accuracy run has some 50,000. */
const mostValues = 4_000_000;
/** Texts that are looked up among those that were kept before. */
const mostKnown = 10_000;

/**
 * Keeps what a reader takes out of a file. The engine cuts a text by pointing into the one it was cut from, so that a file name that is
 * kept would keep all of the piece of the file around it: 100 MB of log stayed in memory for its file names.
 */
export class Keeper {
  readonly #texts = new Map<string, string>();
  #values = 0;

  /** The same text, free of what it was cut from, and one for all of its equals. */
  text(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const own = Buffer.from(text, 'utf8').toString('utf8');
    if (this.#texts.size < mostKnown) this.#texts.set(own, own);
    return own;
  }

  /** The same values without room for more; null where the file has more of them than is kept. */
  vector(values: readonly number[]): readonly number[] | null {
    this.#values += values.length;
    return this.#values > mostValues ? null : values.slice();
  }
}
