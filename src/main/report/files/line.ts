/** Codes of the published runner's plug-ins: readers of log and results files look for them. */
export const performanceCode = 'ulp-mlperf';
export const energyCode = 'ulp-ml';

/** The mark of everything measured on a virtual bench. It belongs to the file formats, so it is the same in every language. */
export const simulatedMark = 'SIMULATED';

/**
 * One line of `log.txt` or `results.txt`: `<seconds>.<ms> <channel>: <text>`, the seconds zero-padded to five digits and
 * longer when needed. Source: results and submission, section 2.
 */
export function logLine(atS: number, channel: string, text: string): string {
  return `${stamp(atS)} ${channel}: ${oneLine(text)}`;
}

/** A number right-aligned in 12 columns with three decimals, as results.txt has it (section 4). */
export function column(value: number, decimals: number): string {
  return value.toFixed(decimals).padStart(12);
}

/** Rule of 57 dashes between the parts of results.txt. */
export const rule = '-'.repeat(57);

function stamp(atS: number): string {
  const ms = Math.max(0, Math.round(atS * 1000));
  return `${String(Math.floor(ms / 1000)).padStart(5, '0')}.${String(ms % 1000).padStart(3, '0')}`;
}

/** A line break inside a text would start a line without stamp and channel. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}

/** A value inside `[...]`: brackets of its own would end it early. */
export function bracketed(value: string | number): string {
  return `[${oneLine(String(value)).replaceAll('[', '(').replaceAll(']', ')')}]`;
}
