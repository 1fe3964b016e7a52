import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ruleBook } from '../../../src/main/rules/index.ts';
import { faultCatalogue } from '../../../src/shared/fault/catalogue/index.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/energy-faults.md'), 'utf8');

/** The cells of the table's rows. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

/** The twenty faults that the table has to answer for. */
const faults = [
  'monitor unplugged in a window',
  'DUT unplugged',
  'IO manager silent',
  'one block of samples lost',
  '64 samples lost',
  '512 samples lost without a counter jump',
  'bytes lost inside a sample',
  'stale stream at open',
  'firmware too old',
  'missing edge',
  'extra edge',
  'edge during warm-up',
  'DUT clock 2 % off',
  'DUT clock 7 % off',
  'over-current',
  'saturation',
  'supply 5 % low',
  'sampling rate 0.6 % off',
  'disk full',
  'process killed',
];

const known = new Set<string>([...ruleBook.map((rule) => rule.id), ...Object.keys(faultCatalogue)]);

describe('docs/energy-faults.md', () => {
  it('has a row of four cells for each fault', () => {
    expect(rows.map((row) => row[0])).toEqual(faults);
    for (const row of rows) expect([row[0], row.length, row.every((cell) => cell !== '')]).toEqual([row[0], 4, true]);
  });

  it('names faults and rules that exist', () => {
    for (const [fault, , outcome = ''] of rows) {
      const [first = ''] = /(?<=^`)[^`]+(?=`)/.exec(outcome) ?? [];
      expect([fault, first]).toEqual([
        fault,
        expect.stringMatching(/^(valid|interrupted|(remarks|invalid): .+|[a-z]+\.\w+)$/),
      ]);
      for (const [name] of outcome.matchAll(/[A-Z]+-\d\d|(?<=`)[a-z]+\.\w+(?=`)/g))
        expect([fault, name, known.has(name)]).toEqual([fault, name, true]);
    }
  });
});
