/** What stands for a figure that is not there; never 0. */
export const missing = '–';

/** U+202F, between a value and its unit. */
export const narrowSpace = '\u202f';

const noBreakSpace = '\u00a0';

/** How many digits a number is shown with: significant ones, or a fixed number of decimals. */
export interface NumberOptions {
  locale?: string;
  significant?: number;
  decimals?: number;
  /** False keeps a quantity in its base unit, without an SI prefix. */
  prefixed?: boolean;
  /** Shows a plus before a positive number. */
  signed?: boolean;
}

const formatters = cachedFormatters();

/** A number in the locale's digits; four significant digits unless told otherwise. An absent or non-finite number is an en dash. */
export function formatNumber(value: number | null | undefined, options: NumberOptions = {}): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return missing;
  return formatters(options).format(value);
}

/** A count: no decimals, grouped by the locale. */
export function formatCount(value: number | null | undefined, locale?: string): string {
  return formatNumber(value, { decimals: 0, ...(locale === undefined ? {} : { locale }) });
}

/** A share of 1 as per cent: `92.3 %`. */
export function formatPercent(fraction: number | null | undefined, options: NumberOptions = {}): string {
  const shown = formatNumber(fraction === null || fraction === undefined ? fraction : fraction * 100, {
    decimals: 1,
    ...options,
  });
  return shown === missing ? missing : `${shown}${narrowSpace}%`;
}

/** Two bounds of one interval as per cent: `89.2–94.7 %`. */
export function formatPercentInterval(low: number, high: number, options: NumberOptions = {}): string {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return missing;
  const digits = { decimals: 1, ...options };
  return `${formatNumber(low * 100, digits)}–${formatNumber(high * 100, digits)}${narrowSpace}%`;
}

/** The full precision of a figure with a point, for the clipboard and for files. */
export function copyNumber(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? '' : String(value);
}

/** Joins a shown number and its unit, the way every figure is written. */
export function withUnit(shown: string, unit: string): string {
  return shown === missing || unit === '' ? shown : `${shown}${narrowSpace}${unit}`;
}

/** `a ± b` that no line break tears apart. */
export function plusMinus(value: string, doubt: string): string {
  return `${value}${noBreakSpace}±${noBreakSpace}${doubt}`;
}

/** ` (k = 2)` that no line break tears apart. */
export function coverage(factor: string): string {
  return `${noBreakSpace}(k${noBreakSpace}=${noBreakSpace}${factor})`;
}

function cachedFormatters(): (options: NumberOptions) => Intl.NumberFormat {
  const made = new Map<string, Intl.NumberFormat>();
  return (options) => {
    const key = JSON.stringify([options.locale, options.significant, options.decimals, options.signed]);
    const known = made.get(key);
    if (known) return known;
    const digits =
      options.decimals === undefined
        ? { minimumSignificantDigits: options.significant ?? 4, maximumSignificantDigits: options.significant ?? 4 }
        : { minimumFractionDigits: options.decimals, maximumFractionDigits: options.decimals };
    const formatter = new Intl.NumberFormat(options.locale, {
      ...digits,
      signDisplay: options.signed ? 'exceptZero' : 'negative',
    });
    made.set(key, formatter);
    return formatter;
  };
}
