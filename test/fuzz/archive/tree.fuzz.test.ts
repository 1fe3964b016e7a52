import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, win32 } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { planTree } from '../../../src/main/archive/handover/plan.ts';
import { unzipTree } from '../../../src/main/archive/handover/unzip.ts';
import type { Fault } from '../../../src/shared/fault/index.ts';
import { rawZip } from '../../support/raw-zip.ts';

const home = mkdtempSync(join(tmpdir(), 'jb-fuzz-tree-'));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

const bad = fc.constantFrom(
  ...['..', '.', '', '~', 'a:b', 'C:', 'nul', 'aux.txt', '..\\..', 'a\0', '\u202Egpj', 'a ', 'a.', '\ud800'],
  ...['x'.repeat(300), 'd/'.repeat(45)],
);
const fine = fc.constantFrom('closed', 'Org', 'org', 'kws', 'log.txt', 'LOG.txt', 'e\u0301', '\u00e9');
const part = fc.oneof({ weight: 6, arbitrary: fine }, { weight: 1, arbitrary: bad });
const entry = fc.record({
  name: fc
    .tuple(
      fc.constantFrom('', '', '', '', '', '', '', '', '/', '\\', '../'),
      fc.array(part, { minLength: 1, maxLength: 4 }),
    )
    .map(([head, parts]) => head + parts.join('/')),
  directory: fc.boolean(),
  encrypted: fc.nat(30).map((one) => one === 0),
  unixMode: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0o100644, 0o040755, 0o120777, 0o060000),
  packedBytes: fc.nat(1000),
  bytes: fc.oneof({ weight: 9, arbitrary: fc.nat(100_000) }, fc.constantFrom(2 ** 40, Number.NaN, Infinity)),
});

describe('fuzz: the tree of a zip file', () => {
  it('has no name that leads outside or meets another, on any platform', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 3 }), (entries) => {
        let plan;
        try {
          plan = planTree(entries, { bytes: 1e9 });
        } catch (error) {
          expect((error as Fault).code).toMatch(/^import\./);
          return;
        }
        taken += plan.length;
        for (const { path } of plan) {
          for (const [platform, root] of [
            [posix, '/data/tree'],
            [win32, 'C:\\tmp\\tree'],
          ] as const)
            expect(platform.resolve(root, ...path.split('/')).startsWith(root + platform.sep)).toBe(true);
        }
        const keys = plan.map(({ path }) => path.normalize('NFC').toLowerCase());
        for (const [k, key] of keys.entries())
          for (const other of keys.slice(k + 1))
            expect(other === key || other.startsWith(`${key}/`) || key.startsWith(`${other}/`)).toBe(false);
        expect(plan.reduce((sum, one) => sum + one.entry.bytes, 0)).toBeLessThanOrEqual(1e9);
      }),
      { numRuns: 20_000 },
    );
    // Were nothing taken, the test could not fail.
    expect(taken).toBeGreaterThan(1000);
  });

  it('is unpacked within its folder and its size, or refused, whatever bytes were changed', async () => {
    const good = rawZip([
      { name: 'a/log.txt', content: 'hello '.repeat(20), deflate: true },
      { name: 'a/b/', unixMode: 0o040755 },
      { name: 'r.txt', content: 'Median' },
    ]);
    const change = fc.record({
      // Most of what matters stands in the list of files at the end.
      at: fc.oneof(fc.nat(good.length - 1), fc.integer({ min: good.length - 200, max: good.length - 1 })),
      bytes: fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 4 }),
        fc.constantFrom('../', '\xff\xff\xff\xff', '/').map(Buffer.from),
      ),
    });
    const zip = join(home, 'x.zip');
    let unpacked = 0;
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), fc.nat(20), async (changes, lost) => {
        const bytes = Buffer.from(good);
        for (const { at, bytes: added } of changes) bytes.set(added.subarray(0, bytes.length - at), at);
        writeFileSync(zip, lost > 17 ? bytes.subarray(0, bytes.length - lost) : bytes);
        round += 1;
        const target = join(home, `t${round}`);
        try {
          await unzipTree(zip, target, { bytes: 10_000 });
          unpacked += 1;
        } catch (error) {
          expect((error as Fault).code).toMatch(/^(?:import|store)\./);
        }
        rmSync(target, { recursive: true, force: true });
        expect(readdirSync(home).filter((name) => name !== 'x.zip')).toEqual([]);
      }),
      // Each is written to the disk and unpacked there; the library's own reading is what is tried, not the plan.
      { numRuns: 2500 },
    );
    expect(unpacked).toBeGreaterThan(100);
  });
});
