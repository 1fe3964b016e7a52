/**
 * How figures are written, on screens, in the terminal and in the report: digits by locale, SI prefix, U+202F before the unit,
 * doubt to two significant digits. Inside the program quantities stay numbers in SI base units.
 */
export {
  copyNumber,
  coverage,
  formatCount,
  formatNumber,
  formatPercent,
  formatPercentInterval,
  missing,
  narrowSpace,
  plusMinus,
  withUnit,
} from './number.ts';
export { formatMicrojoules } from './energy.ts';
export { formatQuantity, formatWithDoubt, quantityParts } from './quantity.ts';
export { formatDateTime, formatDuration, formatTimestamp } from './time.ts';
