import { describe, expect, it } from 'vitest';
import { judgeRun } from '../../../src/main/rules/index.ts';
import type { RunEvidence, StreamingEvidence } from '../../../src/main/rules/index.ts';
import type { Finding } from '../../../src/shared/domain/verdict.ts';
import type { InputSetIdentity } from '../../../src/shared/domain/workload.ts';
import { accuracyRun, performanceRun, scoredInput, workloadOf } from './run-evidence.ts';
import { finding } from './words.ts';

function set(kind: InputSetIdentity['kind'], listName: string | null, inputs: number): InputSetIdentity {
  return { kind, listName, listSha256: 'b'.repeat(64), contentSha256: null, files: inputs, inputs };
}

const withTop1 = (top1: number, run: Partial<RunEvidence> = {}): RunEvidence => {
  const evidence = accuracyRun(run);
  const accuracy = { top1, aucExact: top1, aucEembc: top1, aucMlc: top1, bestPrecisionRecall: null };
  return { ...evidence, figures: { ...evidence.figures, accuracy } };
};

describe('a flawless accuracy run', () => {
  it('is valid and meets its target', () => {
    const { verdict, qualityTarget, findings } = judgeRun(accuracyRun());
    expect(verdict).toBe('valid');
    expect(qualityTarget).toBe('met');
    const outcomes = Object.fromEntries(findings.map((entry) => [entry.rule, entry.outcome]));
    expect(outcomes).toMatchObject({
      'ACC-01': 'passed',
      'ACC-02': 'passed',
      'ACC-03': 'passed',
      'ACC-04': 'passed',
      'ACC-07': 'passed',
      'ACC-08': 'notApplicable',
      'ACC-09': 'notApplicable',
      'PERF-01': 'notApplicable',
    });
  });
});

describe('ACC-01', () => {
  it('refuses an official set that was not measured whole', () => {
    const { inputs } = accuracyRun();
    const judgement = judgeRun(accuracyRun({ inputs: inputs.slice(3) }));
    expect(judgement.findings.find((entry) => entry.rule === 'ACC-01')).toMatchObject({
      outcome: 'failed',
      severity: 'E',
      facts: { missing: 3, repeated: 0 },
    });
    expect(judgement).toMatchObject({ verdict: 'invalid', qualityTarget: 'notApplicable' });
  });

  it('refuses an input that was used twice, and names it', () => {
    const { inputs } = accuracyRun();
    const repeated = [...inputs.slice(0, 999), ...inputs.slice(0, 1)];
    expect(finding('ACC-01', accuracyRun({ inputs: repeated }))).toMatchObject({
      severity: 'E',
      facts: { missing: 1, repeated: 1 },
      evidence: [{ line: 1 }],
    });
  });

  it('remarks on a part, another order and an own set', () => {
    const subset = judgeRun(accuracyRun({ inputSet: set('subset', 'kws01', 300) }));
    expect(subset).toMatchObject({ verdict: 'remarks', qualityTarget: 'notApplicable' });
    expect(subset.findings.find((entry) => entry.rule === 'ACC-01')).toMatchObject({
      severity: 'W',
      message: 'subset',
      facts: { inputs: 300, official: 1000 },
    });
    expect(finding('ACC-01', accuracyRun({ inputSet: set('subset', 'kws01', 1000) }))).toMatchObject({
      severity: 'W',
      message: 'reordered',
    });
    expect(finding('ACC-01', accuracyRun({ inputSet: set('own', null, 40) }))).toMatchObject({
      severity: 'W',
      message: 'own',
    });
  });

  it('refuses a part of the set and an own set for a division', () => {
    const run = { division: 'closed' as const };
    expect(finding('ACC-01', accuracyRun({ ...run, inputSet: set('subset', 'kws01', 300) }))).toMatchObject({
      severity: 'E',
    });
    expect(finding('ACC-01', accuracyRun({ ...run, inputSet: set('own', null, 40) }))).toMatchObject({ severity: 'E' });
    expect(finding('ACC-01', accuracyRun({ ...run, inputSet: set('subset', 'kws01', 1000) }))).toMatchObject({
      severity: 'W',
    });
  });
});

