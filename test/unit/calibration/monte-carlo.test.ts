import { describe, expect, it } from 'vitest';
import { computeGain } from '../../../src/main/calibration/compute/gain.ts';
import { loadsFor } from '../../../src/main/calibration/engine/places.ts';
import { normals } from './fake-bench.ts';
import { lpm01aSpecification, measuredLoad, meter } from './made-up.ts';
import { procedures } from './wizard.ts';

const trials = 4000;

/** One calibration with errors drawn from the distributions that the certificate states; normalised errors of gain and offset. */
function trial(seed: number): { gain: number; offset: number; chi2Failed: boolean } {
  const normal = normals(seed * 7919 + 1);
  let state = (seed * 2654435761) >>> 0;
  const rectangular = (half: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (2 * (state / 2 ** 32) - 1) * half;
  };
  for (let k = 0; k < 5; k += 1) rectangular(1);
  const specification = lpm01aSpecification();
  const { loads, spans } = loadsFor(procedures[1] as never, 'lpm01a', 3, []);
  const trueGain = rectangular(0.02);
  const trueOffsetA = rectangular(1e-6);
  const meterError = rectangular(meter.gainRel);
  const tcrError = rectangular(25e-6 * 8);
  const measured = loads.map(({ nominalOhm }) => {
    if (nominalOhm === null)
      return measuredLoad({
        ohm: null,
        meanA: trueOffsetA + (2e-7 / Math.sqrt(5000)) * normal(),
        sdA: 2e-7,
        samples: 5000,
      });
    const trueOhm = nominalOhm * (1 + rectangular(0.001) + tcrError);
    const voltageV = 3 / (1 + 0.1 / trueOhm);
    const currentA = voltageV / trueOhm;
    const sdA = Math.hypot(0.01 * currentA, 2e-7);
    const shownV = voltageV * (1 + meterError) + rectangular(meter.digitsV);
    const meanA = trueOffsetA + currentA * (1 + trueGain + rectangular(0.001)) + (sdA / Math.sqrt(5000)) * normal();
    return measuredLoad({ ohm: nominalOhm, voltageV: shownV, meanA, sdA, samples: 5000 });
  });
  const result = computeGain({
    loads: measured,
    dmm: meter,
    ohmsRel: null,
    specification,
    spans,
    acceptance: { gainHalves: 1.5, offsetHalves: 2, residual: 3, rangeShare: 0.999 },
  });
  const [range] = result.ranges;
  if (!range) throw new Error('no range');
  const uGain = Math.hypot(Math.sqrt(range.cov[2]) / range.slope, range.commonRel.dmm, range.commonRel.tcr);
  return {
    gain: (range.slope / (1 + trueGain) - 1) / uGain,
    offset: (range.offsetA - trueOffsetA) / Math.sqrt(range.cov[0]),
    chi2Failed: result.failures.includes('chi2'),
  };
}

describe(`${trials} seeded gain calibrations`, () => {
  const results = Array.from({ length: trials }, (_, seed) => trial(seed));
  const inside = (pick: (result: (typeof results)[number]) => number): number =>
    results.filter((result) => Math.abs(pick(result)) <= 2).length / trials;

  it('state a gain that holds in 95 +- 2 % (k = 2)', () => {
    const share = inside(({ gain }) => gain);
    expect(share).toBeGreaterThanOrEqual(0.93);
    expect(share).toBeLessThanOrEqual(0.97);
  });

  it('state an offset that holds in 95 +- 2 %', () => {
    const share = inside(({ offset }) => offset);
    expect(share).toBeGreaterThanOrEqual(0.93);
    expect(share).toBeLessThanOrEqual(0.97);
  });

  it('have normalised errors of standard deviation 1', () => {
    for (const pick of ['gain', 'offset'] as const) {
      const sd = Math.sqrt(results.reduce((sum, result) => sum + result[pick] ** 2, 0) / trials);
      expect(sd).toBeGreaterThan(0.93);
      expect(sd).toBeLessThan(1.07);
    }
  });

  it('refuse a good calibration in less than 1 %', () => {
    expect(results.filter(({ chi2Failed }) => chi2Failed).length / trials).toBeLessThan(0.01);
  });
});
