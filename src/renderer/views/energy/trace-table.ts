import type { PlotColumns, PlotView } from '../../charts/index.ts';

/** Rows that a person reads: the visible stretch in at most so many parts. */
const mostRows = 100;

export interface TraceRow {
  fromS: number;
  minW: number;
  meanW: number;
  maxW: number;
}

/** The visible columns joined to at most 100 rows; a row of gaps only has NaN. */
export function traceTable({ edgesS, minW, meanW, maxW }: PlotColumns, view: PlotView): TraceRow[] {
  const shown: number[] = [];
  for (let k = 0; k < meanW.length; k += 1) {
    if (Number(edgesS[k + 1]) > view.fromS && Number(edgesS[k]) < view.toS) shown.push(k);
  }
  const perRow = Math.max(1, Math.ceil(shown.length / mostRows));
  const rows: TraceRow[] = [];
  for (let at = 0; at < shown.length; at += perRow) {
    const part = shown.slice(at, at + perRow);
    const good = part.filter((k) => !Number.isNaN(Number(meanW[k])));
    const lengthOf = (k: number): number => Number(edgesS[k + 1]) - Number(edgesS[k]);
    const length = good.reduce((sum, k) => sum + lengthOf(k), 0);
    rows.push({
      fromS: Number(edgesS[part[0] ?? 0]),
      minW: good.length === 0 ? Number.NaN : Math.min(...good.map((k) => Number(minW[k]))),
      meanW: good.reduce((sum, k) => sum + Number(meanW[k]) * lengthOf(k), 0) / length,
      maxW: good.length === 0 ? Number.NaN : Math.max(...good.map((k) => Number(maxW[k]))),
    });
  }
  return rows;
}
