import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { auditFolder } from '../../../../src/main/audit/index.ts';
import { madePerformanceRun } from '../../../support/audit/eembc-run.ts';

const root = mkdtempSync(join(tmpdir(), 'jb-audit-pool-'));
const spec = { kind: 'folder', path: root } as const;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

for (const system of ['A', 'B', 'C']) {
  for (const benchmark of ['kws', 'ic']) {
    const { log, results, script } = madePerformanceRun();
    const folder = `v1.1/closed/Org/results/${system}/${benchmark}/performance`;
    write(`${folder}/log.txt`, log);
    write(`${folder}/results.txt`, results);
    write(`${folder}/script.async`, script);
  }
}

afterAll(() => {
  rmSync(root, { recursive: true });
});

describe('an audit in worker threads', () => {
  it('gives what it gives in one thread', async () => {
    const here = await auditFolder(spec, { scope: 'package', threads: 0 });
    const told: [number, number][] = [];
    const there = await auditFolder(spec, {
      scope: 'package',
      threads: 2,
      onProgress: (done, total) => told.push([done, total]),
    });
    expect(there).toEqual(here);
    expect(here.runs).toHaveLength(6);
    expect(told).toEqual([1, 2, 3, 4, 5, 6].map((done) => [done, 6]));
  });

  it('ends when it is stopped', async () => {
    const abort = new AbortController();
    const audit = auditFolder(spec, {
      scope: 'runs',
      threads: 2,
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(audit).rejects.toThrow(/abort/i);
  });

  it('says so when a thread fails', async () => {
    const entry = new URL('data:text/javascript,throw new Error("broken on purpose")');
    await expect(auditFolder(spec, { scope: 'runs', threads: 1, entry })).rejects.toMatchObject({
      code: 'audit.threadFailed',
      facts: { reason: 'broken on purpose' },
    });
  });
});
