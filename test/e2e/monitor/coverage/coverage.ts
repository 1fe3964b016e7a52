import { trialOf } from './trials.ts';
import type { Case } from './trials.ts';

/** How often the statements of a case were true, and how wide they were; shares and widths relative to the figure. */
export interface Coverage {
  trials: number;
  /** Calibrations that refused themselves: made again with other draws. */
  refused: number;
  interval95: number;
  headline: number;
  /** Mean half of the interval's width. */
  half95: number;
  halfHeadline: number;
  k95: number;
  /** How often the headline of the idle power was true; null for corrected runs. */
  rest: number | null;
}

/** @throws Error for a trial without an uncertainty. */
export async function coverageOf(plan: Case, trials: number, firstSeed: number): Promise<Coverage> {
  const sums = { interval95: 0, headline: 0, half95: 0, halfHeadline: 0, k95: 0, rest: 0 };
  let done = 0;
  let refused = 0;
  for (let seed = firstSeed; done < trials; seed++) {
    const trial = await trialOf(plan, Math.imul(seed, 0x9e37_79b1) >>> 0);
    if (!trial) {
      refused++;
      continue;
    }
    done++;
    const { budget, truthUJ } = trial;
    const { y, interval95, expandedUncertainty, k95 } = budget;
    if (y === null || interval95 === null || expandedUncertainty === null || k95 === null) {
      throw new Error(`no uncertainty: ${budget.reasons.join(' ')}`);
    }
    const [low, high] = interval95;
    sums.interval95 += Number(low <= truthUJ && truthUJ <= high);
    sums.headline += Number(Math.abs(y - truthUJ) <= expandedUncertainty);
    sums.half95 += (high - low) / 2 / y;
    sums.halfHeadline += expandedUncertainty / y;
    sums.k95 += k95;
    sums.rest += Number(trial.restHolds);
  }
  return {
    trials,
    refused,
    interval95: sums.interval95 / trials,
    headline: sums.headline / trials,
    half95: sums.half95 / trials,
    halfHeadline: sums.halfHeadline / trials,
    k95: sums.k95 / trials,
    rest: plan.calibration ? null : sums.rest / trials,
  };
}

const percent = (share: number, digits: number): string => `${(100 * share).toFixed(digits)} %`;

/** A line for a person: both coverages and both widths. */
export function coverageLine(name: string, coverage: Coverage): string {
  const { trials, refused, interval95, headline, half95, halfHeadline, k95, rest } = coverage;
  return [
    name.padEnd(20),
    `${String(trials)} trials`,
    `95 % interval covers ${percent(interval95, 1)} (half-width ${percent(half95, 2)}, k95 ${k95.toFixed(2)})`,
    `headline ${percent(headline, 1)} (U ${percent(halfHeadline, 2)})`,
    ...(rest === null ? [] : [`idle power's headline ${percent(rest, 1)}`]),
    ...(refused > 0 ? [`${String(refused)} calibrations refused`] : []),
  ].join(', ');
}
