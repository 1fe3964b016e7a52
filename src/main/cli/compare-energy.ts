import type { CompareAnswer } from '../../shared/domain/cli-json.ts';
import { formatNumber, formatPercent } from '../../shared/units/index.ts';
import { compareEnergies, roundedFigure } from '../analysis/index.ts';
import type { ComparableSession } from '../archive/index.ts';
import type { SessionsComparison } from '../../shared/domain/comparison.ts';
import { pText } from '../../shared/text/comparison.ts';
import type { CliContext } from './context.ts';

type Pair = CompareAnswer['energy'][number];

/** The ratios A / B of the energies of the first two sessions, where they may be compared. */
export function energyPairs([a, b]: readonly ComparableSession[], { pairs }: SessionsComparison): Pair[] {
  if (!a || !b) return [];
  return (pairs[0]?.runs ?? []).flatMap((run) => {
    const judged = run.figures.find(({ figure }) => figure === 'energy');
    const [left, right] = [a, b].map(
      ({ session }) =>
        session.runs.find(({ conditions }) => conditions.workload === run.workload && conditions.mode === 'energy')
          ?.energy?.energy,
    );
    if (!judged || !left || !right) return [];
    const comparison = compareEnergies(left, right);
    const sameBench = judged.basis === 'oneBench';
    const { value, standardUncertainty, coverageFactor } = judged.ratio;
    // The reciprocal of the candidate's ratio: the relative uncertainty is the same.
    const ratio = 1 / value;
    const uncertainty = (ratio * (standardUncertainty ?? 0)) / value;
    const k = coverageFactor ?? 2;
    return [
      {
        workload: run.workload,
        energyUJPerInfA: left.energyUJPerInf,
        energyUJPerInfB: right.energyUJPerInf,
        ratio,
        expandedUncertainty: k * uncertainty,
        coverageFactor: k,
        sameBench,
        p: sameBench ? comparison.p : null,
        significant: sameBench ? judged.significant : null,
        smallestDifference: (judged.smallestChange ?? 0) * (ratio / value),
        largerThanUncertainty: Math.abs(ratio - 1) > k * uncertainty,
      },
    ];
  });
}

/** The ratio in words. */
export function energySentence(pair: Pair, { text }: CliContext): string {
  const { y, expandedUncertainty, decimals } = roundedFigure(pair.ratio, pair.expandedUncertainty);
  const values = {
    workload: pair.workload,
    ratio: formatNumber(y, { decimals }),
    uncertainty: formatNumber(expandedUncertainty, { decimals }),
    k: formatNumber(pair.coverageFactor, { decimals: pair.coverageFactor === 2 ? 0 : 1 }),
    p: pair.p === null ? '' : pText(text.locale, pair.p),
    smallest: formatPercent(pair.smallestDifference),
  };
  if (!pair.sameBench)
    return text.t(`cli.compare.${pair.largerThanUncertainty ? 'otherBenchLarger' : 'otherBench'}`, values);
  return text.t(`cli.compare.${pair.significant === true ? 'significant' : 'notDistinguishable'}`, values);
}
