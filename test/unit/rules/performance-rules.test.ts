import { describe, expect, it } from 'vitest';
import { judgeRun } from '../../../src/main/rules/index.ts';
import type { RunEvidence } from '../../../src/main/rules/index.ts';
import { performanceRun, workloadOf } from './run-evidence.ts';
import type { WindowChange } from './run-evidence.ts';
import { finding } from './words.ts';

/** Five windows, the third of them changed. */
function third(change: WindowChange): WindowChange[] {
  return [{}, {}, change, {}, {}];
}

const all = (change: WindowChange): WindowChange[] => [change, change, change, change, change];

describe('a flawless performance run', () => {
  it('passes every rule about windows', () => {
    const { verdict, qualityTarget, findings } = judgeRun(performanceRun());
    expect(verdict).toBe('valid');
    expect(qualityTarget).toBe('notApplicable');
    const outcomes = Object.fromEntries(findings.map((entry) => [entry.rule, entry.outcome]));
    for (const rule of ['01', '02', '03', '04', '05', '07', '08', '09', '10', '11']) {
      expect([rule, outcomes[`PERF-${rule}`]]).toEqual([rule, 'passed']);
    }
    expect(outcomes['PERF-06']).toBe('notApplicable');
    expect(outcomes['ACC-01']).toBe('notApplicable');
  });
});

describe('PERF-01', () => {
  it('wants five windows', () => {
    expect(finding('PERF-01', performanceRun([{}, {}, {}, {}]))).toMatchObject({
      outcome: 'failed',
      severity: 'E',
      facts: { windows: 4, inputs: 4, expected: 5 },
    });
    expect(finding('PERF-01', performanceRun([{}, {}, {}, {}, {}, {}]))).toMatchObject({ outcome: 'failed' });
    expect(finding('PERF-01', performanceRun([]))).toMatchObject({ outcome: 'failed', facts: { windows: 0 } });
  });

  it('wants five inputs; two windows of one file are two inputs', () => {
    expect(finding('PERF-01', performanceRun(third({ file: '0.bin' })))).toMatchObject({
      outcome: 'failed',
      facts: { inputs: 4 },
    });
    expect(finding('PERF-01', performanceRun(third({ file: '0.bin', offsetBytes: 512 })))).toMatchObject({
      outcome: 'passed',
    });
  });
});

describe('PERF-02', () => {
  it('wants the first five of the official list', () => {
    expect(finding('PERF-02', performanceRun(undefined, { performanceInputs: 'other' }))).toMatchObject({
      outcome: 'failed',
      severity: 'W',
    });
    expect(finding('PERF-02', performanceRun(undefined, { performanceInputs: 'listStart' }))).toMatchObject({
      outcome: 'failed',
      message: 'listStart',
    });
    expect(finding('PERF-02', performanceRun())).toMatchObject({ outcome: 'passed' });
  });

  it('is content with the start of its list for an own workload', () => {
    const workload = { ...workloadOf('kws01'), origin: 'own' as const };
    expect(finding('PERF-02', performanceRun(undefined, { workload, performanceInputs: 'listStart' }))).toMatchObject({
      outcome: 'passed',
    });
  });
});

describe('PERF-03', () => {
  it('wants 10 s, exactly 10 s being enough', () => {
    expect(finding('PERF-03', performanceRun(all({ dutS: 10 })))).toMatchObject({
      outcome: 'passed',
      facts: { shortestS: 10 },
    });
    expect(finding('PERF-03', performanceRun(third({ dutS: 9.999999 })))).toMatchObject({
      outcome: 'failed',
      severity: 'E',
      facts: { count: 1, window: 3, shortestS: 9.999999, limitS: 10 },
      evidence: [{ file: 'journal.jsonl', line: 12 }],
    });
  });

  it('cannot be applied without stamps', () => {
    expect(finding('PERF-03', performanceRun(all({ dutS: null, stampCount: 0 })))).toMatchObject({
      message: 'noStamps',
    });
  });
});

describe('PERF-04', () => {
  it('wants 10 inferences', () => {
    expect(finding('PERF-04', performanceRun(all({ inferences: 10 })))).toMatchObject({ outcome: 'passed' });
    expect(finding('PERF-04', performanceRun(third({ inferences: 9 })))).toMatchObject({
      outcome: 'failed',
      severity: 'E',
      facts: { count: 1, fewest: 9, limit: 10 },
    });
  });
});

describe('PERF-05', () => {
  it('wants the same numbers in all windows', () => {
    expect(finding('PERF-05', performanceRun(third({ inferences: 101 })))).toMatchObject({
      outcome: 'failed',
      severity: 'W',
      facts: { fewestInferences: 100, mostInferences: 101 },
    });
    expect(finding('PERF-05', performanceRun(third({ warmups: 0 })))).toMatchObject({ outcome: 'failed' });
    expect(finding('PERF-05', performanceRun())).toMatchObject({
      outcome: 'passed',
      facts: { inferences: 100, warmups: 1 },
    });
  });
});

describe('PERF-06', () => {
  const reported = (medianThroughputInfPerS: number): Partial<RunEvidence> => ({
    reported: { medianThroughputInfPerS, accuracy: null, ref: { file: 'results.txt' } },
  });

  it('wants the median, to a thousandth', () => {
    // The third window lasts 10.002 s.
    expect(finding('PERF-06', performanceRun(undefined, reported(9.998)))).toMatchObject({ outcome: 'passed' });
    expect(finding('PERF-06', performanceRun(undefined, reported(10.02)))).toMatchObject({
      outcome: 'failed',
      severity: 'E',
      evidence: [{ file: 'results.txt' }],
    });
  });

  it('makes no median of windows that lack one', () => {
    expect(finding('PERF-06', performanceRun(third({ dutS: null, stampCount: 1 }), reported(10)))).toMatchObject({
      outcome: 'notApplicable',
    });
  });
});

