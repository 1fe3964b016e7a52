import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawErrors, simulatedSpecification } from '../../../src/main/virtual/index.ts';
import type { MonitorErrors } from '../../../src/main/virtual/index.ts';
import { certificateSchema } from '../../../src/shared/domain/calibration.ts';
import type { Certificate } from '../../../src/shared/domain/calibration.ts';
import { cli, scratch } from '../../support/cli.ts';
import type { CliResult } from '../../support/cli.ts';

/** The errors of the virtual bench's instruments. */
const truth = (kind: 'lpm01a' | 'ppk2'): MonitorErrors => drawErrors(simulatedSpecification(kind), 1);

interface Answer {
  status: string;
  certificate: Certificate | null;
  journal: string;
  error?: { code: string };
}

function answerOf({ out }: CliResult): Answer {
  expect(out.trim().split('\n')).toHaveLength(1);
  return JSON.parse(out) as Answer;
}

/** An answers file in a folder of its own. */
function answersFile(home: string, answers: unknown): string {
  mkdirSync(home, { recursive: true });
  const path = join(home, 'answers.json');
  writeFileSync(path, JSON.stringify(answers));
  return path;
}

describe('joulebench calibrate', () => {
  const home = scratch();

  it('lists the procedures', async () => {
    const { code, out } = await cli(['calibrate', '--list', '--json'], home);
    expect(code).toBe(0);
    const { procedures } = JSON.parse(out) as { procedures: { id: string; title: string }[] };
    expect(procedures.map(({ id }) => id)).toHaveLength(7);
  });

  it.each<[string, string[], (certificate: Certificate) => void]>([
    ['monitor-gain', ['--monitor', 'lpm01a'], ({ ranges }) => expect(ranges).toHaveLength(1)],
    ['monitor-zero', ['--monitor', 'lpm01a'], ({ zero }) => expect(zero?.range).toBe(0)],
    ['instrument-selfcal', ['--monitor', 'lpm01a'], ({ selfcal }) => expect(selfcal?.verify).not.toBeNull()],
    [
      'timestamp-path',
      ['--monitor', 'lpm01a'],
      ({ timestamp }) => {
        expect(timestamp).toMatchObject({ sent: 121, seen: 121, lost: 0 });
        expect(Math.abs((timestamp?.c ?? 0) - 1 - truth('lpm01a').clock)).toBeLessThan(3 * (timestamp?.uC ?? 0));
      },
    ],
    ['dut-clock', [], ({ dutClock }) => expect(Math.abs(dutClock?.ppm ?? 1e6)).toBeLessThan(3 * (dutClock?.uPpm ?? 0))],
    ['uart-integrity', [], ({ uart }) => expect(uart).toMatchObject({ errors: 0, baud: 115_200 })],
    [
      'supply-voltage',
      ['--monitor', 'ppk2'],
      ({ supply }) =>
        expect(Math.abs((supply?.voltageV ?? 0) / (3 * (1 + truth('ppk2').voltage)) - 1)).toBeLessThan(
          3 * (supply?.uRel ?? 0),
        ),
    ],
  ])('%s works on the virtual bench without hands', async (procedure, options, check) => {
    const result = await cli(['calibrate', procedure, ...options, '--operator', 'Ada', '--json'], home);
    expect([result.code, result.err]).toEqual([0, result.err]);
    const { status, certificate } = answerOf(result);
    expect(status).toBe('completed');
    const read = certificateSchema.parse(certificate);
    expect(read).toMatchObject({ procedure, operator: 'Ada', simulated: true, result: 'pass' });
    check(read);
  });

  it('keeps the certificates in one chain and lists them', async () => {
    const { code, out } = await cli(['calibrate', '--certificates', '--json'], home);
    expect(code).toBe(0);
    const list = JSON.parse(out) as { folder: string; certificates: { state: string }[]; problems: unknown[] };
    expect(list.problems).toEqual([]);
    expect(list.certificates.length).toBe(readdirSync(list.folder).length);
    expect(list.certificates.length).toBeGreaterThanOrEqual(7);
  });

  it('says which answer is missing, keeps the journal and goes on from it', async () => {
    const own = scratch();
    const answers = answersFile(own, { 'problem.readingsDiffer': { choice: 'stop' }, 'resistor@0:470': { ohm: 47 } });
    const args = ['calibrate', 'monitor-gain', '--monitor', 'lpm01a', '--json'];
    const failed = await cli([...args, '--answers', answers], own);
    expect(failed.code).toBe(2);
    const { status, error, journal } = answerOf(failed);
    expect([status, error?.code]).toEqual(['failed', 'calibration.answerMissing']);
    expect(readFileSync(journal, 'utf8').split('\n').length).toBeGreaterThan(20);
    const resumed = await cli([...args, '--resume', journal], own);
    expect(resumed.code).toBe(0);
    const again = answerOf(resumed);
    expect(again.certificate?.readings).toHaveLength(9);
    const read = readFileSync(journal, 'utf8').match(/"type":"read","place":"current@0:1000"/g);
    expect(read).toHaveLength(1);
  });

  it.each<[string, string[], string]>([
    ['an unknown procedure', ['calibrate', 'nothing'], 'calibration.unknownProcedure'],
    ['a voltage without loads', ['calibrate', 'monitor-gain', '--voltage', '1.2'], 'calibration.noLoads'],
    ['a missing answers file', ['calibrate', 'monitor-zero', '--answers', 'nowhere.json'], 'calibration.badAnswers'],
  ])('refuses %s', async (_name, args, code) => {
    const result = await cli([...args, '--json'], scratch());
    expect(result.code).toBe(2);
    expect((JSON.parse(result.out) as { error: { code: string } }).error.code).toBe(code);
  });
});