describe('ACC-02', () => {
  const old = { workload: workloadOf('ic01'), inputSet: set('official', 'ic01-v0.5', 200) };
  const shorter = { workload: workloadOf('ad01'), inputSet: set('official', 'ad01-alternative', 40) };

  it('reports a replaced list by name, but not in its own round', () => {
    expect(finding('ACC-02', accuracyRun(old))).toMatchObject({
      outcome: 'failed',
      severity: 'W',
      message: 'superseded',
      facts: { list: 'ic01-v0.5', lastRound: 'v0.5' },
    });
    expect(finding('ACC-02', accuracyRun({ ...old, round: 'v1.0' }))).toMatchObject({ message: 'superseded' });
    expect(finding('ACC-02', accuracyRun({ ...old, round: 'v0.5' }))).toMatchObject({ outcome: 'passed' });
  });

  it('refuses a list before the round that allowed it', () => {
    expect(finding('ACC-02', accuracyRun({ ...shorter, round: 'v1.1' }))).toMatchObject({
      severity: 'E',
      message: 'tooEarly',
      facts: { firstRound: 'v1.2' },
    });
    expect(finding('ACC-02', accuracyRun({ ...shorter, round: 'v1.2' }))).toMatchObject({ outcome: 'passed' });
    expect(finding('ACC-02', accuracyRun(shorter))).toMatchObject({ outcome: 'passed' });
  });

  it('leaves other sets to ACC-01, unless a division is claimed', () => {
    expect(finding('ACC-02', accuracyRun({ inputSet: set('subset', 'kws01', 300) }))).toMatchObject({
      outcome: 'notApplicable',
    });
    expect(finding('ACC-02', accuracyRun({ inputSet: set('own', null, 30), division: 'open' }))).toMatchObject({
      severity: 'E',
    });
  });
});

describe('ACC-03', () => {
  it('remarks on more than one inference or on warm-ups', () => {
    expect(
      finding(
        'ACC-03',
        accuracyRun({}, ({ inputIndex }) => (inputIndex === 5 ? { inferences: 2 } : {})),
      ),
    ).toMatchObject({
      outcome: 'failed',
      severity: 'W',
      facts: { count: 1 },
    });
    expect(
      finding(
        'ACC-03',
        accuracyRun({}, () => ({ warmups: 1 })),
      ),
    ).toMatchObject({ outcome: 'failed', facts: { count: 1000 } });
    expect(finding('ACC-03', accuracyRun({ inputs: [] }))).toMatchObject({ message: 'noInputs' });
  });
});

