import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { indexSession } from '../../../src/main/archive/index-session.ts';
import { SessionCatalogue } from '../../../src/main/archive/session-catalogue.ts';
import { createSessionList } from '../../../src/main/archive/index.ts';
import { createMemoryIndex, indexFile, openSessionIndex, removeIndex } from '../../../src/main/store/index.ts';
import type { SessionIndex } from '../../../src/main/store/index.ts';
import { sessionFilterSchema, sessionQuerySchema } from '../../../src/shared/domain/session-query.ts';
import { writeSession } from '../../support/written-sessions.ts';

const query = (part: object = {}) => sessionQuerySchema.parse(part);
const homes: string[] = [];
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

let home: string;
let root: string;
let read: string[];
let nowMs: number;
let give: (() => void)[];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'jb-catalogue-'));
  homes.push(home);
  root = join(home, 'sessions');
  mkdirSync(root);
  read = [];
  nowMs = 0;
  give = [];
});

function catalogue(index: SessionIndex = createMemoryIndex(), reopen = () => Promise.resolve(createMemoryIndex())) {
  return new SessionCatalogue({
    root,
    index,
    reopen,
    read: (folder) => {
      read.push(folder.slice(root.length + 1));
      return indexSession(folder);
    },
    nowMs: () => nowMs,
    // Patience without end, until a test gives it up.
    wait: () => new Promise((resolve) => give.push(resolve)),
  });
}
const names = async (sessions: SessionCatalogue, part: object = {}): Promise<string[]> =>
  (await sessions.find(query(part))).rows.map(({ name }) => name);

