import { describe, expect, it } from 'vitest';
import { ruleBook } from '../../../src/main/rules/index.ts';
import { faultTable } from '../../e2e/energy/table.ts';
import { faultCatalogue } from '../../../src/shared/fault/catalogue/index.ts';

const rows = faultTable();

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
    expect(rows.map((row) => row.fault)).toEqual(faults);
    for (const { fault, cells } of rows)
      expect([fault, cells.length, cells.every((cell) => cell !== '')]).toEqual([fault, 4, true]);
  });

  it('names faults and rules that exist', () => {
    for (const { fault, outcome, outcomes } of rows) {
      expect([fault, outcome.startsWith('`')]).toEqual([fault, true]);
      for (const stated of outcomes)
        expect([fault, stated]).toEqual([
          fault,
          expect.stringMatching(/^(valid|interrupted|(remarks|invalid): [A-Z]+-\d\d(, [A-Z]+-\d\d)*|[a-z]+\.\w+)$/),
        ]);
      for (const [name] of outcome.matchAll(/[A-Z]+-\d\d|(?<=`)[a-z]+\.\w+(?=`)/g))
        expect([fault, name, known.has(name)]).toEqual([fault, name, true]);
    }
  });
});
