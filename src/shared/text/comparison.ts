import type {
  ComparedFigure,
  ComparisonTest,
  FigureComparison,
  Obstacle,
  Regression,
  WithDoubt,
} from '../domain/comparison.ts';
import {
  coverage,
  formatMicrojoules,
  formatNumber,
  formatPercent,
  formatQuantity,
  formatWithDoubt,
  missing,
  plusMinus,
  withUnit,
} from '../units/index.ts';
import type { Text } from './index.ts';

/** An obstacle in words. Words among its facts that have a translation get it. */
export function obstacleText(text: Text, { code, facts }: Obstacle): string {
  const mode = facts['mode'];
  const shown = typeof mode === 'string' ? { ...facts, mode: text.t(`term.mode.${mode}`) } : facts;
  return text.t(`compare.obstacle.${code}`, shown);
}

/** A figure's value with its doubt where it has one. */
export function comparedValue(text: Text, figure: ComparedFigure, { value, expandedUncertainty }: WithDoubt): string {
  const { locale } = text;
  switch (figure) {
    case 'energy':
      return formatMicrojoules(value * 1e6, expandedUncertainty === null ? null : expandedUncertainty * 1e6, {
        locale,
      });
    case 'power':
      return expandedUncertainty === null
        ? formatQuantity(value, 'W', { locale })
        : formatWithDoubt(value, expandedUncertainty, 'W', { locale });
    case 'throughput':
      // A median of windows that agree to the microsecond would print nine digits: five say enough.
      return formatQuantity(value, 'inf/s', { locale, significant: 5 });
    case 'top1':
      return formatPercent(value, { locale, decimals: 2 });
    case 'auc':
      return formatNumber(value, { locale, decimals: 4 });
  }
}

/** The change from baseline to candidate with its doubt: relative for throughput, energy and power, in points for shares. */
export function changeText(text: Text, { figure, difference, ratio }: FigureComparison): string {
  const { locale } = text;
  if (figure === 'top1') {
    const points = doubted(locale, difference.value * 100, scaled(difference.expandedUncertainty, 100));
    return text.t('compare.points', { value: points }) + factor(locale, difference);
  }
  if (figure === 'auc')
    return doubted(locale, difference.value, difference.expandedUncertainty, 4) + factor(locale, difference);
  const percent = doubted(locale, (ratio.value - 1) * 100, scaled(ratio.expandedUncertainty, 100));
  return withUnit(percent, '%') + factor(locale, ratio);
}

/** The difference in the figure's own unit with its doubt. */
export function differenceText(text: Text, { figure, difference }: FigureComparison): string {
  const { locale } = text;
  const { value, expandedUncertainty } = difference;
  switch (figure) {
    case 'energy':
      return withUnit(doubted(locale, value * 1e6, scaled(expandedUncertainty, 1e6)), 'µJ');
    case 'power':
      return withUnit(doubted(locale, value * 1e3, scaled(expandedUncertainty, 1e3)), 'mW');
    case 'throughput':
      return withUnit(doubted(locale, value, expandedUncertainty), 'inf/s');
    case 'top1':
      return text.t('compare.points', { value: doubted(locale, value * 100, scaled(expandedUncertainty, 100)) });
    case 'auc':
      return doubted(locale, value, expandedUncertainty, 4);
  }
}

function scaled(value: number | null, by: number): number | null {
  return value === null ? null : value * by;
}

/** A signed value and its doubt to two significant digits. Doubts below a millionth are rounding and not shown. */
function doubted(locale: string, value: number, doubt: number | null, decimals = 2): string {
  if (doubt === null || !(doubt > 1e-6)) return formatNumber(value, { locale, decimals, signed: true });
  const place = Math.max(0, 1 - Math.floor(Math.log10(Number(doubt.toPrecision(2)))));
  const digits = { locale, decimals: place };
  return plusMinus(formatNumber(value, { ...digits, signed: true }), formatNumber(doubt, digits));
}

function factor(locale: string, { expandedUncertainty, coverageFactor }: WithDoubt): string {
  if (expandedUncertainty === null || coverageFactor === null || !(expandedUncertainty > 0)) return '';
  return coverage(formatNumber(coverageFactor, { locale, decimals: Math.abs(coverageFactor - 2) < 1e-9 ? 0 : 1 }));
}

/** `= 0.032` or `< 0.001`. */
export function pText(locale: string, p: number): string {
  return p < 0.001
    ? `<\u00a0${formatNumber(0.001, { locale, decimals: 3 })}`
    : `=\u00a0${formatNumber(p, { locale, decimals: 3 })}`;
}

/** A test by name with what it was made of and what it gave; never a bare star. */
export function testText(text: Text, test: ComparisonTest): string {
  const { locale } = text;
  const [a, b] = test.counts;
  const kind = test.name === 'mcNemar' ? 'changed' : test.name === 'deLong' ? 'inputs' : 'windows';
  const values = { test: text.t(`compare.test.${test.name}`), n: text.t(`compare.testLine.${kind}`, { a, b }) };
  if (test.p === null) return text.t('compare.testLine.noProbability', values);
  const p = pText(locale, test.p);
  const line = text.t(`compare.testLine.${test.exact ? 'exact' : 'plain'}`, { ...values, p });
  if (test.smallestP === null || test.smallestP >= 1) return line;
  const smallest = pText(locale, test.smallestP);
  if (test.outcome === 'tooFew') return text.t('compare.testLine.tooFew', { line, smallest });
  return text.t('compare.testLine.smallest', { line, smallest });
}

/** What a limit says, as a sentence. */
export function regressionText(text: Text, regression: Regression): string {
  const { locale } = text;
  const { limit, worse, guard, word } = regression;
  const what = text
    .t('compare.regression.what', {
      workload: regression.workload,
      figure: text.t(`compare.figure.${regression.figure}`),
    })
    .trim();
  const values = { what, word: text.t(`compare.regression.${word}`) };
  if (word === 'notComparable') {
    const reasons = regression.obstacles.map((one) => obstacleText(text, one)).join(' ');
    return text.t('compare.regression.lineNotComparable', {
      ...values,
      reasons: reasons || text.t('compare.regression.noRun'),
    });
  }
  const amount = (value: number | null): string =>
    value === null
      ? missing
      : limit.kind === 'relative'
        ? formatPercent(value, { locale, decimals: 2 })
        : text.t('compare.points', { value: formatNumber(value * 100, { locale, decimals: 2 }) });
  const shown = { ...values, worse: amount(worse), guard: amount(guard), limit: amount(limit.limit) };
  return text.t(`compare.regression.${guard === null ? 'lineNoDoubt' : 'line'}`, shown);
}
