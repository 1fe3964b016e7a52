import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flashStateFileSchema, parseFlashState } from '../../../src/main/flash/state-file.ts';
import type { FlashStateFile } from '../../../src/main/flash/state-file.ts';

const states = fc.record({
  format: fc.constant(1 as const),
  board: fc.string(),
  probeSerial: fc.string(),
  image: fc.record({ name: fc.string(), sha256: fc.constant('a'.repeat(64)) }),
  state: fc.constantFrom('untouched', 'partial', 'verified', 'unknown'),
  confirmedBytes: fc.nat(1000),
  totalBytes: fc.nat(1000),
  updatedAt: fc.constant('2026-11-24T12:00:00.000Z'),
});
const problems = ['damaged', 'newer', 'unreadable'];

/** Whatever it is taken for, it is one or the other, and never a board that was confirmed only in part. */
function told(content: string): FlashStateFile | string {
  const found = parseFlashState(content);
  if (typeof found === 'string') expect(problems).toContain(found);
  else {
    expect(flashStateFileSchema.parse(found)).toEqual(found);
    expect(found.confirmedBytes).toBeLessThanOrEqual(found.totalBytes);
    if (found.state === 'verified') expect(found.confirmedBytes).toBe(found.totalBytes);
  }
  return found;
}

describe('a state file of any content', () => {
  it('of random bytes is damaged', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(told(Buffer.from(bytes).toString('utf8'))).toBe('damaged');
      }),
      { numRuns: 5000 },
    );
  });

  it('of any JSON is damaged, newer or whole', () => {
    let whole = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          states.map((state) => JSON.stringify(state)),
        ),
        (content) => {
          if (typeof told(content) !== 'string') whole += 1;
        },
      ),
      { numRuns: 4000 },
    );
    expect(whole).toBeGreaterThan(100);
  });

  it('that was cut short is damaged; one with a byte that changed is told by what it says, or damaged', () => {
    fc.assert(
      fc.property(states, fc.nat(), fc.integer({ min: 1, max: 255 }), (state, at, change) => {
        const bytes = Buffer.from(JSON.stringify(state));
        const place = at % bytes.length;
        expect(told(bytes.subarray(0, place).toString('utf8'))).toBe('damaged');
        bytes[place] = (bytes[place] ?? 0) ^ change;
        told(bytes.toString('utf8'));
      }),
      { numRuns: 5000 },
    );
  });
});
