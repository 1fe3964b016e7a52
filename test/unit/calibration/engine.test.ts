import { describe, expect, it } from 'vitest';
import { certificateOf } from '../../../src/main/calibration/engine/outcome.ts';
import { applyEvent, foldEvents } from '../../../src/main/calibration/engine/state.ts';
import type { CalibrationEvent } from '../../../src/main/calibration/engine/state.ts';
import { sealCertificate, certificateChainStart } from '../../../src/main/calibration/certificate/index.ts';
import { opening, runWizard } from './wizard.ts';

const gain = { kind: 'new', opening: opening('monitor-gain') } as const;

describe('the gain wizard', () => {
  it('recovers injected gain and offset within what it states', async () => {
    const { body, bench, operator } = await runWizard(gain, { errors: { gain: 0.012, offsetA: 6e-7, voltage: 0.004 } });
    expect(operator.refusals).toEqual([]);
    expect(body).toMatchObject({ result: 'pass', mode: 'energy', procedure: 'monitor-gain', simulated: true });
    const [range] = body?.ranges ?? [];
    const uGain = Math.hypot(Math.sqrt(range?.cov[2] ?? 0), range?.commonRel.dmm ?? 0, range?.commonRel.tcr ?? 0);
    expect(Math.abs((range?.slope ?? 0) - 1.012)).toBeLessThan(2 * uGain);
    expect(uGain).toBeLessThan(1e-3);
    expect(Math.abs((range?.offsetA ?? 0) - 6e-7)).toBeLessThan(2 * Math.sqrt(range?.cov[0] ?? 0));
    expect(body?.readings).toHaveLength(9);
    expect(body?.references.map(({ kind }) => kind)).toEqual(['dmm', ...Array<string>(8).fill('resistor')]);
    expect(body?.ambientC).toEqual({ start: 23, end: 23, source: 'instrument' });
    // Nothing is connected or taken off while the supply is on; it is off at the end.
    expect(bench.log.filter((line) => line.includes('POWERED'))).toEqual([]);
    expect(bench.powered).toBe(false);
    expect(sealCertificate(body ?? ({} as never), certificateChainStart).id).toMatch(
      /monitor-gain-lpm01a-[0-9a-f]{6}$/,
    );
  });

  it('asks before each reading whether the meter is in voltage mode', async () => {
    const { operator, events } = await runWizard(gain, {
      answers: { 'voltmeter@0:1000': (_question, times) => ({ confirmed: times > 0 }) },
    });
    expect(operator.refusals).toEqual([
      { place: 'voltmeter@0:1000', problems: [{ code: 'notConfirmed', facts: {}, field: 'confirmed' }] },
    ]);
    const asked = operator.questions.filter(({ text }) => text === 'voltmeter').length;
    const readings = events.filter(({ type }) => type === 'read').length;
    // All resistors, the first one again, one refusal; temperatures and the open output need no meter.
    expect(asked).toBe(readings - 3 + 1);
  });

  it('gives the same certificate when its journal is read again', async () => {
    const { body, events } = await runWizard(gain);
    const state = foldEvents(events);
    expect(state && certificateOf(state, Date.parse(body?.dateUtc ?? ''))).toEqual(body);
  });

  it('goes on at the load it was at after being killed between any two events', async () => {
    const whole = await runWizard(gain);
    const reads = whole.events.flatMap((event, k) => (event.type === 'read' ? [k + 1] : []));
    for (const cut of [1, reads[2] ?? 0, reads[5] ?? 0, (reads[6] ?? 0) + 1, whole.events.length]) {
      const before = whole.events.slice(0, cut);
      const { body, events } = await runWizard({ kind: 'resume', events: before });
      expect(body?.result).toBe('pass');
      const kept = foldEvents(before)?.readings.size ?? 0;
      const again = events.filter(({ type }) => type === 'read').length;
      expect(kept + again).toBeGreaterThanOrEqual(12);
      expect(again).toBeLessThanOrEqual(12 - Math.max(0, kept - 1));
    }
  });

  it.each<[string, string, Parameters<typeof runWizard>[1]]>([
    ['a swapped resistor', 'wrongResistor', { errors: { resistor: (ohm) => (ohm === 300 ? 0.1 : 0) } }],
    ['a resistor of another decade', 'colourCode', { errors: { resistor: (ohm) => (ohm === 300 ? 9 : 0) } }],
    ['an open lead', 'openCircuit', { errors: { resistor: (ohm) => (ohm === 300 ? 1e6 : 0) } }],
    ['a bad contact', 'voltageDrop', { errors: { sourceOhm: 10 } }],
    ['a warm resistor', 'heating', { errors: { growthPerS: 1.5e-3 } }],
    ['a stream with gaps', 'samplesLost', { errors: { lostPerBlock: 2 } }],
  ])('finds %s', async (_name, code, options) => {
    const { body, operator, bench } = await runWizard(gain, options);
    expect(body).toBeNull();
    const problem = operator.questions.find(({ kind }) => kind === 'problem');
    // A current that grows fast enough never becomes stable in the first place.
    expect([code, 'notStable']).toContain(problem?.text);
    expect(bench.powered).toBe(false);
  });

  it('names the value that was probably fitted, and repeats the load', async () => {
    let wrong = true;
    const { body, operator } = await runWizard(gain, {
      errors: { resistor: (ohm) => (ohm === 300 && wrong ? 0.1 : 0) },
      answers: {
        'problem.wrongResistor': () => {
          wrong = false;
          return { choice: 'repeat' };
        },
      },
    });
    const problem = operator.questions.find(({ kind }) => kind === 'problem');
    expect(problem).toMatchObject({
      place: 'check@0:300',
      facts: { likelyOhm: 330 },
      choices: ['repeat', 'keep', 'skip', 'stop'],
    });
    expect(body?.result).toBe('pass');
  });

  it('suspects the meter when two loads are wrong by the same ratio', async () => {
    const { operator } = await runWizard(gain, {
      errors: { meter: 0.045 },
      answers: { 'problem.wrongResistor': { choice: 'keep' } },
    });
    const problems = operator.questions.filter(({ kind }) => kind === 'problem').map(({ text }) => text);
    expect(problems).toContain('referenceMeter');
  });

  it('refuses millivolts, a resistor that would burn, and two readings that differ', async () => {
    const { operator } = await runWizard(gain, {
      answers: {
        'voltageBefore@0:1000': (_question, times) => (times === 0 ? { voltageV: 2999 } : undefined),
        'resistor@0:100': (_question, times) => (times === 0 ? { ratingW: 0.125 } : undefined),
        'voltagePulsed@0:68': (_question, times) => (times === 0 ? { voltageV: 2.99, voltageAgainV: 2.98 } : undefined),
        'resistor@0:68': { ratingW: 0.6 },
        'problem.voltageDrop': { choice: 'skip' },
      },
    });
    expect(operator.refusals.map(({ place, problems }) => [place, problems[0]?.code])).toEqual(
      expect.arrayContaining([
        ['voltageBefore@0:1000', 'millivolts'],
        ['resistor@0:100', 'tooMuchPower'],
        ['voltagePulsed@0:68', 'readingsDiffer'],
      ]),
    );
  });

  it('reads a resistor above a fifth of its rating in a pulse and then pauses', async () => {
    const { events, bench } = await runWizard(gain, { answers: { 'resistor@0:68': { ratingW: 0.6 } } });
    const at = events.findIndex((event) => event.type === 'read' && event.place === 'currentPulsed@0:68');
    expect(events[at]).toMatchObject({ reading: { durationS: 3 } });
    expect(events.some((event) => event.type === 'passed' && event.place === 'pause@0:68')).toBe(true);
    expect(bench.powered).toBe(false);
  });

  it('leaves out a load that is not there, and says so', async () => {
    const { body } = await runWizard(gain, { answers: { 'resistor@0:470': { skip: true } } });
    expect(body?.result).toBe('pass');
    expect(body?.remarks).toContain('loadsSkipped');
    expect(body?.readings.map(({ load }) => load)).not.toContain('virtual-470');
  });

  it('fails, with a certificate that is never applied, when one resistor is 1 % off', async () => {
    const { body } = await runWizard(gain, { errors: { resistor: (ohm) => (ohm === 300 ? 0.01 : 0) } });
    expect(body?.result).toBe('fail');
    expect(body?.remarks[0]).toBe('failed.chi2');
  });

  it('does not set a voltage that the board does not stand', async () => {
    const limited = opening('monitor-gain', {
      setup: { operator: '', voltageV: 3, supplyLimits: { minV: 1.7, maxV: 2 }, board: 'x', ranges: [] },
    });
    const run = runWizard({ kind: 'new', opening: limited });
    await expect(run).rejects.toMatchObject({ code: 'calibration.voltageNotAllowed' });
  });

  it('brings the supply down when the journal cannot be written', async () => {
    let bench: { powered: boolean } | undefined;
    const run = runWizard(gain, {
      prepare: (made) => (bench = made),
      onEvent: (event) => {
        if (event.type === 'read' && event.place === 'current@0:1000') throw new Error('disk full');
      },
    });
    await expect(run).rejects.toThrow('disk full');
    expect(bench?.powered).toBe(false);
  });
});

