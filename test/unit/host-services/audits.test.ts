import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Audits } from '../../../src/main/host-services/audits.ts';
import { MadeFiles } from '../../../src/main/host-services/made-files.ts';
import { auditReportSchema } from '../../../src/shared/domain/audit.ts';
import { liveAuditSchema } from '../../../src/shared/domain/audit-page.ts';
import type { AuditFilter } from '../../../src/shared/domain/audit-page.ts';
import { madePerformanceRun } from '../../support/audit/eembc-run.ts';
import { testHost } from '../../support/test-host.ts';

const every: AuditFilter = {
  round: null,
  organisation: null,
  benchmark: null,
  mode: null,
  severity: null,
  rule: null,
  agrees: null,
};
const wrong = 'v1.1/closed/Org/results/Board/kws/performance';

let home: string;
let tree: string;
let audits: Audits;
let letGo: (() => void) | undefined;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'jb-audits-'));
  tree = join(home, 'tree');
  writeRun(wrong, '99.999');
  writeRun('v1.0/closed/Other/results/Chip/kws/performance');
  writeFileSync(join(home, 'secret.txt'), 'not for the page');
  writeFileSync(join(tree, 'unnamed.txt'), 'in the folder, but no part of a run');
  audits = new Audits({
    host: await testHost(home),
    temporaryFolder: home,
    threads: 0,
    // A "zip" of the test is a text with the name of a file to make.
    unpack: (zip, folder) => {
      const name = readFileSync(zip, 'utf8');
      if (name === 'stuck') {
        mkdirSync(folder);
        return new Promise((resolve) => (letGo = resolve));
      }
      mkdirSync(folder);
      for (const [file, text] of Object.entries(madePerformanceRun()))
        write(join(folder, name, file === 'script' ? 'script.async' : `${file}.txt`), text as string);
      return Promise.resolve();
    },
  });
});
afterEach(async () => {
  await audits.close();
  rmSync(home, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function writeRun(folder: string, printedMedian?: string): void {
  const { log, results, script } = madePerformanceRun(printedMedian === undefined ? {} : { printedMedian });
  write(join(tree, folder, 'log.txt'), log);
  write(join(tree, folder, 'results.txt'), results);
  write(join(tree, folder, 'script.async'), script);
}

async function audited(path = tree): Promise<string> {
  const auditId = await audits.start(path, { scope: 'runs', round: null });
  await audits.ended(auditId);
  return auditId;
}

describe('an audit of a folder', () => {
  it('tells its progress, its counts and what the runs can be narrowed by', async () => {
    const auditId = await audited();
    const live = liveAuditSchema.parse(audits.topic(auditId).value);
    expect(live).toMatchObject({ name: 'tree', state: 'done', done: 2, total: 2, fault: null });
    expect(live.summary?.counts).toMatchObject({ runs: 2, agree: 1, disagree: 1, notCompared: 0 });
    expect(live.summary?.choices).toEqual({
      rounds: ['v1.0', 'v1.1'],
      organisations: ['Org', 'Other'],
      benchmarks: ['kws'],
      modes: ['performance'],
      rules: ['PERF-06'],
    });
    expect(audits.list().map((one) => one.auditId)).toEqual([auditId]);
  });

  it('gives its runs in stretches and by what they are', async () => {
    const auditId = await audited();
    expect(audits.rows(auditId, every, 0, 1)).toMatchObject({ total: 2, rows: [{ round: 'v1.0', index: 0 }] });
    expect(audits.rows(auditId, every, 1, 10).rows).toHaveLength(1);
    for (const part of [{ round: 'v1.1' }, { organisation: 'Org' }, { rule: 'PERF-06' }, { severity: 'E' }] as const)
      expect(audits.rows(auditId, { ...every, ...part }, 0, 10)).toMatchObject({ total: 1, rows: [{ folder: wrong }] });
    expect(audits.rows(auditId, { ...every, agrees: 'agree' }, 0, 10).rows[0]).toMatchObject({ round: 'v1.0', E: 0 });
    expect(audits.rows(auditId, { ...every, severity: 'W', rule: 'PERF-06' }, 0, 10).total).toBe(0);
    expect(audits.run(auditId, 1).findings[0]?.rule).toBe('PERF-06');
    expect(() => audits.run(auditId, 2)).toThrow('app.operationUnknown');
  });

  it('is saved in the forms of the command line', async () => {
    const auditId = await audited();
    const files = new MadeFiles();
    const json = await audits.save(auditId, 'json', files);
    expect(json.name).toBe('audit-tree.json');
    const report: unknown = JSON.parse(readFileSync(files.find(json.fileId)?.path ?? '', 'utf8'));
    expect(auditReportSchema.parse(report).counts.disagree).toBe(1);
    const junit = await audits.save(auditId, 'junit', files);
    expect(readFileSync(files.find(junit.fileId)?.path ?? '', 'utf8')).toContain('PERF-06');
    await files.close();
  });
});

describe('the evidence', () => {
  it('is the raw lines around a place', async () => {
    const auditId = await audited();
    const file = `${wrong}/results.txt`;
    const raw = readFileSync(join(tree, file), 'utf8').split('\n');
    const answer = await audits.lines(auditId, { file, line: 26 });
    expect(answer).toMatchObject({ file, binary: false, marked: 26 });
    expect(answer.lines[0]?.number).toBe(14);
    expect(answer.lines.find(({ number }) => number === 26)?.text).toBe(raw[25]);
    const head = await audits.lines(auditId, { file: `${wrong}/log.txt`, line: null });
    expect(head.lines.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, k) => k + 1));
    expect(head.more).toBe(true);
  });

  it('is never a file outside of the folder, nor one that the report does not name', async () => {
    const auditId = await audited();
    const refused = (file: string) =>
      expect(audits.lines(auditId, { file, line: 1 }), file).rejects.toMatchObject({ code: 'audit.outside' });
    await refused('unnamed.txt');
    await refused('../secret.txt');
    const pieces = ['..', '.', '', '/', '\\', 'secret.txt', wrong, 'results.txt', '%2e%2e', '\0', 'C:', home, '~'];
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (let k = 0; k < 10_000; k += 1) {
      const file = Array.from({ length: 1 + next(6) }, () => pieces[next(pieces.length)]).join(next(2) ? '/' : '\\');
      if (file === `${wrong}/results.txt`) continue;
      await audits.lines(auditId, { file, line: 1 }).then(
        () => expect.fail(`shown: ${file}`),
        (error: { code?: string }) => expect(error.code).toBe('audit.outside'),
      );
    }
  });

  it('is not followed out of the folder by a link that came later', async () => {
    const auditId = await audited();
    const file = `${wrong}/results.txt`;
    rmSync(join(tree, file));
    symlinkSync(join(home, 'secret.txt'), join(tree, file));
    await expect(audits.lines(auditId, { file, line: 1 })).rejects.toMatchObject({ code: 'audit.outside' });
  });
});

describe('an audit of a zip file', () => {
  it('is unpacked into a hidden folder that goes with it', async () => {
    const zip = join(home, 'tiny.zip');
    writeFileSync(zip, 'v1.1/closed/Org/results/Board/kws/performance');
    const auditId = await audited(zip);
    expect(audits.topic(auditId).value).toMatchObject({ name: 'tiny.zip', state: 'done' });
    const file = 'v1.1/closed/Org/results/Board/kws/performance/log.txt';
    expect((await audits.lines(auditId, { file, line: 1 })).lines[0]?.text).toContain('m-session-start');
    const hidden = () => readdirSync(home).filter((name) => name.startsWith('.joulebench-audit-'));
    expect(hidden()).toHaveLength(1);
    await audits.close();
    expect(hidden()).toEqual([]);
  });

  it('can be stopped', async () => {
    const zip = join(home, 'tiny.zip');
    writeFileSync(zip, 'stuck');
    const auditId = await audits.start(zip, { scope: 'runs', round: null });
    await vi.waitFor(() => {
      expect(letGo).toBeDefined();
    });
    audits.stop(auditId);
    // At once, although the unpacking goes on until it notices; what it has written goes then.
    await audits.ended(auditId);
    expect(audits.topic(auditId).value).toMatchObject({ state: 'stopped', fault: null, summary: null });
    letGo?.();
    await audits.close();
    expect(readdirSync(home).filter((name) => name.startsWith('.joulebench-audit-'))).toEqual([]);
  });

  it('that was stopped has no report', async () => {
    const auditId = await audits.start(tree, { scope: 'runs', round: null });
    audits.stop(auditId);
    await audits.ended(auditId);
    expect(() => audits.rows(auditId, every, 0, 1)).toThrow('app.operationUnknown');
  });
});

describe('what cannot be audited', () => {
  it('is told', async () => {
    await expect(audits.start(join(home, 'nowhere'), { scope: 'runs', round: null })).rejects.toMatchObject({
      code: 'audit.noFolder',
    });
    mkdirSync(join(home, 'empty'));
    const auditId = await audited(join(home, 'empty'));
    expect(audits.topic(auditId).value).toMatchObject({ state: 'failed', fault: { code: 'audit.noRuns' } });
  });
});
