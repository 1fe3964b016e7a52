import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTrace, recordTrace } from '../../../src/main/trace/index.ts';
import { isFault } from '../../../src/shared/fault/index.ts';
import { allChannels, fullBlock, header, noise } from './trace-kit.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jb-trace-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('recordTrace', () => {
  it('writes in a worker what it is given, in order', async () => {
    const path = join(folder, 'a.jbt');
    const recorder = await recordTrace(path, { ...header, sampleRateHz: 100_000, channels: allChannels });
    const blocks = Array.from({ length: 300 }, (_, k) => fullBlock(997, k + 1, k % 7 === 0 ? 2 : 0));
    for (const [k, block] of blocks.entries()) {
      const copy = { ...block, values: block.values.slice() };
      recorder.append(copy);
      // The caller's arrays are its own again once `append` returns.
      copy.values.fill(0);
      if (k % 10 === 0) recorder.event({ kind: 'edge', sampleIndex: k * 997, channel: 0, level: 'fall' });
      if (k % 50 === 0) await recorder.flush();
    }
    expect(recorder.samples).toBe(300 * 997);
    await recorder.drained(0);
    expect(recorder.pendingSamples).toBe(0);
    const closed = await recorder.close();
    const bytes = await readFile(path);
    expect(closed).toEqual({
      samples: 300 * 997,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(await recorder.close()).toEqual(closed);
    const trace = await openTrace(path);
    for (const [k, block] of blocks.entries()) expect(await trace.read(k * 997, 997)).toEqual(block);
    expect((await trace.events()).map(({ sampleIndex }) => sampleIndex)).toEqual(
      Array.from({ length: 30 }, (_, k) => k * 9970),
    );
    expect((await trace.statistics(0, trace.samples)).saturated).toBe(43 * 2);
    await trace.close();
  });

  it('says that the file cannot be made', async () => {
    const there = join(folder, 'a.jbt');
    for (const [path, reason] of [
      [join(folder, 'nowhere', 'b.jbt'), 'ENOENT'],
      [there, 'EEXIST'],
    ] as const) {
      const outcome = await recordTrace(path, header).catch((error: unknown) => error);
      expect(outcome).toMatchObject({ code: 'trace.writeFailed', facts: { path, reason, samples: 0 } });
    }
    const trace = await openTrace(there);
    expect(trace.closed).toBe(true);
    await trace.close();
  });

  it('keeps what was written when the disk fills up, and lets nobody wait', async () => {
    const path = join(folder, 'full.jbt');
    const recorder = await recordTrace(path, header, { entry: new URL('./full-disk-worker.ts', import.meta.url) });
    const failed = recorder.failed.catch((error: unknown) => error);
    for (let k = 0; k < 40; k += 1) recorder.append({ values: noise(500, k + 1), saturated: 0 });
    const waited = recorder.drained(0).catch((error: unknown) => error);
    const fault = await failed;
    expect(isFault(fault, 'trace.writeFailed')).toBe(true);
    expect(await waited).toBe(fault);
    expect(await recorder.flush().catch((error: unknown) => error)).toMatchObject({ code: 'trace.writeFailed' });
    expect(await recorder.close().catch((error: unknown) => error)).toBe(fault);
    const trace = await openTrace(path);
    expect(trace.closed).toBe(false);
    expect(fault).toMatchObject({ facts: { reason: 'ENOSPC', samples: trace.samples } });
    expect(trace.samples).toBeGreaterThan(3000);
    expect((await trace.read(500, 500)).values).toEqual(noise(500, 2));
    await trace.close();
  });
});
