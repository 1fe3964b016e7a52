import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import * as answers from '../../../src/shared/domain/cli-json.ts';
import { doctorReportSchema } from '../../../src/shared/domain/doctor.ts';
import { verifyAnswerSchema } from '../../../src/shared/domain/verify-json.ts';
import { cli, scratch } from '../../support/cli.ts';

const demo = resolve(import.meta.dirname, '../../../resources/workloads/demo01');
const session = resolve(import.meta.dirname, '../../fixtures/sessions/format-1');

/** Every command's answer is one object of its schema on standard output, and nothing else. */
describe('--json', () => {
  const home = scratch();
  const model = join(demo, 'model.tflite');
  const cases: [string, string[], z.ZodType, number][] = [
    ['devices', ['devices'], answers.devicesAnswerSchema, 0],
    ['devices --probes', ['devices', '--probes'], answers.probesAnswerSchema, 0],
    ['workloads', ['workloads'], answers.workloadsAnswerSchema, 0],
    ['verify', ['verify', session], verifyAnswerSchema, 0],
    ['keys', ['keys'], answers.keysAnswerSchema, 0],
    ['report', ['report', session, '--out', home], answers.reportAnswerSchema, 0],
    ['model info', ['model', 'info', model], answers.modelInfoAnswerSchema, 0],
    ['model compile', ['model', 'compile', model, '--out', join(home, 'plan')], answers.modelCompileAnswerSchema, 0],
    [
      'model check',
      ['model', 'check', model, '--vectors', join(demo, 'golden.json')],
      answers.modelCheckAnswerSchema,
      0,
    ],
    ['doctor', ['doctor', process.platform === 'win32' ? 'COM250' : '/dev/ttyNOWHERE9'], doctorReportSchema, 3],
    ['a failure', ['verify', join(home, 'nothing')], answers.errorAnswerSchema, 2],
  ];
  it.each(cases)('of %s', async (_name, args, schema, expected) => {
    const { code, out } = await cli([...args, '--json'], home);
    expect(code).toBe(expected);
    expect(out.trim().split('\n')).toHaveLength(1);
    schema.parse(JSON.parse(out));
  });
});
