import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/shared/fault/index.ts';
import { foldSession, runFigures } from '../../../src/main/session/index.ts';
import { openSettings, readJournal, readManifest } from '../../../src/main/store/index.ts';

const valid = readFileSync(resolve(import.meta.dirname, '../../fixtures/sessions/format-1/journal.jsonl'));
const whole = readJournal(valid);

/** What every caller does with a journal's content must not fail either. */
function use(bytes: Uint8Array): ReturnType<typeof readJournal> {
  const content = readJournal(bytes);
  for (const run of foldSession(content.entries)?.runs ?? []) runFigures(run);
  expect(content.goodBytes + content.droppedBytes).toBe(bytes.length);
  return content;
}

describe('journal under fuzz', () => {
  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(use(bytes).entries).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  });

  it('takes a valid journal with bytes changed, removed, doubled or inserted, and keeps what precedes them', () => {
    const small = valid.subarray(0, 9000);
    const ends = [...small.keys()].filter((k) => small[k] === 0x0a);
    const edit = fc.record({
      at: fc.nat(small.length - 1),
      kind: fc.constantFrom('flip', 'cut', 'remove', 'double', 'insert', 'swapLines'),
      length: fc.integer({ min: 1, max: 40 }),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
    });
    fc.assert(
      fc.property(edit, ({ at, kind, length, bytes }) => {
        const before = small.subarray(0, at);
        const after = small.subarray(at);
        const edited = {
          flip: () =>
            Buffer.concat([before, Uint8Array.of((small[at] ?? 0) ^ (bytes[0] ?? 1) || 1), small.subarray(at + 1)]),
          cut: () => Buffer.from(before),
          remove: () => Buffer.concat([before, after.subarray(length)]),
          double: () => Buffer.concat([before, after.subarray(0, length), after]),
          insert: () => Buffer.concat([before, bytes, after]),
          swapLines: () => Buffer.concat([before, Uint8Array.of(0x0a), after]),
        }[kind]();
        const intact = ends.filter((end) => end < at).length;
        const { entries } = use(edited);
        expect(entries.length).toBeGreaterThanOrEqual(intact);
        expect(entries.slice(0, intact)).toEqual(whole.entries.slice(0, intact));
      }),
      { numRuns: 10_000 },
    );
  });

  it('takes whole lines of any JSON', () => {
    fc.assert(
      fc.property(fc.array(fc.json(), { maxLength: 5 }), (values) => {
        expect(use(Buffer.from(values.map((value) => `${value}\n`).join(''))).entries).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('settings and manifest under fuzz', () => {
  it('give a fault of the store or a valid value for any text', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jb-fuzz-'));
    const settings = join(folder, 'settings.json');
    const manifest = join(folder, 'manifest.json');
    const mutated = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .record({ version: fc.anything(), paper: fc.anything(), format: fc.anything() })
        .map((value) => JSON.stringify(value) ?? ''),
    );
    await fc.assert(
      fc.asyncProperty(mutated, async (text) => {
        await writeFile(settings, text);
        await writeFile(manifest, text);
        for (const read of [() => openSettings(settings), () => readManifest(folder)]) {
          await read().catch((error: unknown) => {
            if (!(error instanceof Fault) || !error.code.startsWith('store.')) throw error;
          });
        }
      }),
      { numRuns: 1500 },
    );
  });
});
