import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { dropImport } from '../../../src/main/archive/handover/drafts.ts';
import { placeImport, prepareImport, zipSessions } from '../../../src/main/archive/handover/index.ts';
import { planUnpacking } from '../../../src/main/archive/handover/plan.ts';
import { listTrash, moveToTrash, restoreFromTrash, weighSessions } from '../../../src/main/archive/trash.ts';
import { writeSession } from '../../support/written-sessions.ts';

const homes: string[] = [];
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

let home: string;
let root: string;
/** Of another computer. */
let other: string;
const epochMs = Date.parse('2026-11-24T12:00:00.000Z');
let imports = 0;
const importId = (): string => `00000000-0000-${String((imports += 1)).padStart(4, '0')}`;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'jb-handover-'));
  homes.push(home);
  root = join(home, 'sessions');
  other = join(home, 'other');
  mkdirSync(root);
  mkdirSync(other);
});

const refusal = (code: string, facts: object = {}) =>
  expect.objectContaining({ code, facts: expect.objectContaining(facts) as unknown }) as unknown;

describe('sessions handed on', () => {
  it('arrive as they were, from a zip file', async () => {
    const folders = ['a', 'b'].map((name) => writeSession(other, { name, operator: name }));
    const zip = join(home, 'two.zip');
    await zipSessions(folders, zip);
    const plan = await prepareImport(root, zip, importId());
    expect(plan.sessions).toEqual([
      { name: 'a', known: 'no' },
      { name: 'b', known: 'no' },
    ]);
    expect(readdirSync(root).filter((name) => !name.startsWith('.'))).toEqual([]);
    expect(await placeImport(root, plan.importId, false, epochMs)).toEqual({
      imported: ['a', 'b'],
      replaced: [],
      skipped: [],
      signed: [],
    });
    expect(readdirSync(root).sort()).toEqual(['a', 'b']);
    for (const file of ['journal.jsonl', 'manifest.json', 'report-SIMULATED.pdf', 'runs/log.txt']) {
      expect(readFileSync(join(root, 'a', file)).equals(readFileSync(join(other, 'a', file)))).toBe(true);
    }
  });

  it('arrive from a session folder and from a folder of sessions; an unfinished one too', async () => {
    const one = writeSession(other, { name: 'a' });
    writeSession(other, { name: 'b', open: true });
    mkdirSync(join(other, 'something else'));
    const first = await prepareImport(root, one, importId());
    await placeImport(root, first.importId, false, epochMs);
    const all = await prepareImport(root, other, importId());
    expect(all.sessions).toEqual([
      { name: 'a', known: 'same' },
      { name: 'b', known: 'no' },
    ]);
    expect(await placeImport(root, all.importId, true, epochMs)).toEqual({
      imported: ['b'],
      replaced: [],
      skipped: ['a'],
      signed: [],
    });
  });

  it('that are here already in another form are kept or replaced, as is said; the replaced one is in the trash', async () => {
    writeSession(root, { name: 'a', operator: 'here' });
    const there = writeSession(other, { name: 'a', operator: 'there' });
    const kept = await prepareImport(root, there, importId());
    expect(kept.sessions).toEqual([{ name: 'a', known: 'other' }]);
    expect(await placeImport(root, kept.importId, false, epochMs)).toMatchObject({ skipped: ['a'], signed: [] });
    expect(readFileSync(join(root, 'a', 'journal.jsonl'), 'utf8')).toContain('"operator":"here"');
    const taken = await prepareImport(root, there, importId());
    expect(await placeImport(root, taken.importId, true, epochMs)).toMatchObject({ replaced: ['a'] });
    expect(readFileSync(join(root, 'a', 'journal.jsonl'), 'utf8')).toContain('"operator":"there"');
    expect((await listTrash(root)).map(({ name }) => name)).toEqual(['a']);
  });

  it('are left alone until it is said what happens, and forgotten when it is left', async () => {
    const plan = await prepareImport(root, writeSession(other, { name: 'a' }), importId());
    await dropImport(root, plan.importId);
    expect(readdirSync(root)).toEqual([]);
    await expect(placeImport(root, plan.importId, false, epochMs)).rejects.toEqual(refusal('import.gone'));
    await expect(placeImport(root, '../../etc', false, epochMs)).rejects.toEqual(refusal('import.gone'));
  });

  it.each<[string, (folder: string) => void, string]>([
    ['a changed file', (folder) => appendFileSync(join(folder, 'runs/log.txt'), 'x'), 'fileChanged'],
    ['a missing file', (folder) => rmSync(join(folder, 'runs/log.txt')), 'fileMissing'],
    ['an added file', (folder) => writeFileSync(join(folder, 'more.txt'), ''), 'fileAdded'],
    [
      'a changed journal',
      (folder) => {
        const path = join(folder, 'journal.jsonl');
        writeFileSync(path, readFileSync(path, 'utf8').replace('"operator":"Ada"', '"operator":"Eve"'));
      },
      'noOpening',
    ],
    [
      'a cut journal',
      (folder) => {
        const path = join(folder, 'journal.jsonl');
        writeFileSync(path, readFileSync(path, 'utf8').split('\n').slice(0, -3).join('\n') + '\n');
      },
      'journalDiffers',
    ],
    [
      'a journal of another session',
      (folder) => {
        const path = join(folder, 'manifest.json');
        writeFileSync(path, readFileSync(path, 'utf8').replace('"sessionId": "a"', '"sessionId": "b"'));
      },
      'journalDiffers',
    ],
  ])('are refused with %s, and nothing is left', async (_what, harm, problem) => {
    const folder = writeSession(other, { name: 'a' });
    harm(folder);
    writeSession(other, { name: 'z' });
    await expect(prepareImport(root, other, importId())).rejects.toEqual(refusal('import.doesNotHold', { problem }));
    const zip = join(home, 'bad.zip');
    await zipSessions([join(other, 'z'), folder], zip);
    await expect(prepareImport(root, zip, importId())).rejects.toEqual(refusal('import.doesNotHold', { problem }));
    expect(readdirSync(root)).toEqual([]);
  });

  it.each(['..', '../a', 'con', 'a/b', '.hidden', 'a:b', ''])(
    'are refused when a journal calls itself %j',
    async (name) => {
      const made = writeSession(other, { name: 'folder', sessionId: name, open: true });
      await expect(prepareImport(root, made, importId())).rejects.toEqual(
        refusal('import.doesNotHold', { problem: 'name' }),
      );
      expect(readdirSync(root)).toEqual([]);
    },
  );
});