describe('the zero wizard', () => {
  it('states the offset of the open output', async () => {
    const { body } = await runWizard({ kind: 'new', opening: opening('monitor-zero') }, { errors: { offsetA: 4e-7 } });
    expect(body?.result).toBe('pass');
    expect(Math.abs((body?.zero?.offsetA ?? 0) - 4e-7)).toBeLessThan(3 * (body?.zero?.uA ?? 0));
    expect(Date.parse(body?.expiresUtc ?? '') - Date.parse(body?.dateUtc ?? '')).toBe(86_400_000);
  });
  it('fails beyond the half-width of the specification', async () => {
    const { body } = await runWizard({ kind: 'new', opening: opening('monitor-zero') }, { errors: { offsetA: 2e-6 } });
    expect(body).toMatchObject({ result: 'fail', remarks: ['failed.offset'] });
  });
});

describe('self-calibration', () => {
  it('verifies the gain certificate with one load', async () => {
    const errors = { gain: 0.012, offsetA: 6e-7 };
    const { body: certificate } = await runWizard(gain, { errors });
    const gainCertificate = certificate && sealCertificate(certificate, certificateChainStart);
    const begin = { kind: 'new', opening: opening('instrument-selfcal', { gainCertificate }) } as const;
    const good = await runWizard(begin, { errors, seed: 7 });
    expect(good.body).toMatchObject({ result: 'pass', selfcal: { tested: true, calibrated: null } });
    expect(good.body?.selfcal?.verify?.certificateId).toBe(certificate?.id);
    const moved = await runWizard(begin, { errors: { ...errors, gain: 0.02 }, seed: 7 });
    expect(moved.body).toMatchObject({ result: 'fail' });
    expect(moved.body?.remarks).toContain('failed.verify');
  });
  it('asks for no load where there is no certificate', async () => {
    const { body, operator } = await runWizard({ kind: 'new', opening: opening('instrument-selfcal') });
    expect(body?.result).toBe('pass');
    expect(operator.questions.map(({ place }) => place)).toEqual(['wiring']);
  });
});

describe('the state', () => {
  it('ignores an event that belongs to another place', async () => {
    const { events } = await runWizard(gain);
    const state = foldEvents(events.slice(0, 3));
    const stray: CalibrationEvent = { type: 'passed', place: 'nowhere' };
    expect(state && applyEvent(state, stray)).toBe(state);
    expect(foldEvents([stray])).toBeUndefined();
  });
});
