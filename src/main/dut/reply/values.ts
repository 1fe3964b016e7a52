const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * The vector of `m-results-[...]`: elements between commas, trimmed; one empty element at the end is ignored (the VWW
 * reference prints a trailing comma). Null when an element is no number.
 */
export function parseResults(list: string): number[] | null {
  const elements = list.split(',').map((element) => element.trim());
  if (elements[elements.length - 1] === '') elements.pop();
  const values: number[] = [];
  for (const element of elements) {
    const value = number.test(element) ? Number(element) : Number.NaN;
    if (!Number.isFinite(value)) return null;
    values.push(value);
  }
  return values;
}

const wrap = 2 ** 32;

/**
 * Microseconds from one stamp to the next. The reference counter has 32 bits and wraps every 4295 s, so a second stamp
 * that is smaller counts modulo 2^32 when both are below it; otherwise (epoch stamps) it is a step backwards: null.
 */
export function lapElapsedUs(startUs: number, endUs: number): number | null {
  if (endUs >= startUs) return endUs - startUs;
  return startUs < wrap ? endUs - startUs + wrap : null;
}
