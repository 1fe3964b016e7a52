import type { BudgetRow } from '../../../shared/domain/energy.ts';
import { standardCause } from '../uncertainty/cause.ts';
import type { Cause } from '../uncertainty/cause.ts';
import { headline } from '../uncertainty/combine.ts';
import type { Headline } from '../uncertainty/combine.ts';
import { onOneBench } from '../uncertainty/compare.ts';
import type { EnergySide } from './types.ts';

const measured = { kind: 'measured', source: 'windows' } as const;

/** Half-widths between two runs on one bench, relative: drift and the supply's repeatability (uncertainty, section 7). */
const shortDrift = 1e-3;
const shortVoltage = 5e-4;

/** Rows that belong to each DUT's own load and are not common to two of them (uncertainty, section 1.3). */
const ownRows: readonly string[] = ['edgeBias', 'latency', 'quant', 'leak'];

/**
 * Uncertainty of D = yB - yA in uJ per inference. On one bench the systematic parts that both share cancel as far as they act alike:
 * u(D)^2 = sum over causes (cA - cB)^2 u^2 + own terms (uncertainty, section 7); between benches both budgets count in full.
 */
export function energyDifference(a: EnergySide, b: EnergySide): Headline {
  if (!onOneBench(a.bench, b.bench)) {
    return headline([...wholeBudget('a', a), ...wholeBudget('b', b)]);
  }
  const both = Math.hypot(a.energyUJPerInf, b.energyUJPerInf);
  const nonlinear = Math.hypot(nonlinearityUJ(a), nonlinearityUJ(b)) / Math.sqrt(3);
  const causes: Cause[] = [
    standardCause('nonlin', nonlinear, 'uJ', 1, measured, { distribution: 'triangular' }),
    standardCause('repeat.a', a.repeatUJ, 'uJ', 1, measured, { nu: a.repeatNu }),
    standardCause('repeat.b', b.repeatUJ, 'uJ', 1, measured, { nu: b.repeatNu }),
    standardCause('shortDrift', shortDrift / Math.sqrt(3), 'relative', both, measured, { distribution: 'triangular' }),
    standardCause('shortVoltage', shortVoltage / Math.sqrt(3), 'relative', both, measured, {
      distribution: 'triangular',
    }),
  ];
  for (const id of new Set([...a.rows, ...b.rows].map((row) => row.id))) {
    const [inA, inB] = [a.rows.find((row) => row.id === id), b.rows.find((row) => row.id === id)];
    const random = (inA ?? inB)?.common === 'none';
    // The departure from the line stands above for both, whether a budget names it or has it inside its gain.
    if (id === 'repeat' || id.startsWith('nonlin.') || random) continue;
    const [cA, cB] = [signed(inA), signed(inB)];
    const own = ownRows.some((name) => id === name || id.startsWith(`${name}.`));
    const u = own ? Math.hypot(cA, cB) : Math.abs(cB - cA);
    if (u > 0) causes.push(standardCause(id, u, 'uJ', 1, (inA ?? inB ?? { origin: measured }).origin));
  }
  return headline(causes);
}

function nonlinearityUJ({ energyUJPerInf, ranges }: EnergySide): number {
  return energyUJPerInf * ranges.reduce((sum, { share, nonlinearity }) => sum + share * nonlinearity.half, 0);
}

/** sensitivity * value / divisor, with its sign; 0 for a row that a side lacks (a range it never used). */
function signed(row: BudgetRow | undefined): number {
  return row ? (row.sensitivity * row.value) / row.divisor : 0;
}

function wholeBudget(side: string, energy: EnergySide): Cause[] {
  const rest = Math.sqrt(Math.max(0, energy.combinedUJ ** 2 - energy.repeatUJ ** 2));
  return [
    standardCause(`budget.${side}`, rest, 'uJ', 1, measured),
    standardCause(`repeat.${side}`, energy.repeatUJ, 'uJ', 1, measured, { nu: energy.repeatNu }),
  ];
}
