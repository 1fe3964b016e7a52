import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { schemaFiles } from '../../support/schemas.ts';

describe('docs/schemas', () => {
  it.each(Object.entries(schemaFiles()))('%s is what the code checks (npm run schemas writes it)', (name, text) => {
    const path = resolve(import.meta.dirname, '../../../docs/schemas', name);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(text));
  });
});
