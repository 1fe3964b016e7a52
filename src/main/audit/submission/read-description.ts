import { systemDescriptionSchema, systemKeys } from '../../../shared/domain/system-description.ts';
import type { SystemDescription } from '../../../shared/domain/system-description.ts';
import type { ReadDescription } from '../../../shared/domain/package-page.ts';
import { Fault } from '../../../shared/fault/index.ts';
import { JsonScanner, JsonSyntaxError } from '../../emon/file/index.ts';

/** Longest value of a field, in characters; the schema of the form says the same. */
const longestValue = 4000;
/** Of what is left out a person sees so much. */
const shownChars = 300;
const mostLeftOut = 100;

/**
 * Reads a description that somebody else wrote, as far as it fits: keys may be missing, and blanks and capitals in keys may differ. What does
 * not fit is named, never dropped in silence.
 * @param name of the file, for the words of a fault
 * @throws Fault `package.notJson`, `package.duplicateKeys`, `package.notADescription`.
 */
export function readDescription(name: string, text: string): ReadDescription {
  const value = parsed(name, text.replace(/^\ufeff/, ''));
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Fault('package.notADescription', { path: name });
  const fields = emptyDescription();
  const leftOut: ReadDescription['leftOut'] = [];
  const byPlainKey = new Map(systemKeys.map((key) => [plainKey(key), key]));
  let known = 0;
  const entries = Object.entries(value);
  // Keys spelt as in the template come first: another spelling never overwrites them.
  const exact = new Set<string>(systemKeys);
  for (const [key, content] of [
    ...entries.filter(([key]) => exact.has(key)),
    ...entries.filter(([key]) => !exact.has(key)),
  ]) {
    const target = exact.has(key) ? (key as keyof SystemDescription) : byPlainKey.get(plainKey(key));
    const words = textOf(content);
    if (target === undefined || words === undefined || (!exact.has(key) && (fields[target] ?? '') !== '')) {
      leftOut.push({ key: key.slice(0, shownChars), value: (words ?? JSON.stringify(content)).slice(0, shownChars) });
      continue;
    }
    fields[target] = words;
    known += 1;
  }
  if (known === 0) throw new Fault('package.notADescription', { path: name });
  return { fields, leftOut: leftOut.slice(0, mostLeftOut) };
}

/** A description with every key and nothing in it. */
export function emptyDescription(): SystemDescription {
  return systemDescriptionSchema.parse(Object.fromEntries(systemKeys.map((key) => [key, ''])));
}

/** A key without what people spell differently. */
function plainKey(key: string): string {
  return key
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .trim();
}

/** Numbers are texts that lost their quotation marks; undefined for what no field can hold. */
function textOf(content: unknown): string | undefined {
  if (typeof content === 'string') return content.length <= longestValue ? content : undefined;
  if (typeof content === 'number' || typeof content === 'boolean') return String(content);
  return content === null ? '' : undefined;
}

function parsed(path: string, text: string): unknown {
  const keys = new KeyCounter();
  let value: unknown;
  try {
    const scanner = new JsonScanner(keys);
    scanner.push(text);
    scanner.end();
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError) && !(error instanceof SyntaxError)) throw error;
    throw new Fault('package.notJson', { path, reason: reasonOf(text, error).slice(0, 200) });
  }
  if (keys.twice.size > 0)
    throw new Fault('package.duplicateKeys', { path, keys: [...keys.twice].slice(0, 40).map((key) => key.trim()) });
  return value;
}

/** The engine names line and column; the scanner knows what it alone refuses, such as a text nested too deep. */
function reasonOf(text: string, error: Error): string {
  try {
    JSON.parse(text);
    return error.message;
  } catch (engine) {
    return engine instanceof Error ? engine.message : error.message;
  }
}

/** Keys of the outermost object that stand there more than once. */
class KeyCounter {
  readonly twice = new Set<string>();
  readonly #seen = new Set<string>();
  #depth = 0;

  begin(): void {
    this.#depth += 1;
  }

  end(): void {
    this.#depth -= 1;
  }

  key(key: string): void {
    if (this.#depth !== 1) return;
    if (this.#seen.has(key)) this.twice.add(key);
    this.#seen.add(key);
  }

  value(): void {
    // Only keys count here.
  }
}
