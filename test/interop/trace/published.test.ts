import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTraceFile } from '../../../src/main/emon/index.ts';
import { exportEembc, importTrace, openTrace } from '../../../src/main/trace/index.ts';
import { dataFolder, dataPath, noDataReason } from '../../support/data.ts';

const submissions = noDataReason ? '' : dataPath('submissions');
const published = noDataReason
  ? []
  : (readdirSync(submissions, { recursive: true }) as string[]).filter((name) => /trace\d+-energy\.bin$/.test(name));

describe.skipIf(noDataReason)('published traces', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jb-published-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('are there', () => {
    expect(dataFolder()).toBeDefined();
    expect(published.length).toBeGreaterThan(5);
  });

  it.each(published)('%s comes out as it went in', async (name) => {
    const source = join(submissions, name);
    const number = Number(/trace(\d+)-/.exec(basename(name))?.[1]);
    const path = join(folder, `${relative(submissions, source).replaceAll(/[\\/]/g, '_')}.jbt`);
    const foreign = await openTraceFile(source, {});
    await importTrace(foreign, path, { createdAt: '2026-11-24T10:00:00.000Z', program: 'test', source: name });
    const trace = await openTrace(path);
    const out = await mkdtemp(join(folder, 'out-'));
    for (const rate of ['trace', 'published'] as const) {
      const target = await mkdtemp(join(out, rate));
      const { files } = await exportEembc(trace, { folder: target, rate, number });
      expect((await readFile(files.energy)).equals(await readFile(source))).toBe(true);
      const marks = await readFile(join(dirname(source), `trace${number}-timestamps.json`), 'utf8');
      // Some archives have gone through a system with other line ends.
      expect(await readFile(files.timestamps, 'utf8')).toBe(marks.replaceAll('\r\n', '\n').trimEnd());
    }
    await trace.close();
  });
});
