import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { formatRecipe } from '../../../src/main/recipe/index.ts';
import { journalRecordSchema } from '../../../src/shared/domain/journal.ts';
import { batchReportAnswerSchema, recipeRunAnswerSchema } from '../../../src/shared/domain/cli-json.ts';
import type { Limit, Recipe } from '../../../src/shared/domain/recipe.ts';
import { cli, finished, scratch, startCli } from '../../support/cli.ts';
import { madeUpRecipe } from '../../support/made-up-recipe.ts';

const workload = 'demo01';
const verdict: Limit = { workload, kind: 'verdict', atLeast: 'remarks' };
const reachable: Limit = { workload, kind: 'throughput', minInfPerS: 1 };
const outOfReach: Limit = { workload, kind: 'throughput', minInfPerS: 1e6 };

/** Performance alone on the virtual bench, with the given limits. */
function recipeFile(home: string, name: string, limits: Limit[], change: Partial<Recipe> = {}): string {
  const { energy: _energy, baseline: _baseline, ...rest } = madeUpRecipe();
  const path = join(home, `${name}.json`);
  writeFileSync(path, formatRecipe({ ...rest, modes: ['performance'], limits, serialPattern: 'SN-#', ...change }));
  return path;
}

it('a recipe is followed without a window: passes, failures, a batch, its report', async () => {
  const home = scratch();
  const good = recipeFile(home, 'good', [verdict, reachable]);
  const run = (...args: string[]) => cli(['run', '--json', '--inline', ...args], home);

  const first = await run('--recipe', good, '--unit', 'SN-1', '--batch', 'Lot 17', '--operator', 'Ada');
  expect(first.code, first.err).toBe(0);
  const answer = recipeRunAnswerSchema.parse(JSON.parse(first.out));
  expect(answer).toMatchObject({ outcome: 'pass', unit: 'SN-1', simulated: true });
  expect(answer.limits.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
  expect(first.err).toContain('SIMULATED: unit SN-1: PASS');

  // The session is an ordinary one that knows its unit and its recipe.
  const [session = ''] = answer.sessions;
  const line = readFileSync(join(session, 'journal.jsonl'), 'utf8').split('\n')[0] ?? '';
  const opened = journalRecordSchema.parse((JSON.parse(line) as { record: unknown }).record);
  expect(opened).toMatchObject({ dutUnit: { serial: 'SN-1' }, operator: 'Ada', recipe: answer.recipe });
  expect((await cli(['verify', session], home)).code).toBe(0);

  // The same unit again asks, another serial goes on in the same batch, a limit out of reach ends with 1.
  const again = await run('--recipe', good, '--unit', 'SN-1', '--batch', 'Lot 17');
  expect([again.code, JSON.parse(again.out)]).toMatchObject([2, { error: { code: 'recipe.unitKnown' } }]);
  const second = await run('--recipe', good, '--unit', 'SN-2', '--batch', answer.batch ?? '');
  expect(recipeRunAnswerSchema.parse(JSON.parse(second.out)).batch).toBe(answer.batch);
  const bad = await run('--recipe', recipeFile(home, 'bad', [verdict, outOfReach]), '--unit', 'SN-3');
  expect(bad.code).toBe(1);
  expect(recipeRunAnswerSchema.parse(JSON.parse(bad.out))).toMatchObject({ outcome: 'fail', batch: null });

  // Refusals measure nothing.
  const sessions = readdirSync(join(home, 'home', 'sessions')).length;
  for (const [args, code] of [
    [['--unit', 'X'], 'recipe.badSerial'],
    [[], 'recipe.badSerial'],
    [['--unit', 'SN-4', '--mode', 'accuracy'], 'recipe.fixed'],
  ] as const) {
    const refused = await run('--recipe', good, ...args);
    expect([refused.code, JSON.parse(refused.out)]).toMatchObject([2, { error: { code } }]);
  }
  expect(readdirSync(join(home, 'home', 'sessions'))).toHaveLength(sessions);

  const report = await cli(['report', '--batch', 'Lot 17', '--csv', '--pdf', '--out', home, '--json'], home);
  expect(report.code, report.err).toBe(0);
  const { files, simulated } = batchReportAnswerSchema.parse(JSON.parse(report.out));
  expect(simulated).toBe(true);
  const [csv = '', pdf = ''] = files;
  expect(csv).toMatch(/Lot 17 .*-SIMULATED\.csv$/);
  expect(readFileSync(csv, 'utf8').trimEnd().split('\n')).toHaveLength(3);
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  expect((await cli(['report'], home)).code).toBe(2);
});

it('a unit that was killed in the middle goes on with the same command', async () => {
  const home = scratch();
  const file = recipeFile(home, 'all', [verdict], { modes: ['performance', 'accuracy'] });
  const args = ['run', '--recipe', file, '--unit', 'SN-1', '--batch', 'Lot', '--json', '--inline'];
  const child = startCli(args, home);
  const done = finished(child);
  await new Promise<void>((reached) => {
    child.stderr.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('window 1')) reached();
    });
  });
  child.kill('SIGKILL');
  await done;

  const other = await cli([...args.map((arg) => (arg === 'SN-1' ? 'SN-2' : arg))], home);
  expect([other.code, JSON.parse(other.out)]).toMatchObject([2, { error: { code: 'recipe.unitUnderWay' } }]);
  const resumed = await cli(args, home);
  expect(resumed.code, resumed.err).toBe(0);
  const answer = recipeRunAnswerSchema.parse(JSON.parse(resumed.out));
  expect(answer.sessions).toHaveLength(1);
  expect(readdirSync(join(home, 'home', 'sessions'))).toHaveLength(1);
});
