import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { z } from 'zod';
import { main } from '../../../src/main/cli.ts';
import { parseMoment, readFilter } from '../../../src/main/cli/sessions-filter.ts';
import * as answers from '../../../src/shared/domain/cli-json.ts';
import { importResultSchema } from '../../../src/shared/domain/session-handover.ts';

/** Its own name, which an import gives it. */
const first = '20261124-075257-demo01-ad1c6e-SIMULATED';
const fixture = resolve(import.meta.dirname, '../../fixtures/sessions/format-1');

describe('joulebench sessions', () => {
  const home = mkdtempSync(join(tmpdir(), 'jb-sessions-'));
  const root = join(home, 'sessions');
  const zip = join(home, 'one.zip');
  beforeAll(() => {
    vi.stubEnv('JOULEBENCH_HOME', join(home, 'home'));
    mkdirSync(root);
    cpSync(fixture, join(root, first), { recursive: true });
    cpSync(fixture, join(root, 'second'), { recursive: true });
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true, force: true });
  });

  async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const said = { out: '', err: '' };
    const code = await main(['sessions', ...args, '--folder', root], {
      out: (text) => (said.out += text),
      err: (text) => (said.err += text),
      interactive: false,
      askSecret: () => Promise.reject(new Error('nobody is asked')),
      variable: () => undefined,
    });
    return { code, ...said };
  }
  async function answer<T>(schema: z.ZodType<T>, ...args: string[]): Promise<T> {
    const { code, out, err } = await run(...args, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return schema.parse(JSON.parse(out));
  }
  const names = async (...filters: string[]): Promise<string[]> => {
    const { rows } = await answer(answers.sessionsListAnswerSchema, 'list', ...filters);
    return rows.map(({ sessionId }) => sessionId).toSorted();
  };

  it('lists what the filters leave, in words and as JSON', async () => {
    expect(await names('--workload', 'demo01', '--unit', 'F-1', '--simulated')).toEqual([first, 'second']);
    expect(await names('--search', 'second')).toEqual(['second']);
    expect(await names('--limit', '1')).toHaveLength(1);
    const { out, err } = await run('list');
    expect(out).toMatch(/^20261124\S+ .*Fixture · F-1 .*SIMULATED .*demo01 Accuracy 91\.7\s%/m);
    expect(err).toContain(`2 of 2 sessions in ${root}`);
    expect(await run('list', '--verdict', 'good')).toMatchObject({ code: 2, out: '' });
  });

  it('shows one, and says of a name that is not there that it is not', async () => {
    const { session, bytes } = await answer(answers.sessionsShowAnswerSchema, 'show', first);
    expect(session).toMatchObject({ sessionId: first, state: 'closed', simulated: true });
    expect(bytes).toBeGreaterThan(10_000);
    expect((await run('show', first)).out).toContain(join(root, first));
    for (const name of ['third', `../sessions/${first}`])
      expect(await run('show', name)).toMatchObject({ code: 2, out: '' });
  });

  it('exports whole or not at all, never over a file, and takes in what it exported', async () => {
    expect(await answer(answers.sessionsExportAnswerSchema, 'export', first, '--out', zip)).toEqual({
      file: zip,
      sessions: [first],
    });
    expect((await run('export', first, '--out', zip)).code).toBe(2);
    expect((await run('export', first, 'third', '--out', join(home, 'two.zip'))).code).toBe(2);
    expect(readdirSync(home).toSorted()).toEqual(['home', 'one.zip', 'sessions']);
    expect(await answer(importResultSchema, 'import', zip)).toMatchObject({ imported: [], skipped: [first] });
    rmSync(join(root, first), { recursive: true });
    expect(await answer(importResultSchema, 'import', zip)).toMatchObject({ imported: [first] });
    const junk = await run('import', join(fixture, 'manifest.json'));
    expect(junk).toMatchObject({ code: 2, out: '' });
    expect(
      readdirSync(root)
        .filter((name) => !name.startsWith('.'))
        .toSorted(),
    ).toEqual([first, 'second']);
  });

  it('deletes into the trash and takes out of it again, by either name', async () => {
    expect((await run('delete', first, 'third')).code).toBe(2);
    expect(existsSync(join(root, first))).toBe(true);
    const { deleted } = await answer(answers.sessionsDeleteAnswerSchema, 'delete', first, 'second');
    expect(deleted.map(({ sessionId }) => sessionId)).toEqual([first, 'second']);
    expect(readdirSync(root).filter((name) => !name.startsWith('.'))).toEqual([]);
    const trashed = deleted[1]?.trashed ?? '';
    expect(await answer(answers.sessionsRestoreAnswerSchema, 'restore', first, trashed)).toEqual({
      restored: [first, 'second'],
    });
    expect((await run('restore', first)).code).toBe(2);
  });
});

describe('the filters', () => {
  it('take days as the page does, and moments', () => {
    const dayMs = 86_400_000;
    const [from, to] = [parseMoment(0)('2026-06-10'), parseMoment(1)('2026-06-10')];
    expect(Date.parse(to) - Date.parse(from)).toBe(dayMs);
    expect(new Date(from).getHours()).toBe(0);
    expect(parseMoment(1)('2026-11-24T10:30:00+01:00')).toBe('2026-11-24T09:30:00.000Z');
    for (const bad of ['', 'today', '2026-02-30', '2026-13-01', '24.11.2026', '2026-11-24T99:00'])
      expect(() => parseMoment(0)(bad)).toThrow();
  });

  it('of both kinds are none', () => {
    expect(readFilter({ simulated: true, real: true }).simulated).toBeUndefined();
    expect(readFilter({ real: true }).simulated).toBe(false);
    expect(readFilter({ ascending: true })).toMatchObject({ descending: false, order: 'createdAt', search: '' });
  });
});
