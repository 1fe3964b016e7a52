import { constants, inflateSync } from 'node:zlib';
import { PdfScanner } from './scanner.ts';
import type { PdfDict, PdfValue } from './scanner.ts';

/** Bounds of what is unpacked of one file. A filled form has a few hundred objects. */
export const pdfLimits = { objects: 50_000, unpackedBytes: 64 * 1024 ** 2, pages: 200 } as const;

interface PdfObject {
  value: PdfValue;
  /** Where its stream lies in the file. */
  stream: { start: number; end: number } | null;
}

/** A file has one more each time it is saved; the last ones count. */
const mostTrailers = 200;
const mostTrailerBytes = 4096;

/** Why a PDF cannot be read. */
export class PdfRefusal extends Error {}

/**
 * The objects of a PDF file. They are found by looking through the file and not by its table, which is often wrong in files that were
 * filled in and saved again; of several with one number the last one holds.
 */
export class PdfFile {
  readonly #source: string;
  readonly #objects = new Map<number, PdfObject>();
  #root: PdfValue | undefined;
  #left: number = pdfLimits.unpackedBytes;

  /** @throws PdfRefusal for what is no PDF, is encrypted or is too large. */
  constructor(bytes: Uint8Array) {
    this.#source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    if (!this.#source.slice(0, 1024).includes('%PDF-')) throw new PdfRefusal('no PDF');
    this.#collect();
    this.#readTrailers();
  }

  /** What a value refers to, through any number of references. */
  resolve(value: PdfValue | undefined): PdfValue | undefined {
    let found = value;
    for (let k = 0; found?.kind === 'reference'; k += 1)
      found = k < 20 ? this.#objects.get(found.id)?.value : undefined;
    return found;
  }

  dict(value: PdfValue | undefined): PdfDict | undefined {
    const found = this.resolve(value);
    return found?.kind === 'dict' ? found : undefined;
  }

  /** An entry of a dictionary, resolved. */
  get(dict: PdfDict | undefined, key: string): PdfValue | undefined {
    return this.resolve(dict?.entries.get(key));
  }

  items(dict: PdfDict | undefined, key: string): PdfValue[] {
    const found = this.get(dict, key);
    return found?.kind === 'array' ? found.items : [];
  }

  numbers(dict: PdfDict | undefined, key: string): number[] {
    return this.items(dict, key).map((item) => {
      const found = this.resolve(item);
      return found?.kind === 'number' ? found.value : 0;
    });
  }

  /** The unpacked bytes of a stream, one character each; '' for what is none, or is packed in a way that text never is. */
  stream(value: PdfValue | undefined): string {
    const id = value?.kind === 'reference' ? value.id : undefined;
    const object = id === undefined ? undefined : this.#objects.get(id);
    if (object?.value.kind !== 'dict' || !object.stream) return '';
    const { start, end } = object.stream;
    return this.#unpacked(object.value, this.#source.slice(start, end));
  }

