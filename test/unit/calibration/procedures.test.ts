import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadsCoverSpan } from '../../../src/main/analysis/index.ts';
import { loadDuty } from '../../../src/main/calibration/compute/load-check.ts';
import { findProcedure } from '../../../src/main/calibration/procedures.ts';
import { procedureIdSchema } from '../../../src/shared/domain/calibration.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { procedures } from './wizard.ts';

const text = createText();
const known = (key: string): boolean => text.t(key) !== key;

describe('the procedures', () => {
  it('are the seven of the specification', () => {
    expect(procedures.map(({ id }) => id)).toEqual(procedureIdSchema.options);
    expect(() => findProcedure(procedures, 'no')).toThrow(
      expect.objectContaining({ code: 'calibration.unknownProcedure' }),
    );
  });

  it('have words for all that an operator is told or asked', () => {
    for (const { id, equipment, preconditions, steps } of procedures) {
      const keys = [
        `procedure.${id}`,
        `purpose.${id}`,
        ...equipment.map((key) => `equipment.${key}`),
        ...preconditions.map((key) => `precondition.${key}`),
        ...steps.map((step) => `step.${step.text}`),
        ...steps.flatMap((step) => step.fields.map((field) => `field.${field.id}`)),
      ];
      expect(keys.filter((key) => !known(`calibration.${key}`))).toEqual([]);
    }
  });

  it('have words for every problem, failure and remark that the code names', () => {
    const source = [
      'engine/answers',
      'engine/decide',
      'engine/outcome',
      'compute/gain',
      'compute/load-check',
      'compute/paths',
      'compute/supply',
    ]
      .map((file) => readFileSync(join(import.meta.dirname, `../../../src/main/calibration/${file}.ts`), 'utf8'))
      .join('\n');
    const found = (pattern: RegExp): string[] => [...source.matchAll(pattern)].map((match) => match[1] ?? '');
    const problems = [...found(/code: '(\w+)'/g), ...found(/wrong\('(\w+)'/g)];
    const failures = found(/failures\.push\('(\w+)'\)/g);
    const remarks = found(/remarks\.push\('(\w+)'\)/g);
    expect(problems.length).toBeGreaterThan(15);
    expect(failures.length).toBeGreaterThan(10);
    const keys = [
      ...problems.map((code) => `problem.${code}`),
      ...failures.map((key) => `remark.failed.${key}`),
      ...remarks.map((key) => `remark.${key}`),
    ];
    expect(keys.filter((key) => !known(`calibration.${key}`))).toEqual([]);
  });

  it('switch the supply off before anything is connected, and at the end', () => {
    for (const { id, uses, steps } of procedures) {
      if (!uses.includes('monitor')) continue;
      for (const step of steps.filter(({ kind, text: words }) => kind === 'instruct' || words.endsWith('Wiring')))
        expect([id, step.id, step.power]).toEqual([id, step.id, 'off']);
      expect(steps.at(-1)?.power).toBe('off');
    }
  });

  it('plan loads that cover their span, in ascending current, within what a resistor of the usual rating carries', () => {
    const gain = findProcedure(procedures, 'monitor-gain');
    for (const { spanA, ohm, minV, monitor, range } of gain.loads) {
      const voltageV = minV < 2 ? 1.8 : 3;
      const currents = ohm.map((value) => (value === null ? 0 : voltageV / value));
      expect(currents).toEqual([...currents].sort((a, b) => a - b));
      const points = currents.map((referenceA) => ({ referenceA, readingA: referenceA, standardUncertaintyA: 1 }));
      expect([monitor, range, loadsCoverSpan(points, spanA[1])]).toEqual([monitor, range, true]);
      for (const value of ohm.filter((entry) => entry !== null)) {
        const ratingW = value < 50 ? 6 : 0.6;
        expect(loadDuty({ ohm: value, ratingW }, voltageV, gain.safety ?? ({} as never))).not.toBe('refused');
      }
    }
  });
});
