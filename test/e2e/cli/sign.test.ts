import { appendFileSync, cpSync, existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keysAnswerSchema, signAnswerSchema } from '../../../src/shared/domain/cli-json.ts';
import { verifyAnswerSchema } from '../../../src/shared/domain/verify-json.ts';
import { cli, finished, scratch, startCli } from '../../support/cli.ts';
import type { CliResult } from '../../support/cli.ts';

const fixture = resolve(import.meta.dirname, '../../fixtures/sessions/format-1');

describe('joulebench sign', () => {
  const home = scratch();
  const session = join(home, 'session');
  cpSync(fixture, session, { recursive: true });
  const sign = (role: string, name: string, passphrase = '', more: string[] = []): Promise<CliResult> => {
    process.env['JOULEBENCH_PASSPHRASE'] = passphrase;
    const child = startCli(['sign', session, '--role', role, '--name', name, ...more], home);
    delete process.env['JOULEBENCH_PASSPHRASE'];
    return finished(child);
  };

  it('takes a session through two signatures, a check by both, and a change that shows', async () => {
    const operator = await sign('operator', 'Ada Meyer', '', ['--remark', 'Cooled for an hour.']);
    expect(operator).toMatchObject({ code: 0, err: '' });
    expect(operator.out).toContain('The key is not kept');
    expect(existsSync(join(home, 'home', 'config', 'signing', 'keys'))).toBe(false);

    const reviewer = await sign('reviewer', 'Bo Li', 'correct horse', ['--json']);
    const { signature, keyMade, sameKey } = signAnswerSchema.parse(JSON.parse(reviewer.out));
    expect({ keyMade, sameKey }).toEqual({ keyMade: true, sameKey: false });
    expect(signature).toMatchObject({ name: 'Bo Li', keyKeeping: 'passphrase', statement: 'I reviewed this.' });
    expect(readdirSync(join(home, 'home', 'config', 'signing', 'keys'))).toHaveLength(1);

    const keys = keysAnswerSchema.parse(JSON.parse((await cli(['keys', '--json'], home)).out));
    expect(keys.own.map(({ name, fingerprint }) => [name, fingerprint])).toEqual([['Bo Li', signature.fingerprint]]);
    expect((await cli(['keys', 'export', 'Bo Li'], home)).out).toContain('BEGIN PUBLIC KEY');

    const whole = await cli(['verify', session], home);
    expect(whole.code).toBe(0);
    expect(whole.out).toContain('Operator Ada Meyer');
    expect(whole.out).toContain('“Cooled for an hour.”');
    expect(whole.out).toContain(`holds. Key ${signature.fingerprint} (your own key on this computer)`);

    appendFileSync(join(session, 'runs/r2-demo01-accuracy/inputs.csv'), '\n');
    const { code, out } = await cli(['verify', session, '--json'], home);
    const answer = verifyAnswerSchema.parse(JSON.parse(out));
    expect(code).toBe(1);
    expect(answer.signatures?.map(({ name, holds }) => [name, holds])).toEqual([
      ['Ada Meyer', false],
      ['Bo Li', false],
    ]);
    expect(answer.problems.map(({ text }) => text)).toContain(
      'File runs/r2-demo01-accuracy/inputs.csv was changed after Bo Li signed: the signature does not hold any more.',
    );
    expect(answer.problems.every(({ text }) => !text.includes('{'))).toBe(true);
  });

  it('signs no changed session, and not with a wrong passphrase', async () => {
    const changed = await sign('operator', 'Ada Meyer', '', ['--replace']);
    expect(changed.code).toBe(2);
    expect(changed.err).toContain('does not hold, so it cannot be signed: File runs/r2-demo01-accuracy/inputs.csv');
    const copy = join(home, 'copy');
    cpSync(fixture, copy, { recursive: true });
    process.env['JOULEBENCH_PASSPHRASE'] = 'wrong horse';
    const child = startCli(['sign', copy, '--role', 'operator', '--name', 'Bo Li'], home);
    delete process.env['JOULEBENCH_PASSPHRASE'];
    const wrong = await finished(child);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('The passphrase does not open the signing key of Bo Li.');
    expect(existsSync(join(copy, 'signatures.json'))).toBe(false);
  });
});
