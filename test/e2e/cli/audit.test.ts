import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../../src/shared/domain/audit.ts';
import { auditReportSchema } from '../../../src/shared/domain/audit.ts';
import { madePerformanceRun } from '../../support/audit/eembc-run.ts';
import type { MadeRunOptions } from '../../support/audit/eembc-run.ts';
import { cli, scratch } from '../../support/cli.ts';

function write(root: string, folder: string, options: MadeRunOptions = {}): void {
  const { log, results, script } = madePerformanceRun(options);
  for (const [name, text] of Object.entries({ 'log.txt': log, 'results.txt': results, 'script.async': script })) {
    const path = join(root, folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

const folder = 'closed/Org/results/Board/kws/performance';

function reportIn(path: string): AuditReport {
  return auditReportSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

describe('joulebench audit', () => {
  it('ends with 0 for a clean run and writes the report', async () => {
    const home = scratch();
    write(home, `tree/${folder}`);
    const json = join(home, 'audit.json');
    const args = ['audit', join(home, 'tree'), '--scope', 'runs', '--round', 'v1.1', '--json', json];
    const { code, out, err } = await cli(args, home);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(folder);
    expect(out).toContain('1 run: the printed figures of 1 agree');
    expect(reportIn(json)).toMatchObject({ round: 'v1.1', scope: 'runs', runs: [{ folder, agrees: true }] });
  });

  it('ends with 1 for a finding of severity E and shows where it is', async () => {
    const home = scratch();
    write(home, `tree/${folder}`, { printedMedian: '99.999' });
    const [junit, pdf] = [join(home, 'audit.xml'), join(home, 'audit.pdf')];
    const files = ['--junit', junit, '--pdf', pdf, '--paper', 'Letter'];
    const { code, out } = await cli(
      ['audit', join(home, 'tree'), '--scope', 'runs', '--round', 'v1.1', ...files],
      home,
    );
    expect(code).toBe(1);
    expect(readFileSync(pdf, 'latin1').slice(0, 8)).toBe('%PDF-1.7');
    const xml = readFileSync(junit, 'utf8');
    expect(xml).toContain('<testsuites name="audit" tests="2" failures="2"');
    expect(xml).toContain('printed 99.999');
    expect(out).toContain('PERF-06');
    expect(out).toContain(`${folder}/results.txt, line 26`);
    expect(out).toContain('The official checker accepts this result.');
  });

  it('ends with 2 where there is nothing to audit', async () => {
    const home = scratch();
    mkdirSync(join(home, 'empty'));
    expect(await cli(['audit', join(home, 'empty')], home)).toMatchObject({ code: 2 });
    expect(await cli(['audit', join(home, 'absent')], home)).toMatchObject({ code: 2 });
    expect(await cli(['audit', join(home, 'empty'), '--round', '1.3'], home)).toMatchObject({ code: 2 });
    expect(await cli(['audit', join(home, 'empty'), '--scope', 'all'], home)).toMatchObject({ code: 2 });
  });

  it('audits a session of ours', async () => {
    const home = scratch();
    const session = resolve(import.meta.dirname, '../../fixtures/sessions/format-1');
    const { code, out } = await cli(['audit', session, '--scope', 'runs', '--json', '-'], home);
    const report = auditReportSchema.parse(JSON.parse(out));
    expect(code).toBe(report.counts.E > 0 ? 1 : 0);
    expect(report.runs.length).toBeGreaterThan(0);
    for (const run of report.runs) expect(run).toMatchObject({ runner: 'joulebench', agrees: true, simulated: true });
  });
});
