import { describe, expect, it } from 'vitest';
import type { DeclarationEvidence, DeclarationQuestion, PackageEvidence } from '../../../src/main/rules/index.ts';
import type { Finding } from '../../../src/shared/domain/verdict.ts';
import { declarationOf, packageFinding, packageOf, systemOf } from './package-evidence.ts';

const judged = (rule: string, change: Partial<PackageEvidence> = {}): Finding =>
  packageFinding(rule, packageOf(change));
const passes = { outcome: 'passed' };

/** The declarations of a flawless package with one answer changed. */
function answering(question: DeclarationQuestion, answer: DeclarationEvidence['answer']): Partial<PackageEvidence> {
  const { declarations } = packageOf();
  return {
    declarations: declarations.map((one) => (one.question === question ? declarationOf(question, answer, 12) : one)),
  };
}

describe('rules that go by what is declared', () => {
  it.each([
    ['DIV-01', 'outsideCalibration', 'yes', 'E'],
    ['DIV-01', 'retraining', 'yes', 'E'],
    ['DIV-01', 'weightReplacement', 'yes', 'E'],
    ['DIV-01', 'pruning', 'yes', 'E'],
    ['DIV-01', 'timedWeights', 'yes', 'E'],
    ['DIV-01', 'forbidden', 'yes', 'E'],
    ['DIV-01', 'congruent', 'no', 'E'],
    ['DIV-02', 'referenceProcessing', 'no', 'E'],
    ['DIV-04', 'sameCode', 'no', 'E'],
    ['DIV-05', 'caching', 'yes', 'E'],
    ['DIV-05', 'foreknowledge', 'yes', 'E'],
    ['CAT-01', 'availability', 'no', 'E'],
  ] as const)('%s fires at the wrong answer to %s, and not at the right one', (rule, question, wrong, severity) => {
    expect(judged(rule)).toMatchObject(passes);
    expect(judged(rule, answering(question, wrong))).toMatchObject({
      outcome: 'failed',
      severity,
      message: question,
      evidence: [{ file: 'closed/Org/systems/TinyMLPerf_v1.3_Submission_Checklist.pdf', line: 12 }],
    });
  });

  it.each(['DIV-01', 'DIV-02', 'DIV-04', 'DIV-05', 'CAT-01'])('%s leaves to a person what no file decides', (rule) => {
    const asked = (answer: DeclarationEvidence['answer']): Partial<PackageEvidence> => ({
      declarations: packageOf().declarations.map(({ question }) => declarationOf(question, answer)),
    });
    for (const [change, message] of [
      [asked('unanswered'), 'declarationUnanswered'],
      [asked('unreadable'), 'declarationUnreadable'],
      [{ declarations: [] }, 'declarationAbsent'],
      [{ declarations: [], checklists: [] }, 'declarationAbsent'],
    ] as const) {
      const finding = judged(rule, change);
      expect(finding).toMatchObject({ outcome: 'failed', severity: 'I', message });
      expect(finding.evidence).toHaveLength(1);
    }
  });

  it('hold in the closed division only where the open one is free (DIV-01, DIV-02)', () => {
    const open = { division: 'open', ...answering('retraining', 'yes') } as const;
    expect(judged('DIV-01', open)).toMatchObject({ outcome: 'notApplicable', message: 'notClosed' });
    expect(judged('DIV-02', { ...open, declarations: [] })).toMatchObject({ outcome: 'notApplicable' });
    expect(judged('DIV-04', { ...open, ...answering('sameCode', 'no') })).toMatchObject({ severity: 'E' });
  });

  it('take the wrong answer of any of several forms', () => {
    const declarations = [...packageOf().declarations, declarationOf('sameCode', 'no', 40)];
    expect(judged('DIV-04', { declarations })).toMatchObject({ severity: 'E', evidence: [{ line: 40 }] });
  });
});