describe('PERF-07', () => {
  it('remarks on a spread above 1 %', () => {
    expect(finding('PERF-07', performanceRun(third({ dutS: 10.2 })))).toMatchObject({
      outcome: 'failed',
      severity: 'W',
    });
    expect(finding('PERF-07', performanceRun(third({ dutS: 10.05 })))).toMatchObject({ outcome: 'passed' });
  });
});

describe('PERF-08', () => {
  it('remarks above 1 % and refuses above 5 %', () => {
    expect(finding('PERF-08', performanceRun(third({ dutS: 10, hostS: 10.05 })))).toMatchObject({ outcome: 'passed' });
    expect(finding('PERF-08', performanceRun(third({ dutS: 10, hostS: 10.2 })))).toMatchObject({
      outcome: 'failed',
      severity: 'W',
      message: 'failed',
      facts: { window: 3, limitPercent: 1 },
    });
    const outlier = finding('PERF-08', performanceRun(third({ dutS: 15.468, hostS: 23.139 })));
    expect(outlier).toMatchObject({ outcome: 'failed', severity: 'E', evidence: [{ line: 12 }] });
    expect(outlier.facts['ratio']).toBeCloseTo(0.6685, 4);
  });

  it('remarks where the clock cannot be compared', () => {
    const run = performanceRun(third({ dutS: 10, hostS: 30 }), { clockComparable: false });
    expect(finding('PERF-08', run)).toMatchObject({ outcome: 'failed', severity: 'W', message: 'notComparable' });
    expect(finding('PERF-08', performanceRun(all({ dutS: 10, hostS: null })))).toMatchObject({
      severity: 'W',
      message: 'notTimed',
      facts: { count: 5 },
    });
    expect(finding('PERF-08', performanceRun(third({ dutS: 10, hostS: null })))).toMatchObject({
      message: 'notTimed',
      facts: { count: 1 },
    });
  });

  it('does not apply to a log without times', () => {
    expect(finding('PERF-08', performanceRun(all({ dutS: 10, hostS: null }), { runner: 'mlc' }))).toMatchObject({
      outcome: 'notApplicable',
      message: 'noTimes',
    });
  });

  it('remarks where agreement would prove nothing', () => {
    expect(finding('PERF-08', performanceRun(all({ dutS: 1, hostS: 1 })))).toMatchObject({
      severity: 'W',
      message: 'coarse',
    });
  });
});

describe('PERF-09', () => {
  const withStep = (stampResolutionUs: number | null): RunEvidence => {
    const run = performanceRun();
    return { ...run, figures: { ...run.figures, stampResolutionUs } };
  };

  it('wants steps of at most 1 ms', () => {
    expect(finding('PERF-09', withStep(1000))).toMatchObject({ outcome: 'passed' });
    expect(finding('PERF-09', withStep(1001))).toMatchObject({
      outcome: 'failed',
      severity: 'W',
      facts: { limitUs: 1000 },
    });
    expect(finding('PERF-09', withStep(null))).toMatchObject({ outcome: 'notApplicable' });
  });

  it('wants steps of at most a thousandth of the window', () => {
    const run = performanceRun(all({ dutS: 0.5 }));
    expect(finding('PERF-09', { ...run, figures: { ...run.figures, stampResolutionUs: 600 } })).toMatchObject({
      outcome: 'failed',
      facts: { limitUs: 500 },
    });
  });
});

describe('PERF-10', () => {
  it('refuses time that runs backwards, stands still or takes a day', () => {
    for (const dutS of [0, -1, 86_401]) {
      const run = performanceRun();
      const windows = run.figures.windows.map((window, k) => (k === 2 ? { ...window, durationS: dutS } : window));
      expect(finding('PERF-10', { ...run, figures: { ...run.figures, windows } })).toMatchObject({
        outcome: 'failed',
        severity: 'E',
        facts: { window: 3, durationS: dutS },
      });
    }
    expect(finding('PERF-10', performanceRun())).toMatchObject({ outcome: 'passed' });
  });

  it('sees the nearly whole turn of a counter that was reset', () => {
    const run = performanceRun(third({ dutS: 4200, hostS: 12 }));
    expect(finding('PERF-10', run)).toMatchObject({ outcome: 'failed', message: 'hostDiffers', facts: { hostS: 12 } });
    expect(finding('PERF-10', { ...run, clockComparable: false })).toMatchObject({ outcome: 'passed' });
  });
});

describe('PERF-11', () => {
  it('wants two stamps for each window', () => {
    expect(finding('PERF-11', performanceRun(third({ stampCount: 3 })))).toMatchObject({
      outcome: 'failed',
      severity: 'E',
      facts: { count: 1, window: 3, stamps: 3 },
    });
    expect(finding('PERF-11', performanceRun(all({ stampCount: 0, dutS: null })))).toMatchObject({
      outcome: 'failed',
      facts: { count: 5 },
    });
    expect(finding('PERF-11', performanceRun([]))).toMatchObject({ message: 'noWindows' });
  });
});
