/** A figure and its expanded uncertainty rounded for printing. */
export interface RoundedFigure {
  y: number;
  expandedUncertainty: number;
  /** Decimal places of both; 0 when the last digit kept stands before the decimal point. */
  decimals: number;
}

/**
 * Two significant digits of U, y to the same place; halves are rounded away from zero (uncertainty, section 5.5). Files keep the
 * unrounded values.
 */
export function roundedFigure(y: number, expandedUncertainty: number): RoundedFigure {
  if (!(expandedUncertainty > 0)) return { y, expandedUncertainty, decimals: 0 };
  let place = Math.floor(Math.log10(expandedUncertainty)) - 1;
  // 9.96 becomes 10.0 with three digits: one place fewer keeps two.
  if (Number(expandedUncertainty.toPrecision(2)) >= 10 ** (place + 2)) place += 1;
  const rounded = (value: number): number => {
    const scaled = place < 0 ? value * 10 ** -place : value / 10 ** place;
    // The product may miss a half by its rounding; twelve digits settle it.
    const near = Number(Math.abs(scaled).toPrecision(12));
    const whole = Math.sign(scaled) * Math.floor(near + 0.5);
    return place < 0 ? whole / 10 ** -place : whole * 10 ** place;
  };
  return { y: rounded(y), expandedUncertainty: rounded(expandedUncertainty), decimals: Math.max(0, -place) };
}