describe('what files say beside the declarations', () => {
  it('compares model files with the official ones (DIV-01)', () => {
    const official = {
      file: 'code/kws.tflite',
      sha256: 'aeea436800704fce17b17292e4412630ad856e9d777c044c64ef748a880bd0ae',
    };
    expect(judged('DIV-01', { models: [official] })).toMatchObject(passes);
    const other = { file: 'code/own.tflite', sha256: '0'.repeat(64) };
    expect(judged('DIV-01', { models: [official, other] })).toMatchObject({
      severity: 'I',
      message: 'otherModel',
      facts: { count: 1, first: 'code/own.tflite' },
      evidence: [{ file: 'code/own.tflite' }],
    });
    expect(judged('DIV-01', { models: [other], ...answering('pruning', 'yes') })).toMatchObject({ severity: 'E' });
  });

  it('remarks on a description that speaks of training (DIV-01)', () => {
    for (const fields of [
      { 'Quantization Method': 'Quantization-Aware Training' },
      { 'Training framework (open division)': 'PyTorch' },
    ])
      expect(judged('DIV-01', { systems: [systemOf({}, fields)] })).toMatchObject({
        severity: 'I',
        message: 'described',
      });
    const none = systemOf({}, { 'Training framework (open division)': 'N/A', 'Quantization Method': 'PTQ' });
    expect(judged('DIV-01', { systems: [none] })).toMatchObject(passes);
  });

  it('takes what RUN-11 found (DIV-04)', () => {
    const otherFirmware = [{ folder: 'results/Board/kws/accuracy', refs: [{ file: 'log.txt', line: 3 }] }];
    expect(judged('DIV-04', { otherFirmware })).toMatchObject({
      severity: 'W',
      message: 'otherFirmware',
      evidence: [{ file: 'log.txt', line: 3 }],
    });
    expect(judged('DIV-04', { otherFirmware, ...answering('sameCode', 'no') })).toMatchObject({ severity: 'E' });
  });

  it('remarks on windows that got faster with an input (DIV-05)', () => {
    const drop = (input: string, fraction: number) => ({ input, fraction, refs: [{ file: 'log.txt', line: 9 }] });
    expect(judged('DIV-05', { runtimeDrops: [drop('a.bin', 0.02), drop('b.bin', 0.51)] })).toMatchObject({
      severity: 'W',
      message: 'faster',
      facts: { count: 2, input: 'b.bin', percent: 51 },
    });
  });
});

describe('categories', () => {
  const status = (Status: string): Partial<PackageEvidence> => ({ systems: [systemOf({}, { Status })] });

  it('ask for availability of what is available (CAT-01)', () => {
    expect(judged('CAT-01', { ...status('rdi'), declarations: [] })).toMatchObject({ message: 'noAvailable' });
  });

  it('remind of what a preview has to become (CAT-02)', () => {
    expect(judged('CAT-02')).toMatchObject({ outcome: 'notApplicable', message: 'noPreview' });
    expect(judged('CAT-02', { ...status('preview'), round: 'v1.1' })).toMatchObject({
      outcome: 'failed',
      severity: 'I',
      message: 'later',
      facts: { next: 'v1.2', system: 'Board' },
      evidence: [{ file: 'closed/Org/systems/Board.json' }],
    });
    expect(judged('CAT-02', { ...status('Preview'), round: 'v1.3' })).toMatchObject({
      severity: 'I',
      message: 'undecided',
    });
    expect(judged('CAT-02', { ...status('preview'), ...answering('previewPlan', 'no') })).toMatchObject({
      severity: 'W',
      message: 'previewPlan',
    });
  });
});

describe('names', () => {
  const claim = (open: boolean) => ({ text: 'MLPerf Tiny results', open, ref: { file: 'README.md', line: 2 } });

  it('are free in the closed division, and say "Open" in the open one (NAME-01)', () => {
    expect(judged('NAME-01', { claims: [claim(false)] })).toMatchObject(passes);
    expect(judged('NAME-01', { claims: [claim(true)], division: 'open' })).toMatchObject(passes);
    expect(judged('NAME-01', { claims: [claim(true), claim(false)], division: 'open' })).toMatchObject({
      severity: 'E',
      message: 'failed',
      evidence: [{ file: 'README.md', line: 2 }],
    });
  });

  it('are not for figures that nobody reviewed (NAME-01)', () => {
    expect(judged('NAME-01', { unverified: true })).toMatchObject(passes);
    expect(judged('NAME-01', { unverified: true, claims: [claim(true)] })).toMatchObject({
      severity: 'E',
      message: 'unverified',
    });
  });

  it('of scenarios are not there (CLS-01)', () => {
    expect(judged('CLS-01')).toMatchObject(passes);
    const scenarios = [{ name: 'offline', ref: { file: 'results/Board/kws/offline' } }];
    expect(judged('CLS-01', { scenarios })).toMatchObject({ severity: 'I', facts: { scenario: 'offline' } });
  });
});
