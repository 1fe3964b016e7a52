import { describe, expect, it } from 'vitest';
import { computeDutClock, computeTimestampPath, computeUart } from '../../../src/main/calibration/compute/paths.ts';
import { computeSupply } from '../../../src/main/calibration/compute/supply.ts';
import type { EdgeReading } from '../../../src/shared/domain/calibration.ts';
import { currentReading, meter } from './made-up.ts';

const acceptance = { intervalSdResolutions: 0.7, clockPpm: 200 };

/** Marks sent by the host and seen in bins of 1 ms by a monitor whose bins are `ppm` longer than nominal. */
function edges(count: number, spacingS: number, ppm: number): EdgeReading {
  const sentS = Array.from({ length: count }, (_, k) => k * spacingS);
  const seenS = sentS.map((at) => Math.floor((at + 0.0123456) / (1e-3 * (1 + ppm * 1e-6))) * 1e-3);
  return { kind: 'edges', sentS, seenS, levels: sentS.map(() => 'fall'), resolutionS: 1e-3, sourceJitterS: 0 };
}

describe('the path of time marks', () => {
  it('recovers the clock of the monitor', () => {
    const { value, failures } = computeTimestampPath(edges(100, 0.1037, 80), edges(21, 10, 80), acceptance);
    expect(failures).toEqual([]);
    expect(Math.abs(value.c - 1.00008)).toBeLessThan(2 * value.uC);
    expect(value.uC).toBeLessThan(2e-5);
    expect(value.intervalSdS).toBeLessThan(0.7e-3);
    expect(value.markWidthS).toBeNull();
  });

  it('states the spread of the latency, and how long marks are seen', () => {
    const late = (reading: EdgeReading): EdgeReading => ({
      ...reading,
      sentS: reading.sentS.map((at, k) => at - (k % 5 === 4 ? 3e-3 : 0)),
      widthsS: reading.seenS.map((_, k) => (k % 2 ? 20e-6 : 30e-6)),
    });
    const { value } = computeTimestampPath(late(edges(100, 0.1, 0)), late(edges(21, 10, 0)), acceptance);
    // What was put in, and at most a bin of the monitor.
    expect(value.delaySpreadS).toBeGreaterThan(2.9e-3);
    expect(value.delaySpreadS).toBeLessThan(4.2e-3);
    expect(value.markWidthS?.mean).toBeCloseTo(25e-6, 6);
    expect(value.markWidthS?.sd).toBeCloseTo(5e-6, 6);
  });

  it.each<[string, (pulses: EdgeReading) => EdgeReading, string]>([
    ['lost', (pulses) => ({ ...pulses, seenS: pulses.seenS.slice(1), levels: pulses.levels.slice(1) }), 'edgesLost'],
    [
      'extra',
      (pulses) => ({ ...pulses, seenS: [...pulses.seenS, 99], levels: [...pulses.levels, 'fall'] }),
      'edgesExtra',
    ],
    [
      'of both polarities',
      (pulses) => ({ ...pulses, levels: pulses.levels.map((_, k) => (k % 2 ? 'rise' : 'fall')) }),
      'polarity',
    ],
    ['out of order', (pulses) => ({ ...pulses, seenS: [...pulses.seenS].reverse() }), 'edgeOrder'],
    [
      'scattered',
      (pulses) => ({ ...pulses, seenS: pulses.seenS.map((at, k) => at + (k % 2) * 4e-3) }),
      'intervalScatter',
    ],
  ])('fails when marks are %s', (_name, change, failure) => {
    const { failures } = computeTimestampPath(change(edges(100, 0.1, 0)), edges(21, 10, 0), acceptance);
    expect(failures).toContain(failure);
  });

  it('fails when the clock is 300 ppm off', () => {
    expect(computeTimestampPath(edges(100, 0.1, 300), edges(21, 10, 300), acceptance).failures).toEqual(['clock']);
  });
});

describe("the DUT's clock", () => {
  const limits = { remarkPpm: 10_000, failPpm: 50_000, leastSeconds: 30 };
  const windows = (ppm: number, hostS = 20): Parameters<typeof computeDutClock>[0] => ({
    kind: 'dutWindows',
    windows: [1, 2, 3].map(() => ({ iterations: 10, dutS: hostS * (1 + ppm * 1e-6), hostS })),
    stampJitterS: 1e-3,
  });
  it.each<[number, string[], string[]]>([
    [150, [], []],
    [20_000, ['dutClock'], []],
    [-70_000, [], ['dutClock']],
  ])('%d ppm off', (ppm, remarks, failures) => {
    const found = computeDutClock(windows(ppm), limits);
    expect([found.remarks, found.failures]).toEqual([remarks, failures]);
    expect(found.value.ppm).toBeCloseTo(ppm, 6);
    expect(found.value.uPpm).toBeLessThan(30);
  });
  it('is not compared over windows that are too short', () => {
    expect(computeDutClock(windows(0, 5), limits).failures).toEqual(['tooShort']);
  });
});

describe('the line to the DUT', () => {
  const reading = {
    kind: 'uart' as const,
    roundTrips: 1000,
    bytes: 30_000,
    errors: 0,
    chunkBytes: 31,
    baud: 115_200,
    medianLatencyS: 0.01,
    p99LatencyS: 0.02,
  };
  it('without an error bounds the rate of errors', () => {
    expect(computeUart(reading, { errors: 0 })).toMatchObject({ failures: [], value: { errorRateBound: 1e-4 } });
  });
  it('fails with one', () =>
    expect(computeUart({ ...reading, errors: 1 }, { errors: 0 }).failures).toEqual(['uartErrors']));
});

describe('the supply at the DUT', () => {
  const input = {
    board: 'b',
    dmm: meter,
    idleV: 3.0,
    activeV: 2.98,
    idle: currentReading(1e-3, 1e-5, 2000),
    active: currentReading(11e-3, 1e-4, 2000),
    setVoltageV: 3,
    instrumentV: 3.002,
    limits: { minV: 2.7, maxV: 3.3 },
    acceptance: { instrumentRel: 0.015, activeShare: 0.95 },
  };
  it('is that of the active state, with the resistance of the source', () => {
    const { value, failures } = computeSupply(input);
    expect(failures).toEqual([]);
    expect(value.voltageV).toBe(2.98);
    expect(value.sourceOhm).toBeCloseTo(2, 9);
    // 0.05 % of 2.98 V and 0.1 mV; half of 20 mV for 5 % of the time.
    expect(value.uRel * 2.98).toBeCloseTo(Math.hypot(5e-4 * 2.98, 1e-4, 0.01 * 0.05) / Math.sqrt(3), 9);
  });
  it.each<[string, Partial<typeof input>, string]>([
    ['the instrument says something else', { instrumentV: 3.06 }, 'instrumentVoltage'],
    ['it is below the limit', { limits: { minV: 2.98, maxV: 3.3 } }, 'supplyLimits'],
    ['it is above the limit', { limits: { minV: 2.7, maxV: 3.0 } }, 'supplyLimits'],
  ])('fails when %s', (_name, change, failure) => {
    expect(computeSupply({ ...input, ...change }).failures).toEqual([failure]);
  });
});
