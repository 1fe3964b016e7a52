import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planArena } from '../../../src/main/model/arena.ts';
import type { ArenaItem } from '../../../src/main/model/arena.ts';

const item = fc
  .record({
    bytes: fc.integer({ min: 1, max: 5000 }),
    first: fc.integer({ min: 0, max: 20 }),
    length: fc.integer({ min: 0, max: 6 }),
  })
  .map(({ bytes, first, length }): ArenaItem => ({ bytes, first, last: first + length }));

describe('planArena', () => {
  it('never lets two items share memory while both are alive', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 40 }), (items) => {
        const { offsets, bytes, peakBytes } = planArena(items);
        items.forEach((a, i) => {
          const offset = offsets[i] ?? -1;
          expect(offset % 16).toBe(0);
          expect(offset + a.bytes).toBeLessThanOrEqual(bytes);
          items.slice(0, i).forEach((b, j) => {
            const other = offsets[j] ?? -1;
            const together = a.first <= b.last && b.first <= a.last;
            const apart = offset + a.bytes <= other || other + b.bytes <= offset;
            expect(!together || apart).toBe(true);
          });
        });
        expect(bytes % 16).toBe(0);
        expect(bytes).toBeGreaterThanOrEqual(peakBytes);
      }),
    );
  });

  it('reaches the sum of what is alive in a chain', () => {
    const chain = [490, 8000, 8000, 8000, 64, 12].map((bytes, step) => ({
      bytes,
      first: Math.max(step - 1, 0),
      last: step,
    }));
    expect(planArena(chain)).toMatchObject({ bytes: 16_000, peakBytes: 16_000, peakStep: 1 });
  });

  it('keeps a branch alive across the operators between', () => {
    const items = [
      { bytes: 100, first: 0, last: 3 },
      { bytes: 50, first: 0, last: 1 },
      { bytes: 50, first: 1, last: 2 },
      { bytes: 100, first: 2, last: 3 },
    ];
    expect(planArena(items)).toMatchObject({ peakBytes: 250, peakStep: 2, bytes: 112 + 112 + 64 });
  });

  it('lets two items share memory only as far as an overlap allows', () => {
    const chains = fc.array(
      fc.record({
        bytes: fc.integer({ min: 1, max: 3000 }),
        least: fc.integer({ min: 0, max: 4000 }),
        exact: fc.boolean(),
      }),
      { minLength: 2, maxLength: 12 },
    );
    fc.assert(
      fc.property(chains, (chain) => {
        const items = chain.map(({ bytes }, step) => ({ bytes, first: Math.max(step - 1, 0), last: step }));
        const overlaps = chain.slice(1).map(({ least, exact }, i) => {
          return { above: i, below: i + 1, least: exact ? 0 : least, most: exact ? 0 : Infinity };
        });
        const { offsets, bytes } = planArena(items, overlaps);
        expect(bytes).toBeLessThanOrEqual(planArena(items).bytes);
        overlaps.forEach(({ above, below, least, most }) => {
          const [a = 0, b = 0] = [offsets[above], offsets[below]];
          const apart = a + (items[above]?.bytes ?? 0) <= b || b + (items[below]?.bytes ?? 0) <= a;
          expect(apart || (a - b >= least && a - b <= most)).toBe(true);
        });
      }),
    );
  });

  it('finds the layout of a chain whose outputs slide into their inputs', () => {
    const items = [490, 8000, 8000, 8000].map((bytes, step) => ({ bytes, first: Math.max(step - 1, 0), last: step }));
    const slide = [384, 0].map((least, i) => ({ above: i + 1, below: i + 2, least, most: Infinity }));
    expect(planArena(items, slide).bytes).toBe(8000 + 496);
  });

  it('gives the same layout for the same items, and nothing for none', () => {
    const items = Array.from({ length: 30 }, (_, i) => ({ bytes: (i * 37) % 500, first: i % 7, last: (i % 7) + 2 }));
    expect(planArena(items)).toEqual(planArena(items.map((entry) => ({ ...entry }))));
    expect(planArena([])).toEqual({ offsets: [], bytes: 0, peakBytes: 0, peakStep: 0 });
  });
});
