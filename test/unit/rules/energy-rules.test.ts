import { describe, expect, it } from 'vitest';
import { judgeRun } from '../../../src/main/rules/index.ts';
import type { EnergyEvidence, EnergyWindowEvidence, RunEvidence } from '../../../src/main/rules/index.ts';
import type { Finding } from '../../../src/shared/domain/verdict.ts';
import { companion, energyRun, performanceRun, workloadOf } from './run-evidence.ts';
import type { EnergyChanges } from './run-evidence.ts';
import { finding } from './words.ts';

const third = (change: Partial<EnergyWindowEvidence>): EnergyChanges => [{}, {}, change, {}, {}];
const all = (change: Partial<EnergyWindowEvidence>): EnergyChanges => [change, change, change, change, change];

/** The finding of one rule about a run with something changed on its energy side. */
const judged = (rule: string, energy: Partial<EnergyEvidence>, run: Partial<RunEvidence> = {}): Finding =>
  finding(rule, energyRun(undefined, energy, run));
const windows = (rule: string, changes: EnergyChanges): Finding => finding(rule, energyRun(changes));

const { monitor: monitorOfRun } = energyRun().energy as EnergyEvidence;

describe('a flawless energy run', () => {
  it('passes every rule that applies', () => {
    const companions = [companion({ mode: 'performance', medianThroughputInfPerS: 100 / 10.4, throughputRelU: 1e-6 })];
    const { verdict, findings } = judgeRun(energyRun(undefined, {}, { companions }));
    expect(verdict).toBe('valid');
    const idle = findings.filter(({ rule, outcome }) => rule.startsWith('NRG') && outcome === 'notApplicable');
    expect(idle.map(({ rule }) => rule)).toEqual(['NRG-04', 'NRG-05', 'NRG-13']);
    expect(findings.filter(({ outcome }) => outcome === 'failed').map(({ rule }) => rule)).toEqual(['RUN-04']);
  });

  it('is judged by the rules about windows, and not by those about stamps', () => {
    const outcomes = Object.fromEntries(judgeRun(energyRun()).findings.map(({ rule, outcome }) => [rule, outcome]));
    for (const rule of ['PERF-01', 'PERF-02', 'PERF-04', 'PERF-05'])
      expect([rule, outcomes[rule]]).toEqual([rule, 'passed']);
    for (const rule of ['PERF-03', 'PERF-06', 'PERF-08', 'PERF-11'])
      expect([rule, outcomes[rule]]).toEqual([rule, 'notApplicable']);
  });

  it('leaves runs of other modes alone', () => {
    const { findings } = judgeRun(performanceRun());
    for (const { rule, message } of findings.filter((each) => each.rule.startsWith('NRG')))
      expect([rule, message]).toEqual([rule, 'otherMode']);
  });
});

describe('NRG-01', () => {
  it('wants a trace', () => {
    expect(judged('NRG-01', {})).toMatchObject({ outcome: 'passed' });
    expect(judged('NRG-01', { traceRecorded: false })).toMatchObject({ outcome: 'failed', severity: 'E' });
  });

  it('forgives the samples of a stream that were left out, and nothing else', () => {
    const streaming = { printed: null, recomputed: null, oneSecond: null, words: 50, energy: null };
    const left = (runner: 'mlc' | 'eembc'): Finding =>
      judged('NRG-01', { traceRecorded: false }, { runner, streaming });
    expect(left('mlc')).toMatchObject({ outcome: 'failed', severity: 'I', message: 'leftOut' });
    expect(left('eembc')).toMatchObject({ severity: 'E', message: 'failed' });
    const unknown = { setV: null, measuredV: null, limits: null };
    expect(judged('NRG-07', { traceRecorded: false, supply: unknown }, { runner: 'mlc' })).toMatchObject({
      outcome: 'notApplicable',
    });
  });

  it('leaves the other energy rules to what a published run holds', () => {
    const published = { runner: 'eembc' as const };
    expect(judged('NRG-06', { monitor: { ...monitorOfRun, kind: '' } }, published)).toMatchObject({
      message: 'unknown',
    });
    expect(judged('NRG-09', { scope: null }, published)).toMatchObject({ outcome: 'notApplicable' });
    expect(judged('NRG-16', { certificates: { used: [], expired: [] } }, published)).toMatchObject({
      outcome: 'notApplicable',
    });
  });

  it('makes a run invalid of which nothing but the log is there', () => {
    const run = energyRun(undefined, {}, { energy: null });
    expect(judgeRun(run).verdict).toBe('invalid');
    expect(finding('NRG-01', run)).toMatchObject({ outcome: 'failed', severity: 'E' });
    expect(finding('NRG-02', run)).toMatchObject({ outcome: 'notApplicable', message: 'noEnergy' });
  });
});

