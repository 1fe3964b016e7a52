import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readDescription } from '../../../src/main/audit/index.ts';
import { systemDescriptionSchema } from '../../../src/shared/domain/system-description.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { madeDescription } from '../../support/audit/system-description.ts';

const good = JSON.stringify(madeDescription(), undefined, 1);
const damage = fc.record({
  at: fc.nat({ max: good.length }),
  lost: fc.nat({ max: 30 }),
  added: fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.constantFrom('"', '{', '[[[[', '\\u0000', '"__proto__": {},', '"Status": "",', 'NaN', '1e999', '\ufeff'),
  ),
});
const texts = fc.oneof(
  { weight: 8, arbitrary: fc.array(damage, { maxLength: 4 }).map((changes) => changes.reduce(changed, good)) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string() },
);

function changed(text: string, { at, lost, added }: { at: number; lost: number; added: string }): string {
  return text.slice(0, at) + added + text.slice(at + lost);
}

it('an imported description is read or refused with a fault of its area, whatever it is', () => {
  let read = 0;
  fc.assert(
    fc.property(texts, (text) => {
      try {
        const { fields } = readDescription('x.json', text);
        expect(systemDescriptionSchema.parse(fields)).toEqual(fields);
        read += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
        expect((error as Fault).code).toMatch(/^package\.(?:notJson|duplicateKeys|notADescription)$/);
      }
    }),
    { numRuns: 10_000 },
  );
  expect(read).toBeGreaterThan(500);
}, 60_000);