describe('ACC-04 and the quality target', () => {
  it('misses a target without making the measurement invalid', () => {
    const judgement = judgeRun(withTop1(0.899));
    expect(judgement).toMatchObject({ verdict: 'valid', qualityTarget: 'missed' });
    expect(judgement.findings.find((entry) => entry.rule === 'ACC-04')).toMatchObject({
      outcome: 'failed',
      severity: 'I',
    });
    expect(finding('ACC-04', withTop1(0.899, { division: 'closed' }))).toMatchObject({ severity: 'E' });
    expect(judgeRun(withTop1(0.9))).toMatchObject({ qualityTarget: 'met' });
  });

  it('judges a published result by the figure that it prints', () => {
    const printing = (top1Percent: number): Finding => {
      const accuracy = { definition: 'eembc' as const, top1Percent, auc: null };
      const reported = { medianThroughputInfPerS: null, accuracy, ref: { file: 'results.txt', line: 1 } };
      return finding('ACC-04', withTop1(0.95, { division: 'closed', reported }));
    };
    expect(printing(90)).toMatchObject({ outcome: 'passed' });
    expect(printing(89.9)).toMatchObject({ outcome: 'failed', severity: 'E', evidence: [{ line: 1 }] });
  });

  it('leaves the open division to ACC-10', () => {
    expect(finding('ACC-04', withTop1(0.5, { division: 'open' }))).toMatchObject({ outcome: 'notApplicable' });
  });

  it('decides nothing on a part of the list, an own workload or another mode', () => {
    expect(judgeRun(withTop1(0.5, { inputSet: set('subset', 'kws01', 300) }))).toMatchObject({
      qualityTarget: 'notApplicable',
    });
    const workload = { ...workloadOf('kws01'), qualityTarget: null };
    expect(finding('ACC-04', withTop1(0.5, { workload }))).toMatchObject({ message: 'noTarget' });
    expect(judgeRun(performanceRun())).toMatchObject({ qualityTarget: 'notApplicable' });
  });

  it('takes the exact area for an anomaly detector', () => {
    const workload = workloadOf('ad01');
    const inputSet = set('official', 'ad01', 100);
    const evidence = accuracyRun({ workload, inputSet });
    const area = (aucExact: number | null): RunEvidence => {
      const accuracy = { top1: null, aucExact, aucEembc: 0.9, aucMlc: aucExact, bestPrecisionRecall: 0.99 };
      return { ...evidence, figures: { ...evidence.figures, accuracy } };
    };
    expect(judgeRun(area(0.86)).qualityTarget).toBe('met');
    expect(judgeRun(area(0.84)).qualityTarget).toBe('missed');
    expect(judgeRun(area(null)).qualityTarget).toBe('notApplicable');
    expect(finding('ACC-04', area(null))).toMatchObject({ message: 'noMetric' });
  });
});

describe('ACC-05', () => {
  const reported = (
    definition: 'eembc' | 'mlc',
    top1Percent: number | null,
    auc: number | null,
  ): Partial<RunEvidence> => ({
    reported: {
      medianThroughputInfPerS: null,
      accuracy: { definition, top1Percent, auc },
      ref: { file: 'results.txt', line: 2 },
    },
  });

  it('accepts figures that print as the results give them', () => {
    expect(finding('ACC-05', withTop1(0.9804, reported('eembc', 98, 0.98)))).toMatchObject({ outcome: 'passed' });
    expect(finding('ACC-05', withTop1(0.9804, reported('mlc', 98, 0.98)))).toMatchObject({ outcome: 'passed' });
    expect(finding('ACC-05', withTop1(0.845, reported('eembc', 84.5, 0.85)))).toMatchObject({ outcome: 'passed' });
  });

  it('refuses others', () => {
    expect(finding('ACC-05', withTop1(0.9804, reported('eembc', 98.2, 0.98)))).toMatchObject({
      outcome: 'failed',
      severity: 'E',
      message: 'top1',
      evidence: [{ line: 2 }],
    });
    expect(finding('ACC-05', withTop1(0.9804, reported('mlc', 98, 0.982)))).toMatchObject({ message: 'auc' });
    expect(finding('ACC-05', withTop1(0.9804, reported('mlc', null, null)))).toMatchObject({ message: 'notReported' });
    expect(finding('ACC-05', accuracyRun())).toMatchObject({ message: 'notReported' });
  });
});

describe('ACC-06', () => {
  const area = (aucExact: number, aucEembc: number): RunEvidence => {
    const evidence = accuracyRun({ workload: workloadOf('ad01'), inputSet: set('official', 'ad01', 100) });
    const accuracy = { top1: null, aucExact, aucEembc, aucMlc: aucExact, bestPrecisionRecall: null };
    return { ...evidence, figures: { ...evidence.figures, accuracy } };
  };

  it('remarks on an area that only prints as the target', () => {
    expect(finding('ACC-06', area(0.8601, 0.8461))).toMatchObject({
      outcome: 'failed',
      severity: 'W',
      facts: { printed: '0.85' },
    });
    expect(finding('ACC-06', area(0.8471, 0.86))).toMatchObject({ outcome: 'failed' });
    expect(finding('ACC-06', area(0.8601, 0.86))).toMatchObject({ outcome: 'passed' });
    expect(finding('ACC-06', area(0.8, 0.8))).toMatchObject({ outcome: 'passed' });
    expect(finding('ACC-06', accuracyRun())).toMatchObject({ message: 'notAnomaly' });
  });
});