describe('NRG-02', () => {
  it('wants five windows, one for the streaming wake word', () => {
    expect(windows('NRG-02', [{}, {}, {}, {}])).toMatchObject({
      outcome: 'failed',
      severity: 'E',
      message: 'count',
      facts: { windows: 4, expected: 5 },
    });
    const workload = workloadOf('sww01');
    expect(finding('NRG-02', energyRun([{}], {}, { workload }))).toMatchObject({ outcome: 'passed' });
    expect(finding('NRG-02', energyRun(undefined, {}, { workload }))).toMatchObject({ message: 'count' });
  });

  it('wants 10 s, and says where they are not proven', () => {
    // Guard of one-sided 95 % at 1 ms and 100 ppm: 1.645 * hypot(1 ms / sqrt 6, 10 s * 100 ppm / sqrt 3) = 1.164 ms.
    expect(windows('NRG-02', third({ durationS: 10.0012 }))).toMatchObject({ outcome: 'passed', message: 'passed' });
    expect(windows('NRG-02', third({ durationS: 10.001 }))).toMatchObject({
      outcome: 'passed',
      message: 'notProven',
      facts: { window: 3, shortestS: 10.001 },
    });
    expect(windows('NRG-02', third({ durationS: 10 }))).toMatchObject({ outcome: 'passed', message: 'notProven' });
    expect(windows('NRG-02', third({ durationS: 9.9995 }))).toMatchObject({
      outcome: 'failed',
      severity: 'E',
      message: 'failedNotProven',
    });
    expect(windows('NRG-02', third({ durationS: 9.99 }))).toMatchObject({
      outcome: 'failed',
      message: 'failed',
      facts: { count: 1, window: 3, shortestS: 9.99, limitS: 10 },
      evidence: [{ line: 13 }],
    });
  });

  it('takes the assumed clock where nothing is known', () => {
    const { facts } = finding(
      'NRG-02',
      energyRun(third({ durationS: 10 }), { clockRelU: null, edgeResolutionS: null }),
    );
    expect(facts['guardS']).toBeCloseTo((1.645 * 1e-3) / Math.sqrt(3), 9);
  });

  it('reports windows without a length', () => {
    expect(windows('NRG-02', third({ durationS: null }))).toMatchObject({
      outcome: 'failed',
      message: 'untimed',
      facts: { count: 1 },
    });
  });
});

