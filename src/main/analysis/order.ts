/** Order of scores; subtraction would give NaN for two infinities. */
export function compareScores(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
