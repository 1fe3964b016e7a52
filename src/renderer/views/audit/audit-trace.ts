import { windowBands } from '../../../shared/domain/audit-windows.ts';
import type { AuditWaveform, AuditedRun } from '../../../shared/domain/audit.ts';
import { niceTop } from '../../charts/index.ts';
import type { PlotColumns, PlotPicture } from '../../charts/index.ts';

/** The columns of an audited trace in W, with the edges between them. */
export function waveformColumns({ fromS, toS, minPowerUW, meanPowerUW, maxPowerUW }: AuditWaveform): PlotColumns {
  const watts = (values: readonly (number | null)[]): Float64Array =>
    Float64Array.from(values, (value) => (value === null ? Number.NaN : value / 1e6));
  const count = meanPowerUW.length;
  return {
    edgesS: Array.from({ length: count + 1 }, (_, k) => fromS + ((toS - fromS) * k) / Math.max(1, count)),
    minW: watts(minPowerUW),
    meanW: watts(meanPowerUW),
    maxW: watts(maxPowerUW),
  };
}

/** The whole trace with its marks; the printed windows are shaded and numbered. */
export function waveformPicture(run: Pick<AuditedRun, 'recomputed'>, waveform: AuditWaveform): PlotPicture {
  const largest = waveform.maxPowerUW.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  return {
    columns: waveformColumns(waveform),
    view: { fromS: waveform.fromS, toS: waveform.toS },
    topW: niceTop(largest / 1e6),
    bands: windowBands(run, waveform).map(({ number, fromS, toS }) => ({
      fromS,
      toS,
      label: String(number),
      kind: 'window',
    })),
    edgesS: waveform.marksS,
    lost: [],
    selection: undefined,
    cursorS: undefined,
    window: undefined,
  };
}
