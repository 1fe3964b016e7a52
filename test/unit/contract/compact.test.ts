import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges, compactChanges } from '../../../src/shared/contract/index.ts';
import type { Change } from '../../../src/shared/contract/index.ts';

const name = fc.constantFrom('a', 'b', 'list');
const path = fc.array(fc.oneof(name, fc.nat({ max: 2 })), { maxLength: 3 });
const value = fc.oneof(
  fc.nat({ max: 9 }),
  fc.constant(undefined),
  fc.constant({}),
  fc.constant([]),
  fc.array(fc.nat({ max: 9 }), { maxLength: 3 }),
  fc.constant({ a: { b: 1 }, list: [1, { a: 2 }] }),
);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ op: fc.constant('set' as const), path, value }),
  fc.record({ op: fc.constant('append' as const), path, values: fc.array(fc.nat({ max: 9 }), { maxLength: 3 }) }),
  fc.record({
    op: fc.constant('append' as const),
    path,
    values: fc.array(fc.nat({ max: 9 }), { maxLength: 3 }),
    keep: fc.integer({ min: 1, max: 4 }),
  }),
);

describe('compactChanges', () => {
  it('leads to the same value as the changes one by one, wherever those can be made', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        const start = { a: { list: [1, 2, 3], b: {} }, list: [{ a: 1 }, [4]] };
        let expected: unknown;
        try {
          expected = applyChanges(start, changes);
        } catch {
          fc.pre(false);
        }
        expect(applyChanges<unknown>(start, compactChanges(changes))).toEqual(expected);
      }),
      { numRuns: 5_000 },
    );
  });

  it('keeps only the last of many settings of one place', () => {
    const changes = Array.from({ length: 1000 }, (_, index): Change => ({ op: 'set', path: ['done'], value: index }));
    expect(compactChanges(changes)).toEqual([{ op: 'set', path: ['done'], value: 999 }]);
  });

  it('joins appends and drops what would be dropped anyway', () => {
    const line = (index: number): Change => ({ op: 'append', path: ['console'], values: [index], keep: 3 });
    expect(compactChanges([1, 2, 3, 4, 5].map(line))).toEqual([
      { op: 'append', path: ['console'], values: [3, 4, 5], keep: 3 },
    ]);
  });

  it('drops changes below a place that is set afterwards', () => {
    const changes: Change[] = [
      { op: 'set', path: ['run'], value: {} },
      { op: 'set', path: ['run', 'done'], value: 1 },
      { op: 'set', path: ['other'], value: 1 },
      { op: 'append', path: ['run', 'rows'], values: [1] },
      { op: 'set', path: ['run'], value: { done: 2, rows: [] } },
    ];
    expect(compactChanges(changes)).toEqual([changes[4], changes[2]]);
  });
});
