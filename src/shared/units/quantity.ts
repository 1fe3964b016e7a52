import { coverage, formatNumber, missing, plusMinus, withUnit } from './number.ts';
import type { NumberOptions } from './number.ts';
import { scaleToPrefix } from './prefix.ts';

/** A shown quantity in its two parts, for a figure whose unit is set smaller than its value. */
export interface QuantityParts {
  value: string;
  unit: string;
}

/**
 * A quantity given in an SI base unit (`J`, `W`, `A`, `V`, `s`, `Hz`, `B`, `J/inf`) or a counted one (`inf`, `inf/s`), with
 * the prefix that suits it: `182.6 µJ`.
 */
export function formatQuantity(value: number | null | undefined, unit: string, options: NumberOptions = {}): string {
  const parts = quantityParts(value, unit, options);
  return withUnit(parts.value, parts.unit);
}

/** The same in two parts. */
export function quantityParts(
  value: number | null | undefined,
  unit: string,
  options: NumberOptions = {},
): QuantityParts {
  if (value === null || value === undefined || !Number.isFinite(value)) return { value: missing, unit };
  if (options.prefixed === false) return { value: formatNumber(value, options), unit };
  const scaled = scaleToPrefix(value, unit, (number) => roundLike(number, options));
  return { value: formatNumber(scaled.value, options), unit: scaled.unit };
}

/**
 * A measured quantity with its expanded uncertainty: `182.6 ± 2.4 µJ (k = 2)`. The uncertainty has two significant digits and
 * the value is given to the same place (GUM 7.2.6). Both are in the SI base unit.
 */
export function formatWithDoubt(
  value: number | null | undefined,
  expandedUncertainty: number,
  unit: string,
  options: { locale?: string; coverageFactor?: number } = {},
): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return missing;
  const locale = options.locale === undefined ? {} : { locale: options.locale };
  if (!(expandedUncertainty > 0)) return formatQuantity(value, unit, locale);
  const lead = Math.max(Math.abs(value), expandedUncertainty);
  const scaled = scaleToPrefix(lead, unit, (number) => {
    const place = placeOf(expandedUncertainty / (lead / number));
    return roundTo(number, place);
  });
  const factor = 10 ** scaled.exponent;
  const place = placeOf(expandedUncertainty / factor);
  const decimals = Math.max(0, place);
  const shown = (number: number): string => formatNumber(roundTo(number / factor, place), { ...locale, decimals });
  const text = withUnit(plusMinus(shown(value), shown(expandedUncertainty)), scaled.unit);
  return options.coverageFactor === undefined
    ? text
    : text +
        coverage(
          formatNumber(options.coverageFactor, { ...locale, significant: significantOf(options.coverageFactor) }),
        );
}

/** Decimal place of the second significant digit of an uncertainty; negative left of the decimal mark. */
function placeOf(uncertainty: number): number {
  const place = 1 - Math.floor(Math.log10(uncertainty));
  const rounded = roundTo(uncertainty, place);
  return 1 - Math.floor(Math.log10(rounded) + 1e-9);
}

function roundTo(value: number, place: number): number {
  if (place > 0) return Number(value.toFixed(Math.min(100, place)));
  const step = 10 ** -place;
  return Math.round(value / step) * step;
}

function roundLike(value: number, options: NumberOptions): number {
  if (options.decimals !== undefined) return Number(value.toFixed(options.decimals));
  return Number(value.toPrecision(options.significant ?? 4));
}

/** Digits that a coverage factor such as 2 or 2.09 needs. */
function significantOf(value: number): number {
  return Math.min(3, String(Number(value.toPrecision(3))).replace(/\D/g, '').length);
}
