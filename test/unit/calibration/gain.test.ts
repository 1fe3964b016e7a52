import { describe, expect, it } from 'vitest';
import { computeGain } from '../../../src/main/calibration/compute/gain.ts';
import { checkLoad, loadDuty, nearestE24 } from '../../../src/main/calibration/compute/load-check.ts';
import { lpm01aSpecification, measuredLoad, meter } from './made-up.ts';

const acceptance = { gainHalves: 1.5, offsetHalves: 2, residual: 3, rangeShare: 0.999 };
const spans = [{ range: 0, name: 'dynamic', spanA: [3e-6, 0.03] as const }];

describe('gain of one range', () => {
  const ohms = [1000, 470, 300, 150, 100];
  const volts = [2.999, 2.9985, 2.998, 2.997, 2.996];
  const readings = [3.0353e-3, 6.4555e-3, 10.1124e-3, 20.2172e-3, 30.3168e-3];
  const noise = (currentA: number): number => Math.hypot(0.01 * currentA, 0.2e-6);
  const loads = [
    measuredLoad({ ohm: null, meanA: 0.6e-6, sdA: noise(0), samples: 5000 }),
    ...ohms.map((ohm, k) =>
      measuredLoad({
        ohm,
        voltageV: volts[k] ?? 0,
        meanA: readings[k] ?? 0,
        sdA: noise((volts[k] ?? 0) / ohm),
        samples: 5000,
      }),
    ),
  ];
  const input = {
    loads,
    dmm: { ...meter, digitsV: 0 },
    ohmsRel: null,
    specification: lpm01aSpecification({ nonlinearity: 0 }),
    spans,
    acceptance,
  };

  it('is that of the published vector T4', () => {
    const { ranges, failures } = computeGain(input);
    expect(failures).toEqual([]);
    const [range] = ranges;
    expect(range?.offsetA).toBeCloseTo(6.000001268e-7, 15);
    expect(range?.slope).toBeCloseTo(1.011852624, 8);
    expect(Math.sqrt(range?.cov[0] ?? 0)).toBeCloseTo(2.828425e-9, 14);
    expect(Math.sqrt(range?.cov[2] ?? 0)).toBeCloseTo(2.658324e-4, 9);
    expect(range?.chi2).toBeCloseTo(0.029279, 5);
    expect(range?.nu).toBe(4);
    expect(range?.commonRel.dmm).toBeCloseTo(2.887e-4, 7);
    // 25 ppm/K over 5 K, and the self-heating of the loads that count most.
    expect(range?.commonRel.tcr).toBeGreaterThan(7.2e-5);
    expect(range?.commonRel.tcr).toBeLessThan(1.6e-4);
  });

  it('names the load that the others contradict', () => {
    const wrong = loads.map((load) =>
      load.load.nominalOhm === 300 ? { ...load, reading: { ...load.reading, meanA: load.reading.meanA * 1.01 } } : load,
    );
    const result = computeGain({ ...input, loads: wrong });
    expect(result.failures).toContain('chi2');
    expect(result.suspectOhm).toBe(300);
  });

  it('holds the offset at 0 where loads do not reach far enough', () => {
    const result = computeGain({ ...input, loads: loads.slice(2, 4) });
    expect(result.remarks).toEqual(expect.arrayContaining(['offsetNotFitted', 'spanCut']));
    expect(result.ranges[0]?.offsetA).toBe(0);
    expect(result.ranges[0]?.spanA[1]).toBeLessThan(0.0121);
  });

  it('refuses a gain beyond one and a half of the specification, and an offset beyond two', () => {
    const shifted = loads.map((load) => ({
      ...load,
      reading: { ...load.reading, meanA: load.reading.meanA * 1.03 + 3e-6 },
    }));
    expect(computeGain({ ...input, loads: shifted }).failures).toEqual(expect.arrayContaining(['gain', 'offset']));
  });

  it('refuses readings that were taken in two ranges', () => {
    const mixed = loads.map((load) => ({ ...load, reading: { ...load.reading, rangeShare: 0.99 } }));
    expect(computeGain({ ...input, loads: mixed }).failures).toContain('rangeMixed');
  });
});

describe('one load', () => {
  const good = {
    nominalOhm: 100,
    toleranceRel: 0.001,
    setVoltageV: 3,
    voltageV: 2.996,
    readingA: 0.0302,
    trendA: 0,
    standardErrorA: 4e-6,
    gainHalf: 0.02,
    offsetHalfA: 1e-6,
    oddRatios: [],
  };
  it.each([
    ['fits', {}, undefined],
    ['is another one', { readingA: 0.0272 }, { code: 'wrongResistor', facts: { likelyOhm: 110 } }],
    ['is ten times larger', { readingA: 0.00301 }, { code: 'colourCode', facts: { measuredOhm: 1000 } }],
    ['is ten times smaller', { readingA: 0.31 }, { code: 'colourCode', facts: { measuredOhm: 10 } }],
    ['is open', { readingA: 1e-6 }, { code: 'openCircuit' }],
    ['has a bad contact', { voltageV: 2.8, readingA: 0.028 }, { code: 'voltageDrop' }],
    ['warms up', { trendA: 6e-5 }, { code: 'heating' }],
    ['is odd like another', { readingA: 0.0272, oddRatios: [0.908] }, { code: 'referenceMeter' }],
  ])('%s', (_name, change, problem) => {
    const found = checkLoad({ ...good, ...change });
    if (problem) expect(found).toMatchObject(problem);
    else expect(found).toBeUndefined();
  });

  it.each([
    [102, 100],
    [98.9, 100],
    [4.65, 4.7],
    [1.05e6, 1.1e6],
    [67000, 68000],
  ])('%d ohm are next to %d in E24', (ohm, nearest) => expect(nearestE24(ohm)).toBe(nearest));

  it('carries 20 % of its rating continuously, 40 % in pulses and no more', () => {
    const limits = { continuousShare: 0.2, pulsedShare: 0.4 };
    expect(loadDuty({ ohm: 100, ratingW: 0.6 }, 3, limits)).toBe('continuous');
    expect(loadDuty({ ohm: 68, ratingW: 0.6 }, 3, limits)).toBe('pulsed');
    expect(loadDuty({ ohm: 68, ratingW: 0.25 }, 3, limits)).toBe('refused');
  });
});
