import type { LivePower } from '../../../shared/domain/live-power.ts';
import type { LiveRun } from '../../../shared/domain/live-run.ts';
import { niceTop } from '../../charts/index.ts';
import type { PlotBand, PlotColumns, PlotPicture } from '../../charts/index.ts';

/** The live view always spans a minute, so that nothing moves but the curve. */
const spanS = 60;
/** How well the length of a window and two time marks have to agree to be taken for the same, in s. */
const sameS = 0.02;

/** The columns of the last minute with their edges. */
export function liveColumns({ fromS, stepS, minW, meanW, maxW }: LivePower): PlotColumns {
  return {
    edgesS: Float64Array.from({ length: meanW.length + 1 }, (_, k) => fromS + k * stepS),
    minW,
    meanW,
    maxW,
  };
}

/** Windows between two neighbouring time marks: the marks of the last minute, the lengths of the windows so far. */
export function liveBands({ edgesS }: LivePower, windows: LiveRun['windows'], endS: number): PlotBand[] {
  const bands: PlotBand[] = [];
  let next = 0;
  for (const window of windows) {
    for (let k = next; k + 1 < edgesS.length; k += 1) {
      const fromS = edgesS[k] ?? 0;
      const toS = edgesS[k + 1] ?? 0;
      if (Math.abs(toS - fromS - window.seconds) > sameS) continue;
      bands.push({ fromS, toS, label: String(window.number), kind: 'window' });
      next = k + 2;
      break;
    }
  }
  return bands.filter((band) => band.toS <= endS);
}

/** Mean of the last second in W; undefined without samples. */
export function powerNow({ meanW, stepS }: LivePower): number | undefined {
  const last = Array.from(meanW.slice(-Math.max(1, Math.round(1 / stepS)))).filter((value) => !Number.isNaN(value));
  return last.length === 0 ? undefined : last.reduce((sum, value) => sum + value, 0) / last.length;
}

/** What the live chart shows. `lastTopW` keeps the axis from shrinking while the run goes on. */
export function livePicture(power: LivePower, windows: LiveRun['windows'], lastTopW: number): PlotPicture {
  const columns = liveColumns(power);
  const endS = Math.max(power.fromS + spanS, Number(columns.edgesS[columns.edgesS.length - 1] ?? 0));
  let largest = 0;
  for (const value of power.maxW) if (value > largest) largest = value;
  return {
    columns,
    view: { fromS: endS - spanS, toS: endS },
    topW: Math.max(lastTopW, niceTop(largest)),
    bands: liveBands(power, windows, endS),
    edgesS: power.edgesS,
    lost: [],
    selection: undefined,
    cursorS: undefined,
    window: undefined,
  };
}
