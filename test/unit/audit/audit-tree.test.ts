import { describe, expect, it } from 'vitest';
import { auditReport, auditTree } from '../../../src/main/audit/index.ts';
import type { AuditOptions } from '../../../src/main/audit/index.ts';
import type { AuditedRun, AuditReport } from '../../../src/shared/domain/audit.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { madePerformanceRun } from '../../support/audit/eembc-run.ts';
import type { MadeRunOptions } from '../../support/audit/eembc-run.ts';
import { memorySource } from '../../support/audit/memory-source.ts';

const folder = 'v1.1/closed/Org/results/Board/kws/performance';

async function audit(files: Record<string, string>, options: Partial<AuditOptions> = {}): Promise<AuditReport> {
  const outcome = await auditTree(memorySource(files), { scope: 'runs', ...options });
  return auditReport(outcome, createText(), 'test');
}

function filesOf(options: MadeRunOptions = {}, place = folder): Record<string, string> {
  const { log, results, script } = madePerformanceRun(options);
  return { [`${place}/log.txt`]: log, [`${place}/results.txt`]: results, [`${place}/script.async`]: script };
}

async function onlyRun(files: Record<string, string>, options: Partial<AuditOptions> = {}): Promise<AuditedRun> {
  const { runs } = await audit(files, options);
  expect(runs).toHaveLength(1);
  return runs[0] as AuditedRun;
}

const rulesOf = (run: AuditedRun): string[] => run.findings.map(({ rule, severity }) => `${rule} ${severity}`);

describe('a clean run', () => {
  it('agrees in every figure and has no finding', async () => {
    const report = await audit(filesOf());
    expect(report.counts).toEqual({ runs: 1, agree: 1, disagree: 0, notCompared: 0, E: 0, W: 0, I: 0 });
    const [run] = report.runs;
    expect(run).toMatchObject({
      folder,
      round: 'v1.1',
      organisation: 'Org',
      benchmark: 'kws',
      mode: 'performance',
      runner: 'eembc',
      runnerVersion: '3.0.10',
      agrees: true,
      verdict: 'valid',
      official: { accepted: true, messages: [expect.stringContaining('v1.1')] },
      findings: [],
    });
    expect(run?.published.windows).toHaveLength(5);
    expect(run?.comparisons).toHaveLength(11);
    expect(run?.recomputed.medianThroughputInfPerS).toBeCloseTo(1000 / 10.2, 9);
  });

  it('gives the same wherever the audit begins', async () => {
    const names = { 'log.txt': '', 'results.txt': '', 'script.async': '' };
    const files = filesOf({}, 'x');
    const inside = Object.fromEntries(Object.keys(names).map((name) => [name, files[`x/${name}`] ?? '']));
    const context = ['data', ...folder.split('/')];
    const outcome = await auditTree(memorySource(inside, { context }), { scope: 'runs' });
    const { runs } = auditReport(outcome, createText(), 'test');
    expect(runs[0]).toMatchObject({ folder: '.', round: 'v1.1', system: 'Board', benchmark: 'kws', findings: [] });
  });
});

