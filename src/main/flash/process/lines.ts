/** Cuts text that comes in pieces into lines (LF or CRLF), each given on as soon as it is whole; one without an end is cut at `longest`. */
export class LineCutter {
  #rest = '';
  readonly #onLine: (line: string) => void;
  readonly #longest: number;

  constructor(onLine: (line: string) => void, longest = 8192) {
    this.#onLine = onLine;
    this.#longest = longest;
  }

  push(text: string): void {
    const pieces = (this.#rest + text).split('\n');
    this.#rest = pieces.pop() ?? '';
    for (const piece of pieces) this.#give(piece);
    while (this.#rest.length > this.#longest) {
      this.#onLine(this.#rest.slice(0, this.#longest));
      this.#rest = this.#rest.slice(this.#longest);
    }
  }

  /** The stream has ended: what stands is the last line. */
  end(): void {
    if (this.#rest !== '') this.#give(this.#rest);
    this.#rest = '';
  }

  #give(piece: string): void {
    const line = piece.endsWith('\r') ? piece.slice(0, -1) : piece;
    for (let start = 0; start === 0 || start < line.length; start += this.#longest)
      this.#onLine(line.slice(start, start + this.#longest));
  }
}

/** The newest lines, up to a bound. */
export class RecentLines {
  #lines: string[] = [];
  readonly #most: number;

  constructor(most = 1000) {
    this.#most = most;
  }

  push(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > 2 * this.#most) this.#lines = this.#lines.slice(-this.#most);
  }

  /** All that stand, oldest first; nothing stands afterwards. */
  take(): string[] {
    const lines = this.all();
    this.#lines = [];
    return lines;
  }

  all(): string[] {
    return this.#lines.slice(-this.#most);
  }
}
