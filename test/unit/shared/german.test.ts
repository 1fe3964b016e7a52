import { describe, expect, it } from 'vitest';
import { de } from '../../../src/shared/locales/de/index.ts';
import { en } from '../../../src/shared/locales/en/index.ts';

/** Every message by its path; a list of messages is one, for its length is each language's own. */
function messages(tree: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(tree) as [string, unknown][]) {
    const key = path === '' ? name : `${path}/${name}`;
    if (typeof value === 'string') found.set(key, value);
    else if (Array.isArray(value)) found.set(key, value.join('\n'));
    else for (const [inner, message] of messages(value as object, key)) found.set(inner, message);
  }
  return found;
}

const placeholders = (message: string): string[] =>
  [...new Set([...message.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort();
const forms = (message: string): number => message.split(' | ').length;

const english = messages(en);
const german = messages(de);

describe('German', () => {
  it('has every English message', () => {
    expect([...english.keys()].filter((key) => !german.has(key))).toEqual([]);
  });

  it('says what the English message says: the same placeholders, the same number of plural forms', () => {
    for (const [key, message] of german) {
      const original = english.get(key);
      expect(original, `${key} is no message in English`).toBeDefined();
      expect(placeholders(message), key).toEqual(placeholders(original ?? ''));
      expect(forms(message), key).toBe(forms(original ?? ''));
    }
  });

  it('is written with German quotation marks and without what the message format reads as its own', () => {
    for (const [key, message] of german) {
      expect(message, key).not.toContain('”');
      expect(message.replace(/\{\w+\}/g, ''), key).not.toMatch(/[{}@]/);
    }
  });
});
