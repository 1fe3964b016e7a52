import { describe, expect, it } from 'vitest';
import { auditReport, auditTree } from '../../../src/main/audit/index.ts';
import type { AuditedRun, AuditReport } from '../../../src/shared/domain/audit.ts';
import { auditReportSchema } from '../../../src/shared/domain/audit.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { madePerformanceRun } from '../../support/audit/eembc-run.ts';
import { memorySource } from '../../support/audit/memory-source.ts';

const folder = 'v1.1/closed/Org/results/Board/kws/performance';
const good = madePerformanceRun();

async function audit(files: Record<string, string | Uint8Array>): Promise<AuditReport> {
  const report = auditReport(await auditTree(memorySource(files), { scope: 'package' }), createText(), 'test');
  // Whatever was handed in, the report keeps its form.
  return auditReportSchema.parse(JSON.parse(JSON.stringify(report)));
}

async function runWith(files: Record<string, string | Uint8Array>): Promise<AuditedRun> {
  const named = { 'log.txt': good.log, 'results.txt': good.results, 'script.async': good.script, ...files };
  const placed = Object.fromEntries(Object.entries(named).map(([name, content]) => [`${folder}/${name}`, content]));
  const { runs } = await audit(placed);
  return runs[0] as AuditedRun;
}

const rulesOf = (run: AuditedRun): string[] => run.findings.map(({ rule }) => rule);

