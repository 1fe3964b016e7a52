import { expect, it } from 'vitest';
import { createText } from '../../../../src/shared/text/index.ts';
import { en } from '../../../../src/shared/locales/en/index.ts';
import type { Messages } from '../../../../src/shared/locales/index.ts';

function leaves(messages: Messages, path: string): [key: string, message: string][] {
  return Object.entries(messages).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}.${name}`, value]] : leaves(value, `${path}.${name}`),
  );
}

it('every message of the screens can be formatted, with each placeholder filled', () => {
  const text = createText('en');
  for (const [key, message] of leaves(en.ui, 'ui')) {
    const names = [...message.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    const shown = text.t(key, Object.fromEntries(names.map((name) => [name, name === 'count' ? 1 : `<${name}>`])));
    expect(shown, key).not.toBe(key);
    expect(shown, key).not.toContain('{');
    if (message.includes(' | ')) continue;
    for (const name of names) expect(shown, key).toContain(name === 'count' ? '1' : `<${name}>`);
  }
});

it('no message shouts, blames or says oops', () => {
  for (const [key, message] of leaves(en.ui, 'ui')) expect(message, key).not.toMatch(/!|oops|sorry|please/i);
});