describe('a zip file', () => {
  const make = async (
    entries: readonly [string, string][],
    change: (bytes: Buffer) => void = () => undefined,
  ): Promise<string> => {
    const writer = new ZipWriter(new Uint8ArrayWriter(), { level: 0, keepOrder: true });
    for (const [name, content] of entries) await writer.add(name, new TextReader(content));
    const bytes = Buffer.from(await writer.close());
    change(bytes);
    const path = join(home, `${entries.length}-${imports}.zip`);
    writeFileSync(path, bytes);
    return path;
  };
  /** Replaces every occurrence by text of the same length. */
  const replace = (from: string, to: string) => (bytes: Buffer) => {
    expect(to).toHaveLength(from.length);
    for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 1)) bytes.write(to, at, 'latin1');
  };

  it.each([
    ['above', 's/../../../evil', 'parent'],
    ['an absolute place', '/tmp/evil/a.txt', 'absolute'],
    ['a drive', 'C:/Windows/evil', 'absolute'],
    ['a Windows path', 's\\..\\..\\evil.txt', 'separator'],
    ['a device', 's/COM1.txtXXXXXX', 'reserved'],
    ['a hidden stream', 's/log.txt:evil', 'character'],
  ])('that leads to %s is refused, and nothing is written', async (_what, name, reason) => {
    const harmless = 'n'.repeat(name.length);
    const zip = await make(
      [
        ['s/journal.jsonl', 'x'],
        [harmless, 'evil'],
      ],
      replace(harmless, name),
    );
    await expect(prepareImport(root, zip, importId())).rejects.toEqual(refusal('import.refusedEntry', { reason }));
    expect(readdirSync(root)).toEqual([]);
    expect(existsSync(join(home, 'evil'))).toBe(false);
  });

  it.each<[string, () => Promise<string>]>([
    [
      'is none',
      () => Promise.resolve(join(home, 'none.zip')).then((path) => (writeFileSync(path, 'no zip at all'), path)),
    ],
    ['is empty', () => Promise.resolve(join(home, 'empty.zip')).then((path) => (writeFileSync(path, ''), path))],
    [
      'is cut',
      async () => {
        const path = await make([['s/journal.jsonl', 'x'.repeat(1000)]]);
        writeFileSync(path, readFileSync(path).subarray(0, 900));
        return path;
      },
    ],
    ['has a flipped bit', () => make([['s/journal.jsonl', 'x'.repeat(1000)]], (bytes) => void (bytes[500] = 0))],
  ])('that %s is refused', async (_what, zip) => {
    await expect(prepareImport(root, await zip(), importId())).rejects.toEqual(refusal('import.notAZip'));
    expect(readdirSync(root)).toEqual([]);
  });

  it('without a session, or with names that are one file on some platform, is refused', async () => {
    const none = await make([['readme.txt', 'x']]);
    await expect(prepareImport(root, none, importId())).rejects.toEqual(refusal('import.noSession'));
    const twice = await make([
      ['s/journal.jsonl', 'x'],
      ['s/A.txt', ''],
      ['s/a.txt', ''],
    ]);
    await expect(prepareImport(root, twice, importId())).rejects.toEqual(
      refusal('import.refusedEntry', { reason: 'twice' }),
    );
  });

  it('that would fill the disk is refused before anything is unpacked', () => {
    const entry = (name: string, packedBytes: number, bytes: number, more: object = {}) => ({
      ...{ name, directory: false, encrypted: false, unixMode: 0, packedBytes, bytes },
      ...more,
    });
    const journal = entry('s/journal.jsonl', 10, 100);
    expect(() => planUnpacking([journal, entry('s/bomb', 1e6, 1e9)], { bytes: 1e12 })).toThrow(/tooLarge/);
    expect(() => planUnpacking([journal, entry('s/large', 1e9, 1.5e9)], { bytes: 1e9 })).toThrow(/tooLarge/);
    expect(() => planUnpacking([journal, entry('s/odd', 1, Number.NaN)], { bytes: 1e9 })).toThrow(/tooLarge/);
    expect(planUnpacking([journal, entry('s/trace.jbt', 1e8, 1e9)], { bytes: 1e12 })).toHaveLength(2);
    expect(() => planUnpacking([journal, entry('s/link', 1, 1, { unixMode: 0o120777 })], { bytes: 1e9 })).toThrow(
      /link/,
    );
    expect(() => planUnpacking([journal, entry('s/secret', 1, 1, { encrypted: true })], { bytes: 1e9 })).toThrow(
      /encrypted/,
    );
    expect(() => planUnpacking([journal, entry('s/a', 1, 1), entry('s/A/b', 1, 1)], { bytes: 1e9 })).toThrow(/twice/);
    expect(() => planUnpacking([journal, entry('s/t/journal.jsonl', 1, 1)], { bytes: 1e9 })).toThrow(/nested/);
    expect(planUnpacking([journal, entry('__MACOSX/x', 1, 1), entry('s/', 0, 0)], { bytes: 1e9 })).toHaveLength(1);
  });
});

