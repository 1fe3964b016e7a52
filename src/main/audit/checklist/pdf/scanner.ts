/** A value of a PDF file. Strings are bytes, one character each. */
export type PdfValue =
  | { kind: 'number'; value: number }
  | { kind: 'name'; value: string }
  | { kind: 'string'; value: string }
  /** `true`, `null`, an operator of a page. */
  | { kind: 'word'; value: string }
  | { kind: 'reference'; id: number }
  | { kind: 'array'; items: PdfValue[] }
  | PdfDict;

export interface PdfDict {
  kind: 'dict';
  entries: Map<string, PdfValue>;
}

/** How deep arrays and dictionaries may stand in each other; real files have less than ten levels. */
const mostDepth = 60;

const blank = /[\0\t\n\f\r ]/;
const delimiter = /[()<>[\]{}/%]/;

/** Reads values one after the other; takes anything and never fails. ISO 32000-1, 7.2 and 7.3. */
export class PdfScanner {
  readonly #source: string;
  at: number;

  constructor(source: string, at = 0) {
    this.#source = source;
    this.at = at;
  }

  /** The next value, or undefined at the end. A closing bracket without its opening one is a word. */
  next(depth = 0): PdfValue | undefined {
    this.#skipBlanks();
    const source = this.#source;
    const char = source[this.at];
    if (char === undefined) return undefined;
    if (char === '/') return this.#name();
    if (char === '(') return { kind: 'string', value: this.#literal() };
    if (char === '<' && source[this.at + 1] !== '<') return { kind: 'string', value: this.#hex() };
    if (char === '<' || char === '[') {
      this.at += char === '<' ? 2 : 1;
      if (depth >= mostDepth) return { kind: 'word', value: char };
      const items = this.#itemsTo(char === '<' ? '>>' : ']', depth + 1);
      return char === '[' ? { kind: 'array', items } : dictOf(items);
    }
    if (char === '>' && source[this.at + 1] === '>') {
      this.at += 2;
      return { kind: 'word', value: '>>' };
    }
    if (delimiter.test(char)) {
      this.at += 1;
      return { kind: 'word', value: char };
    }
    return this.#word();
  }

  #skipBlanks(): void {
    const source = this.#source;
    for (;;) {
      const char = source[this.at];
      if (char === undefined) return;
      if (char === '%') {
        while (this.at < source.length && source[this.at] !== '\n' && source[this.at] !== '\r') this.at += 1;
      } else if (blank.test(char)) this.at += 1;
      else return;
    }
  }

  #itemsTo(end: string, depth: number): PdfValue[] {
    const items: PdfValue[] = [];
    for (let item = this.next(depth); item; item = this.next(depth)) {
      if (item.kind === 'word' && item.value === end) break;
      const id = items.at(-2);
      if (item.kind === 'word' && item.value === 'R' && id?.kind === 'number') {
        items.splice(-2, 2, { kind: 'reference', id: id.value });
      } else items.push(item);
    }
    return items;
  }

  #word(): PdfValue {
    const start = this.at;
    const source = this.#source;
    while (this.at < source.length) {
      const char = source[this.at] as string;
      if (blank.test(char) || delimiter.test(char)) break;
      this.at += 1;
    }
    const value = source.slice(start, this.at);
    return /^[+-]?(?:\d{1,15}\.?\d{0,15}|\.\d{1,15})$/.test(value)
      ? { kind: 'number', value: Number(value) }
      : { kind: 'word', value: value.slice(0, 200) };
  }

  #name(): PdfValue {
    this.at += 1;
    const start = this.at;
    const source = this.#source;
    while (this.at < source.length) {
      const char = source[this.at] as string;
      if (blank.test(char) || delimiter.test(char)) break;
      this.at += 1;
    }
    const value = source
      .slice(start, Math.min(this.at, start + 500))
      .replace(/#([0-9a-f]{2})/gi, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    return { kind: 'name', value };
  }

  #hex(): string {
    const end = this.#source.indexOf('>', this.at);
    const digits = this.#source.slice(this.at + 1, end < 0 ? undefined : end).replace(/[^0-9a-f]/gi, '');
    this.at = end < 0 ? this.#source.length : end + 1;
    return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex').toString('latin1');
  }

  #literal(): string {
    const source = this.#source;
    const parts: string[] = [];
    let depth = 1;
    this.at += 1;
    for (; this.at < source.length; this.at += 1) {
      const char = source[this.at] as string;
      if (char === '\\') parts.push(this.#escaped());
      else {
        if (char === '(') depth += 1;
        if (char === ')') depth -= 1;
        if (depth === 0) break;
        parts.push(char);
      }
    }
    this.at += 1;
    return parts.join('');
  }

  /** Behind a backslash; ends on the last character of the escape. */
  #escaped(): string {
    const octal = /^[0-7]{1,3}/.exec(this.#source.slice(this.at + 1, this.at + 4))?.[0];
    if (octal !== undefined) {
      this.at += octal.length;
      return String.fromCharCode(parseInt(octal, 8) & 0xff);
    }
    this.at += 1;
    const char = this.#source[this.at] ?? '';
    if (char === '\r' && this.#source[this.at + 1] === '\n') this.at += 1;
    return escapes[char] ?? char;
  }
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '\n': '',
  '\r': '',
};

function dictOf(items: readonly PdfValue[]): PdfDict {
  const entries = new Map<string, PdfValue>();
  for (let k = 0; k + 1 < items.length; k += 2) {
    const [key, value] = [items[k], items[k + 1]];
    if (key?.kind === 'name' && value) entries.set(key.value, value);
  }
  return { kind: 'dict', entries };
}
