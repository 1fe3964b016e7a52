import type { Problem } from '../../../shared/domain/calibration.ts';

/** What one load is judged by before its reading is kept. Resistances in ohm, voltages in V, currents in A. */
export interface LoadFacts {
  nominalOhm: number;
  /** Half-width of the resistor, relative. */
  toleranceRel: number;
  setVoltageV: number;
  /** As the meter showed it on the resistor. */
  voltageV: number;
  readingA: number;
  /** Mean of the last third of the reading less that of the first, and the standard uncertainty of the mean. */
  trendA: number;
  standardErrorA: number;
  /** Half-widths of the monitor's range: relative, and in A. */
  gainHalf: number;
  offsetHalfA: number;
  /** Reading over expected current of loads that were kept although they looked wrong. */
  oddRatios: readonly number[];
}

/** E24 series of one decade. */
const e24 = [
  1, 1.1, 1.2, 1.3, 1.5, 1.6, 1.8, 2, 2.2, 2.4, 2.7, 3, 3.3, 3.6, 3.9, 4.3, 4.7, 5.1, 5.6, 6.2, 6.8, 7.5, 8.2, 9.1,
] as const;

/** The value of the E24 series that is nearest by ratio. */
export function nearestE24(ohm: number): number {
  const decade = 10 ** Math.floor(Math.log10(ohm));
  const candidates = [...e24.map((value) => value * decade), 10 * decade];
  const distance = (value: number): number => Math.abs(Math.log(value / ohm));
  const best = candidates.reduce((near, value) => (distance(value) < distance(near) ? value : near));
  return Number(best.toPrecision(3));
}

/** Largest share of the set voltage that leads and contacts may take. */
const mostDrop = 0.05;
/** Two odd loads with ratios this close have one cause: the meter or what was entered, not the resistors. */
const sameRatio = 0.01;

/**
 * What is wrong with one load, or undefined (uncertainty, section 9.2, "Wrong resistor / wiring"): the voltage at the resistor against the
 * set one, then the reading against voltage over nominal resistance.
 */
export function checkLoad(facts: LoadFacts): Problem | undefined {
  const { nominalOhm, voltageV, setVoltageV, readingA, standardErrorA } = facts;
  if (Math.abs(voltageV / setVoltageV - 1) > mostDrop)
    return { code: 'voltageDrop', facts: { voltageV: round(voltageV), setVoltageV } };
  const expectedA = voltageV / nominalOhm;
  const ratio = readingA / expectedA;
  if (ratio < 0.01) return { code: 'openCircuit', facts: { nominalOhm } };
  for (const factor of [10, 0.1]) {
    if (Math.abs(ratio / factor - 1) <= 0.2)
      return { code: 'colourCode', facts: { nominalOhm, measuredOhm: nearestE24(voltageV / readingA) } };
  }
  // The offset is allowed in full: at the lowest loads it is larger than the gain's limit.
  const allowed = facts.gainHalf + facts.toleranceRel + 0.01 + (facts.offsetHalfA + 3 * standardErrorA) / expectedA;
  if (Math.abs(ratio - 1) > allowed) {
    if (facts.oddRatios.some((other) => Math.abs(ratio / other - 1) <= sameRatio))
      return { code: 'referenceMeter', facts: { ratio: round(ratio) } };
    const ohm = voltageV / readingA;
    return { code: 'wrongResistor', facts: { nominalOhm, measuredOhm: round(ohm), likelyOhm: nearestE24(ohm) } };
  }
  // Three times the uncertainty of a difference of two thirds of the samples.
  if (facts.trendA > Math.max(3 * Math.sqrt(6) * standardErrorA, 1e-3 * readingA))
    return { code: 'heating', facts: { percent: round((100 * facts.trendA) / readingA) } };
  return undefined;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

/** Whether a resistor may carry the voltage: `continuous`, only in `pulsed` readings, or not at all (uncertainty, section 9.2). */
export function loadDuty(
  load: { ohm: number; ratingW: number },
  voltageV: number,
  limits: { continuousShare: number; pulsedShare: number },
): 'continuous' | 'pulsed' | 'refused' {
  const share = voltageV ** 2 / load.ohm / load.ratingW;
  if (share <= limits.continuousShare) return 'continuous';
  return share <= limits.pulsedShare ? 'pulsed' : 'refused';
}
