import { describe, expect, it } from 'vitest';
import { judgeRun } from '../../../src/main/rules/index.ts';
import type {
  CompanionEvidence,
  IncidentEvidence,
  RecordComparison,
  RunEvidence,
} from '../../../src/main/rules/index.ts';
import type { Finding } from '../../../src/shared/domain/verdict.ts';
import { accuracyRun, companion, energyRun, performanceRun, workloadOf } from './run-evidence.ts';
import { finding } from './words.ts';

const run = (change: Partial<RunEvidence>): RunEvidence => performanceRun(undefined, change);

describe('RUN-04', () => {
  it('says of our own runs that they cannot be submitted, without a remark on the verdict', () => {
    expect(finding('RUN-04', run({}))).toMatchObject({ outcome: 'failed', severity: 'I', message: 'ownRunner' });
    expect(judgeRun(run({})).verdict).toBe('valid');
  });

  it('knows which official runner a round allows', () => {
    expect(finding('RUN-04', run({ runner: 'eembc', round: 'v1.3' }))).toMatchObject({ outcome: 'passed' });
    expect(finding('RUN-04', run({ runner: 'eembc', round: 'v1.4' }))).toMatchObject({
      outcome: 'failed',
      severity: 'E',
    });
    expect(finding('RUN-04', run({ runner: 'mlc', round: 'v1.3' }))).toMatchObject({ outcome: 'passed' });
    expect(finding('RUN-04', run({ runner: 'mlc', round: 'v1.2' }))).toMatchObject({
      outcome: 'failed',
      severity: 'E',
    });
    expect(finding('RUN-04', run({ runner: 'eembc', round: null }))).toMatchObject({
      outcome: 'failed',
      severity: 'I',
      message: 'unknownRound',
    });
    const workload = workloadOf('sww01');
    expect(finding('RUN-04', run({ runner: 'eembc', round: 'v1.3', workload }))).toMatchObject({ outcome: 'failed' });
  });
});

describe('RUN-03', () => {
  const files = (change: Partial<NonNullable<RunEvidence['files']>>): RunEvidence =>
    run({ files: { missing: [], unexpected: [], unreadable: [], leftOut: [], ...change } });

  it('wants the files of the runner and no others', () => {
    expect(finding('RUN-03', run({}))).toMatchObject({ outcome: 'notApplicable' });
    expect(finding('RUN-03', files({}))).toMatchObject({ outcome: 'passed' });
    expect(finding('RUN-03', files({ missing: ['log.txt'] }))).toMatchObject({
      outcome: 'failed',
      severity: 'W',
      message: 'missing',
      facts: { files: 'log.txt' },
    });
    const names = Array.from({ length: 9 }, (_, k) => `${k}.tmp`);
    expect(finding('RUN-03', files({ unexpected: names }))).toMatchObject({
      message: 'unexpected',
      facts: { files: '0.tmp, 1.tmp, 2.tmp, 3.tmp, 4.tmp, + 4' },
    });
  });

  it('wants files that can be read', () => {
    expect(finding('RUN-03', files({ unreadable: ['results.json'] }))).toMatchObject({
      severity: 'W',
      message: 'unreadable',
    });
  });

  it('says what was left out because of its size, without reproach', () => {
    expect(finding('RUN-03', files({ leftOut: ['results.json'] }))).toMatchObject({
      severity: 'I',
      message: 'leftOut',
    });
  });
});

describe('RUN-05, RUN-06 and RUN-10', () => {
  const records = (outcome: RecordComparison['outcome']): RunEvidence['records'] => {
    const comparison: RecordComparison = { outcome, refs: [{ file: 'results.txt', line: 3 }] };
    return { resultsFollowFromLog: comparison, scriptMatchesLog: comparison, repeats: comparison };
  };

  it('report what a comparison of files found', () => {
    for (const [rule, severity] of [
      ['RUN-05', 'E'],
      ['RUN-06', 'W'],
      ['RUN-10', 'W'],
    ] as const) {
      expect(finding(rule, run({ records: records('holds') }))).toMatchObject({ outcome: 'passed' });
      expect(finding(rule, run({ records: records('fails') }))).toMatchObject({
        outcome: 'failed',
        severity,
        evidence: [{ file: 'results.txt', line: 3 }],
      });
      expect(finding(rule, run({ records: records('remark') }))).toMatchObject({ outcome: 'failed', severity: 'I' });
      expect(finding(rule, run({ records: null }))).toMatchObject({ outcome: 'notApplicable', message: 'notRecorded' });
    }
  });
});

describe('RUN-07', () => {
  it('wants a whole record', () => {
    expect(finding('RUN-07', run({}))).toMatchObject({ outcome: 'passed' });
    expect(finding('RUN-07', run({ recording: { intact: false, ended: true } }))).toMatchObject({
      severity: 'W',
      message: 'damaged',
    });
    expect(finding('RUN-07', run({ recording: { intact: true, ended: false } }))).toMatchObject({
      message: 'notEnded',
    });
    expect(finding('RUN-07', run({ status: 'cancelled' }))).toMatchObject({ message: 'notEnded' });
    for (const trouble of ['empty', 'several'] as const)
      expect(finding('RUN-07', run({ recording: { intact: true, ended: true, trouble } }))).toMatchObject({
        severity: 'W',
        message: trouble,
      });
    const absent = { intact: true, ended: true, trouble: 'absent' as const };
    expect(finding('RUN-07', run({ recording: absent }))).toMatchObject({ outcome: 'notApplicable' });
  });
});

