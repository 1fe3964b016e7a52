import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareAnswerSchema } from '../../../src/shared/domain/cli-json.ts';
import { cli, scratch } from '../../support/cli.ts';

/** Measures on the virtual bench and gives the session's folder. */
async function measured(home: string, name: string, ...options: string[]): Promise<string> {
  const out = join(home, name);
  const { code } = await cli(['run', 'demo01', '--bench', 'virtual', '--inline', '--out', out, ...options], home);
  expect(code).toBe(0);
  return join(out, readdirSync(out)[0] ?? '');
}

describe('joulebench compare', () => {
  const home = scratch();

  /** Two sessions with all three runs on one bench, made once for all tests that compare such. */
  let first = '';
  let second = '';
  beforeAll(async () => {
    first = await measured(home, 'a', '--mode', 'performance,accuracy,energy');
    second = await measured(home, 'b', '--mode', 'performance,accuracy,energy');
  });

  it('tells two benches apart, and finds no difference where there is none', async () => {
    const [a, b] = [first, second];
    const other = await measured(home, 'c', '--mode', 'energy', '--monitor', 'ppk2');

    const same = compareAnswerSchema.parse(JSON.parse((await cli(['compare', a, b, '--json'], home)).out));
    const [pair] = same.energy;
    expect(same).toMatchObject({ simulated: true, comparable: true });
    expect(pair).toMatchObject({ workload: 'demo01', sameBench: true, significant: false });
    // Gain and voltage cancel on one bench: far less than the 2.6 % of either figure.
    expect(pair?.expandedUncertainty).toBeLessThan(0.01);
    expect(Math.abs((pair?.ratio ?? 0) - 1)).toBeLessThan(0.005);

    // The option may also stand before the sessions.
    const apart = compareAnswerSchema.parse(JSON.parse((await cli(['compare', '--json', a, other], home)).out));
    expect(apart.energy[0]).toMatchObject({ sameBench: false, p: null });
    expect(apart.energy[0]?.expandedUncertainty).toBeGreaterThan(0.05);
    expect((await cli(['compare', a, other], home)).out).toContain('different benches');
  });

  it('ends with 0, 1 or 2 as the limits and the reasons say, and writes JUnit and JSON files', async () => {
    const [a, b] = [first, second];
    const higher = await measured(home, 'g', '--mode', 'energy', '--voltage', '3.3', '--rest', '0');
    const [junit, json] = [join(home, 'junit.xml'), join(home, 'compare.json')];

    const limits = ['--max-regression', 'energy=2%', '--max-regression', 'throughput=1%,top1=0.5pp'];
    const fine = await cli(['compare', a, b, ...limits, '--strict', '--junit', junit, '--json', json], home);
    expect(fine).toMatchObject({ code: 0 });
    expect(fine.out).toContain('McNemar on the same inputs');
    expect(readFileSync(junit, 'utf8')).toContain('tests="5" failures="0" errors="0" skipped="0"');
    const answer = compareAnswerSchema.parse(JSON.parse(readFileSync(json, 'utf8')));
    expect(answer.regressions.map(({ figure, word }) => [figure, word])).toEqual([
      ['energy', 'within'],
      ['throughput', 'within'],
      ['top1', 'within'],
    ]);

    // The doubt of the ratio is about 0.2 %: a limit of 0.1 % cannot be decided.
    const tight = ['compare', a, b, '--max-regression', 'energy=0.1%'];
    expect((await cli(tight, home)).code).toBe(0);
    expect((await cli([...tight, '--strict', '--junit', junit], home)).code).toBe(1);
    expect(readFileSync(junit, 'utf8')).toContain('failures="1"');

    // 10 % more energy, but at another voltage: no baseline, unless told so.
    const refused = await cli(['compare', a, higher, '--max-regression', 'energy=2%'], home);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.out).toContain('another supply voltage');
    const across = ['compare', a, higher, '--max-regression', 'energy=2%', '--across-benches', '--junit', junit];
    expect((await cli(across, home)).code).toBe(1);
    expect(readFileSync(junit, 'utf8')).toContain('<failure message="demo01 Energy per inference: regression.');

    // By name in the folder of sessions, and three at once.
    const run = ['run', 'demo01', '--bench', 'virtual', '--mode', 'performance', '--inline', '--json'];
    const { session } = JSON.parse((await cli(run, home)).out) as { session: string };
    const all = await cli(['compare', a, b, basename(session)], home);
    expect(all.out.match(/\(baseline\), SIMULATED/g)).toHaveLength(2);
    expect((await cli(['compare', a, basename(a)], home)).err).toContain(`no session ${basename(a)}`);
  });

  it('says so when there is nothing to compare, and refuses limits that are none', async () => {
    const accuracy = await measured(home, 'h', '--mode', 'accuracy');
    const performance = await measured(home, 'i', '--mode', 'performance');
    const nothing = await cli(['compare', accuracy, performance], home);
    expect(nothing.code).toBe(2);
    expect(nothing.err).toContain('no run of the same workload and mode');
    expect(await cli(['compare', accuracy], home)).toMatchObject({ code: 2 });
    const limit = await cli(['compare', accuracy, accuracy, '--max-regression', 'energy=2'], home);
    expect(limit.code).toBe(2);
    expect(limit.err).toContain('is no limit');
  });
});
