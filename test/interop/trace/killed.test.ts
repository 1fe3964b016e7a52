import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTrace } from '../../../src/main/trace/index.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jb-killed-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a recording program that is killed', () => {
  it.each([1, 2, 7, 23])('leaves everything it had flushed (after flush %d)', async (flushes) => {
    const path = join(folder, `${flushes}.jbt`);
    const child = spawn(process.execPath, [resolve(import.meta.dirname, 'endless-recorder.ts'), path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = new Promise((done) => child.once('exit', done));
    let seen = 0;
    let flushed = 0;
    for await (const line of createInterface(child.stdout)) {
      seen += 1;
      flushed = Number(line);
      if (seen === flushes) child.kill('SIGKILL');
    }
    await gone;
    const trace = await openTrace(path);
    expect(trace.closed).toBe(false);
    expect(trace.samples).toBeGreaterThanOrEqual(flushed);
    expect(flushed).toBeGreaterThan(0);
    const { values } = await trace.read(0, trace.samples);
    expect(values.findIndex((value, k) => value !== k)).toBe(-1);
    expect((await trace.events()).length).toBeGreaterThanOrEqual(flushed / 3001);
    expect(await trace.check()).toEqual([]);
    await trace.close();
  });
});