describe('RUN-08', () => {
  it('wants the model of the workload, by id or alias', () => {
    const dut = (model: string | null): RunEvidence['dut'] => ({ name: 'dut', vendor: 'Lab', profile: '', model });
    expect(finding('RUN-08', run({ dut: dut('kws01') }))).toMatchObject({ outcome: 'passed' });
    expect(finding('RUN-08', run({ dut: dut('vww01') }))).toMatchObject({
      outcome: 'failed',
      severity: 'E',
      facts: { model: 'vww01', workload: 'kws01' },
    });
    expect(finding('RUN-08', run({ dut: dut('strww01'), workload: workloadOf('sww01') }))).toMatchObject({
      outcome: 'passed',
    });
    expect(finding('RUN-08', run({ dut: dut(null) }))).toMatchObject({ outcome: 'notApplicable' });
    expect(finding('RUN-08', run({ dut: null }))).toMatchObject({ outcome: 'notApplicable' });
  });
});

describe('RUN-09', () => {
  const incident = (insideMeasurement: boolean): IncidentEvidence => ({
    kind: 'reboot',
    text: 'm-init-done',
    insideMeasurement,
    ref: { file: 'journal.jsonl', line: 77 },
  });

  it('refuses a reboot inside a measurement and takes one between', () => {
    expect(finding('RUN-09', run({ incidents: [incident(false)] }))).toMatchObject({ outcome: 'passed' });
    expect(finding('RUN-09', run({ incidents: [incident(false), incident(true)] }))).toMatchObject({
      outcome: 'failed',
      severity: 'E',
      facts: { count: 1, text: 'm-init-done' },
      evidence: [{ line: 77 }],
    });
  });
});

describe('RUN-11', () => {
  const firmware = (sha256: string): RunEvidence['artefacts'] => ({ firmware: { name: 'harness', sha256 } });
  const compare = (other: Partial<CompanionEvidence>, change: Partial<RunEvidence> = {}): Finding =>
    finding('RUN-11', run({ companions: [companion(other)], ...change }));

  it('needs another run', () => {
    expect(finding('RUN-11', run({}))).toMatchObject({ outcome: 'notApplicable', message: 'noCompanion' });
    expect(compare({})).toMatchObject({ outcome: 'passed' });
  });

  it('remarks on a DUT that gives the same result for every input', () => {
    const same = performanceRun(Array.from({ length: 5 }, () => ({ results: [0.25, 0.75] })));
    expect(finding('RUN-11', same)).toMatchObject({ outcome: 'failed', severity: 'W', message: 'sameOutputs' });
    expect(finding('RUN-11', { ...same, companions: [companion()] })).toMatchObject({ message: 'sameOutputs' });
    const score = performanceRun(
      Array.from({ length: 5 }, () => ({ results: [3] })),
      { workload: workloadOf('ad01') },
    );
    expect(finding('RUN-11', score)).toMatchObject({ outcome: 'notApplicable' });
  });

  it('remarks on another device, firmware or model', () => {
    const dut = { name: 'dut', vendor: 'Lab', profile: 'ULPMark for tinyML Firmware V0.0.1', model: 'kws01' };
    expect(compare({ dut: { ...dut, vendor: 'Other' } })).toMatchObject({
      severity: 'W',
      message: 'vendor',
      facts: { own: 'Lab', other: 'Other' },
    });
    expect(compare({ dut: { ...dut, profile: 'Other' } })).toMatchObject({ message: 'profile' });
    expect(compare({ artefacts: firmware('b'.repeat(64)) }, { artefacts: firmware('c'.repeat(64)) })).toMatchObject({
      message: 'firmware',
    });
    const model = (sha256: string): RunEvidence['artefacts'] => ({
      model: { name: 'm', sha256, planSha256: 'd'.repeat(64), bytes: 1 },
    });
    expect(compare({ artefacts: model('b'.repeat(64)) }, { artefacts: model('c'.repeat(64)) })).toMatchObject({
      message: 'modelFile',
    });
  });

  it('knows that the energy build is another image of the same firmware', () => {
    const artefacts = firmware('c'.repeat(64));
    const other = companion({ mode: 'performance', artefacts: firmware('b'.repeat(64)) });
    expect(finding('RUN-11', energyRun(undefined, {}, { artefacts, companions: [other] }))).toMatchObject({
      outcome: 'passed',
    });
    const same = companion({ mode: 'energy', artefacts: firmware('b'.repeat(64)) });
    expect(finding('RUN-11', energyRun(undefined, {}, { artefacts, companions: [same] }))).toMatchObject({
      message: 'firmware',
    });
    const model = companion({ mode: 'performance', dut: { name: 'dut', vendor: 'Other', profile: '', model: null } });
    expect(finding('RUN-11', energyRun(undefined, {}, { companions: [model] }))).toMatchObject({ message: 'vendor' });
  });

  it('compares nothing that one side does not know', () => {
    expect(compare({ dut: null, artefacts: firmware('b'.repeat(64)) })).toMatchObject({ outcome: 'passed' });
  });

  it('remarks on another result for the same input', () => {
    const values = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2];
    expect(compare({ results: [{ file: '2.bin', offsetBytes: 0, values }] })).toMatchObject({ outcome: 'passed' });
    expect(compare({ results: [{ file: '2.bin', offsetBytes: 0, values: values.map(() => 0) }] })).toMatchObject({
      outcome: 'failed',
      message: 'outputs',
      facts: { count: 1, file: '2.bin' },
      evidence: [{ line: 12 }],
    });
    expect(compare({ results: [{ file: '2.bin', offsetBytes: 512, values: [] }] })).toMatchObject({
      outcome: 'passed',
    });
  });

  it('looks at the inputs of an accuracy run too', () => {
    const companions = [companion({ mode: 'performance', results: [{ file: '3.bin', offsetBytes: 0, values: [9] }] })];
    expect(finding('RUN-11', accuracyRun({ companions }))).toMatchObject({
      message: 'outputs',
      facts: { file: '3.bin' },
    });
  });
});
