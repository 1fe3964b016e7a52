import { PdfFile, PdfRefusal } from './file.ts';
import { pdfFields } from './fields.ts';
import { pdfFont } from './fonts.ts';
import type { PdfFont } from './fonts.ts';
import { linesOfPage } from './layout.ts';
import type { PlacedText } from './layout.ts';
import { PdfScanner } from './scanner.ts';
import type { PdfDict, PdfValue } from './scanner.ts';

/** Operators of one file; a form has some thousand. */
const mostOperators = 500_000;
const mostForms = 8;

/** (a, b, c, d, e, f): x' = ax + cy + e, y' = bx + dy + f. */
type Matrix = readonly [number, number, number, number, number, number];
const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** The first, then the second. */
function times(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[1] * n[2],
    m[0] * n[1] + m[1] * n[3],
    m[2] * n[0] + m[3] * n[2],
    m[2] * n[1] + m[3] * n[3],
    m[4] * n[0] + m[5] * n[2] + n[4],
    m[4] * n[1] + m[5] * n[3] + n[5],
  ];
}

/**
 * The text of a PDF as a reader sees it, line by line, with what was filled into its fields.
 * @throws PdfRefusal for what is no PDF, is encrypted or is too large.
 */
export function pdfLines(bytes: Uint8Array): string[] {
  const file = new PdfFile(bytes);
  const fonts = new Map<PdfValue | undefined, PdfFont>();
  const budget = { operators: mostOperators };
  return file.pages().flatMap((page) => {
    const reader = new PageReader(file, fonts, budget);
    const contents = page.entries.get('Contents');
    const parts = file.resolve(contents)?.kind === 'array' ? file.items(page, 'Contents') : [contents];
    reader.run(parts.map((part) => file.stream(part)).join('\n'), inherited(file, page, 'Resources'), 0);
    return linesOfPage([...reader.texts, ...pdfFields(file, page)]);
  });
}

/** An entry of a page or of what it hangs below. */
function inherited(file: PdfFile, page: PdfDict, key: string): PdfDict | undefined {
  let node: PdfDict | undefined = page;
  for (let k = 0; node && k < 50; k += 1) {
    const found = file.dict(node.entries.get(key));
    if (found) return found;
    node = file.dict(node.entries.get('Parent'));
  }
  return undefined;
}

interface GraphicsState {
  matrix: Matrix;
  font: PdfFont | undefined;
  size: number;
  charSpace: number;
  wordSpace: number;
  /** Fraction of 1. */
  scale: number;
  leading: number;
}

