import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openTraceFile } from '../../../../src/main/emon/file/index.ts';
import { readAll, reasonOf } from './read.ts';
import { buildZip } from './zip-builder.ts';

const folder = mkdtempSync(join(tmpdir(), 'jb-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const energy = Buffer.from('F100007A440000803F0000004000004040', 'hex');

describe('opening a trace file', () => {
  it('finds the format from the content, and the marks beside the trace', async () => {
    const alone = await openTraceFile(file('trace2-energy.bin', energy));
    expect(alone).toMatchObject({ format: 'eembc', warnings: [{ code: 'noTimestamps' }] });
    file('trace2-timestamps.json', '[0.001,0.002,0.003]');
    const both = await openTraceFile(join(folder, 'trace2-energy.bin'));
    expect(both.edges).toHaveLength(3);
    expect((await openTraceFile(join(folder, 'trace2-energy.bin'), { timestampsPath: null })).edges).toHaveLength(0);
    const marks = file('other.json', '[0]');
    const other = await openTraceFile(file('renamed.dat', energy), { timestampsPath: marks });
    expect(other.edges).toHaveLength(1);
    const json = '[{"power": {"samples": [1e-5], "timestamps": [], "voltage": 3}}]';
    expect((await openTraceFile(file('r.json', json))).format).toBe('results');
    expect((await openTraceFile(file('t.txt', 'Time(ms),Current(uA)\n0,1\n1,2\n'))).format).toBe('csv');
    const meta = Buffer.from('{"formatVersion":2,"metadata":{"samplesPerSecond":10}}');
    const raw = Buffer.from('0000803f5555', 'hex');
    const zip = await openTraceFile(file('s.ppk2', buildZip({ 'metadata.json': meta, 'session.raw': raw })));
    expect(zip.format).toBe('ppk2');
    expect((await readAll(zip)).values).toEqual([1]);
  });

  it('says why not', async () => {
    await expect(openTraceFile(join(folder, 'absent'))).rejects.toMatchObject({ code: 'trace.unreadable' });
    mkdirSync(join(folder, 'sub'));
    expect(await reasonOf(openTraceFile(join(folder, 'sub')))).toBe('EISDIR');
    expect(await reasonOf(openTraceFile(file('empty', '')))).toContain('0 bytes of no known form');
    expect(await reasonOf(openTraceFile(file('binary', '\u0001\0\0abc')))).toContain('no known form');
    expect(await reasonOf(openTraceFile(file('t2.csv', 'a,b\n1,2\n'), { format: 'eembc' }))).toContain('first byte');
  });

  it('obeys its signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(openTraceFile(join(folder, 'trace2-energy.bin'), { signal })).rejects.toThrow('enough');
  });

  it('notices when the file shrinks before it is read', async () => {
    const path = file('shrinks-energy.bin', energy);
    const trace = await openTraceFile(path, { timestampsPath: null });
    file('shrinks-energy.bin', energy.subarray(0, 9));
    expect(await reasonOf(readAll(trace))).toContain('shorter');
  });
});