describe('a run that does not hold', () => {
  it('has a printed median that is not the one of its windows', async () => {
    const run = await onlyRun(filesOf({ printedMedian: '99.999' }));
    expect(run.agrees).toBe(false);
    expect(run.comparisons.filter((each) => !each.agrees)).toEqual([
      expect.objectContaining({ figure: 'medianThroughputInfPerS', published: 99.999, rule: 'PERF-06' }),
    ]);
    expect(rulesOf(run)).toEqual(['PERF-06 E']);
    expect(run.findings[0]?.evidence).toEqual([{ file: `${folder}/results.txt`, line: 26 }]);
    expect(run.official.accepted).toBe(true);
  });

  it('has short windows, which the official checker does not see', async () => {
    const run = await onlyRun(filesOf({ windowsUs: [9_000_000, 9_001_000, 8_999_001, 9_000_000, 9_000_000] }));
    expect(rulesOf(run)).toContain('PERF-03 E');
    expect(run).toMatchObject({ agrees: true, verdict: 'invalid', official: { accepted: true } });
  });

  it('has a DUT clock that is wrong', async () => {
    expect(rulesOf(await onlyRun(filesOf({ clock: 0.9 })))).toContain('PERF-08 E');
  });

  it('is of another benchmark than its folder', async () => {
    expect(rulesOf(await onlyRun(filesOf({ model: 'vww01' })))).toContain('RUN-08 E');
  });

  it('has results of another run', async () => {
    const files = filesOf();
    const { results } = madePerformanceRun({ windowsUs: [10_300_000, 10_201_000, 10_199_000, 10_200_000, 10_202_001] });
    const run = await onlyRun({ ...files, [`${folder}/results.txt`]: results });
    expect(rulesOf(run)).toContain('RUN-05 E');
    expect(run.agrees).toBe(false);
  });

  it('has a script of another run', async () => {
    const { script } = madePerformanceRun({ inferences: 999 });
    const run = await onlyRun({ ...filesOf(), [`${folder}/script.async`]: script });
    expect(rulesOf(run)).toEqual(['RUN-06 W']);
    const cut = await onlyRun({ ...filesOf(), [`${folder}/script.async`]: script.slice(0, 300) });
    expect(cut.findings).toMatchObject([{ rule: 'RUN-06', code: 'broken' }]);
  });

  it('lacks a file, or has one too many', async () => {
    const { [`${folder}/log.txt`]: _log, ...rest } = filesOf();
    const run = await onlyRun(rest);
    expect(rulesOf(run)).toContain('RUN-03 W');
    expect(run).toMatchObject({ agrees: null, recomputed: {} });
    expect(rulesOf(await onlyRun({ ...filesOf(), [`${folder}/notes.tmp`]: 'x' }))).toEqual(['RUN-03 W']);
  });

  it('has an empty log, or one of two sessions', async () => {
    const files = filesOf();
    expect(rulesOf(await onlyRun({ ...files, [`${folder}/log.txt`]: '' }))).toContain('RUN-07 W');
    const log = files[`${folder}/log.txt`] ?? '';
    expect(rulesOf(await onlyRun({ ...files, [`${folder}/log.txt`]: `${log}\n${log}` }))).toContain('RUN-07 W');
  });

  it('has a system description that is no JSON', async () => {
    const run = await onlyRun({
      ...filesOf(),
      'v1.1/closed/Org/systems/Board.json': '{\n"Board Name": "x"\n"SoC": "y"\n}',
    });
    expect(run.findings).toMatchObject([
      { rule: 'PKG-07', severity: 'E', evidence: [{ file: 'v1.1/closed/Org/systems/Board.json', line: 3 }] },
    ]);
    expect(run.verdict).toBe('valid');
  });
});

describe('runs of one system', () => {
  it('are compared with each other', async () => {
    const accuracyPlace = 'v1.1/closed/Org/results/Board/kws/accuracy';
    const vector = (): string => Array.from({ length: 12 }, (_, k) => (k === 11 ? '0.9' : '0.009')).join(',');
    const { runs } = await audit({ ...filesOf(), ...filesOf({ vector, inferences: 1 }, accuracyPlace) });
    const performance = runs.find((run) => run.mode === 'performance');
    expect(rulesOf(performance as AuditedRun)).toEqual(['RUN-11 W']);
  });
});

describe('rounds', () => {
  it('are those of the folders, or the one that was asked for', async () => {
    expect(rulesOf(await onlyRun(filesOf(), { round: 'v1.4' }))).toEqual(['RUN-04 E']);
    expect((await onlyRun(filesOf(), { round: 'v1.4' })).round).toBe('v1.4');
  });
});

it('refuses a folder without any run', async () => {
  await expect(audit({ 'readme.md': 'x', 'code/log.txt': 'x' })).rejects.toMatchObject({
    code: 'audit.noRuns',
    facts: { files: 2 },
  });
});

it('says so where nothing tells what a run is', async () => {
  const run = await onlyRun({ 'somewhere/log.txt': 'hello' });
  expect(run).toMatchObject({ folder: 'somewhere', benchmark: null, mode: null, official: { accepted: null } });
  expect(run.findings).toMatchObject([{ rule: 'RUN-08', severity: 'W', code: 'unknownRun' }]);
});
