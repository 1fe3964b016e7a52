import type { ConsoleLine } from '../../shared/domain/bench-console.ts';
import type { Speech } from '../transport/index.ts';

export type LineDraft = Pick<ConsoleLine, 'direction' | 'kind' | 'text' | 'count'>;

/** A longer line is cut; its length is said. */
const longestText = 400;
/** Samples and bytes of a stream that become one line. */
const samplesALine = 1000;
const bytesALine = 100_000;
/** Words longer than this without a line end are given out as they are. */
const mostPending = 8192;

const lf = 0x0a;
const cr = 0x0d;
const percent = 0x25;

/** Cuts the bytes of one line to an instrument into what a person reads. Pure: it asks no clock, and never throws, whatever comes. */
export class ConsoleAssembler {
  readonly #speech: Speech;
  readonly #add: (line: LineDraft) => void;
  #pending: { out: number[]; in: number[] } = { out: [], in: [] };
  #samples = 0;
  #bytes = 0;

  constructor(speech: Speech, add: (line: LineDraft) => void) {
    this.#speech = speech;
    this.#add = add;
  }

  sent(bytes: Uint8Array): void {
    this.#flushCounts();
    this.#flush('in');
    if (this.#speech === 'ppk2') this.#add({ direction: 'out', kind: 'text', text: hex(bytes) });
    else this.#take('out', bytes);
  }

  received(bytes: Uint8Array): void {
    if (this.#isBinary(bytes)) this.#countBytes(bytes.length);
    else this.#take('in', bytes);
  }

  /** What is left when the line is closed. */
  end(): void {
    this.#flush('out');
    this.#flush('in');
    this.#flushCounts();
  }

  #take(direction: 'out' | 'in', bytes: Uint8Array): void {
    const end = direction === 'out' && this.#speech !== 'lpm01a' ? percent : lf;
    for (const byte of bytes) {
      this.#pending[direction].push(byte);
      if (byte === end || byte === lf || this.#pending[direction].length >= mostPending) this.#flush(direction);
    }
  }

  #flush(direction: 'out' | 'in'): void {
    const bytes = this.#pending[direction];
    if (bytes.length === 0) return;
    this.#pending = { ...this.#pending, [direction]: [] };
    while (bytes.at(-1) === lf || bytes.at(-1) === cr) bytes.pop();
    const text = readable(bytes);
    if (text === '') return;
    if (direction === 'in' && this.#speech === 'lpm01a' && /^\d{4}[+-]\d{2}$/.test(text)) {
      this.#samples += 1;
      if (this.#samples >= samplesALine) this.#flushCounts();
      return;
    }
    this.#flushCounts();
    const cut = text.length > longestText ? `${text.slice(0, longestText)} … (${bytes.length})` : text;
    this.#add({ direction, kind: direction === 'out' ? 'text' : kindOf(text), text: cut });
  }

  /** A stretch of a sample stream: mostly bytes that no text has. */
  #isBinary(bytes: Uint8Array): boolean {
    if (this.#speech !== 'ppk2' && this.#speech !== 'lpm01a') return false;
    if (this.#bytes > 0 && this.#speech === 'ppk2') return true;
    const strange = bytes.reduce((sum, byte) => sum + Number(!isText(byte) && byte !== 0), 0);
    return strange * 5 > bytes.length;
  }

  #countBytes(count: number): void {
    this.#bytes += count;
    if (this.#bytes >= bytesALine) this.#flushCounts();
  }

  #flushCounts(): void {
    if (this.#samples > 0) this.#add({ direction: 'in', kind: 'samples', text: '', count: this.#samples });
    if (this.#bytes > 0) this.#add({ direction: 'in', kind: 'bytes', text: '', count: this.#bytes });
    this.#samples = 0;
    this.#bytes = 0;
  }
}

function kindOf(text: string): ConsoleLine['kind'] {
  if (/^(?:\[dut\]:\s*)?e-\[|^error|> (?:error|err) /i.test(text)) return 'error';
  if (/m-ready\s*$/.test(text)) return 'ready';
  return /m-lap-us-|^event \d|^TimeStamp:/.test(text) ? 'mark' : 'text';
}

function isText(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === lf || byte === cr || byte === 0x09;
}

/** Printable ASCII as it is, everything else as an escape; a backslash is doubled, so that nothing is ambiguous. */
function readable(bytes: readonly number[]): string {
  return bytes
    .map((byte) => {
      if (byte === 0x5c) return '\\\\';
      if (byte === 0x09) return '\\t';
      if (byte === cr) return '\\r';
      if (byte === lf) return '\\n';
      return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
}

function hex(bytes: Uint8Array): string {
  return [...bytes.subarray(0, longestText / 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