describe('NRG-03', () => {
  it('wants two edges a window', () => {
    expect(windows('NRG-03', third({ edges: 1 }))).toMatchObject({
      outcome: 'failed',
      severity: 'E',
      message: 'missing',
      facts: { count: 1, window: 3, edges: 1 },
    });
    expect(windows('NRG-03', third({ edges: 3 }))).toMatchObject({
      outcome: 'failed',
      severity: 'E',
      message: 'extra',
      facts: { edges: 3 },
    });
  });

  it('wants the single mark before the windows', () => {
    expect(judged('NRG-03', { marks: { expected: 11, found: 10, stray: 0 } })).toMatchObject({
      severity: 'E',
      message: 'markMissing',
      facts: { expected: 11, found: 10 },
    });
    // A stray edge does not stand in for the mark.
    expect(judged('NRG-03', { marks: { expected: 11, found: 11, stray: 1 } })).toMatchObject({
      message: 'markMissing',
    });
  });

  it('remarks on edges outside of the windows', () => {
    expect(judged('NRG-03', { marks: { expected: 11, found: 12, stray: 1 } })).toMatchObject({
      severity: 'W',
      message: 'stray',
      facts: { count: 1 },
    });
    expect(judged('NRG-03', { marks: { expected: 11, found: 12, stray: 0 } })).toMatchObject({ severity: 'W' });
    expect(judged('NRG-03', { marks: { expected: null, found: null, stray: 2 } })).toMatchObject({
      severity: 'W',
      message: 'strayOnly',
    });
  });

  it('takes pairs where the whole number is not known', () => {
    const marks = { expected: null, found: null, stray: null };
    expect(judged('NRG-03', { marks })).toMatchObject({ outcome: 'passed', message: 'pairs' });
    expect(finding('NRG-03', energyRun([], { marks }))).toMatchObject({ outcome: 'notApplicable' });
  });
});

describe('NRG-04 and NRG-05', () => {
  const ref = { file: 'results.txt', line: 3 };
  const reported = (energyUJ: number, medianUJ = 3000): EnergyEvidence['reportedEnergy'] => ({
    windows: [{ number: 2, energyUJ: { value: energyUJ, step: 1e-3 } }],
    medianEnergyUJPerInf: { value: medianUJ, step: 0.1 },
    ref,
  });

  it('compare to the printed digit', () => {
    expect(judged('NRG-04', { reportedEnergy: reported(300_000) })).toMatchObject({ outcome: 'passed' });
    expect(judged('NRG-05', { reportedEnergy: reported(300_000) })).toMatchObject({ outcome: 'passed' });
    expect(judged('NRG-04', { reportedEnergy: reported(300_000.0004) })).toMatchObject({ outcome: 'passed' });
    expect(judged('NRG-04', { reportedEnergy: reported(300_000.002) })).toMatchObject({
      outcome: 'failed',
      severity: 'E',
      facts: { window: 2, reportedUJ: 300_000.002 },
      evidence: [ref],
    });
    expect(judged('NRG-05', { reportedEnergy: reported(300_000, 3000.04) })).toMatchObject({ outcome: 'passed' });
    expect(judged('NRG-05', { reportedEnergy: reported(300_000, 3000.1) })).toMatchObject({
      outcome: 'failed',
      severity: 'E',
      facts: { reportedUJPerInf: 3000.1, recomputedUJPerInf: 3000 },
    });
  });

  it('report a printed window that the trace does not have', () => {
    expect(finding('NRG-04', energyRun([{}], { reportedEnergy: reported(300_000) }))).toMatchObject({
      outcome: 'failed',
      message: 'noTrace',
    });
    expect(finding('NRG-04', energyRun([{}, { energyJ: null }], { reportedEnergy: reported(300_000) }))).toMatchObject({
      message: 'noTrace',
    });
  });

  it('need something printed, and a figure', () => {
    for (const rule of ['NRG-04', 'NRG-05']) expect(judged(rule, {})).toMatchObject({ message: 'notReported' });
    const reportedEnergy = { windows: [], medianEnergyUJPerInf: null, ref };
    for (const rule of ['NRG-04', 'NRG-05'])
      expect(judged(rule, { reportedEnergy })).toMatchObject({ outcome: 'notApplicable', message: 'notReported' });
    expect(judged('NRG-05', { reportedEnergy: reported(1), medianEnergyUJPerInf: null })).toMatchObject({
      outcome: 'notApplicable',
      message: 'noEnergyFigure',
    });
  });
});

