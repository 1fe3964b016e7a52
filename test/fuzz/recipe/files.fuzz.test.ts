import fc from 'fast-check';
import { expect, it } from 'vitest';
import { batchEventSchema, batchFormat } from '../../../src/main/recipe/batch-events.ts';
import { foldBatch, formatRecipe, parseRecipe } from '../../../src/main/recipe/index.ts';
import { parseEvents } from '../../../src/main/store/index.ts';
import { isFault } from '../../../src/shared/fault/index.ts';
import { madeUpRecipe } from '../../support/made-up-recipe.ts';

const recipe = formatRecipe(madeUpRecipe());
const result = { outcome: 'pass', figures: [], runs: [], limits: [] };
const events = [
  {
    type: 'batch.opened',
    format: 1,
    batchId: 'b',
    name: 'Lot',
    app: { name: 'J', version: '1' },
    recipe: madeUpRecipe(),
    recipeSha256: 'ab'.repeat(32),
  },
  { type: 'unit.started', attempt: 1, serial: 'A', operator: '' },
  { type: 'unit.session', attempt: 1, item: 0, sessionId: 's', simulated: true },
  { type: 'unit.ended', attempt: 1, result },
  { type: 'unit.started', attempt: 2, serial: 'B', operator: '' },
  { type: 'unit.putAside', attempt: 2 },
].map((event) => `${JSON.stringify({ at: '2026-11-03T08:00:00.000Z', event })}\n`);

it('a recipe file with any piece replaced is read or refused, never thrown over', () => {
  fc.assert(
    fc.property(fc.nat(recipe.length), fc.nat(60), fc.string({ maxLength: 40 }), (at, count, piece) => {
      const parsed = parseRecipe(recipe.slice(0, at) + piece + recipe.slice(at + count));
      // What was read can be written and read again.
      if (parsed.ok) expect(parseRecipe(formatRecipe(parsed.recipe))).toEqual(parsed);
    }),
    { numRuns: 6000 },
  );
});

it('a recipe file of any bytes is read or refused', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constantFrom('{', '[', '1e999', '"schema":"joulebench.recipe/3"', recipe),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 4 }), (pieces) => {
      const parsed = parseRecipe(pieces.join(''));
      if (parsed.ok) expect(formatRecipe(parsed.recipe)).toBe(recipe);
    }),
    { numRuns: 4000 },
  );
});

it('a batch file of any lines in any order is folded or refused by a fault that names its line', () => {
  const line = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...events) },
    { weight: 1, arbitrary: fc.string({ maxLength: 60 }) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 2 }).map((value) => `{"at":"","event":${value}}\n`) },
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const text = lines.join('');
      try {
        const batch = foldBatch(parseEvents(text, 'file', batchEventSchema, batchFormat));
        if (!batch) return;
        expect(batch.attempts.every((one, index) => one.attempt === index + 1)).toBe(true);
        expect(batch.statistics.units).toBeLessThanOrEqual(batch.attempts.length);
      } catch (error) {
        expect(isFault(error, 'store.damaged') || isFault(error, 'store.newerVersion')).toBe(true);
      }
    }),
    { numRuns: 3000 },
  );
});
