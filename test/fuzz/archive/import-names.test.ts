import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planUnpacking } from '../../../src/main/archive/handover/plan.ts';
import type { ZipEntryFacts } from '../../../src/main/archive/handover/plan.ts';
import { Fault } from '../../../src/shared/fault/index.ts';

/** Parts of names that people and attackers write. */
const part = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('runs', 'r1', 'report.pdf', 'a', 'A', 'trace.jbt', 'sources.json') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...['..', '.', '', '...', '.. ', 'CON', 'nul.txt', 'COM1', 'a:b', 'C:', '\\', '..\\..', '~', '%2e%2e', 'a\0b'],
      ...['\u202Egpj.exe', 'e\u0301', '\u00e9', 'a ', 'a.', '\ud800', 'x'.repeat(300), '//server', '\n'],
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
);
const name = fc
  .tuple(fc.constantFrom('', '/', '\\', 'C:/', '../', 's/', 's/', 's/', 's/'), fc.array(part, { maxLength: 5 }))
  .map(([head, parts]) => head + parts.join('/'));
const entry = fc.record({
  name,
  directory: fc.boolean(),
  encrypted: fc.boolean().map((one) => one && false),
  unixMode: fc.constantFrom(0, 0, 0, 0o100644, 0o040755, 0o120777, 0o060000),
  packedBytes: fc.nat(1000),
  bytes: fc.nat(100_000),
});

function journal(): ZipEntryFacts {
  return { name: 's/journal.jsonl', directory: false, encrypted: false, unixMode: 0, packedBytes: 10, bytes: 10 };
}

describe('the names of a zip file', () => {
  it('never lead outside, on no platform, and no two become one file', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 2 }), (entries) => {
        let plan;
        try {
          plan = planUnpacking([journal(), ...entries], { bytes: 1e9 });
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
          expect((error as Fault).code).toMatch(/^import\./);
          return;
        }
        taken += plan.length > 1 ? 1 : 0;
        const seen = new Set<string>();
        for (const { path } of plan) {
          for (const [platform, root] of [
            [posix, '/data/sessions/draft'],
            [win32, 'C:\\data\\sessions\\draft'],
          ] as const) {
            const full = platform.resolve(root, ...path.split('/'));
            expect(full.startsWith(root + platform.sep)).toBe(true);
            expect(platform.relative(root, full).split(platform.sep)).not.toContain('..');
          }
          expect(path).not.toMatch(/[\\:\0]/);
          const key = path.normalize('NFC').toLowerCase();
          expect(seen.has(key)).toBe(false);
          seen.add(key);
        }
        for (const one of entries) expect(one.unixMode & 0o170000).not.toBe(0o120000);
      }),
      { numRuns: 20_000 },
    );
    // Were nothing taken, the test could not fail.
    expect(taken).toBeGreaterThan(100);
  });
});
