import { describe, expect, it } from 'vitest';
import type { EnergyEvidence } from '../../../src/main/rules/index.ts';
import { judgeRecord, runEvidence } from '../../../src/main/session/index.ts';
import type { RunRecord } from '../../../src/main/session/index.ts';
import type { EnergySetup, TraceSummary } from '../../../src/shared/domain/energy.ts';
import { run, sampleRateHz, session, setup, stretch, trace, traceWindow, windowStart } from './energy-run.ts';

/** The energy side of an energy run with something changed. */
function energyOf(change: Partial<RunRecord>, simulated = true): EnergyEvidence {
  const record = run('energy', change);
  const { energy } = runEvidence(session([record], simulated), record);
  if (!energy) throw new Error('no energy evidence');
  return energy;
}

const withTrace = (change: Partial<TraceSummary>): EnergyEvidence => energyOf({ trace: trace(change) });

function withSetup(change: Partial<EnergySetup>): EnergyEvidence {
  const { opened } = run('energy');
  return energyOf({ opened: { ...opened, energy: setup(change) } });
}

/** An energy run in which the second window lost samples in this way. */
function secondWindow(losses: TraceSummary['losses'], gaps = 0): number | undefined {
  const window = traceWindow(2);
  const windows = trace().windows.map((each) =>
    each.number === 2 ? { ...window, official: { ...window.official, lostSamples: gaps } } : each,
  );
  return withTrace({ losses, windows }).windows[1]?.lostSamples;
}

