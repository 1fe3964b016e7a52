import type { Profile } from './profile.ts';
import type { Case } from './trials.ts';

/** Section 12 of the uncertainty specification: 9.8 mA at 3 V, windows that scatter by 0.2 %; and short pulses, since a DUT has them. */
const lpm01aProfile: Profile = {
  voltageV: 3,
  idleA: 2e-3,
  states: [
    { currentA: 9.8e-3, share: 0.5 },
    { currentA: 15e-3, share: 0.05 },
    { currentA: 9.8e-3, share: 0.45 },
  ],
  inferences: 40,
  windowS: 10.4,
  sampleS: 1e-3,
  idleS: 0.1,
  sleepA: 60e-6,
  sleepS: 0.2,
  gapS: 0.05,
  scatterRel: 0.002,
};

/** Ranges 3 and 2 by turns, with a switch at each change. */
const ppk2Profile: Profile = {
  voltageV: 3,
  idleA: 1.2e-3,
  states: [
    { currentA: 9.8e-3, share: 0.7 },
    { currentA: 1.5e-3, share: 0.3 },
  ],
  inferences: 200,
  windowS: 0.5,
  sampleS: 1e-5,
  idleS: 0.01,
  sleepA: 30e-6,
  sleepS: 0.01,
  gapS: 0.005,
  scatterRel: 0.002,
};

/** A window of a second instead of 10.4: edges and noise count for more, as the budget says they do. */
const shortProfile: Profile = { ...lpm01aProfile, inferences: 4, windowS: 1 };
/** 2,000 samples in a window; half a second for the benchmark. */
const shortPpk2Profile: Profile = { ...ppk2Profile, inferences: 8, windowS: 0.02 };

/**
 * For the test suite, with as few samples as the statements allow. Windows of a second count whole samples by index: the EEMBC rule's
 * rounding of time moves an edge by a sample, which is nothing in 10.4 s and 0.1 % in one. Readings of the wizards have 100 and 500 samples.
 */
export const quickCases = {
  lpm01a: {
    kind: 'lpm01a',
    profile: { ...shortProfile, inferences: 2, windowS: 0.5 },
    rule: 'mlc',
    calibration: null,
  },
  lpm01aCalibrated: {
    kind: 'lpm01a',
    profile: shortProfile,
    rule: 'mlc',
    calibration: { ranges: [], shortenedBy: 50 },
  },
  ppk2: { kind: 'ppk2', profile: shortPpk2Profile, rule: 'mlc', calibration: null },
  ppk2Calibrated: {
    kind: 'ppk2',
    profile: shortPpk2Profile,
    rule: 'mlc',
    calibration: { ranges: [2, 3], shortenedBy: 1000 },
  },
} as const satisfies Record<string, Case>;

/** For the benchmark: the LPM01A's at full length, the PPK2's with windows of half a second and readings of 50,000 samples. */
export const fullCases = {
  lpm01a: { kind: 'lpm01a', profile: lpm01aProfile, rule: 'eembc', calibration: null },
  lpm01aCalibrated: {
    kind: 'lpm01a',
    profile: lpm01aProfile,
    rule: 'eembc',
    calibration: { ranges: [], shortenedBy: 1 },
  },
  ppk2: { kind: 'ppk2', profile: ppk2Profile, rule: 'mlc', calibration: null },
  ppk2Calibrated: {
    kind: 'ppk2',
    profile: ppk2Profile,
    rule: 'mlc',
    calibration: { ranges: [2, 3], shortenedBy: 10 },
  },
} as const satisfies Record<string, Case>;