describe('NRG-06', () => {
  const { monitor } = energyRun().energy as EnergyEvidence;
  const ppk2 = { ...monitor, kind: 'ppk2', model: 'PPK2', firmware: '1.2.4', acceptance: 'exploration' as const };

  it('takes an accepted monitor and says when its driver was never tried', () => {
    expect(judged('NRG-06', {})).toMatchObject({ outcome: 'passed', message: 'passed' });
    expect(judged('NRG-06', { monitor: { ...monitor, triedOnHardware: false } })).toMatchObject({
      outcome: 'passed',
      message: 'untried',
    });
    expect(judged('NRG-06', { monitor: { ...monitor, triedOnHardware: null } })).toMatchObject({ message: 'passed' });
  });

  it('remarks on another in the lab and refuses it in a division', () => {
    expect(judged('NRG-06', { monitor: ppk2 })).toMatchObject({ outcome: 'failed', severity: 'W', message: 'failed' });
    expect(judged('NRG-06', { monitor: { ...ppk2, triedOnHardware: false } })).toMatchObject({
      severity: 'W',
      message: 'explorationUntried',
    });
    for (const division of ['closed', 'open'] as const)
      expect(judged('NRG-06', { monitor: ppk2 }, { division })).toMatchObject({ outcome: 'failed', severity: 'E' });
  });

  it('refuses an old firmware of the LPM01A', () => {
    const firmware = (version: string | null): Finding =>
      judged('NRG-06', { monitor: { ...monitor, firmware: version } });
    expect(firmware('1.0.5')).toMatchObject({ severity: 'E', message: 'firmware', facts: { needed: '1.0.6' } });
    expect(firmware('0.9.12')).toMatchObject({ message: 'firmware' });
    expect(firmware('1.0')).toMatchObject({ message: 'firmware' });
    for (const fine of ['1.0.6', '1.0.10', '1.1', '2.0.0'])
      expect(firmware(fine)).toMatchObject({ outcome: 'passed', message: 'passed' });
    expect(firmware(null)).toMatchObject({ outcome: 'passed', message: 'firmwareUnknown' });
    expect(judged('NRG-06', { monitor: { ...ppk2, firmware: '1.0.0' } })).toMatchObject({ message: 'failed' });
  });

  it('knows what each official runner accepts', () => {
    const outcome = (kind: string, runner: RunEvidence['runner']): string =>
      judged('NRG-06', { monitor: { ...monitor, kind, firmware: '1.0.6' } }, { runner, division: 'closed' }).outcome;
    expect(['lpm01a', 'js110', 'n6705', 'js220', 'ppk2'].map((kind) => outcome(kind, 'eembc'))).toEqual([
      'passed',
      'passed',
      'passed',
      'failed',
      'failed',
    ]);
    expect(['lpm01a', 'js220', 'js110', 'n6705'].map((kind) => outcome(kind, 'mlc'))).toEqual([
      'passed',
      'passed',
      'failed',
      'failed',
    ]);
  });
});

