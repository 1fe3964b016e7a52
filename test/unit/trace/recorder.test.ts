import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTrace } from '../../../src/main/trace/index.ts';
import type { TraceEvent } from '../../../src/main/trace/index.ts';
import { isFault } from '../../../src/shared/fault/index.ts';
import { allChannels, fullBlock, header, MemoryDisk, noise, readBytes, recorded } from './trace-kit.ts';

const events: TraceEvent[] = [
  { kind: 'edge', sampleIndex: 3, channel: 0, level: 'fall', sequence: 1 },
  { kind: 'tick', sampleIndex: 1000, deviceTimeS: 1, bufferPercent: 12 },
  { kind: 'loss', sampleIndex: 1500, count: null, cause: 'framing', exact: false },
  { kind: 'status', sampleIndex: 1600, text: 'over-current \u2013 \u00b5', overcurrent: true },
  { kind: 'mark', sampleIndex: 1700, name: 'window-2-start', hostS: 1.7 },
];

describe('createTrace', () => {
  it('gives back samples, channels, gaps and events', async () => {
    const blocks = [fullBlock(700, 3), fullBlock(1, 5), fullBlock(1300, 7)];
    const bytes = await recorded({ channels: allChannels }, (recorder) => {
      for (const block of blocks) recorder.append(block);
      for (const event of events) recorder.event(event);
    });
    const trace = await readBytes(bytes);
    expect(trace).toMatchObject({ samples: 2001, closed: true, droppedBytes: 0, durationS: 2.001, problems: [] });
    expect(trace.header).toEqual({ ...header, channels: allChannels });
    let first = 0;
    for (const block of blocks) {
      const count = block.values.length;
      expect(await trace.read(first, count)).toEqual({ ...block, saturated: 0 });
      first += count;
    }
    expect(await trace.events()).toEqual(events);
    expect(await trace.check()).toEqual([]);
  });

  it('says what the file weighs and hashes to', async () => {
    const disk = new MemoryDisk();
    const recorder = await createTrace('x.jbt', header, { files: disk });
    recorder.append({ values: noise(5000), saturated: 0 });
    const closed = await recorder.close();
    expect(closed).toEqual({
      samples: 5000,
      bytes: disk.bytes.length,
      sha256: createHash('sha256').update(disk.bytes).digest('hex'),
    });
    expect(disk.closed).toBe(true);
    // What comes later changes nothing.
    recorder.append({ values: noise(10), saturated: 0 });
    await recorder.flush();
    expect(await recorder.close()).toEqual(closed);
  });

  it('has everything on the disk after a flush, and goes on', async () => {
    const disk = new MemoryDisk();
    const recorder = await createTrace('x.jbt', header, { files: disk });
    for (let k = 0; k < 20; k += 1) {
      recorder.append({ values: noise(37, k + 1), saturated: 0 });
      await recorder.flush();
      expect((await readBytes(disk.bytes)).samples).toBe(37 * (k + 1));
    }
    expect(disk.syncs).toBe(20);
    await recorder.close();
    const trace = await readBytes(disk.bytes);
    expect((await trace.read(37 * 7, 37)).values).toEqual(noise(37, 8));
  });

  it('counts what is pending and says when it is written', async () => {
    const disk = new MemoryDisk();
    const recorder = await createTrace('x.jbt', { ...header, sampleRateHz: 128 }, { files: disk });
    recorder.append({ values: noise(128 * 50 + 5), saturated: 0 });
    expect(recorder.samples).toBe(128 * 50 + 5);
    expect(recorder.pendingSamples).toBe(128 * 50);
    await recorder.drained(1000);
    expect(recorder.pendingSamples).toBeLessThanOrEqual(1000);
    await recorder.drained(0);
    expect(recorder.pendingSamples).toBe(0);
  });

  it('keeps what was written when any operation fails, and says how much', async () => {
    const whole = await recorded({}, (recorder) => {
      recorder.append({ values: noise(3000), saturated: 2 });
    });
    let failures = 0;
    for (let failAt = 1; failAt < 100; failAt += 1) {
      const disk = new MemoryDisk();
      disk.failAt = failAt;
      const recorder = await createTrace('x.jbt', header, { files: disk });
      const seen: unknown[] = [];
      void recorder.failed.catch((error: unknown) => seen.push(error));
      recorder.append({ values: noise(2000), saturated: 2 });
      const flushed = await recorder.flush().catch((error: unknown) => error);
      recorder.append({ values: noise(3000).subarray(2000), saturated: 0 });
      recorder.event({ kind: 'mark', sampleIndex: 3000, name: 'end', hostS: 3 });
      const outcome = await recorder.close().catch((error: unknown) => error);
      expect(disk.closed).toBe(true);
      if (disk.calls < failAt) {
        expect(outcome).toMatchObject({ samples: 3000 });
        expect(failures).toBe(failAt - 1);
        return;
      }
      failures += 1;
      expect(isFault(outcome, 'trace.writeFailed')).toBe(true);
      expect(seen).toHaveLength(1);
      if (flushed !== undefined) expect(flushed).toBe(outcome);
      expect(recorder.pendingSamples).toBe(0);
      await expect(recorder.drained(0)).rejects.toBe(outcome);
      const facts = isFault(outcome, 'trace.writeFailed') ? outcome.facts : undefined;
      expect(facts?.path).toBe('x.jbt');
      if (disk.bytes.length < 600) continue;
      const trace = await readBytes(disk.bytes);
      expect(trace.samples).toBeGreaterThanOrEqual(facts?.samples ?? Infinity);
      const kept = await trace.read(0, Math.min(2000, trace.samples));
      expect(kept.values).toEqual(noise(2000).subarray(0, kept.values.length));
    }
    expect(whole.length).toBe(0);
  });

  it('refuses to write over a file', async () => {
    const files = { create: () => Promise.reject(Object.assign(new Error('there'), { code: 'EEXIST' })) };
    const outcome = await createTrace('x.jbt', header, { files }).catch((error: unknown) => error);
    expect(outcome).toMatchObject({ code: 'trace.writeFailed', facts: { reason: 'EEXIST', samples: 0 } });
  });
});