describe('the trash', () => {
  it('takes a session and gives it back, whole', async () => {
    const folder = writeSession(root, { name: 'a' });
    const before = readFileSync(join(folder, 'journal.jsonl'));
    const trashed = await moveToTrash(root, 'a', epochMs);
    expect(existsSync(folder)).toBe(false);
    expect(await listTrash(root)).toEqual([{ trashed, name: 'a', deletedAtMs: epochMs }]);
    expect(await restoreFromTrash(root, trashed)).toBe('a');
    expect(readFileSync(join(folder, 'journal.jsonl')).equals(before)).toBe(true);
  });

  it('holds two of one name, and does not write over what has taken a place', async () => {
    writeSession(root, { name: 'a', operator: 'first' });
    const first = await moveToTrash(root, 'a', epochMs);
    writeSession(root, { name: 'a', operator: 'second' });
    await expect(restoreFromTrash(root, first)).rejects.toEqual(refusal('store.exists'));
    expect(await moveToTrash(root, 'a', epochMs)).not.toBe(first);
    expect(await listTrash(root)).toHaveLength(2);
  });

  it('takes nothing that is measured, linked, hidden or elsewhere', async () => {
    const running = writeSession(root, { name: 'running', open: true });
    const justNow = Date.now();
    await expect(moveToTrash(root, 'running', justNow)).rejects.toEqual(refusal('session.running'));
    utimesSync(join(running, 'journal.jsonl'), new Date(justNow - 200_000), new Date(justNow - 200_000));
    await expect(moveToTrash(root, 'running', justNow)).resolves.toContain('~running');
    const outside = writeSession(other, { name: 'outside' });
    symlinkSync(outside, join(root, 'link'));
    await expect(moveToTrash(root, 'link', epochMs)).rejects.toEqual(refusal('session.outside'));
    for (const name of ['..', '../other/outside', '.trash', '', 'a/b', 'a\\b', 'C:', 'absent']) {
      await expect(moveToTrash(root, name, epochMs), name).rejects.toEqual(refusal('app.sessionUnknown'));
      await expect(restoreFromTrash(root, name), name).rejects.toEqual(refusal('app.sessionUnknown'));
    }
    expect(existsSync(join(outside, 'journal.jsonl'))).toBe(true);
  });

  it('is told before what would be lost', async () => {
    writeSession(root, { name: 'a', simulated: false });
    writeSession(root, { name: 'b', open: true });
    const load = await weighSessions(root, ['a', 'b']);
    expect(load).toMatchObject({ sessions: 2, runs: 4, real: 1, unfinished: 1 });
    expect(load.bytes).toBeGreaterThan(40_000);
  });
});
