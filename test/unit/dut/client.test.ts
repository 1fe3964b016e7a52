import { describe, expect, it } from 'vitest';
import { dutIdentitySchema, inferReportSchema, loadReportSchema } from '../../../src/shared/domain/dut.ts';
import { createBench, payload } from './bench.ts';

describe('a DUT as the reference firmware', () => {
  it('identifies itself, with the boot block', async () => {
    const bench = createBench({ vendor: 'Lab [rev 2]' });
    const identity = await bench.clock.until(bench.client.identify());
    expect(dutIdentitySchema.parse(identity)).toEqual({
      name: 'dut',
      vendor: 'Lab [rev 2]',
      profile: 'ULPMark for tinyML Firmware V0.0.1',
      model: 'kws01',
      timestampMode: 'performance',
      bootLines: ['m-timestamp-mode-performance', expect.stringMatching(/^m-lap-us-\d+$/), 'm-init-done', 'm-ready'],
      quirks: [],
    });
    expect(bench.dut.commands).toEqual(['name', 'profile']);
  });

  it.each([
    [490, 31, 16],
    [490, 26, 19],
    [490, 32, 16],
    [490, 38, 13],
    [31, 31, 1],
    [1, 31, 1],
    [27_648, 31, 892],
  ])('loads %i bytes in chunks of %i with %i commands', async (bytes, chunkBytes, commands) => {
    const bench = createBench({}, { chunkBytes });
    const identity = bench.client.identify();
    await bench.clock.until(identity);
    const report = await bench.clock.until(bench.client.load(payload(bytes), { verify: true }));
    expect(loadReportSchema.parse(report)).toMatchObject({ bytes, chunkBytes, commands, attempts: 1, verified: 'ok' });
    const sent = bench.dut.commands.filter((command) => /^db [0-9a-f]+$/.test(command));
    expect(sent).toHaveLength(commands);
    expect(Buffer.from(sent.map((command) => command.slice(3)).join(''), 'hex')).toEqual(Buffer.from(payload(bytes)));
    expect(Math.max(...sent.map((command) => command.length))).toBeLessThanOrEqual(80);
  });

  it('runs an inference and reports stamps, host times, results and lines', async () => {
    const bench = createBench({
      inferenceS: 0.25,
      lapStartUs: 5000,
      results: (input) => `0.5,-${input.length}.25,1e-3`,
    });
    await bench.clock.until(bench.client.identify());
    await bench.clock.until(bench.client.load(payload(490), { verify: false }));
    const report = await bench.clock.until(bench.client.infer(40, 1, { deadlineS: 60 }));
    expect(inferReportSchema.parse(report)).toMatchObject({
      iterations: 40,
      warmups: 1,
      stampCount: 2,
      dutElapsedS: 10,
      results: [0.5, -490.25, 0.001],
      noiseLines: 0,
      warnings: [],
    });
    expect((report.hostEndS ?? 0) - (report.hostStartS ?? 0)).toBeCloseTo(10, 9);
    expect(report.lines.map((line) => line.text.replace(/-us-\d+/, '-us-N'))).toEqual([
      'm-warmup-start-1',
      'm-warmup-done',
      'm-infer-start-40',
      'm-lap-us-N',
      'm-lap-us-N',
      'm-infer-done',
      'm-results-[0.5,-490.25,1e-3]',
      'm-ready',
    ]);
  });
});
