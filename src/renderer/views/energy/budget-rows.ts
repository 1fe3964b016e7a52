import { budgetRowKey } from '../../../shared/domain/budget-row.ts';
import type { Budget, BudgetRow } from '../../../shared/domain/energy.ts';
import { formatNumber, withUnit } from '../../../shared/units/index.ts';
import type { ScreenText } from '../../text/index.ts';

/** Rows with a smaller share than this, or beyond the first few, are folded into one. */
const leastShare = 0.01;
const mostRows = 6;

export interface FoldedBudget {
  rows: readonly BudgetRow[];
  /** Contributions of different causes add in squares. Undefined where nothing is folded. */
  rest: { count: number; contributionUJ: number; share: number } | undefined;
}

/** The largest rows of a budget, and the others as one. */
export function foldBudget({ rows }: Budget, all: boolean): FoldedBudget {
  const sorted = rows.toSorted((a, b) => b.share - a.share);
  if (all) return { rows: sorted, rest: undefined };
  const kept = sorted.filter((row, index) => index < mostRows && row.share >= leastShare);
  const folded = sorted.slice(kept.length);
  if (folded.length < 2) return { rows: sorted, rest: undefined };
  return {
    rows: kept,
    rest: {
      count: folded.length,
      contributionUJ: Math.hypot(...folded.map((row) => row.contributionUJ)),
      share: folded.reduce((sum, row) => sum + row.share, 0),
    },
  };
}

/** The name of a cause in words. */
export function causeName({ known }: ScreenText, id: string): string {
  const { key, range } = budgetRowKey(id);
  // Ranges that are told as one name none: `Gain of the monitor, range ` loses its end.
  return known(`energy.row.${key}`, id, { range: range ?? '' }).replace(/, \S+ $/, '');
}

/** The input quantity with its unit: relative ones in per cent or ppm. */
export function inputQuantity({ locale }: ScreenText, row: BudgetRow): string {
  const digits = { locale, significant: 2 };
  if (row.unit === 'relative') {
    const ppm = row.value * 1e6;
    return ppm < 1000
      ? withUnit(formatNumber(ppm, { locale, significant: ppm < 1 ? 1 : 2 }), 'ppm')
      : withUnit(formatNumber(row.value * 100, digits), '%');
  }
  const unit = row.unit === 'uJ' ? 'µJ' : row.unit === 'ohm' ? 'Ω' : row.unit;
  const scales: readonly [factor: number, prefix: string][] =
    unit === 'A' || unit === 's' || unit === 'V'
      ? [
          [1, ''],
          [1e3, 'm'],
          [1e6, 'µ'],
          [1e9, 'n'],
        ]
      : [[1, '']];
  const [factor, prefix] = scales.find(([scale]) => Math.abs(row.value) * scale >= 1) ?? scales.at(-1) ?? [1, ''];
  return withUnit(formatNumber(row.value * factor, digits), `${prefix}${unit}`);
}

/** Where a figure comes from. */
export function originText({ known }: ScreenText, { origin }: BudgetRow): string {
  return known(`energy.origin.${origin.kind}`, origin.source, { source: origin.source });
}

/** What would make a cause smaller. */
export function adviceText({ known }: ScreenText, id: string): string {
  return known(`energy.advice.${budgetRowKey(id).key}`, '');
}
