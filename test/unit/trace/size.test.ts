import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { estimateTraceSize } from '../../../src/main/trace/index.ts';
import { allChannels, fullBlock, header, recorded } from './trace-kit.ts';

describe('estimateTraceSize', () => {
  it.each([
    [1000, header.channels],
    [100_000, allChannels],
    [2_000_000, header.channels],
  ])('is what a recording at %d Hz weighs', async (sampleRateHz, channels) => {
    const seconds = Math.max(1, 200_000 / sampleRateHz);
    const bytes = await recorded({ sampleRateHz, channels }, (recorder) => {
      recorder.append(fullBlock(sampleRateHz * seconds));
    });
    const estimate = await estimateTraceSize({ sampleRateHz, channels }, '.', () => Promise.resolve(1e9));
    expect(estimate.bytesPerS / (bytes.length / seconds)).toBeGreaterThan(0.99);
    expect(estimate.bytesPerS / (bytes.length / seconds)).toBeLessThan(1.01);
    expect(estimate).toMatchObject({ freeBytes: 1e9, lastsS: 1e9 / estimate.bytesPerS });
  });

  it('asks the disk of the folder', async () => {
    expect((await estimateTraceSize(header, tmpdir())).freeBytes).toBeGreaterThan(0);
    const asked = estimateTraceSize(header, tmpdir(), () => Promise.reject(new Error('no')));
    await expect(asked).rejects.toMatchObject({ code: 'trace.unreadable' });
  });

  it('asks the disk of a folder that is still to be made', async () => {
    const { freeBytes } = await estimateTraceSize(header, join(tmpdir(), 'jb-no-such-folder', 'sessions'));
    expect(freeBytes).toBeGreaterThan(0);
  });
});