describe('an audit of files made to do harm', () => {
  it('survives a line without end and a file of NULs', async () => {
    const endless = await runWith({ 'log.txt': `${good.log}\n${'x'.repeat(5_000_000)}` });
    expect(endless.agrees).toBe(true);
    const nuls = await runWith({ 'log.txt': new Uint8Array(3_000_000), 'results.txt': new Uint8Array(1_000_000) });
    expect(rulesOf(nuls)).toContain('RUN-07');
    expect(nuls.agrees).toBeNull();
    const within = await runWith({ 'log.txt': good.log.replaceAll('m-', '\0m-\0') });
    expect(within.agrees).toBe(true);
  });

  it('reads every line end and what a shell makes of a text', async () => {
    const texts = { 'log.txt': good.log, 'results.txt': good.results };
    const forms: Record<string, (text: string) => string | Uint8Array> = {
      'CR LF': (text) => text.replaceAll('\n', '\r\n'),
      'CR alone': (text) => text.replaceAll('\n', '\r'),
      'CR CR LF': (text) => text.replaceAll('\n', '\r\r\n'),
      'UTF-8 with its mark': (text) => `\ufeff${text}`,
      'UTF-16': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
      'UTF-16 the other way round': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
    };
    for (const [form, make] of Object.entries(forms)) {
      const made = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, make(text)]));
      const run = await runWith(made);
      expect([form, run.agrees, rulesOf(run)]).toEqual([form, true, []]);
      const script = await runWith({ 'script.async': make(good.script) });
      // Nothing evaluates a script, so that it is read by the letter: in UTF-16 it is none.
      expect([form, rulesOf(script)]).toEqual([form, form.startsWith('UTF-16') ? ['RUN-03'] : []]);
    }
    const broken = await runWith({ 'log.txt': Buffer.from(good.log.replace('Stop', 'St\u00f6p'), 'latin1') });
    expect(broken.agrees).toBe(true);
  });

  it('takes no number for more than it is', async () => {
    const huge = '9'.repeat(40);
    const run = await runWith({
      'log.txt': good.log
        .replaceAll('infer 1000 1', `infer ${huge} 1`)
        .replaceAll('m-infer-start-1000', `m-infer-start-${huge}`),
      'results.txt': good.results.replaceAll('10.200', huge).replaceAll('1000\n', `${huge}\n`),
    });
    expect(run.agrees).not.toBe(true);
    const negative = await runWith({
      'log.txt': good.log.replaceAll(/m-lap-us-\d+/g, 'm-lap-us-18446744073709551615'),
    });
    expect(negative.recomputed.windows).toBeUndefined();
  });

  it('keeps its time with a hundred thousand windows', async () => {
    const windows = Array.from(
      { length: 100_000 },
      (_, k) => `Performance results for window ${k}:\n# Inferences : 1\nRuntime : 10.0 sec.\n`,
    );
    const run = await runWith({ 'results.txt': windows.join('') });
    expect(run.published.windows?.length).toBeLessThanOrEqual(10_000);
    expect(run.agrees).toBe(false);
  });

  it('reads deep JSON, names that could do harm, and broken forms, and says which files they are', async () => {
    const place = 'v1.3/closed/Org/results/Board/kws/energy';
    const { runs } = await audit({
      [`${place}/log.txt`]: 'Logging initialized. Writing output to x\nDevice model retrieved: kws01\n',
      [`${place}/results.txt`]: 'Power Edition Output\n',
      [`${place}/results.json`]: `[${'{"a":'.repeat(200_000)}`,
      'v1.3/closed/Org/systems/Board.json': `{"__proto__": {"polluted": 1}, "Status": ${'['.repeat(100_000)}`,
      'v1.3/closed/Org/model_mapping.json': '{"constructor": "kws"}',
    });
    expect(runs[0]?.findings.find(({ rule }) => rule === 'RUN-03')).toMatchObject({
      code: 'unreadable',
      facts: { files: 'results.json' },
    });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('evaluates nothing of a script', async () => {
    (globalThis as Record<string, unknown>)['harmed'] = false;
    const run = await runWith({ 'script.async': "[{ cmd: (globalThis.harmed = true) && 'x' }]" });
    expect((globalThis as Record<string, unknown>)['harmed']).toBe(false);
    expect(rulesOf(run)).toEqual(['RUN-03']);
  });

  it('goes on where one file cannot be read', async () => {
    const source = memorySource({
      [`${folder}/log.txt`]: good.log,
      [`${folder}/results.txt`]: good.results,
      [`${folder}/script.async`]: good.script,
    });
    const outcome = await auditTree(
      {
        ...source,
        read: (path, range, signal) => source.read(path.endsWith('log.txt') ? 'absent' : path, range, signal),
      },
      { scope: 'runs' },
    );
    const [run] = auditReport(outcome, createText(), 'test').runs;
    expect(run?.findings.map(({ rule, code }) => [rule, code])).toContainEqual(['RUN-03', 'unreadable']);
  });

  it('goes on beside a description and a session that cannot be opened', async () => {
    const files = memorySource({
      [`${folder}/log.txt`]: good.log,
      [`${folder}/results.txt`]: good.results,
      [`${folder}/script.async`]: good.script,
      'v1.1/closed/Org/systems/Board.json': '{}',
      'v1.1/closed/Org/model_mapping.json': '{}',
      'own/journal.jsonl': 'x',
    });
    const shut = /Board\.json|mapping|journal/;
    const outcome = await auditTree(
      { ...files, read: (path, range, signal) => files.read(shut.test(path) ? 'absent' : path, range, signal) },
      { scope: 'package' },
    );
    const report = auditReport(outcome, createText(), 'test');
    expect(report.runs.map((run) => [run.folder, run.findings.some(({ code }) => code === 'unreadable')])).toEqual([
      ['own', true],
      [folder, false],
    ]);
    expect(report.findings.find(({ rule }) => rule === 'PKG-07')).toMatchObject({
      code: 'broken',
      evidence: [{ file: 'v1.1/closed/Org/systems/Board.json' }],
    });
  });

  it('goes on beside a session that is none', async () => {
    const { runs } = await audit({
      'a/journal.jsonl': '{"x": 1}\n',
      [`${folder}/log.txt`]: good.log,
    });
    expect(runs.map((run) => [run.folder, run.runner])).toEqual([
      ['a', 'joulebench'],
      [folder, 'eembc'],
    ]);
    expect(runs[0]?.findings).toMatchObject([{ rule: 'RUN-07', evidence: [{ file: 'a/journal.jsonl', line: 1 }] }]);
  });
});
