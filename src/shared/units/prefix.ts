/** SI prefixes by power of ten. */
const prefixes: Readonly<Record<number, string>> = {
  [-12]: 'p',
  [-9]: 'n',
  [-6]: 'µ',
  [-3]: 'm',
  0: '',
  3: 'k',
  6: 'M',
  9: 'G',
  12: 'T',
};

/** Which prefixes a unit takes: none for things that are counted, only the small ones for seconds. */
const exponents: Readonly<Record<string, readonly [least: number, most: number]>> = {
  s: [-12, 0],
  B: [0, 12],
  inf: [0, 0],
  'inf/s': [0, 0],
  '%': [0, 0],
  '': [0, 0],
};

export interface Scaled {
  /** The value in the prefixed unit. */
  value: number;
  unit: string;
  /** Power of ten of the prefix. */
  exponent: number;
}

/**
 * Brings a value in an SI base unit to the prefix that leaves 1 to 999 before the decimal mark, as it will read once it is
 * rounded by `round` (999.96 µJ with one decimal is 1.000 mJ).
 */
export function scaleToPrefix(
  value: number,
  unit: string,
  round: (scaled: number) => number = (scaled) => scaled,
): Scaled {
  const [least, most] = exponents[unit] ?? [-12, 12];
  const clamp = (exponent: number): number => Math.min(most, Math.max(least, exponent));
  const size = Math.abs(value);
  if (size === 0 || !Number.isFinite(size)) return { value, unit, exponent: 0 };
  let exponent = clamp(Math.floor(Math.log10(size) / 3) * 3);
  if (Math.abs(round(value / 10 ** exponent)) >= 1000) exponent = clamp(exponent + 3);
  return { value: value / 10 ** exponent, unit: `${prefixes[exponent] ?? ''}${unit}`, exponent };
}
