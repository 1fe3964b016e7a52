import { JsonScanner, JsonSyntaxError } from '../../emon/file/index.ts';

const elementLimits = {
  /** Values of one element; a stream of 1200 s has 1.2 million samples. */
  values: 8_000_000,
  /** Elements of the array; an ad01 accuracy run has 48,608. */
  elements: 200_000,
  bytes: 1024 ** 3,
} as const;

export class JsonTooLargeError extends Error {}

/** A value of JSON whose objects have no prototype, so that a key such as `__proto__` is a key. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/**
 * The elements of a JSON array one after the other, so that the file may be larger than the memory; a top-level value that is no
 * array counts as one element. NaN and infinities are accepted, as the current runner writes them.
 * @throws JsonSyntaxError, JsonTooLargeError
 */
export async function* jsonElements(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<JsonValue> {
  const collector = new Collector();
  const scanner = new JsonScanner(collector);
  const decoder = new TextDecoder('utf-8');
  let bytes = 0;
  let elements = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > elementLimits.bytes) throw new JsonTooLargeError('bytes');
    // In parts, so that many small elements do not pile up.
    const text = decoder.decode(piece, { stream: true });
    const broken = attempt(() => {
      scanner.push(bytes === piece.length ? text.replace(/^\ufeff/, '') : text);
    });
    for (const element of collector.take()) {
      elements += 1;
      if (elements > elementLimits.elements) throw new JsonTooLargeError('elements');
      yield element;
    }
    if (broken) throw broken;
  }
  const broken = attempt(() => {
    scanner.push(decoder.decode());
    scanner.end();
  });
  yield* collector.take();
  if (broken) throw broken;
}

/** What stands before a defect in the same piece is not lost: the error is thrown behind it. */
function attempt(work: () => void): Error | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof JsonTooLargeError) return error;
    throw error;
  }
}

class Collector {
  #finished: JsonValue[] = [];
  readonly #stack: { value: JsonValue[] | { [key: string]: JsonValue }; key: string | undefined }[] = [];
  #values = 0;
  /** Whether the top level is an array, whose elements count. */
  #inArray = false;

  take(): JsonValue[] {
    const finished = this.#finished;
    this.#finished = [];
    return finished;
  }

  begin(kind: 'object' | 'array'): void {
    if (this.#stack.length === 0 && !this.#inArray && kind === 'array' && this.#values === 0) {
      this.#inArray = true;
      return;
    }
    const value = kind === 'array' ? [] : (Object.create(null) as { [key: string]: JsonValue });
    this.#stack.push({ value, key: undefined });
    this.#count();
  }

  end(): void {
    const closed = this.#stack.pop();
    if (closed) this.#put(closed.value);
  }

  key(key: string): void {
    const top = this.#stack.at(-1);
    if (top) top.key = key;
  }

  value(value: string | number | boolean | null): void {
    this.#count();
    this.#put(value);
  }

  #put(value: JsonValue): void {
    const top = this.#stack.at(-1);
    if (!top) {
      this.#finished.push(value);
      this.#values = 1;
      return;
    }
    if (Array.isArray(top.value)) top.value.push(value);
    else if (top.key !== undefined) top.value[top.key] = value;
  }

  #count(): void {
    this.#values += 1;
    if (this.#values > elementLimits.values) throw new JsonTooLargeError('values');
  }
}

export { JsonSyntaxError };
