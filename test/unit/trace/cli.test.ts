import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as answers from '../../../src/shared/domain/cli-json.ts';
import { traceCli } from './cli-kit.ts';
import { recorded } from './trace-kit.ts';

let folder = '';
let file = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jb-trace-cli-'));
  file = join(folder, 'trace.jbt');
  const bytes = await recorded({}, (recorder) => {
    recorder.append({ values: new Float32Array(2000).fill(0.5), saturated: 0 });
    recorder.append({ values: new Float32Array(1000).fill(NaN), saturated: 0 });
    recorder.append({ values: new Float32Array(1000).fill(0.25), saturated: 3 });
    recorder.event({ kind: 'mark', sampleIndex: 500, name: 'window-1', hostS: 0.5 });
    for (const sampleIndex of [1000, 3500]) recorder.event({ kind: 'edge', sampleIndex, channel: 0, level: 'fall' });
    recorder.event({ kind: 'loss', sampleIndex: 2000, count: 1000, cause: 'counter', exact: true });
  });
  await writeFile(file, bytes);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('joulebench trace info', () => {
  it('says what the file holds', async () => {
    const { out, code } = await traceCli('info', file, '--json', '--check');
    expect(code).toBe(0);
    expect(answers.traceInfoAnswerSchema.parse(JSON.parse(out))).toMatchObject({
      file,
      simulated: true,
      samples: 4000,
      durationS: 4,
      closed: true,
      edges: 2,
      losses: 1,
      marks: [{ name: 'window-1', sampleIndex: 500, timeS: 0.5 }],
      checked: true,
      damaged: [],
    });
    const words = (await traceCli('info', file, '--check')).out;
    expect(words).toContain('SIMULATED: ');
    expect(words).toContain('window-1');
    expect(words).toContain('Every block can be read.');
    expect(words).not.toMatch(/trace\.\w+\.|\{/);
  });

  it('ends with another code when something is damaged, and says that a file was not closed', async () => {
    const bytes = await readFile(file);
    const hurt = join(folder, 'hurt.jbt');
    bytes[2000] = (bytes[2000] ?? 0) ^ 1;
    await writeFile(hurt, bytes.subarray(0, bytes.length - 100));
    const { out, code } = await traceCli('info', hurt, '--check');
    expect(code).toBe(1);
    expect(out).toMatch(/Damaged at byte \d+: the content does not fit its checksum/);
    expect(out).toContain('The file was not closed');
  });
});

describe('joulebench trace stats', () => {
  it('sums up the whole, an interval and a window', async () => {
    const stats = async (...options: string[]): Promise<unknown> =>
      answers.traceStatsAnswerSchema.parse(JSON.parse((await traceCli('stats', file, '--json', ...options)).out));
    expect(await stats()).toMatchObject({ count: 3000, gaps: 1000, saturated: 3, energyJ: 3.75, chargeC: 1.25 });
    expect(await stats('--from', '0.5', '--to', '1.5')).toMatchObject({ firstSample: 500, endSample: 1500, mean: 0.5 });
    expect(await stats('--window', '1')).toMatchObject({
      window: 1,
      fromS: 1,
      toS: 3.5,
      energyJ: 1.875,
      meanPowerW: 1.25,
      min: 0.25,
    });
    expect(await stats('--from', '2', '--to', '3')).toMatchObject({ count: 0, gaps: 1000, mean: null, energyJ: null });
    expect((await traceCli('stats', file, '--window', '1')).out).toMatch(/energy +1\.87500.J/);
  });

  it('refuses what is not there', async () => {
    await expect(traceCli('stats', file, '--to', '4.5')).rejects.toMatchObject({ code: 'trace.outOfRange' });
    await expect(traceCli('stats', file, '--window', '2')).rejects.toMatchObject({ code: 'trace.noWindow' });
    await expect(traceCli('stats', join(folder, 'nothing.jbt'))).rejects.toMatchObject({ code: 'trace.unreadable' });
    await expect(traceCli('stats', file, '--window', '1', '--from', '1')).rejects.toMatchObject({
      code: 'commander.conflictingOption',
    });
    await expect(traceCli('import', join(folder, 'nothing.csv'), '--out', join(folder, 'x.jbt'))).rejects.toMatchObject(
      {
        code: 'trace.unreadable',
      },
    );
    await expect(traceCli('stats', file, '--from', '-1')).rejects.toMatchObject({ code: 'commander.invalidArgument' });
  });
});

describe('joulebench trace export', () => {
  it('writes the table of a window', async () => {
    const out = join(folder, 'new', 'window.csv');
    const { out: said } = await traceCli('export', file, '--format', 'csv', '--out', out, '--window', '1', '--json');
    expect(answers.traceExportAnswerSchema.parse(JSON.parse(said))).toMatchObject({ files: [out], samples: 2500 });
    expect((await readFile(out, 'utf8')).split('\n')).toHaveLength(2502);
  });

  it('writes the published format as a whole', async () => {
    const { out } = await traceCli('export', file, '--format', 'eembc', '--out', folder, '--number', '2', '--json');
    const { files, samples } = answers.traceExportAnswerSchema.parse(JSON.parse(out));
    expect(samples).toBe(4000);
    expect(files.map((name) => name.slice(folder.length + 1))).toEqual([
      'SIMULATED-trace2-energy.bin',
      'SIMULATED-trace2-timestamps.json',
      'SIMULATED-trace2-details.json',
    ]);
    expect((await readFile(files[0] ?? '')).length).toBe(5 + 4 * 4000);
    await expect(traceCli('export', file, '--format', 'eembc', '--out', folder, '--from', '1')).rejects.toMatchObject({
      code: 'trace.onlyWhole',
    });
  });
});
