import { describe, expect, it } from 'vitest';
import { auditReport, auditTree } from '../../../../src/main/audit/index.ts';
import type { SourceEntry } from '../../../../src/main/audit/index.ts';
import type { AuditFinding } from '../../../../src/shared/domain/audit.ts';
import { createText } from '../../../../src/shared/text/index.ts';
import { madePerformanceRun } from '../../../support/audit/eembc-run.ts';
import { memorySource } from '../../../support/audit/memory-source.ts';

const description = {
  Submitter: 'Org',
  Division: 'closed',
  Status: 'available',
  'Board Name': 'NUCLEO',
  'SoC Name': 'STM32',
  'Processor(s) Name': 'Cortex-M4',
  'Processor(s) Frequencies': '120 MHz',
  'Inference Framework': 'TFLM',
  'Quantization Method': 'int8',
  'ML Model Compiler(s)': 'x',
};

/** A filled form, in the words of the official ones. */
const checklist = `Does the submission run the same code in accuracy and performance modes? (check one)
- [x] Yes
- [ ] No
Are the weights calibrated using data outside of the calibration set?
- [ ] Yes
- [x] No
Which of the following techniques does the submission use?
- [ ] Wholesale weight replacement
- [ ] Pruning
- [ ] Caching queries
- [x] None of the above
Pre- and post-processing are as in the reference: yes
An available system can be bought or downloaded: yes
`;

/** A whole package of one system with one benchmark. */
function packageFiles(base = 'v1.1/closed/Org/', system = description): Record<string, string> {
  const files: Record<string, string> = {
    [`${base}systems/Board.json`]: JSON.stringify(system),
    [`${base}systems/TinyMLPerf_v1.1_Submission_Checklist.md`]: checklist,
    [`${base}code/kws/README.md`]: 'x',
    [`${base}code/kws/model.h5`]: 'x',
  };
  for (const mode of ['performance', 'accuracy']) {
    const { log, results, script } = madePerformanceRun();
    for (const [name, text] of Object.entries({ 'log.txt': log, 'results.txt': results, 'script.async': script }))
      files[`${base}results/Board/kws/${mode}/${name}`] = text;
  }
  return files;
}

async function findingsOf(
  files: Record<string, string>,
  further: SourceEntry[] = [],
  context: string[] = [],
): Promise<AuditFinding[]> {
  const outcome = await auditTree(memorySource(files, { further, context }), { scope: 'package' });
  return auditReport(outcome, createText(), 'test').findings;
}

const rulesOf = (findings: readonly AuditFinding[]): string[] => findings.map(({ rule }) => rule);

