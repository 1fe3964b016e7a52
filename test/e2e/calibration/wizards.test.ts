import { describe, expect, it } from 'vitest';
import type { OperatorMistake } from '../../../src/main/virtual/index.ts';
import { normalisedErrors, runOnRig } from './rig.ts';

describe('the gain wizard on emulated instruments, through their drivers', () => {
  it('recovers the injected errors of an LPM01A within what it states', async () => {
    const errors: number[] = [];
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const run = await runOnRig('monitor-gain', { kind: 'lpm01a', seed });
      expect([seed, run.body?.result, run.body?.remarks]).toEqual([
        seed,
        'pass',
        expect.not.arrayContaining(['problemsKept']),
      ]);
      expect(run.rig.monitor.supplyOn).toBe(false);
      errors.push(...normalisedErrors(run));
    }
    expect(errors).toHaveLength(6);
    for (const error of errors) expect(Math.abs(error)).toBeLessThan(3);
    expect(errors.filter((error) => Math.abs(error) > 2).length).toBeLessThanOrEqual(1);
  });

  it.each<[OperatorMistake, string[]]>([
    ['swappedResistor', ['wrongResistor']],
    ['factor10', ['colourCode']],
    ['openLead', ['openCircuit']],
    ['dutConnected', ['wrongResistor']],
    ['warmResistor', ['heating', 'notStable', 'fit']],
  ])('%s is found', async (kind, expected) => {
    // Connections: bench cleared, open output, 100 k, 10 k, 1 k.
    const { body, operator, rig } = await runOnRig('monitor-gain', {
      kind: 'lpm01a',
      seed: 2,
      hands: { mistakes: [{ load: 5, kind }], tempcoPerK: kind === 'warmResistor' ? 4e-4 : 25e-6 },
    });
    const problem = operator.questions.find((question) => question.kind === 'problem');
    const found = problem?.text ?? (body?.result === 'fail' ? 'fit' : 'nothing');
    expect(expected).toContain(found);
    if (problem) expect(problem.place).toContain('@0:1000');
    expect(rig.monitor.supplyOn).toBe(false);
  });

  it('millivolts are not taken for volts', async () => {
    const { operator } = await runOnRig('monitor-gain', {
      kind: 'lpm01a',
      seed: 2,
      hands: { mistakes: [{ load: 5, kind: 'millivolts' }] },
      answers: {
        'voltageBefore@0:1000': (question) => ({ voltageV: Number(question.suggested?.['voltageV']) / 1000 }),
        'voltageAfter@0:1000': (_question, times) =>
          times === 0 ? undefined : { voltageV: Number(_question.suggested?.['voltageV']) / 1000 },
      },
    });
    expect(operator.refusals.map(({ place, problems }) => [place, problems[0]?.code])).toEqual([
      ['voltageAfter@0:1000', 'millivolts'],
    ]);
  });

  it('waits until a contact has settled', async () => {
    const run = await runOnRig('monitor-gain', {
      kind: 'lpm01a',
      seed: 2,
      hands: { mistakes: [{ load: 5, kind: 'missingSettle' }] },
      // The operator looks at the meter only when the reading is done.
      answers: { 'problem.readingsDiffer': { choice: 'repeat' } },
    });
    expect(run.body?.result).toBe('pass');
    for (const error of normalisedErrors(run)) expect(Math.abs(error)).toBeLessThan(3);
  });
});

describe('the other wizards of an instrument', () => {
  it.each(['lpm01a', 'ppk2'] as const)('the zero of a %s is that of its lowest range', async (kind) => {
    const results: string[] = [];
    for (const seed of [1, 2, 6, 7]) {
      const { body, rig } = await runOnRig('monitor-zero', { kind, seed });
      const offsetA = rig.errors.ranges[0]?.offsetA ?? 0;
      results.push(body?.result ?? '');
      // An LPM01A shows nothing below 0: what is cut off there is not stated as an offset.
      if (body?.result === 'fail') expect([body.remarks[0], offsetA < 0]).toEqual(['failed.clippedAtZero', true]);
      else {
        const step = rig.specification.ranges[0]?.quantStepA ?? 0;
        expect(Math.abs((body?.zero?.offsetA ?? 0) - offsetA)).toBeLessThan(3 * (body?.zero?.uA ?? 0) + step / 10);
      }
    }
    expect(results).toEqual(kind === 'lpm01a' ? ['pass', 'fail', 'pass', 'pass'] : ['pass', 'pass', 'pass', 'pass']);
  });

  it.each(['lpm01a', 'ppk2'] as const)('a %s calibrates and tests itself where it can', async (kind) => {
    const { body } = await runOnRig('instrument-selfcal', { kind, seed: 4 });
    expect(body?.result).toBe('pass');
    expect(body?.selfcal?.tested).toBe(kind === 'lpm01a' ? true : null);
  });
});
