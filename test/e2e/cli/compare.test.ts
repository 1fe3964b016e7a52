import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareAnswerSchema } from '../../../src/shared/domain/cli-json.ts';
import { cli, scratch } from '../../support/cli.ts';

/** Measures energy on the virtual bench and gives the session's folder. */
async function measured(home: string, name: string, ...options: string[]): Promise<string> {
  const out = join(home, name);
  const { code } = await cli(['run', 'demo01', '--bench', 'virtual', '--out', out, ...options], home);
  expect(code).toBe(0);
  return join(out, readdirSync(out)[0] ?? '');
}

describe('joulebench compare', () => {
  const home = scratch();

  it('tells two benches apart, and finds no difference where there is none', async () => {
    const a = await measured(home, 'a', '--mode', 'energy', '--inline');
    const b = await measured(home, 'b', '--mode', 'energy', '--inline');
    const other = await measured(home, 'c', '--mode', 'energy', '--inline', '--monitor', 'ppk2');

    const same = compareAnswerSchema.parse(JSON.parse((await cli(['compare', a, b, '--json'], home)).out));
    const [pair] = same.energy;
    expect(same.simulated).toBe(true);
    expect(pair).toMatchObject({ workload: 'demo01', sameBench: true, significant: false });
    // Gain and voltage cancel on one bench: far less than the 2.6 % of either figure.
    expect(pair?.expandedUncertainty).toBeLessThan(0.01);
    expect(Math.abs((pair?.ratio ?? 0) - 1)).toBeLessThan(0.005);

    const apart = compareAnswerSchema.parse(JSON.parse((await cli(['compare', a, other, '--json'], home)).out));
    expect(apart.energy[0]).toMatchObject({ sameBench: false, p: null });
    expect(apart.energy[0]?.expandedUncertainty).toBeGreaterThan(0.05);
    expect((await cli(['compare', a, other], home)).out).toContain('different benches');
  });

  it('says so when there is nothing to compare', async () => {
    const a = await measured(home, 'd', '--mode', 'accuracy', '--inline');
    const { code, err } = await cli(['compare', a, a], home);
    expect(code).toBe(2);
    expect(err).toContain('no energy run');
  });
});
