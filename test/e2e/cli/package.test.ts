import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageAnswerSchema } from '../../../src/shared/domain/package.ts';
import { madePerformanceRun } from '../../support/audit/eembc-run.ts';
import { madeDescription } from '../../support/audit/system-description.ts';
import { cli, scratch } from '../../support/cli.ts';

const fixture = resolve(import.meta.dirname, '../../fixtures/sessions/format-1');

describe('joulebench package', () => {
  const root = scratch();
  const run = join(root, 'kws', 'performance');
  const usual = ['--division', 'closed', '--out', join(root, 'out')];

  beforeAll(() => {
    mkdirSync(run, { recursive: true });
    const { log, results, script } = madePerformanceRun();
    writeFileSync(join(run, 'log.txt'), log);
    writeFileSync(join(run, 'results.txt'), results);
    writeFileSync(join(run, 'script.async'), script);
    writeFileSync(join(root, 'Board.json'), JSON.stringify(madeDescription()));
    const { 'Board Name': _name, ...lacking } = madeDescription();
    writeFileSync(join(root, 'Lacking.json'), JSON.stringify(lacking));
  });
  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it('names what a description lacks, keeps a good one, and refuses with reasons', async () => {
    const lacking = await cli(['package', run, ...usual, '--system', join(root, 'Lacking.json')], root);
    expect(lacking.code).toBe(2);
    expect(lacking.err).toContain('"Board Name" is missing');
    const named = await cli(['package', run, ...usual, '--system', join(root, 'Board.json'), '--json'], root);
    expect(named.code).toBe(1);
    const answer = packageAnswerSchema.parse(JSON.parse(named.out));
    expect([...new Set(answer.reasons.map(({ rule }) => rule))]).toEqual(['PKG-14', 'RUN-01'].sort());
    const kept = await cli(['package', run, ...usual, '--system', 'Board', '--round', 'v1.1'], root);
    expect(kept.code).toBe(1);
    expect(kept.out).toContain('PKG-14 package: There is no code.');
    const own = await cli(['package', fixture, ...usual, '--system', 'Board'], root);
    expect(own.code).toBe(2);
    expect(own.err).toContain('demo01');
    expect(readdirSync(root)).not.toContain('out');
    expect(readdirSync(root).filter((name) => name.endsWith('.draft'))).toEqual([]);
  });
});