describe('ACC-07', () => {
  const at = (index: number, results: readonly number[] | null): RunEvidence =>
    accuracyRun({}, ({ inputIndex }) => (inputIndex === index ? { results } : {}));

  it('refuses results that are missing, too long or no numbers', () => {
    expect(finding('ACC-07', at(4, null))).toMatchObject({
      severity: 'E',
      message: 'missing',
      evidence: [{ line: 5 }],
    });
    expect(finding('ACC-07', at(4, [1, 2]))).toMatchObject({
      message: 'length',
      facts: { count: 1, found: 2, expected: 12 },
    });
    const notFinite = Array.from({ length: 12 }, () => Number.POSITIVE_INFINITY);
    expect(finding('ACC-07', at(4, notFinite))).toMatchObject({ message: 'notFinite', facts: { count: 1 } });
  });

  it('refuses results that say nothing', () => {
    const zeros = Array.from({ length: 12 }, () => 0);
    expect(
      finding(
        'ACC-07',
        accuracyRun({}, () => ({ results: zeros })),
      ),
    ).toMatchObject({ message: 'flat' });
    const fixed = Array.from({ length: 12 }, (_, k) => k / 12);
    expect(
      finding(
        'ACC-07',
        accuracyRun({}, () => ({ results: fixed })),
      ),
    ).toMatchObject({ message: 'same', facts: { inputs: 1000 } });
    expect(finding('ACC-07', at(4, zeros))).toMatchObject({ outcome: 'passed' });
  });

  it('looks at the windows of other modes, where results may be absent or all the same', () => {
    const windows = (results: number[] | null): RunEvidence =>
      performanceRun(Array.from({ length: 5 }, () => ({ results })));
    expect(finding('ACC-07', windows([1, 2]))).toMatchObject({ message: 'length', facts: { count: 5 } });
    expect(finding('ACC-07', windows(null))).toMatchObject({ outcome: 'notApplicable', message: 'none' });
    expect(finding('ACC-07', windows(Array.from({ length: 12 }, () => 0)))).toMatchObject({ outcome: 'passed' });
    expect(finding('ACC-07', performanceRun([]))).toMatchObject({ message: 'noWindows' });
  });

  it('takes one value of an anomaly detector', () => {
    const run = { workload: workloadOf('ad01'), inputSet: set('own', null, 10) };
    expect(finding('ACC-07', accuracyRun(run))).toMatchObject({ outcome: 'passed' });
    expect(
      finding(
        'ACC-07',
        accuracyRun(run, () => ({ results: [3] })),
      ),
    ).toMatchObject({ message: 'same' });
  });
});

describe('ACC-10 and ACC-11', () => {
  it('concern the open division', () => {
    expect(finding('ACC-10', accuracyRun({ division: 'open' }))).toMatchObject({ outcome: 'passed', severity: 'I' });
    expect(finding('ACC-10', accuracyRun({ division: 'open', inputs: [] }))).toMatchObject({ outcome: 'failed' });
    expect(finding('ACC-10', accuracyRun())).toMatchObject({ outcome: 'notApplicable' });
    expect(finding('ACC-10', withTop1(0.899, { division: 'open' }))).toMatchObject({
      outcome: 'failed',
      severity: 'I',
      message: 'below',
      facts: { value: 0.899, target: 0.9 },
    });
    expect(finding('ACC-11', accuracyRun({ division: 'open' }))).toMatchObject({ outcome: 'passed' });
    expect(finding('ACC-11', accuracyRun({ division: 'open', inputSet: set('own', null, 30) }))).toMatchObject({
      message: 'unknown',
    });
  });
});

describe('DIV-03', () => {
  it('wants the official inputs in the open division too', () => {
    expect(finding('DIV-03', accuracyRun({ division: 'open' }))).toMatchObject({ outcome: 'passed' });
    expect(finding('DIV-03', accuracyRun({ division: 'closed' }))).toMatchObject({ outcome: 'notApplicable' });
    expect(finding('DIV-03', accuracyRun({ division: 'open', inputSet: set('own', null, 30) }))).toMatchObject({
      outcome: 'failed',
      severity: 'E',
      facts: { inputs: 30 },
    });
  });
});

