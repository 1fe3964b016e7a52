import type { Finding, RunJudgement } from '../../../src/shared/domain/verdict.ts';

/** Made up for the tests of the writers: no figure in here was ever measured. */

/** Facts that the sentences of passed rules name. */
const facts: Readonly<Record<string, Finding['facts']>> = {
  'PERF-01': { windows: 5, inputs: 5, expected: 5 },
  'PERF-03': { shortestS: 10.2386 },
  'PERF-04': { fewest: 171 },
  'PERF-05': { inferences: 171, warmups: 1 },
  'PERF-06': { reported: 16.701 },
  'PERF-07': { spreadPercent: 0.0102 },
  'PERF-08': { deviationPercent: 0.002 },
  'PERF-09': { resolutionUs: 1 },
  'ACC-01': { inputs: 240 },
  'ACC-02': { list: 'made-up list' },
  'ACC-04': { value: 0.942, target: 0.9 },
  'ACC-06': { value: 0.9877 },
  'ACC-07': { inputs: 240 },
  'RUN-08': { model: 'madeup12' },
};

export function finding(rule: string, changes: Partial<Finding> = {}): Finding {
  return {
    rule,
    severity: 'E',
    outcome: 'passed',
    message: 'passed',
    facts: facts[rule] ?? {},
    evidence: [],
    ...changes,
  };
}

/** A run that several rules object to. */
export function failedFindings(): Finding[] {
  return [
    finding('PERF-03', {
      outcome: 'failed',
      message: 'failed',
      facts: { count: 2, limitS: 10, window: 4, shortestS: 9.1234 },
      evidence: [
        { file: 'runs/r1-madeup12-performance/log.txt', line: 92 },
        { file: 'journal.jsonl', line: 31 },
      ],
    }),
    finding('PERF-07', {
      severity: 'W',
      outcome: 'failed',
      message: 'failed',
      facts: { spreadPercent: 2.4, limitPercent: 1 },
      evidence: [{ file: 'journal.jsonl' }],
    }),
    finding('PERF-08', {
      severity: 'W',
      outcome: 'failed',
      message: 'failed',
      facts: { window: 2, ratio: 0.9831, deviationPercent: 1.69, limitPercent: 1 },
    }),
    finding('PERF-02', { severity: 'I', outcome: 'failed', message: 'failed' }),
    ...judgement().findings.filter((other) => !['PERF-03', 'PERF-07', 'PERF-08'].includes(other.rule)),
    finding('RUN-04', { outcome: 'notApplicable', message: 'notRecorded' }),
  ];
}

export function judgement(changes: Partial<RunJudgement> = {}): RunJudgement {
  return {
    verdict: 'valid',
    qualityTarget: 'notApplicable',
    findings: [
      'RUN-05',
      'RUN-07',
      'RUN-08',
      'RUN-09',
      'RUN-11',
      'PERF-01',
      'PERF-03',
      'PERF-04',
      'PERF-05',
      'PERF-06',
      'PERF-07',
      'PERF-08',
      'PERF-09',
      'PERF-10',
      'PERF-11',
    ].map((rule) => finding(rule)),
    ...changes,
  };
}
