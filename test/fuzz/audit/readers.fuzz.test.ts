import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readLog,
  readResultsJson,
  readResultsText,
  readScript,
  readTimestamps,
  readTrace,
} from '../../../src/main/audit/read/index.ts';
import { readSystem } from '../../../src/main/audit/read/index.ts';
import { madePerformanceRun } from '../../support/audit/eembc-run.ts';
import { memorySource } from '../../support/audit/memory-source.ts';
import { pieces } from '../../support/audit/pieces.ts';

const numRuns = 10_000;
const piece = fc.integer({ min: 1, max: 400 });

/** A good file with bytes changed, lost, added or whole lines repeated; now and then any bytes at all. */
function damaged(good: string): fc.Arbitrary<Uint8Array> {
  const bytes = Buffer.from(good);
  const change = fc.record({
    at: fc.nat({ max: bytes.length }),
    lost: fc.nat({ max: 40 }),
    added: fc.oneof(
      fc.uint8Array({ maxLength: 6 }),
      fc
        .constantFrom('\0', '\r', '\n', '[[[', '{"', '99999999999999999999', 'm-lap-us-1', '__proto__')
        .map(Buffer.from),
    ),
  });
  const changed = fc.array(change, { maxLength: 4 }).map((changes) => {
    let result = bytes;
    for (const { at, lost, added } of changes)
      result = Buffer.concat([result.subarray(0, at), added, result.subarray(at + lost)]);
    return Uint8Array.from(result);
  });
  return fc.oneof({ weight: 9, arbitrary: changed }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) });
}

/** Reads the same bytes in two ways of cutting: no exception, and the same answer. */
async function check<T>(
  good: string,
  read: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
  look: (value: T) => void,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(damaged(good), piece, async (bytes, size) => {
      const value = await read(pieces(bytes, size));
      expect(await read(pieces(bytes, 100_000))).toEqual(value);
      look(value);
    }),
    { numRuns },
  );
}

const run = madePerformanceRun({ windowsUs: [10_000_000, 10_000_001] });
const finite = (value: number | null | undefined): boolean =>
  value === null || value === undefined || !Number.isNaN(value);

describe('fuzz: readers of an audit', () => {
  it('log of the older runner', async () => {
    await check(run.log, readLog, (log) => {
      for (const infer of log.infers) {
        expect(Number.isSafeInteger(infer.inferences) && infer.inferences >= 0).toBe(true);
        expect(infer.stamps.every(({ us }) => us === null || Number.isSafeInteger(us))).toBe(true);
        expect(infer.results?.every(Number.isFinite) ?? true).toBe(true);
        expect(infer.line).toBeGreaterThan(0);
      }
    });
  });

  it('log of the current runner', async () => {
    const log = [
      'Logging initialized. Writing output to sessions\\20250725_151328\\log.txt',
      'Device model retrieved: ic01',
      '0725.151330 ulp-mlperf: Loading file emu_s_002009.bin segment 0',
      'Running inference with 1/200 (warmup/measured) iterations ...',
      'done',
      '0725.151340 ulp-mlperf:   Runtime      :     10.017 sec.',
      '0725.151340 ulp-mlperf:   m-results    : [0.0, 0.5]',
      '[74, 9960, 9992]',
      'Session logged in file x',
    ].join('\r\n');
    await check(log, readLog, ({ infers, detections }) => {
      expect(infers.every(({ inferences }) => Number.isSafeInteger(inferences))).toBe(true);
      expect(detections?.ms.every(Number.isSafeInteger) ?? true).toBe(true);
    });
  });

  it('results.txt', async () => {
    const streaming =
      'Accuracy: 44 True positives, 6 False negatives, 4 False positives\nAverage duty cycle: 0.18901\nTop 1% = 87.0\nAUC = 0.988\n' +
      'Energy data for trial 0\n  Power         : 4.3188 mW.\n  Total Energy  : 5182964.938 uJ\n';
    await check(`${run.results}${streaming}`, readResultsText, (results) => {
      for (const window of [...results.performance, ...results.energy])
        expect([window.seconds, window.energyUJ, window.powerUW].every((printed) => finite(printed?.value))).toBe(true);
      expect(results.repeats).toBeGreaterThan(0);
    });
  });

  it('results.json', async () => {
    const json = JSON.stringify([
      {
        file: 'a.bin',
        class: '2',
        infer: { start_time: 1, end_time: 2, results: [0, 1], iterations: 2, warmups: 1 },
        mode: 'p',
      },
      {
        file: 'b.bin',
        infer: { results: [1], iterations: 2 },
        power: {
          samples: [1e-5, 2e-5, 3e-5, 4e-5],
          timestamps: [
            ['00', 1],
            ['01', 3],
          ],
          voltage: 3,
        },
        mode: 'e',
      },
      {
        infer: { detections: [1, 2], detection_windows: [[1, 2]] },
        dutycycle: { start_times_s: [0, 1], stop_times_s: [0.5, 1.5] },
      },
    ]);
    await check(json, readResultsJson, ({ entries }) => {
      for (const { power, inferences } of entries) {
        expect(finite(inferences)).toBe(true);
        if (power) expect(power.firstSample <= power.endSample && power.endSample <= power.samples).toBe(true);
      }
    });
  });

  it('script.async', async () => {
    await check(run.script, readScript, ({ infers, steps, broken }) => {
      expect(infers.length).toBeLessThanOrEqual(steps);
      expect(infers.every(({ inferences }) => Number.isSafeInteger(inferences))).toBe(true);
      if (broken) expect(broken.at).toBeGreaterThanOrEqual(0);
    });
  });

  it('time marks', async () => {
    await check('[\n\t0.015,\n\t2.69,\n\t14.557\n]', readTimestamps, (marks) => {
      if (marks.ok) expect(marks.atS.every((atS, k) => atS >= (marks.atS[k - 1] ?? 0))).toBe(true);
    });
  });

  it('system descriptions', async () => {
    const text =
      '{\n  "Submitter": "Org",\n  "Status": "available",\n  "Board Name": "x",\n  "Status": ["a", {"b": 1}]\n}';
    await check(text, readSystem, ({ fields, broken }) => {
      expect([...fields.values()].every((value) => typeof value === 'string')).toBe(true);
      if (broken) expect(broken.line).toBeGreaterThan(0);
    });
  });

  it('traces with any marks', async () => {
    const good = Buffer.from('F100007A440000803F0000004000004040', 'hex').toString('latin1');
    const marks = fc
      .array(fc.double({ min: 0, max: 0.01, noNaN: true }), { maxLength: 6 })
      .map((all) => all.sort((a, b) => a - b));
    const bytes = damaged(good).map((some) => Buffer.concat([Buffer.from('F100007A44', 'hex'), some]));
    await fc.assert(
      fc.asyncProperty(fc.oneof(bytes, fc.uint8Array({ maxLength: 40 })), marks, async (content, at) => {
        const source = memorySource({ 't.bin': content });
        const trace = await readTrace(
          source,
          { path: 't.bin', bytes: content.length },
          { marksS: at, bothRules: true },
        );
        if (!trace.ok) {
          expect(trace.reason.length).toBeLessThan(200);
          return;
        }
        for (const { firstSample, endSample } of trace.intervals)
          expect(0 <= firstSample && firstSample <= endSample && endSample <= trace.samples).toBe(true);
      }),
      { numRuns },
    );
  });
});