  /** The pages in their order. */
  pages(): PdfDict[] {
    const pages: PdfDict[] = [];
    const seen = new Set<PdfDict>();
    // Kids still to be met, the next one last.
    const stack: PdfValue[] = [];
    const top = this.get(this.dict(this.#root), 'Pages');
    if (top) stack.push(top);
    for (let value = stack.pop(); value && pages.length < pdfLimits.pages; value = stack.pop()) {
      const node = this.dict(value);
      if (!node || seen.has(node)) continue;
      seen.add(node);
      const kids = this.items(node, 'Kids');
      if (kids.length === 0) pages.push(node);
      for (const kid of kids.toReversed()) stack.push(kid);
    }
    return pages;
  }

  #collect(): void {
    const opening = /(\d{1,9})[\0\t\n\f\r ]{1,20}\d{1,5}[\0\t\n\f\r ]{1,20}obj(?![A-Za-z])/g;
    for (let match = opening.exec(this.#source); match; match = opening.exec(this.#source)) {
      const scanner = new PdfScanner(this.#source, opening.lastIndex);
      const value = scanner.next() ?? { kind: 'word', value: 'null' };
      const behind = /^[\0\t\n\f\r ]{0,20}stream(?:\r\n|\n|\r)?/.exec(this.#source.slice(scanner.at, scanner.at + 40));
      const stream = behind && value.kind === 'dict' ? this.#streamAt(value, scanner.at + behind[0].length) : null;
      this.#add(Number(match[1]), { value, stream });
      opening.lastIndex = Math.max(opening.lastIndex, stream?.end ?? scanner.at);
      if (stream && value.kind === 'dict') this.#expand(value, stream);
    }
  }

  #add(id: number, object: PdfObject): void {
    if (this.#objects.size >= pdfLimits.objects) throw new PdfRefusal('too many objects');
    this.#objects.set(id, object);
    const dict = object.value.kind === 'dict' ? object.value : undefined;
    const type = dict?.entries.get('Type');
    if (type?.kind !== 'name') return;
    if (type.value === 'Catalog') this.#root ??= { kind: 'reference', id };
    if (type.value === 'XRef') this.#readTrailer(dict);
  }

  #streamAt(dict: PdfDict, start: number): { start: number; end: number } {
    const length = dict.entries.get('Length');
    const end = start + (length?.kind === 'number' ? length.value : -1);
    if (end >= start && /^\s{0,3}endstream/.test(this.#source.slice(end, end + 14))) return { start, end };
    const found = this.#source.indexOf('endstream', start);
    return { start, end: found < 0 ? this.#source.length : found };
  }

  /** Objects that stand in a stream. */
  #expand(dict: PdfDict, { start, end }: { start: number; end: number }): void {
    const [type, count, first] = ['Type', 'N', 'First'].map((key) => dict.entries.get(key));
    if (type?.kind !== 'name' || type.value !== 'ObjStm' || count?.kind !== 'number' || first?.kind !== 'number')
      return;
    const text = this.#unpacked(dict, this.#source.slice(start, end));
    const head = new PdfScanner(text.slice(0, first.value));
    // Objects of a good stream do not overlap, so reading them all takes its length once.
    let read = 0;
    for (let k = 0; k < count.value && read <= 2 * text.length; k += 1) {
      const [id, offset] = [head.next(), head.next()];
      if (id?.kind !== 'number' || offset?.kind !== 'number') return;
      const start = first.value + offset.value;
      const scanner = new PdfScanner(text, start);
      const value = scanner.next();
      read += scanner.at - start;
      if (value) this.#add(id.value, { value, stream: null });
    }
  }

  #readTrailers(): void {
    const trailers = Array.from(this.#source.matchAll(/trailer[\0\t\n\f\r ]{0,20}<</g), ({ index }) => ({ index }));
    for (const match of trailers.slice(-mostTrailers)) {
      const start = match.index + 'trailer'.length;
      const value = new PdfScanner(this.#source.slice(start, start + mostTrailerBytes)).next();
      if (value?.kind === 'dict') this.#readTrailer(value);
    }
  }

  #readTrailer(dict: PdfDict | undefined): void {
    if (dict?.entries.has('Encrypt')) throw new PdfRefusal('encrypted');
    const root = dict?.entries.get('Root');
    if (root?.kind === 'reference') this.#root = root;
  }

  #unpacked(dict: PdfDict, packed: string): string {
    const filter = this.get(dict, 'Filter');
    const names = (filter?.kind === 'array' ? filter.items : filter ? [filter] : []).map((item) => this.resolve(item));
    if (this.resolve(dict.entries.get('DecodeParms'))?.kind === 'dict' && this.#predicts(dict)) return '';
    let bytes = packed;
    for (const name of names) {
      if (name?.kind !== 'name') return '';
      if (/^(?:FlateDecode|Fl)$/.test(name.value)) bytes = this.#inflated(bytes);
      else if (/^(?:ASCIIHexDecode|AHx)$/.test(name.value))
        bytes = Buffer.from(bytes.replace(/[^0-9a-f]/gi, ''), 'hex').toString('latin1');
      else return '';
    }
    this.#left -= bytes.length;
    if (this.#left < 0) throw new PdfRefusal('too large');
    return bytes;
  }

  /** Tables and pictures are packed with a predictor, text is not. */
  #predicts(dict: PdfDict): boolean {
    const predictor = this.get(this.dict(dict.entries.get('DecodeParms')), 'Predictor');
    return predictor?.kind === 'number' && predictor.value > 1;
  }

  /** What can be unpacked; a stream that is cut gives its beginning. */
  #inflated(packed: string): string {
    try {
      const options = { maxOutputLength: Math.max(1, this.#left), finishFlush: constants.Z_SYNC_FLUSH };
      return inflateSync(Buffer.from(packed, 'latin1'), options).toString('latin1');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new PdfRefusal('too large');
      return '';
    }
  }
}