describe('NRG-07', () => {
  const limits = { minV: 1.8, nominalV: 3, maxV: 3.6 };
  const supply = (setV: number | null, measuredV: number | null, board: typeof limits | null = limits): Finding =>
    judged('NRG-07', { supply: { setV, measuredV, limits: board } });

  it('takes a supply near its setting', () => {
    expect(supply(3, 3.01)).toMatchObject({ outcome: 'passed', message: 'passed' });
    expect(supply(3, 3.045)).toMatchObject({ outcome: 'passed' });
    expect(supply(3, 2.955)).toMatchObject({ outcome: 'passed' });
    expect(supply(3, 3.0451)).toMatchObject({ outcome: 'failed', severity: 'W', message: 'failed' });
    expect(supply(3, 2.85)).toMatchObject({ severity: 'W', facts: { setV: 3, measuredV: 2.85, limitPercent: 1.5 } });
  });

  it('refuses one outside of the limits of the board', () => {
    expect(supply(1.8, 1.79)).toMatchObject({ outcome: 'failed', severity: 'E', message: 'outside' });
    expect(supply(3.6, 3.61)).toMatchObject({ severity: 'E', facts: { voltageV: 3.61, minV: 1.8, maxV: 3.6 } });
    expect(supply(1.8, 1.8)).toMatchObject({ outcome: 'passed' });
    expect(supply(3.7, null)).toMatchObject({ severity: 'E', message: 'setOutside' });
  });

  it('says what is not known, which is no failure', () => {
    expect(supply(3, null)).toMatchObject({ outcome: 'passed', message: 'noReading' });
    expect(supply(3, 3, null)).toMatchObject({ outcome: 'passed', message: 'noBoard' });
    expect(supply(3, null, null)).toMatchObject({ outcome: 'passed', message: 'noReadingNoBoard' });
    expect(supply(null, 3, null)).toMatchObject({ outcome: 'passed', message: 'noSetting' });
    expect(supply(null, null)).toMatchObject({ outcome: 'failed', severity: 'W', message: 'notRecorded' });
  });
});

describe('NRG-08', () => {
  it('allows a thousandth of a window', () => {
    expect(windows('NRG-08', third({ samples: 10_000, lostSamples: 10 }))).toMatchObject({
      outcome: 'failed',
      severity: 'W',
      message: 'some',
      facts: { window: 3, lost: 10 },
      evidence: [{ line: 13 }],
    });
    expect(windows('NRG-08', third({ samples: 10_000, lostSamples: 11 }))).toMatchObject({
      outcome: 'failed',
      severity: 'E',
      message: 'failed',
    });
    expect(windows('NRG-08', all({}))).toMatchObject({ outcome: 'passed', message: 'passed' });
  });

  it('judges each window by itself', () => {
    const lossy = { samples: 10_000, lostSamples: 11 };
    expect(windows('NRG-08', [{ lostSamples: 1 }, lossy, {}, {}, {}])).toMatchObject({
      severity: 'E',
      facts: { window: 2, lost: 11 },
      evidence: [{ line: 11 }, { line: 12 }],
    });
  });

  it('refuses a loss of unknown size, wherever it is', () => {
    expect(judged('NRG-08', { unknownLosses: 1 })).toMatchObject({
      severity: 'E',
      message: 'unknown',
      facts: { count: 1 },
    });
  });

  it('says that samples were lost outside of the windows', () => {
    expect(judged('NRG-08', { lostSamples: 64 })).toMatchObject({ outcome: 'passed', message: 'outside' });
  });

  it('needs windows', () => {
    expect(windows('NRG-08', [])).toMatchObject({ outcome: 'notApplicable', message: 'noWindows' });
    expect(windows('NRG-08', third({ samples: 0, lostSamples: 0 }))).toMatchObject({ outcome: 'passed' });
  });
});

describe('NRG-09', () => {
  it('wants a declaration and a name', () => {
    const scope = { measured: ['core'], notMeasured: [], declaredBy: 'A. Tester' };
    expect(judged('NRG-09', {})).toMatchObject({ outcome: 'passed', message: 'withRest' });
    expect(judged('NRG-09', { scope })).toMatchObject({ outcome: 'passed', message: 'passed' });
    expect(judged('NRG-09', { scope: { ...scope, declaredBy: ' ' } })).toMatchObject({
      severity: 'W',
      message: 'anonymous',
    });
    expect(judged('NRG-09', { scope: { ...scope, measured: [] } })).toMatchObject({ severity: 'W', message: 'failed' });
    expect(judged('NRG-09', { scope: null })).toMatchObject({ severity: 'W', message: 'failed' });
  });
});