describe('a package', () => {
  it('that is whole has no finding, wherever the audit begins', async () => {
    expect(await findingsOf(packageFiles())).toEqual([]);
    const context = ['tiny_results_v1.1', 'closed', 'Org'];
    expect(await findingsOf(packageFiles(''), [], context)).toEqual([]);
  });

  it('is judged by its tree', async () => {
    const base = 'v1.1/closed/Org/';
    const further: SourceEntry[] = [
      { path: `${base}stuff`, kind: 'folder', bytes: 0 },
      { path: `${base}code/link`, kind: 'link', bytes: 0 },
      { path: `${base}code/big.bin`, kind: 'file', bytes: 120e6 },
    ];
    const files = { ...packageFiles(), [`${base}code/.DS_Store`]: 'x', [`${base}code/__pycache__/a.pyc`]: 'x' };
    const findings = await findingsOf(files, further);
    expect(rulesOf(findings)).toEqual(['PKG-02', 'PKG-03', 'PKG-04', 'PKG-05', 'PKG-06']);
    expect(findings.find(({ rule }) => rule === 'PKG-03')?.evidence).toEqual([{ file: `${base}code/link` }]);
    expect(findings.find(({ rule }) => rule === 'PKG-04')?.officialChecker).toBe('yes');
  });

  it('is judged by its papers', async () => {
    const base = 'v1.1/closed/Org/';
    const {
      [`${base}systems/TinyMLPerf_v1.1_Submission_Checklist.md`]: _checklist,
      [`${base}code/kws/README.md`]: _readme,
      ...files
    } = packageFiles(base, { ...description, Division: 'open', Status: 'soon', 'Board Name': '' });
    expect(rulesOf(await findingsOf(files))).toEqual([
      ...['PKG-08', 'PKG-09', 'PKG-10', 'PKG-12', 'PKG-14'],
      ...['DIV-01', 'DIV-02', 'DIV-04', 'DIV-05'],
    ]);
  });

  it('finds the description of a system under another name, and misses one that is not there', async () => {
    const { 'v1.1/closed/Org/systems/Board.json': text, ...files } = packageFiles();
    const renamed = { ...files, 'v1.1/closed/Org/systems/sub/Board_description.json': text ?? '' };
    expect((await findingsOf(renamed)).map(({ rule, code }) => [rule, code])).toEqual([['PKG-07', 'misnamed']]);
    expect((await findingsOf(files)).map(({ rule, code }) => [rule, code])).toEqual([['PKG-07', 'missing']]);
    const broken = { ...files, 'v1.1/closed/Org/systems/Board.json': '{"Status": "available",\n"x" 1}' };
    expect(await findingsOf(broken)).toMatchObject([
      { rule: 'PKG-07', code: 'broken', evidence: [{ file: 'v1.1/closed/Org/systems/Board.json', line: 2 }] },
    ]);
  });

  it('is judged by its results', async () => {
    const files = Object.fromEntries(Object.entries(packageFiles()).filter(([path]) => !path.includes('/accuracy/')));
    expect(await findingsOf(files)).toMatchObject([
      { rule: 'RUN-01', code: 'accuracy', evidence: [{ file: 'v1.1/closed/Org/results/Board/kws' }] },
    ]);
    const renamed = Object.fromEntries(
      Object.entries(packageFiles()).map(([path, text]) => [path.replace('/kws/', '/keyword_spotting/'), text]),
    );
    expect(await findingsOf(renamed)).toMatchObject([
      { rule: 'PKG-11', evidence: [{ file: 'v1.1/closed/Org/results/Board/keyword_spotting' }] },
    ]);
  });

  it('is each organisation of a tree for itself', async () => {
    const files = { ...packageFiles('v1.1/closed/A/'), ...packageFiles('v1.1/closed/B/') };
    expect((await findingsOf(files)).map(({ rule, facts }) => [rule, facts['expected']])).toEqual([
      ['PKG-09', 'A'],
      ['PKG-09', 'B'],
    ]);
  });

  it('is judged by what its checklist declares', async () => {
    const base = 'v1.1/closed/Org/';
    const name = `${base}systems/TinyMLPerf_v1.1_Submission_Checklist.md`;
    const other = checklist.replace('- [x] Yes\n- [ ] No', '- [ ] Yes\n- [x] No').replace('[ ] Pruning', '[x] Pruning');
    expect(await findingsOf({ ...packageFiles(), [name]: other })).toMatchObject([
      { rule: 'DIV-01', severity: 'E', code: 'pruning', evidence: [{ file: name, line: 9 }] },
      { rule: 'DIV-04', severity: 'E', code: 'sameCode', evidence: [{ file: name, line: 1 }] },
    ]);
    const scanned = { ...packageFiles(), [name]: '', [name.replace('.md', '.pdf')]: '%PDF-1.4 only a picture' };
    const findings = await findingsOf(scanned);
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(
      ['DIV-01', 'DIV-02', 'DIV-04', 'DIV-05', 'CAT-01'].map((rule) => `${rule} I`),
    );
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['declarationUnreadable']));
  });

  it('is judged by its models, its words and its scenarios', async () => {
    const base = 'v1.1/closed/Org/';
    const files = {
      ...packageFiles(),
      [`${base}code/kws/own.tflite`]: 'x',
      [`${base}results/Board/kws/offline/log.txt`]: 'x',
    };
    expect((await findingsOf(files)).filter(({ severity }) => severity === 'I')).toMatchObject([
      { rule: 'DIV-01', severity: 'I', code: 'otherModel', evidence: [{ file: `${base}code/kws/own.tflite` }] },
      { rule: 'CLS-01', severity: 'I', facts: { scenario: 'offline' } },
    ]);
    const open = packageFiles('v1.1/open/Org/', { ...description, Division: 'open' });
    const readme = { 'v1.1/open/Org/README.md': 'Intro.\nMLPerf Tiny v1.1 results: 20 inf/s\n' };
    expect(await findingsOf({ ...open, ...readme })).toMatchObject([
      { rule: 'NAME-01', severity: 'E', code: 'failed', evidence: [{ file: 'v1.1/open/Org/README.md', line: 2 }] },
    ]);
    expect(
      await findingsOf({ ...open, 'v1.1/open/Org/README.md': 'Rules of MLPerf Tiny; MLPerf Open results.' }),
    ).toEqual([]);
  });
});
