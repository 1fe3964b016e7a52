import type { Certificate } from '../../shared/domain/calibration.ts';
import type { EnergyFigures, EnergySetup, EnergyWindowSummary, TraceSummary } from '../../shared/domain/energy.ts';
import type { TraceColumns } from '../trace/index.ts';

/** What an energy run adds to its view. Plain data; setup, trace and figures come from the journal, the rest from files beside it. */
export interface EnergyView {
  setup: EnergySetup;
  /** Null while no trace was summed up: the run ended before its recording did. */
  trace: TraceSummary | null;
  /** Null where nothing could be computed. */
  figures: EnergyFigures | null;
  /** What each window was measured on, by the number of the window. */
  inputs: readonly { window: number; file: string; label: number }[];
  /** Power over the whole trace; null where the caller has not read it. */
  columns: TraceColumnsView | null;
  /** Power around the start of the median window. */
  startZoom: TraceColumnsView | null;
  certificates: readonly CertificateView[];
}

/** What `sessionView` cannot know from the journal: read from the trace and from the certificates by the caller. */
export type EnergyExtras = Pick<EnergyView, 'columns' | 'startZoom' | 'certificates'>;

/** Power of a stretch of trace in columns of equal width; NaN where a column holds gaps only. */
export interface TraceColumnsView {
  /** Seconds since the trace began. */
  fromS: number;
  toS: number;
  minW: Float32Array;
  meanW: Float32Array;
  maxW: Float32Array;
}

/** A certificate as it was read and checked by whoever keeps them. */
export type CertificateView = Certificate;

/** Columns of a view of a whole trace, at most. */
export const mostColumns = 2000;

/** Samples [first, end) and the number of columns that a caller asks a trace for. */
export interface ColumnsRequest {
  first: number;
  end: number;
  columns: number;
}

const zoomBeforeS = 0.02;
const zoomAfterS = 0.08;

/** What to read from the trace for the pages of a run: the whole of it, and the start of the window that the zoom shows. */
export function traceRequests(
  trace: TraceSummary,
  figures: EnergyFigures | null,
): { whole: ColumnsRequest | null; startZoom: ColumnsRequest | null } {
  const whole =
    trace.samples > 0 ? { first: 0, end: trace.samples, columns: Math.min(mostColumns, trace.samples) } : null;
  const window = medianWindow(trace, figures);
  if (!window) return { whole, startZoom: null };
  const first = Math.max(0, Math.floor(window.startEdge - zoomBeforeS * trace.sampleRateHz));
  const end = Math.min(trace.samples, Math.ceil(window.startEdge + zoomAfterS * trace.sampleRateHz));
  return {
    whole,
    startZoom: end > first ? { first, end, columns: Math.min(mostColumns, end - first) } : null,
  };
}

/** The window whose energy per inference is (or is nearest to) the median; the first one without figures. */
export function medianWindow(trace: TraceSummary, figures: EnergyFigures | null): EnergyWindowSummary | null {
  const median = figures?.medianEnergyUJPerInf ?? null;
  if (median === null) return trace.windows[0] ?? null;
  const nearest = (figures?.windows ?? []).toSorted(
    (a, b) => Math.abs(a.energyUJPerInf - median) - Math.abs(b.energyUJPerInf - median),
  )[0];
  return trace.windows.find((window) => window.number === nearest?.number) ?? trace.windows[0] ?? null;
}

/**
 * Columns of a trace, which are in the unit of its samples (A, J per sample, W), as power at the set voltage.
 * Columns of a trace are whole numbers of samples; those of the view are taken to be of equal width.
 */
export function traceColumnsView(
  columns: Pick<TraceColumns, 'edges' | 'min' | 'mean' | 'max'>,
  header: { quantity: EnergySetup['monitor']['quantity']; sampleRateHz: number; voltageV: number },
): TraceColumnsView {
  const { quantity, sampleRateHz, voltageV } = header;
  const factor = quantity === 'current' ? voltageV : quantity === 'energy' ? sampleRateHz : 1;
  const power = (values: Float32Array): Float32Array => values.map((value) => value * factor);
  return {
    fromS: (columns.edges[0] ?? 0) / sampleRateHz,
    toS: (columns.edges.at(-1) ?? 0) / sampleRateHz,
    minW: power(columns.min),
    meanW: power(columns.mean),
    maxW: power(columns.max),
  };
}

/** Whether the figures may be printed: a budget that is invalid takes its figure along (uncertainty, section 6). */
export function hasFigure(figures: EnergyFigures | null | undefined): figures is EnergyFigures & {
  medianEnergyUJPerInf: number;
} {
  return (
    figures !== null &&
    figures !== undefined &&
    figures.budget.status !== 'invalid' &&
    figures.medianEnergyUJPerInf !== null &&
    Number.isFinite(figures.medianEnergyUJPerInf)
  );
}
