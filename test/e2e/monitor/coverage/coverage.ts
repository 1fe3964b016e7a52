import { trialOf } from './trials.ts';
import type { Case } from './trials.ts';

/** How often both statements of a figure were true, and how wide they were relative to it. */
export interface FigureCoverage {
  interval95: number;
  headline: number;
  /** Mean half of the interval's width. */
  half95: number;
  halfHeadline: number;
}

export interface Coverage {
  trials: number;
  /** Calibrations that refused themselves: made again with other draws. */
  refused: number;
  /** By the names of a trial's statements. */
  figures: Record<string, FigureCoverage>;
}

/** @throws Error for a trial without an uncertainty. */
export async function coverageOf(plan: Case, trials: number, firstSeed: number): Promise<Coverage> {
  const figures: Record<string, FigureCoverage> = {};
  let done = 0;
  let refused = 0;
  for (let seed = firstSeed; done < trials; seed++) {
    const trial = await trialOf(plan, Math.imul(seed, 0x9e37_79b1) >>> 0);
    if (!trial) {
      refused++;
      continue;
    }
    done++;
    for (const [name, { y, expanded, interval95, truth }] of Object.entries(trial)) {
      const sums = (figures[name] ??= { interval95: 0, headline: 0, half95: 0, halfHeadline: 0 });
      const [low, high] = interval95;
      sums.interval95 += Number(low <= truth && truth <= high) / trials;
      sums.headline += Number(Math.abs(y - truth) <= expanded) / trials;
      sums.half95 += (high - low) / 2 / y / trials;
      sums.halfHeadline += expanded / y / trials;
    }
  }
  return { trials, refused, figures };
}

const percent = (share: number, digits: number): string => `${(100 * share).toFixed(digits)} %`;

/** A line a figure for a person: both coverages and both widths. */
export function coverageLines(name: string, { trials, refused, figures }: Coverage): string {
  return Object.entries(figures)
    .map(([figure, { interval95, headline, half95, halfHeadline }]) =>
      [
        `${name.padEnd(18)}${figure.padEnd(8)}`,
        `${String(trials)} trials`,
        `95 % interval covers ${percent(interval95, 1)} (half-width ${percent(half95, 2)})`,
        `headline ${percent(headline, 1)} (U ${percent(halfHeadline, 2)})`,
        ...(refused > 0 ? [`${String(refused)} calibrations refused`] : []),
      ].join(', '),
    )
    .join('\n');
}