describe('the catalogue of a sessions folder', () => {
  it('reads each session once, and again only when it has changed', async () => {
    writeSession(root, { name: 'a', at: '2026-01-01T00:00:00.000Z', operator: 'Ada' });
    const b = writeSession(root, { name: 'b', at: '2026-01-02T00:00:00.000Z', open: true });
    const sessions = catalogue();
    expect(await names(sessions)).toEqual(['b', 'a']);
    nowMs += 5000;
    expect(await names(sessions)).toEqual(['b', 'a']);
    expect(read).toEqual(['b', 'a']);
    appendFileSync(join(b, 'journal.jsonl'), 'cut');
    nowMs += 5000;
    await names(sessions);
    expect(read).toEqual(['b', 'a', 'b']);
  });

  it('finds what was added, removed or renamed, at the latest a second later, at once when told', async () => {
    writeSession(root, { name: 'a' });
    const sessions = catalogue();
    expect(await names(sessions)).toEqual(['a']);
    writeSession(root, { name: 'b' });
    nowMs += 10;
    expect(await names(sessions)).toEqual(['a']);
    sessions.changed();
    expect(await names(sessions)).toEqual(['b', 'a']);
    renameSync(join(root, 'a'), join(root, 'renamed'));
    rmSync(join(root, 'b'), { recursive: true });
    nowMs += 1000;
    expect(await names(sessions)).toEqual(['renamed']);
    expect(await names(sessions, { search: 'renamed' })).toEqual(['renamed']);
  });

  it('passes over hidden folders, links, files and folders without a journal', async () => {
    const outside = writeSession(home, { name: 'outside' });
    writeSession(root, { name: '.trash' });
    symlinkSync(outside, join(root, 'link'));
    writeFileSync(join(root, 'file'), '');
    mkdirSync(join(root, 'empty', 'journal.jsonl'), { recursive: true });
    mkdirSync(join(root, 'no-journal'));
    mkdirSync(join(root, 'not-a-session'));
    writeFileSync(join(root, 'not-a-session', 'journal.jsonl'), 'rubbish\n');
    writeSession(root, { name: 'a' });
    const sessions = catalogue();
    expect(await names(sessions)).toEqual(['a']);
    nowMs += 5000;
    await names(sessions);
    expect(read.filter((name) => name === 'not-a-session')).toHaveLength(1);
  });

  it('is empty where there is no folder', async () => {
    rmSync(root, { recursive: true });
    expect(await catalogue().find(query())).toEqual({ rows: [], total: 0, all: 0, pending: 0 });
  });

  it('answers with what it has while thousands are being read, and says how many are missing', async () => {
    for (let k = 10; k < 80; k += 1) writeSession(root, { name: `s${k}` });
    const sessions = catalogue();
    const first = sessions.find(query());
    await new Promise((resolve) => setImmediate(resolve));
    give.forEach((resolve) => resolve());
    const answer = await first;
    expect(answer.pending).toBeGreaterThan(0);
    expect(answer.all + answer.pending).toBe(70);
    await sessions.refresh();
    expect(await sessions.find(query())).toMatchObject({ total: 70, pending: 0 });
    // The newest by name come first.
    expect(read[0]).toBe('s79');
  });

  it('makes an index that fails anew', async () => {
    writeSession(root, { name: 'a' });
    const failing = createMemoryIndex();
    const broken: SessionIndex = {
      ...failing,
      find: () => {
        throw Object.assign(new Error('database disk image is malformed'), { code: 'ERR_SQLITE_ERROR' });
      },
    };
    const sessions = catalogue(broken);
    await sessions.find(query());
    await sessions.refresh();
    expect(await names(sessions)).toEqual(['a']);
  });

  it('says what a session is', async () => {
    writeSession(root, {
      name: 'a',
      serial: 'NUCLEO-0017',
      note: 'warm room',
      verdict: 'remarks',
      workload: 'kws01',
      simulated: false,
    });
    const sessions = catalogue();
    const { rows } = await sessions.find(
      query({ search: 'warm', workloads: ['kws01'], verdicts: ['remarks'], units: ['NUCLEO-0017'] }),
    );
    expect(rows[0]).toMatchObject({
      name: 'a',
      session: {
        state: 'closed',
        simulated: false,
        report: 'report.pdf',
        notes: ['warm room'],
        runs: [
          { runId: 'r1', workload: 'kws01', mode: 'performance', verdict: 'remarks', figure: { unit: 'inf/s' } },
          { runId: 'r2', workload: 'kws01', mode: 'accuracy', verdict: 'remarks', figure: { unit: 'top1' } },
        ],
      },
    });
    expect((await sessions.facets(sessionFilterSchema.parse({}))).units).toEqual([{ value: 'NUCLEO-0017', count: 1 }]);
  });
});

describe('the list of sessions in its worker', () => {
  it('answers in words of a language, keeps its index on disk and follows another folder', async () => {
    writeSession(root, { name: 'a' });
    const other = join(home, 'other');
    mkdirSync(other);
    writeSession(other, { name: 'b', operator: 'Grace' });
    const list = createSessionList({ cacheFolder: join(home, 'cache'), appVersion: '1' });
    try {
      // On a busy computer the first answer may come before the folders are read.
      await list.refresh(root);
      const page = await list.page(root, query(), 'en');
      expect(page).toMatchObject({
        total: 1,
        pending: 0,
        rows: [{ sessionId: 'a', folder: join(root, 'a'), state: 'closed' }],
      });
      expect(page.rows[0]?.runs[0]?.figure).toMatch(/inf\/s$/);
      await list.refresh(other);
      expect((await list.page(other, query(), 'en')).rows.map((row) => row.sessionId)).toEqual(['b']);
      expect((await list.facets(other, sessionFilterSchema.parse({}))).operators).toEqual([
        { value: 'Grace', count: 1 },
      ]);
      writeSession(other, { name: 'c' });
      list.changed(other);
      await vi.waitFor(async () => expect((await list.page(other, query(), 'en')).total).toBe(2));
      const index = await openSessionIndex({ file: indexFile(join(home, 'cache'), root), owner: `1 ${root}` });
      expect(index.count()).toBe(1);
      index.close();
    } finally {
      await list.close();
    }
    removeIndex(indexFile(join(home, 'cache'), root));
  });
});
