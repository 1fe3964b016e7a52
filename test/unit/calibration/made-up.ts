import type { DmmReference, MeasuredLoad } from '../../../src/main/calibration/compute/gain.ts';
import type { CertificateBody, CurrentReading } from '../../../src/shared/domain/calibration.ts';
import type { MonitorSpecification } from '../../../src/shared/domain/energy.ts';

export const meter: DmmReference = {
  kind: 'dmm',
  model: 'Meter',
  serial: 'M1',
  gainRel: 5e-4,
  digitsV: 1e-4,
  inputOhm: null,
  due: null,
};

const assumed = (half: number): { kind: 'assumption'; source: string; half: number } => ({
  kind: 'assumption',
  source: 'test',
  half,
});

export function lpm01aSpecification(change: { nonlinearity?: number } = {}): MonitorSpecification {
  return {
    instrument: 'LPM01A',
    ranges: [
      {
        range: 0,
        name: 'dynamic',
        spanA: [0, 0.05],
        gain: assumed(0.02),
        offsetA: assumed(1e-6),
        nonlinearity: assumed(change.nonlinearity ?? 0.001),
        quantStepA: 0,
      },
    ],
    rangesCorrelated: true,
    voltage: assumed(0.01),
    clock: assumed(1e-4),
    driftPerYear: assumed(0.002),
    tempcoPerK: assumed(2e-4),
    latencyS: assumed(2e-6),
    leadOhm: assumed(0.2),
    leakA: assumed(0),
  };
}

export function currentReading(
  meanA: number,
  sdA: number,
  samples: number,
  change: Partial<CurrentReading> = {},
): CurrentReading {
  return {
    kind: 'current',
    meanA,
    sdA,
    samples,
    blockSdA: sdA / Math.sqrt(samples / 50),
    blocks: 50,
    standardErrorA: sdA / Math.sqrt(samples),
    range: 0,
    rangeShare: 1,
    trendA: 0,
    lostSamples: 0,
    saturatedSamples: 0,
    zeroSamples: 0,
    durationS: 5,
    settledAfterS: 2,
    ...change,
  };
}

export function measuredLoad(load: {
  ohm: number | null;
  voltageV?: number;
  meanA: number;
  sdA: number;
  samples: number;
  range?: number;
  tolRel?: number;
}): MeasuredLoad {
  const { ohm, meanA, sdA, samples, range = 0, tolRel = 0.001 } = load;
  return {
    load: { range, nominalOhm: ohm },
    resistor:
      ohm === null ? null : { kind: 'resistor', id: `R-${ohm}`, ohm, tolRel, tcrPerK: 25e-6, ratingW: 0.6, due: null },
    voltageV: load.voltageV ?? 0,
    reading: currentReading(meanA, sdA, samples, { range }),
  };
}

/** A certificate as the gain procedure would give it. */
export function gainCertificate(change: Partial<CertificateBody> = {}): CertificateBody {
  return {
    schema: 'joulebench.cert/1',
    id: '2026-11-24T09-12Z-lpm01a-1a2b',
    procedure: 'monitor-gain',
    procedureVersion: 1,
    operator: 'Ada',
    dateUtc: '2026-11-24T09:12:00.000Z',
    expiresUtc: '2027-11-24T09:12:00.000Z',
    simulated: false,
    program: 'joulebench 0.1.0',
    instrument: { kind: 'lpm01a', model: 'X-NUCLEO-LPM01A', serial: '1a2b', firmware: '1.0.6', constantsSha256: null },
    ambientC: { start: 23.1, end: 23.5, source: 'entered' },
    setVoltageV: 3,
    mode: 'energy',
    filter: 'none',
    references: [meter],
    readings: [],
    ranges: [
      {
        range: 0,
        name: 'dynamic',
        spanA: [3e-6, 0.044],
        offsetA: 6e-7,
        slope: 1.0118526,
        cov: [8e-18, -1.0779e-15, 7.0667e-8],
        chi2: 0.0293,
        nu: 4,
        offsetFitted: true,
        commonRel: { dmm: 2.887e-4, tcr: 7.22e-5 },
        residuals: [0.1],
      },
    ],
    zero: null,
    selfcal: null,
    timestamp: null,
    dutClock: null,
    uart: null,
    supply: null,
    result: 'pass',
    remarks: [],
    ...change,
  };
}
