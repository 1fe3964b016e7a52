/** What a JSON text consists of, in order. */
export interface JsonHandler {
  begin(kind: 'object' | 'array'): void;
  end(): void;
  key(key: string): void;
  /** A scalar; `NaN` and the infinities, which Python writes, come as numbers. */
  value(value: string | number | boolean | null): void;
}

/** Where a text is no JSON. */
export class JsonSyntaxError extends Error {}

const mostDepth = 64;
const mostTokenChars = 65_536;
const literals: ReadonlyMap<string, number | boolean | null> = new Map<string, number | boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

type Expect = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' | 'nothing';

/**
 * Reads JSON piece by piece and keeps nothing but the place it stands at, so that a file may be larger than the memory. `JSON.parse` wants
 * all of it at once.
 */
export class JsonScanner {
  readonly #handler: JsonHandler;
  readonly #stack: ('object' | 'array')[] = [];
  #expect: Expect = 'value';
  #token = '';
  #inToken: 'string' | 'bare' | undefined;
  #escaped = false;
  #chars = 0;

  constructor(handler: JsonHandler) {
    this.#handler = handler;
  }

  /** @throws JsonSyntaxError */
  push(text: string): void {
    let start = 0;
    for (let at = 0; at < text.length; at += 1) {
      const char = text.charCodeAt(at);
      if (this.#inToken === 'string') {
        if (this.#escaped) this.#escaped = false;
        else if (char === backslash) this.#escaped = true;
        else if (char === quote) {
          this.#take(text.slice(start, at + 1));
          this.#string();
        }
        continue;
      }
      if (this.#inToken === 'bare') {
        if (isBare(char)) continue;
        this.#take(text.slice(start, at));
        this.#bare();
      }
      if (char === space || char === lf || char === cr || char === tab) continue;
      if (char === quote || isBare(char)) {
        start = at;
        this.#inToken = char === quote ? 'string' : 'bare';
      } else this.#structure(String.fromCharCode(char), at);
    }
    if (this.#inToken) this.#take(text.slice(start));
    this.#chars += text.length;
  }

  /** To be called behind the last piece. @throws JsonSyntaxError when something is missing. */
  end(): void {
    if (this.#inToken === 'bare') this.#bare();
    if (this.#inToken || this.#expect !== 'nothing') this.#wrong('end', 0);
  }

  #take(part: string): void {
    this.#token += part;
    if (this.#token.length > mostTokenChars) this.#wrong('a text without end', 0);
  }

  #string(): void {
    const token = this.#token;
    this.#token = '';
    this.#inToken = undefined;
    let text: string;
    try {
      text = JSON.parse(token) as string;
    } catch {
      this.#wrong(token.slice(0, 20), 0);
    }
    if (this.#expect === 'key' || this.#expect === 'keyOrEnd') {
      this.#handler.key(text);
      this.#expect = 'colon';
    } else this.#scalar(text);
  }

  #bare(): void {
    const token = this.#token;
    this.#token = '';
    this.#inToken = undefined;
    const literal = literals.get(token);
    if (literal !== undefined) this.#scalar(literal);
    else if (/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(token)) this.#scalar(Number(token));
    else this.#wrong(token.slice(0, 20), 0);
  }

  #scalar(value: string | number | boolean | null): void {
    if (this.#expect !== 'value' && this.#expect !== 'valueOrEnd') this.#wrong(String(value).slice(0, 20), 0);
    this.#handler.value(value);
    this.#afterValue();
  }

  #afterValue(): void {
    this.#expect = this.#stack.length > 0 ? 'commaOrEnd' : 'nothing';
  }

  #structure(char: string, at: number): void {
    const expect = this.#expect;
    const inside = this.#stack.at(-1);
    if ((char === '{' || char === '[') && (expect === 'value' || expect === 'valueOrEnd')) {
      if (this.#stack.length >= mostDepth) this.#wrong('too deep', at);
      const kind = char === '{' ? 'object' : 'array';
      this.#stack.push(kind);
      this.#handler.begin(kind);
      this.#expect = kind === 'object' ? 'keyOrEnd' : 'valueOrEnd';
    } else if (char === (inside === 'object' ? '}' : ']') && inside && mayEnd(expect)) {
      this.#stack.pop();
      this.#handler.end();
      this.#afterValue();
    } else if (char === ',' && expect === 'commaOrEnd') this.#expect = inside === 'object' ? 'key' : 'value';
    else if (char === ':' && expect === 'colon') this.#expect = 'value';
    else this.#wrong(char, at);
  }

  #wrong(what: string, at: number): never {
    throw new JsonSyntaxError(`not JSON near character ${this.#chars + at}: ${what}`);
  }
}

const quote = 0x22;
const backslash = 0x5c;
const space = 0x20;
const lf = 0x0a;
const cr = 0x0d;
const tab = 0x09;

function mayEnd(expect: Expect): boolean {
  return expect === 'commaOrEnd' || expect === 'valueOrEnd' || expect === 'keyOrEnd';
}

/** Whether a character belongs to a number or a literal. */
function isBare(char: number): boolean {
  return (
    (char >= 0x30 && char <= 0x39) ||
    (char >= 0x61 && char <= 0x7a) ||
    (char >= 0x41 && char <= 0x5a) ||
    char === 0x2b ||
    char === 0x2d ||
    char === 0x2e
  );
}