describe('NRG-10', () => {
  const compare = (own: number, other: number | null, relU: number | null = null): Finding =>
    judged(
      'NRG-10',
      { medianThroughputInfPerS: own, throughputRelU: relU },
      { companions: [companion({ mode: 'performance', medianThroughputInfPerS: other, throughputRelU: relU })] },
    );

  it('allows 2 % to both sides', () => {
    expect(compare(100, 100)).toMatchObject({ outcome: 'passed', message: 'passed' });
    expect(compare(101.9, 100)).toMatchObject({ outcome: 'passed' });
    expect(compare(102, 100)).toMatchObject({ outcome: 'passed', message: 'notProven' });
    expect(compare(102.1, 100)).toMatchObject({ outcome: 'failed', severity: 'W', message: 'failed' });
    expect(compare(98.1, 100)).toMatchObject({ outcome: 'passed' });
    expect(compare(97.9, 100)).toMatchObject({ outcome: 'failed', severity: 'W' });
  });

  it('says where the uncertainty reaches over the limit', () => {
    // Guard 1.96 * hypot(0.05 %, 0.05 %) = 0.1386 %.
    expect(compare(101.85, 100, 5e-4)).toMatchObject({ outcome: 'passed', message: 'passed' });
    expect(compare(101.9, 100, 5e-4)).toMatchObject({ outcome: 'passed', message: 'notProven' });
    expect(compare(102.1, 100, 5e-4)).toMatchObject({ outcome: 'failed', message: 'failedNotProven' });
    expect(compare(102.2, 100, 5e-4)).toMatchObject({ outcome: 'failed', message: 'failed' });
  });

  it('takes the newest performance run', () => {
    const companions = [50, 100].map((medianThroughputInfPerS) =>
      companion({ mode: 'performance', medianThroughputInfPerS }),
    );
    expect(judged('NRG-10', { medianThroughputInfPerS: 100 }, { companions })).toMatchObject({ outcome: 'passed' });
  });

  it('needs both figures', () => {
    expect(judged('NRG-10', {})).toMatchObject({ outcome: 'notApplicable', message: 'noPerformance' });
    expect(compare(100, null)).toMatchObject({ outcome: 'notApplicable', message: 'noPerformance' });
    const companions = [companion({ mode: 'performance', medianThroughputInfPerS: 100 })];
    expect(judged('NRG-10', { medianThroughputInfPerS: null }, { companions })).toMatchObject({
      message: 'noThroughput',
    });
    const other = [companion({ mode: 'energy', medianThroughputInfPerS: 100 })];
    expect(judged('NRG-10', {}, { companions: other })).toMatchObject({ message: 'noPerformance' });
  });
});

describe('NRG-11', () => {
  it('refuses saturation and currents beyond the range', () => {
    expect(windows('NRG-11', third({ saturatedSamples: 1 }))).toMatchObject({
      severity: 'E',
      message: 'saturated',
      facts: { count: 1 },
      evidence: [{ line: 13 }],
    });
    expect(windows('NRG-11', third({ maxCurrentA: 0.04999 }))).toMatchObject({ outcome: 'passed' });
    // What an instrument shows that stops at 50 mA: 1.5e-4 J in 1 ms at 3 V, in single precision.
    const stopped = (Math.fround(1.5e-4) * 1000) / 3;
    expect(windows('NRG-11', third({ maxCurrentA: stopped }))).toMatchObject({ severity: 'E', message: 'beyond' });
    expect(windows('NRG-11', third({ maxCurrentA: 0.0501 }))).toMatchObject({
      severity: 'E',
      message: 'beyond',
      facts: { limitMA: 50, count: 1 },
    });
    expect(judged('NRG-11', { overcurrent: true })).toMatchObject({ severity: 'E', message: 'overcurrent' });
  });

  it('takes means of published traces, whose samples are whole milliseconds', () => {
    const published = (meanPowerW: number): Finding =>
      finding('NRG-11', energyRun(third({ maxCurrentA: 0.0523, meanPowerW }), {}, { runner: 'eembc' }));
    expect(published(0.12)).toMatchObject({ severity: 'I', message: 'peaks', facts: { limitMA: 50 } });
    expect(published(0.1666)).toMatchObject({ severity: 'E', message: 'meanBeyond', facts: { count: 1 } });
  });

  it('remarks on readings clamped at 0', () => {
    expect(windows('NRG-11', third({ clippedSamples: 7 }))).toMatchObject({
      severity: 'W',
      message: 'clamped',
      facts: { count: 7 },
    });
  });

  it('does without a known range or current', () => {
    const { monitor } = energyRun().energy as EnergyEvidence;
    const changed = { monitor: { ...monitor, maxCurrentA: null } };
    expect(finding('NRG-11', energyRun(all({ maxCurrentA: 3 }), changed))).toMatchObject({ outcome: 'passed' });
    expect(windows('NRG-11', all({ maxCurrentA: null }))).toMatchObject({ outcome: 'passed', message: 'noCurrent' });
    expect(windows('NRG-11', [])).toMatchObject({ outcome: 'notApplicable' });
  });
});

