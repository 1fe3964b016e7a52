import { normalCdf } from '../uncertainty/distributions.ts';

/** What the rank-sum test says about two samples. */
export interface MannWhitney {
  /** Pairs that the first sample wins, ties counting half: 0 to n1 n2. */
  u: number;
  /** Two-sided: chance of a U at least as far from n1 n2 / 2, if both samples came from one distribution. */
  p: number;
  /** From all ways to deal the values into two samples of these sizes; otherwise from the normal approximation. */
  exact: boolean;
  /** The smallest p that these many values (with these ties) could reach. Where it is not small, the test decides nothing. */
  smallestP: number;
}

/** Up to this many values together every way to deal them is counted; beyond, the approximation is good to a few per mille. */
const mostForExact = 40;

/**
 * Mann-Whitney U test (Mann and Whitney 1947), two-sided. Exact with ties too: the distribution is that of the rank sum over all
 * choices of n1 of the n1 + n2 values, with the mean rank for equal values. Above 40 values: normal approximation with continuity and
 * tie correction. @returns null where a sample is empty or holds something that is no number.
 */
export function mannWhitney(first: readonly number[], second: readonly number[]): MannWhitney | null {
  const [n1, n2] = [first.length, second.length];
  if (n1 === 0 || n2 === 0 || [...first, ...second].some((value) => !Number.isFinite(value))) return null;
  const { ranks, ties } = doubledRanks([...first, ...second]);
  const rankSum2 = ranks.slice(0, n1).reduce((sum, rank) => sum + rank, 0);
  const u = (rankSum2 - n1 * (n1 + 1)) / 2;
  const exact = n1 + n2 <= mostForExact;
  const { p, smallestP } = exact ? exactP(ranks, n1, rankSum2) : normalP(u, n1, n2, ties);
  return { u, p, exact, smallestP };
}

/** Twice the rank of each value (whole numbers in spite of mean ranks), and how many values share each rank. */
function doubledRanks(values: readonly number[]): { ranks: number[]; ties: number[] } {
  const order = [...values.keys()].sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Array<number>(values.length);
  const ties: number[] = [];
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && values[order[end] as number] === values[order[start] as number]) end += 1;
    // Ranks start + 1 ... end: twice their mean is start + 1 + end.
    for (let k = start; k < end; k += 1) ranks[order[k] as number] = start + 1 + end;
    ties.push(end - start);
    start = end;
  }
  return { ranks, ties };
}

/** Counts the rank sums of all choices of n1 values, one value after the other. */
function exactP(ranks: readonly number[], n1: number, observed: number): { p: number; smallestP: number } {
  const most = ranks.reduce((sum, rank) => sum + rank, 0);
  // ways[k][s]: choices of k values whose doubled ranks sum to s.
  const ways = Array.from({ length: n1 + 1 }, () => new Float64Array(most + 1));
  (ways[0] as Float64Array)[0] = 1;
  for (const rank of ranks) {
    for (let k = n1; k > 0; k -= 1) {
      const [into, from] = [ways[k] as Float64Array, ways[k - 1] as Float64Array];
      for (let s = most; s >= rank; s -= 1) into[s] = (into[s] as number) + (from[s - rank] as number);
    }
  }
  const counts = ways[n1] as Float64Array;
  const middle = (n1 * most) / ranks.length;
  const distance = Math.abs(observed - middle);
  let [total, asFar, farthest, atFarthest] = [0, 0, 0, 0];
  for (const [s, count] of counts.entries()) {
    if (count === 0) continue;
    total += count;
    const away = Math.abs(s - middle);
    if (away >= distance - 1e-9) asFar += count;
    if (away > farthest + 1e-9) [farthest, atFarthest] = [away, count];
    else if (away >= farthest - 1e-9) atFarthest += count;
  }
  return { p: asFar / total, smallestP: atFarthest / total };
}

function normalP(u: number, n1: number, n2: number, ties: readonly number[]): { p: number; smallestP: number } {
  const n = n1 + n2;
  const tied = ties.reduce((sum, count) => sum + count ** 3 - count, 0);
  const sd = Math.sqrt(((n1 * n2) / 12) * (n + 1 - tied / (n * (n - 1))));
  if (!(sd > 0)) return { p: 1, smallestP: 1 };
  const pOf = (away: number): number => Math.min(1, 2 * normalCdf(-Math.max(0, away - 0.5) / sd));
  return { p: pOf(Math.abs(u - (n1 * n2) / 2)), smallestP: pOf((n1 * n2) / 2) };
}
