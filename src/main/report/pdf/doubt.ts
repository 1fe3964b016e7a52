import { formatNumber, missing } from '../../../shared/units/index.ts';
import { roundedFigure } from '../../analysis/index.ts';
import type { Words } from './words.ts';

/** A value and its expanded uncertainty as they are printed: both in one unit and to one place. */
export interface Doubtful {
  value: string;
  doubt: string;
  unit: string;
}

const symbols: Readonly<Record<number, string>> = { [-9]: 'n', [-6]: 'µ', [-3]: 'm', 0: '' };

/**
 * Rounds an uncertainty to two significant digits and its value to the same place; halves go away from zero (uncertainty, section 5.5).
 * Both are in one unit without a prefix; units that take none (`h`) are told by `prefix`.
 */
export function doubtful(words: Words, value: number, uncertainty: number, unit: string, prefix = true): Doubtful {
  const lead = Math.max(Math.abs(value), uncertainty);
  const exponent =
    prefix && words.isPrefixed && lead > 0 ? Math.max(-9, Math.min(0, Math.floor(Math.log10(lead) / 3) * 3)) : 0;
  const factor = 10 ** exponent;
  const { y, expandedUncertainty, decimals } = roundedFigure(value / factor, uncertainty / factor);
  const print = (number: number): string => formatNumber(number, { locale: words.locale, decimals });
  return { value: print(y), doubt: print(expandedUncertainty), unit: `${symbols[exponent] ?? ''}${unit}` };
}

/** `(182.6 ± 4.7) µJ`, or the value alone where there is no uncertainty, with as many digits as any figure has. */
export function withDoubt(
  words: Words,
  value: number,
  uncertainty: number | null,
  unit: string,
  prefix = true,
): string {
  if (!Number.isFinite(value)) return missing;
  if (uncertainty === null || !(uncertainty > 0) || !Number.isFinite(uncertainty))
    return prefix ? words.quantity(value, unit) : `${words.significant(value)}\u00a0${unit}`;
  const shown = doubtful(words, value, uncertainty, unit, prefix);
  return `(${shown.value}\u00a0±\u00a0${shown.doubt})\u00a0${shown.unit}`;
}

/** `178.4 to 187.0 µJ`: an interval to the place of the uncertainty beside it. */
export function intervalText(
  words: Words,
  interval: readonly [number, number],
  uncertainty: number,
  unit: string,
): string {
  const [low, high] = interval;
  const exponent = words.isPrefixed ? Math.max(-9, Math.min(0, Math.floor(Math.log10(Math.abs(high)) / 3) * 3)) : 0;
  const factor = 10 ** exponent;
  const print = (number: number): string => {
    const { y, decimals } = roundedFigure(number / factor, uncertainty / factor);
    return formatNumber(y, { locale: words.locale, decimals });
  };
  return words.t('energy.interval', {
    low: print(low),
    high: print(high),
    unit: `${symbols[exponent] ?? ''}${unit}`,
  });
}

/** `k = 2`, or `k = 2.4 (effective degrees of freedom 6.8)`; the headline never claims 95 % (uncertainty, section 5.6). */
export function coverageText(words: Words, k: number, degreesOfFreedom: number | null): string {
  if (k === 2) return words.t('energy.coverage', { k: '2' });
  const shown = words.significant(k, 2);
  return degreesOfFreedom === null
    ? words.t('energy.coverage', { k: shown })
    : words.t('energy.coverageNu', { k: shown, nu: words.significant(degreesOfFreedom, 2) });
}