/** Follows the operators of a page as far as they place text. ISO 32000-1, 9. */
class PageReader {
  readonly texts: PlacedText[] = [];
  readonly #file: PdfFile;
  readonly #fonts: Map<PdfValue | undefined, PdfFont>;
  readonly #budget: { operators: number };
  #state: GraphicsState = {
    matrix: identity,
    font: undefined,
    size: 0,
    charSpace: 0,
    wordSpace: 0,
    scale: 1,
    leading: 0,
  };
  #text: Matrix = identity;
  #line: Matrix = identity;

  constructor(file: PdfFile, fonts: Map<PdfValue | undefined, PdfFont>, budget: { operators: number }) {
    this.#file = file;
    this.#fonts = fonts;
    this.#budget = budget;
  }

  run(content: string, resources: PdfDict | undefined, depth: number): void {
    const scanner = new PdfScanner(content);
    const stack: GraphicsState[] = [];
    let operands: PdfValue[] = [];
    for (let token = scanner.next(); token; token = scanner.next()) {
      if (token.kind !== 'word') {
        if (operands.length < 100) operands.push(token);
        continue;
      }
      this.#budget.operators -= 1;
      if (this.#budget.operators < 0) throw new PdfRefusal('too large');
      if (token.value === 'q' && stack.length < 1000) stack.push(this.#state);
      else if (token.value === 'Q') this.#state = stack.pop() ?? this.#state;
      else if (token.value === 'ID') skipImage(scanner, content);
      else if (token.value === 'Do') this.#form(operands[0], resources, depth);
      else this.#apply(token.value, operands, resources);
      operands = [];
    }
  }

  #form(name: PdfValue | undefined, resources: PdfDict | undefined, depth: number): void {
    if (name?.kind !== 'name' || depth >= mostForms) return;
    const value = this.#file.dict(resources?.entries.get('XObject'))?.entries.get(name.value);
    const form = this.#file.dict(value);
    const subtype = this.#file.get(form, 'Subtype');
    if (!form || subtype?.kind !== 'name' || subtype.value !== 'Form') return;
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = this.#file.numbers(form, 'Matrix');
    const before = this.#state;
    this.#state = { ...before, matrix: times([a, b, c, d, e, f], before.matrix) };
    this.run(this.#file.stream(value), this.#file.dict(form.entries.get('Resources')) ?? resources, depth + 1);
    this.#state = before;
  }

  #apply(operator: string, operands: readonly PdfValue[], resources: PdfDict | undefined): void {
    const numbers = operands.map((operand) => (operand.kind === 'number' ? operand.value : 0));
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers;
    const set = (change: Partial<GraphicsState>): void => {
      this.#state = { ...this.#state, ...change };
    };
    switch (operator) {
      case 'cm':
        return set({ matrix: times([a, b, c, d, e, f], this.#state.matrix) });
      case 'BT':
        return this.#place(identity);
      case 'Tf':
        return set({ font: this.#font(operands[0], resources), size: b });
      case 'Tc':
        return set({ charSpace: a });
      case 'Tw':
        return set({ wordSpace: a });
      case 'Tz':
        return set({ scale: a / 100 });
      case 'TL':
        return set({ leading: a });
      case 'TD':
        set({ leading: -b });
        return this.#move(a, b);
      case 'Td':
        return this.#move(a, b);
      case 'Tm':
        return this.#place([a, b, c, d, e, f]);
      case 'T*':
        return this.#move(0, -this.#state.leading);
      case 'Tj':
        return this.#show(operands);
      case 'TJ':
        return this.#show(operands[0]?.kind === 'array' ? operands[0].items : []);
      case "'":
        this.#move(0, -this.#state.leading);
        return this.#show(operands);
      case '"':
        set({ wordSpace: a, charSpace: b });
        this.#move(0, -this.#state.leading);
        return this.#show(operands.slice(2));
    }
  }

  #place(matrix: Matrix): void {
    this.#line = matrix;
    this.#text = matrix;
  }

  #move(x: number, y: number): void {
    this.#place(times([1, 0, 0, 1, x, y], this.#line));
  }

  #font(name: PdfValue | undefined, resources: PdfDict | undefined): PdfFont | undefined {
    if (name?.kind !== 'name') return undefined;
    const dict = this.#file.dict(this.#file.dict(resources?.entries.get('Font'))?.entries.get(name.value));
    const known = this.#fonts.get(dict);
    if (known) return known;
    const font = pdfFont(this.#file, dict);
    this.#fonts.set(dict, font);
    return font;
  }

  /** Strings, and between them numbers that move the next one to the left. */
  #show(items: readonly PdfValue[]): void {
    const { font, size, charSpace, wordSpace, scale, matrix } = this.#state;
    if (!font) return;
    for (const item of items) {
      if (item.kind === 'number') this.#advance((-item.value / 1000) * size * scale);
      if (item.kind !== 'string') continue;
      const from = times(this.#text, matrix);
      let width = 0;
      const text: string[] = [];
      for (const glyph of font.glyphs(item.value)) {
        text.push(glyph.text);
        width += ((glyph.width / 1000) * size + charSpace + (glyph.isBlank ? wordSpace : 0)) * scale;
      }
      this.#advance(width);
      const to = times(this.#text, matrix);
      const height = Math.abs(size) * Math.hypot(from[2], from[3]);
      this.texts.push({ x: from[4], y: from[5], toX: to[4], size: height, text: text.join('') });
    }
  }

  #advance(x: number): void {
    this.#text = times([1, 0, 0, 1, x, 0], this.#text);
  }
}

/** Behind the bytes of a picture that stands in the page itself. */
function skipImage(scanner: PdfScanner, content: string): void {
  const end = /\sEI(?=\s)/g;
  end.lastIndex = scanner.at;
  const found = end.exec(content);
  scanner.at = found ? found.index + found[0].length : content.length;
}
