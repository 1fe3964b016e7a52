import { Fault } from '../../../shared/fault/index.ts';
import { JsonScanner, JsonSyntaxError } from '../../emon/file/index.ts';
import type { FileSource } from '../source/index.ts';

/** A system description as far as it can be read. */
export interface SystemDescription {
  /** Values by their exact keys; of a broken file those of its lines that are whole. */
  fields: ReadonlyMap<string, string>;
  /** Keys that stand there more than once. */
  duplicates: string[];
  /** Where it is no JSON; null for one that is. */
  broken: { reason: string; line: number } | null;
}

const systemLimits = { bytes: 4 * 1024 * 1024, fields: 10_000 } as const;

/** Reads a system description. One that cannot be opened is a broken one: a finding, not the end of the audit. */
export async function openSystem(source: FileSource, path: string, signal?: AbortSignal): Promise<SystemDescription> {
  try {
    return await readSystem(source.read(path, {}, signal));
  } catch (error) {
    if (!(error instanceof Fault) || !error.code.startsWith('audit.') || signal?.aborted) throw error;
    const { reason } = error.facts as { reason?: string };
    return { fields: new Map(), duplicates: [], broken: { reason: reason ?? error.code, line: 1 } };
  }
}

/** Reads `systems/<system>.json`. A broken one gives what stands on its whole lines, so that a report can name the board. */
export async function readSystem(pieces: AsyncIterable<Uint8Array>): Promise<SystemDescription> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > systemLimits.bytes)
      return { fields: new Map(), duplicates: [], broken: { reason: 'too large', line: 1 } };
    parts.push(piece);
  }
  const text = new TextDecoder('utf-8').decode(Buffer.concat(parts)).replace(/^\ufeff/, '');
  const fields = new FieldReader();
  const scanner = new JsonScanner(fields);
  const lines = text.split('\n');
  let line = 0;
  try {
    for (line = 1; line <= lines.length; line += 1) scanner.push(`${lines[line - 1] ?? ''}\n`);
    scanner.end();
    return { fields: fields.found, duplicates: [...fields.duplicates], broken: null };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const broken = { reason: error.message.slice(0, 200), line: Math.min(line, lines.length) };
    return { fields: wholeLines(lines), duplicates: [], broken };
  }
}

/** Scalars of the outermost object. */
class FieldReader {
  readonly found = new Map<string, string>();
  readonly duplicates = new Set<string>();
  #depth = 0;
  #key = '';

  begin(): void {
    this.#depth += 1;
  }

  end(): void {
    this.#depth -= 1;
  }

  key(key: string): void {
    if (this.#depth !== 1) return;
    this.#key = key.slice(0, 200);
    if (this.found.has(this.#key)) this.duplicates.add(this.#key);
    else if (this.found.size < systemLimits.fields) this.found.set(this.#key, '');
  }

  value(value: string | number | boolean | null): void {
    if (this.#depth === 1) this.found.set(this.#key, value === null ? '' : String(value).slice(0, 1000));
  }
}

function wholeLines(lines: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of lines.slice(0, systemLimits.fields)) {
    const found = /^\s*"([^"]{1,200})"\s*:\s*"([^"]{0,1000})"\s*,?\s*$/.exec(line);
    if (found && !fields.has(found[1] as string)) fields.set(found[1] as string, found[2] as string);
  }
  return fields;
}
