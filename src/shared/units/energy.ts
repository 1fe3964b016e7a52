import { coverage, formatNumber, missing, plusMinus, withUnit } from './number.ts';

/**
 * Energy of one inference in µJ, the unit in which the benchmark's figures are published, whatever its size: `1,661 ± 43 µJ (k = 2)`.
 * The doubt has two significant digits and the value is given to the same place (GUM 7.2.6); without a doubt four digits.
 */
export function formatMicrojoules(
  valueUJ: number | null | undefined,
  doubtUJ: number | null | undefined,
  options: { locale?: string; coverageFactor?: number | null } = {},
): string {
  if (valueUJ === null || valueUJ === undefined || !Number.isFinite(valueUJ)) return missing;
  const locale = options.locale === undefined ? {} : { locale: options.locale };
  if (doubtUJ === null || doubtUJ === undefined || !(doubtUJ > 0)) {
    return withUnit(formatNumber(valueUJ, { ...locale, ...digitsFor(valueUJ) }), 'µJ');
  }
  const rounded = Number(doubtUJ.toPrecision(2));
  const place = 1 - Math.floor(Math.log10(rounded));
  const step = 10 ** -place;
  const shown = (number: number): string =>
    formatNumber(Math.round(number / step) * step, { ...locale, decimals: Math.max(0, place) });
  const text = withUnit(plusMinus(shown(valueUJ), shown(rounded)), 'µJ');
  const { coverageFactor } = options;
  if (coverageFactor === undefined || coverageFactor === null) return text;
  const factor = Number(coverageFactor.toFixed(2));
  return text + coverage(formatNumber(factor, { ...locale, decimals: Number.isInteger(factor) ? 0 : 2 }));
}

/** Four digits, but no places behind the mark that four digits would cut off before it. */
function digitsFor(value: number): { significant: number } | { decimals: number } {
  return Math.abs(value) >= 1000 ? { decimals: 0 } : { significant: 4 };
}