describe('the evidence of an energy run', () => {
  it('is there in energy mode alone', () => {
    const performance = run('performance');
    expect(runEvidence(session([performance]), performance).energy).toBeNull();
    const energy = run('energy');
    const evidence = runEvidence(session([energy]), energy);
    expect(evidence.windows.map(({ number, file, warmups }) => [number, file, warmups])).toEqual(
      [1, 2, 3, 4, 5].map((number) => [number, `in_${number - 1}.bin`, 10]),
    );
    expect(evidence.performanceInputs).not.toBeNull();
  });

  it('takes the windows of the trace by their number, with the place of each in the journal', () => {
    const { windows } = energyOf({});
    expect(windows).toHaveLength(5);
    expect(windows[1]).toMatchObject({
      number: 2,
      inferences: 100,
      durationS: 10.4,
      hostS: 10.41,
      edges: 2,
      samples: 10_400,
      lostSamples: 0,
      meanPowerW: 0.0288,
      beforeStartW: 0.0036,
      ref: { file: 'journal.jsonl', line: 6 },
    });
    expect(windows[1]?.energyJ).toBeCloseTo(0.29952, 9);
    expect(windows[1]?.maxCurrentA).toBeCloseTo((0.0288 * 1.25) / 3, 12);
  });

  it('keeps a window that the trace does not have, with the edges that came', () => {
    const { windows } = withTrace({ windows: [1, 2, 4, 5].map((number) => traceWindow(number)) });
    expect(windows[2]).toMatchObject({ number: 3, durationS: null, energyJ: null, edges: 2, samples: 0 });
    expect(windows[3]).toMatchObject({ number: 4, durationS: 10.4 });
  });

  it('tells a run without a trace', () => {
    const { trace: _trace, ...record } = run('energy');
    const { energy } = runEvidence(session([record]), record);
    expect(energy).toMatchObject({
      traceRecorded: false,
      marks: { expected: null, found: null, stray: null },
      achievedRateDeviation: null,
      hostDurationS: null,
      headS: null,
      restPowerW: null,
    });
    expect(energy?.windows).toHaveLength(5);
  });

  it('compares rates with the nominal one', () => {
    const evidence = withTrace({ achievedRateHz: 994, deviceDurationS: 80.4 });
    expect(evidence.achievedRateDeviation).toBeCloseTo(-0.006, 12);
    expect(evidence.deviceRateDeviation).toBeCloseTo(80 / 80.4 - 1, 12);
    const unknown = withTrace({ achievedRateHz: null, deviceDurationS: null });
    expect(unknown).toMatchObject({ achievedRateDeviation: null, deviceRateDeviation: null });
  });

  it('knows that text comes later on a real bench', () => {
    expect(energyOf({}, true).hostLatencyS).toBe(0.02);
    expect(energyOf({}, false).hostLatencyS).toBe(0.05);
  });

  it('takes limits from a board alone', () => {
    expect(energyOf({}).supply).toEqual({ setV: 3, measuredV: 2.99, limits: { minV: 1.8, nominalV: 3, maxV: 3.6 } });
    const limits = { minV: 3, nominalV: 3, maxV: 3 };
    expect(withSetup({ supply: { voltageV: 3, board: '', limits } }).supply.limits).toBeNull();
  });

  it('takes the voltage that was read when the supply came on where there is no later one', () => {
    const supplied = (voltageV: number | null): RunRecord['steps'][number] => ({
      step: { kind: 'supply', on: voltageV !== null, attempt: 1 },
      outcome: { kind: 'supplied', voltageV },
      begunAtS: 0,
      stepEntry: 1,
      outcomeEntry: 2,
    });
    const steps = [supplied(2.98), ...run('energy').steps, supplied(null)];
    expect(energyOf({ steps, trace: trace({ measuredVoltageV: null }) }).supply.measuredV).toBe(2.98);
    expect(energyOf({ steps }).supply.measuredV).toBe(2.99);
    expect(energyOf({ trace: trace({ measuredVoltageV: null }) }).supply.measuredV).toBeNull();
  });

  it('takes the power at rest from the idle step', () => {
    expect(energyOf({}).restPowerW).toBe(0.0036);
    const rest = [{ state: 'sleep' as const, durationS: 5, stretch: stretch(0, 5000, 1e-5) }];
    expect(withTrace({ rest }).restPowerW).toBeNull();
  });

  it('takes the clock from the certificate, else from the specification', () => {
    expect(energyOf({}).clockRelU).toBeCloseTo(1e-4 / Math.sqrt(3), 15);
    const { specification } = setup();
    const k2 = { ...specification, clock: { kind: 'k2' as const, source: 'test', half: 2e-5 } };
    expect(withSetup({ specification: k2 }).clockRelU).toBe(1e-5);
    const clock = { certificateId: 'clock-1', c: 0, uRel: 3e-6 };
    expect(withSetup({ correction: { ...correction, clock } }).clockRelU).toBe(3e-6);
  });

  it('names certificates, and the one that was out of date', () => {
    expect(energyOf({}).certificates).toEqual({ used: [], expired: [] });
    const supply = { certificateId: 'supply-1', voltageV: 3, uRel: 1e-3, dmmId: 'dmm' };
    expect(withSetup({ correction: { ...correction, supply } }).certificates).toEqual({
      used: ['gain-1', 'supply-1'],
      expired: [],
    });
    const old = { ...correction, expiresAt: '2026-02-28T00:00:00.000Z' };
    expect(withSetup({ correction: old }).certificates).toEqual({ used: ['gain-1'], expired: ['gain-1'] });
  });
});

const correction: NonNullable<EnergySetup['correction']> = {
  certificateId: 'gain-1',
  issuedAt: '2026-01-01T00:00:00.000Z',
  expiresAt: '2027-01-01T00:00:00.000Z',
  temperatureC: 23,
  setVoltageV: 3,
  ranges: [],
  dmmId: null,
  supply: null,
  clock: null,
};

