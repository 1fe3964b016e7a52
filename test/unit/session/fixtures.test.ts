import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifySession } from '../../../src/main/archive/index.ts';
import { sessionView } from '../../../src/main/report/index.ts';
import { foldSession, runFigures } from '../../../src/main/session/index.ts';
import { readSession } from '../../../src/main/store/index.ts';

const folder = resolve(import.meta.dirname, '../../fixtures/sessions');

describe('sessions of every format', () => {
  it.each(readdirSync(folder))('%s opens, folds and verifies', async (name) => {
    const path = resolve(folder, name);
    const session = foldSession((await readSession(path)).entries);
    expect(session?.runs.map((run) => [run.opened.mode, run.status])).toEqual([
      ['performance', 'completed'],
      ['accuracy', 'completed'],
    ]);
    for (const run of session?.runs ?? []) expect(runFigures(run)).toEqual(run.judged?.figures);
    expect(session && sessionView(session).runs).toHaveLength(2);
    const { problems } = await verifySession(path, 'another version');
    expect(problems.filter((problem) => !problem.remark)).toEqual([]);
  });
});
