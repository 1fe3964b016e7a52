/** Most bytes of one line that are kept in one piece. */
export const defaultMaxLineBytes = 65_536;

/** A piece of received text that ended with LF or had to be cut. */
export interface FramedLine {
  /** Without CR and NUL; bytes that are no UTF-8 stand as U+FFFD. */
  text: string;
  /** The very bytes, line end included, for the log. It may be a view of the chunk: copy it to keep it. */
  raw: Uint8Array;
  /** `lf`, `crlf`, or `overflow`: the line is longer than the limit and goes on in the next piece. */
  end: 'lf' | 'crlf' | 'overflow';
  /** Some bytes were no text. */
  undecodable: boolean;
}

const lf = 0x0a;
const cr = 0x0d;
/** A line end of two bytes may stand behind the longest text without making it too long. */
const lineEndBytes = 2;

/**
 * Cuts a byte stream into lines at LF; the result does not depend on how the stream was cut into chunks. Memory is bounded:
 * a line that exceeds `maxLineBytes` comes out in several pieces, all but the last marked `overflow`, so that nothing is
 * lost. (Parser rule 1 of the DUT protocol: split on LF, strip CR and NUL, keep raw bytes.)
 */
export class LineFramer {
  readonly #max: number;
  #rest = new Uint8Array(256);
  #restBytes = 0;

  constructor(maxLineBytes: number = defaultMaxLineBytes) {
    if (!Number.isInteger(maxLineBytes) || maxLineBytes < 4) throw new RangeError(`maxLineBytes ${maxLineBytes}`);
    this.#max = maxLineBytes;
  }

  /** Bytes of the line that has not ended yet. */
  get pendingBytes(): number {
    return this.#restBytes;
  }

  /** The line that has not ended yet, such as a prompt; it stays pending. */
  pending(): string {
    return decode(this.#rest.subarray(0, this.#restBytes)).text;
  }

  /** Takes the next chunk, which must not be written to afterwards, and returns the lines that it completes. */
  push(chunk: Uint8Array): FramedLine[] {
    const lines: FramedLine[] = [];
    const limit = this.#max + lineEndBytes;
    let start = 0;
    while (start < chunk.length) {
      const at = chunk.indexOf(lf, start);
      const end = at < 0 ? chunk.length : at + 1;
      if (this.#restBytes + end - start > limit) {
        const taken = limit - this.#restBytes;
        this.#append(chunk.subarray(start, start + taken));
        lines.push(this.#overflow());
        start += taken;
      } else if (at < 0) {
        this.#append(chunk.subarray(start));
        break;
      } else {
        lines.push(this.#ended(chunk.subarray(start, end)));
        start = end;
      }
    }
    return lines;
  }

  /** Forgets the unfinished line and returns its bytes. */
  reset(): Uint8Array {
    const raw = this.#rest.slice(0, this.#restBytes);
    this.#restBytes = 0;
    return raw;
  }

  #append(part: Uint8Array): void {
    const needed = this.#restBytes + part.length;
    if (needed > this.#rest.length) {
      const grown = new Uint8Array(Math.max(needed, this.#rest.length * 2));
      grown.set(this.#rest.subarray(0, this.#restBytes));
      this.#rest = grown;
    }
    this.#rest.set(part, this.#restBytes);
    this.#restBytes = needed;
  }

  #ended(tail: Uint8Array): FramedLine {
    let raw = tail;
    if (this.#restBytes > 0) {
      this.#append(tail);
      raw = this.reset();
    }
    const crlf = raw.length > 1 && raw[raw.length - 2] === cr;
    const { text, undecodable } = decode(raw.subarray(0, raw.length - (crlf ? 2 : 1)));
    return { text, raw, end: crlf ? 'crlf' : 'lf', undecodable };
  }

  /** Cuts a piece off an over-long line, in front of a character rather than inside it. */
  #overflow(): FramedLine {
    let cut = this.#max;
    while (cut > this.#max - 3 && isContinuation(this.#rest[cut])) cut -= 1;
    if (isContinuation(this.#rest[cut])) cut = this.#max;
    const raw = this.#rest.slice(0, cut);
    this.#rest.copyWithin(0, cut, this.#restBytes);
    this.#restBytes -= cut;
    return { ...decode(raw), raw, end: 'overflow' };
  }
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

function decode(bytes: Uint8Array): { text: string; undecodable: boolean } {
  let plain = true;
  let strip = false;
  for (const byte of bytes) {
    if (byte >= 0x80) plain = false;
    else if (byte === cr || byte === 0) strip = true;
  }
  let text: string;
  let undecodable = false;
  if (plain) {
    text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  } else {
    try {
      text = strict.decode(bytes);
    } catch {
      text = lenient.decode(bytes);
      undecodable = true;
    }
  }
  return { text: strip ? text.replaceAll(/[\r\0]/g, '') : text, undecodable };
}