describe('losses', () => {
  const start = windowStart(2);
  const end = start + 10_400;
  const loss = (sampleIndex: number, count: number | null, cause = 'counter'): TraceSummary['losses'][number] => ({
    sampleIndex,
    count,
    cause,
    exact: true,
  });

  it('counts gaps, or the losses that were reported for the window where they are more', () => {
    expect(secondWindow([])).toBe(0);
    expect(secondWindow([], 3)).toBe(3);
    expect(secondWindow([loss(start, 5)], 5)).toBe(5);
    expect(secondWindow([loss(start, 5), loss(start + 100, 4)], 2)).toBe(9);
    expect(secondWindow([loss(start - 1, 5), loss(end, 5)])).toBe(0);
  });

  it('counts of a loss with a known place what lies in the window', () => {
    expect(secondWindow([loss(end - 3, 64)])).toBe(3);
  });

  it.each([
    ['clock', 4.5 * sampleRateHz],
    ['tick', 1000],
  ])('counts a loss that the %s showed late for every window that it may lie in', (cause, reach) => {
    expect(secondWindow([loss(start + 5000, 512, cause)])).toBe(512);
    expect(secondWindow([loss(end + reach - 1, 512, cause)])).toBe(512);
    expect(secondWindow([loss(end + reach, 512, cause)])).toBe(0);
  });

  it('tells the known from the unknown', () => {
    expect(withTrace({ losses: [loss(0, 7), loss(50, null), loss(70_000, 3)] })).toMatchObject({
      unknownLosses: 1,
      lostSamples: 10,
    });
    expect(secondWindow([loss(start, null)])).toBe(0);
  });
});

describe('the runs beside it', () => {
  it('give their throughput and how sure it is', () => {
    const performance = run('performance');
    const energy = run('energy');
    const [companion] = runEvidence(session([performance, energy]), energy).companions;
    expect(companion).toMatchObject({ mode: 'performance', throughputRelU: 0 });
    expect(companion?.medianThroughputInfPerS).toBeCloseTo(100 / 10.4, 9);
    expect(companion?.results).toHaveLength(5);
  });

  it('have results by input for an energy run too', () => {
    const first = run('energy');
    const second = run('energy', { runId: 'r3' });
    expect(runEvidence(session([first, second]), second).companions[0]?.results).toHaveLength(5);
  });
});

describe('the scatter of five windows', () => {
  it('is that of the median', () => {
    const windows = [10.3, 10.35, 10.4, 10.45, 10.5].map((durationS, k) => traceWindow(k + 1, { durationS }));
    const rates = windows.map(({ durationS }) => 100 / durationS);
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / 5;
    const s = Math.sqrt(rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / 4);
    expect(withTrace({ windows }).throughputRelU).toBeCloseTo((0.5356 * s) / (100 / 10.4), 12);
    expect(withTrace({ windows: windows.slice(1) }).throughputRelU).toBeNull();
  });
});

describe('the verdict about an energy run', () => {
  const failuresOf = (change: Partial<TraceSummary>): string[] => {
    const record = run('energy', { trace: trace(change) });
    const { findings } = judgeRecord(session([record]), record);
    return (
      findings
        // The made-up run has no certificate.
        .filter(({ outcome, rule }) => outcome === 'failed' && rule.startsWith('NRG') && rule !== 'NRG-16')
        .map(({ rule, severity }) => `${rule} ${severity}`)
    );
  };

  it('finds nothing in a flawless one', () => {
    expect(failuresOf({})).toEqual([]);
  });

  it.each<[string, Partial<TraceSummary>, string[]]>([
    [
      'a missing edge',
      { edgeCount: 10, windows: [1, 2, 3, 4, 5].map((n) => traceWindow(n, n === 3 ? { edges: 1 } : {})) },
      ['NRG-03 E'],
    ],
    ['an extra edge', { edgeCount: 12, strayEdges: 1 }, ['NRG-03 W']],
    [
      'a loss of unknown size',
      { losses: [{ sampleIndex: 9, count: null, cause: 'malformed', exact: false }] },
      ['NRG-08 E'],
    ],
    ['a supply 5 % low', { measuredVoltageV: 2.85 }, ['NRG-07 W']],
    ['a rate 0.6 % off', { achievedRateHz: 1006 }, ['NRG-15 E']],
    ['no margin', { tailS: 0.5 }, ['NRG-12 W']],
  ])('finds %s', (_name, change, expected) => {
    expect(failuresOf(change)).toEqual(expected);
  });
});