describe('NRG-12', () => {
  it('wants a second on both sides', () => {
    expect(judged('NRG-12', { headS: 1, tailS: 1 })).toMatchObject({ outcome: 'passed' });
    expect(judged('NRG-12', { headS: 0.999 })).toMatchObject({
      outcome: 'failed',
      severity: 'W',
      facts: { limitS: 1 },
    });
    expect(judged('NRG-12', { tailS: 0.5 })).toMatchObject({ outcome: 'failed', severity: 'W' });
    expect(judged('NRG-12', { tailS: null })).toMatchObject({ outcome: 'notApplicable', message: 'unknown' });
  });
});

describe('NRG-13', () => {
  it('is for the streaming wake word alone', () => {
    expect(judged('NRG-13', {})).toMatchObject({ outcome: 'notApplicable', message: 'notStreaming' });
  });
});

describe('NRG-14', () => {
  it('wants less power at rest than at work', () => {
    expect(judged('NRG-14', {})).toMatchObject({ outcome: 'passed' });
    const windowW = 0.3 / 10.4;
    expect(judged('NRG-14', { restPowerW: windowW * 1.09 })).toMatchObject({ outcome: 'passed' });
    expect(judged('NRG-14', { restPowerW: windowW * 1.11 })).toMatchObject({ severity: 'W', message: 'high' });
    expect(judged('NRG-14', { restPowerW: 0 })).toMatchObject({ severity: 'W', message: 'negative' });
    expect(judged('NRG-14', { restPowerW: -1e-6 })).toMatchObject({ message: 'negative' });
  });

  it('takes what comes before the windows where rest was not measured', () => {
    expect(finding('NRG-14', energyRun(all({ beforeStartW: 1 }), { restPowerW: null }))).toMatchObject({
      message: 'high',
    });
    // One window that begins in the middle of a transmission says nothing.
    expect(finding('NRG-14', energyRun(third({ beforeStartW: 1 }), { restPowerW: null }))).toMatchObject({
      outcome: 'passed',
    });
    expect(finding('NRG-14', energyRun(all({ beforeStartW: null }), { restPowerW: null }))).toMatchObject({
      outcome: 'notApplicable',
      message: 'noRest',
    });
  });

  it('remarks on a window that is too short for its inferences', () => {
    const companions = [companion({ mode: 'performance', medianThroughputInfPerS: 100 / 10.4 })];
    const compare = (durationS: number | null): Finding =>
      finding('NRG-14', energyRun(third({ durationS }), {}, { companions }));
    expect(compare(10)).toMatchObject({ outcome: 'passed' });
    expect(compare(9.8)).toMatchObject({ severity: 'W', message: 'tooShort', facts: { window: 3, durationS: 9.8 } });
    expect(compare(null)).toMatchObject({ outcome: 'passed' });
  });

  it('needs windows', () => {
    expect(windows('NRG-14', [])).toMatchObject({ outcome: 'notApplicable' });
  });
});