describe('the streaming rules', () => {
  const score = (truePositives: number, falseNegatives: number, falsePositives: number) => ({
    truePositives,
    falseNegatives,
    falsePositives,
  });
  const streaming = (change: Partial<StreamingEvidence>, run: Partial<RunEvidence> = {}): RunEvidence =>
    performanceRun([], {
      workload: workloadOf('sww01'),
      division: 'closed',
      runner: 'mlc',
      round: 'v1.3',
      streaming: {
        printed: { ...score(46, 4, 4), ref: { file: 'results.txt', line: 9 } },
        recomputed: score(46, 4, 4),
        oneSecond: score(42, 8, 8),
        words: 50,
        energy: null,
        ...change,
      },
      ...run,
    });
  const printed = (...values: [number, number, number]): Partial<StreamingEvidence> => ({
    printed: { ...score(...values), ref: { file: 'results.txt', line: 9 } },
  });

  it('do not apply to other workloads', () => {
    for (const rule of ['ACC-08', 'ACC-09', 'NRG-13']) {
      expect(finding(rule, accuracyRun({ inputs: [scoredInput(0, 12, 12)] }))).toMatchObject({
        outcome: 'notApplicable',
      });
    }
    for (const rule of ['PERF-01', 'PERF-02', 'PERF-08'])
      expect(finding(rule, streaming({}))).toMatchObject({ outcome: 'notApplicable' });
  });

  it('allow eight misses and eight false alarms in the closed division', () => {
    expect(finding('ACC-08', streaming(printed(42, 8, 8)))).toMatchObject({ outcome: 'passed' });
    expect(finding('ACC-08', streaming(printed(41, 9, 0)))).toMatchObject({
      outcome: 'failed',
      severity: 'E',
      facts: { falseNegatives: 9, falsePositives: 0, limit: 8 },
      evidence: [{ file: 'results.txt', line: 9 }],
    });
    expect(finding('ACC-08', streaming(printed(50, 0, 9)))).toMatchObject({ outcome: 'failed' });
    expect(finding('ACC-08', streaming(printed(41, 9, 0), { division: 'open' }))).toMatchObject({
      outcome: 'notApplicable',
    });
    expect(finding('ACC-08', streaming(printed(41, 8, 0)))).toMatchObject({ message: 'words', facts: { words: 49 } });
    expect(finding('ACC-08', streaming({ printed: null, recomputed: null }))).toMatchObject({ message: 'noMetric' });
  });

  it('compare the printed score with the recomputed one', () => {
    expect(finding('ACC-09', streaming({}))).toMatchObject({ outcome: 'passed', facts: { oneSecond: '42 / 8 / 8' } });
    expect(finding('ACC-09', streaming(printed(47, 3, 4)))).toMatchObject({
      outcome: 'failed',
      severity: 'W',
      facts: { printed: '47 / 3 / 4', recomputed: '46 / 4 / 4' },
    });
    expect(finding('ACC-09', streaming({ recomputed: null }))).toMatchObject({ outcome: 'notApplicable' });
    expect(finding('ACC-09', streaming({ printed: null }))).toMatchObject({ message: 'notReported' });
  });

  it('want the power over the whole stream', () => {
    const power = (durationS: number, powerUW = 4318.8): Finding =>
      finding('NRG-13', streaming({ energy: { durationS, powerUW } }, { mode: 'energy' }));
    expect(power(1198)).toMatchObject({ outcome: 'passed' });
    expect(power(1197.9)).toMatchObject({ outcome: 'failed', severity: 'E', message: 'length' });
    expect(power(1210.1)).toMatchObject({ message: 'length' });
    expect(power(1200, 0)).toMatchObject({ message: 'noPower' });
    expect(finding('NRG-13', streaming({}, { mode: 'energy' }))).toMatchObject({ message: 'noEnergy' });
  });
});