describe('NRG-15', () => {
  it('allows half a percent of the sampling rate, and what the latency explains', () => {
    const rate = (achievedRateDeviation: number, hostDurationS = 1e6): Finding =>
      judged('NRG-15', { achievedRateDeviation, hostDurationS });
    expect(rate(0.005)).toMatchObject({ outcome: 'passed' });
    expect(rate(-0.005)).toMatchObject({ outcome: 'passed' });
    expect(rate(0.00501)).toMatchObject({ outcome: 'failed', severity: 'E', message: 'rate' });
    expect(rate(-0.006)).toMatchObject({ severity: 'E', facts: { deviationPercent: -0.6, limitPercent: 0.5 } });
    // 50 ms in 80 s are 0.0625 %.
    expect(rate(-0.0056, 80)).toMatchObject({ outcome: 'passed' });
    expect(rate(-0.006, 80)).toMatchObject({ outcome: 'failed', severity: 'E' });
  });

  it('refuses a stream that is short of samples by its own ticks, or has too many', () => {
    expect(judged('NRG-15', { deviceRateDeviation: -0.006 })).toMatchObject({ severity: 'E', message: 'deviceRate' });
    expect(judged('NRG-15', { deviceRateDeviation: -0.005 })).toMatchObject({ outcome: 'passed' });
    expect(judged('NRG-15', { deviceRateDeviation: 0.33 })).toMatchObject({ severity: 'E', message: 'deviceRate' });
  });

  it('compares the windows with the clock of the host', () => {
    const host = (hostS: number): Finding => windows('NRG-15', third({ durationS: 10, hostS }));
    expect(host(10)).toMatchObject({ outcome: 'passed' });
    // 1 % and 50 ms of latency: 10.15 s differ by 0.10 s more than the latency, 0.985 % of them.
    expect(host(10.15)).toMatchObject({ outcome: 'passed' });
    expect(host(10.16)).toMatchObject({
      outcome: 'failed',
      severity: 'W',
      facts: { window: 3, durationS: 10, hostS: 10.16, limitPercent: 1 },
      evidence: [{ line: 13 }],
    });
    expect(host(9.84)).toMatchObject({ outcome: 'failed', severity: 'W' });
    expect(host(10.57)).toMatchObject({ severity: 'W' });
    expect(host(10.6)).toMatchObject({ severity: 'E', facts: { limitPercent: 5 } });
  });

  it('does with the rate alone, and without anything says so', () => {
    expect(windows('NRG-15', all({ hostS: null }))).toMatchObject({ outcome: 'passed', message: 'rateOnly' });
    const nothing = { achievedRateDeviation: null, deviceRateDeviation: null, hostDurationS: null };
    expect(finding('NRG-15', energyRun(all({ hostS: null }), nothing))).toMatchObject({
      outcome: 'notApplicable',
      message: 'notTimed',
    });
    expect(judged('NRG-15', nothing)).toMatchObject({ outcome: 'passed', message: 'passed' });
  });
});

describe('NRG-16', () => {
  const certificates = (used: string[], expired: string[]): Finding =>
    judged('NRG-16', { certificates: { used, expired } });

  it('remarks on a certificate out of date, and on none', () => {
    expect(certificates(['a'], [])).toMatchObject({ outcome: 'passed', facts: { ids: 'a' } });
    expect(certificates(['a', 'b'], ['b'])).toMatchObject({ outcome: 'failed', severity: 'W', message: 'expired' });
    expect(certificates([], [])).toMatchObject({ outcome: 'failed', severity: 'W', message: 'missing' });
    expect(judgeRun(energyRun(undefined, { certificates: { used: [], expired: [] } })).verdict).toBe('remarks');
  });
});
