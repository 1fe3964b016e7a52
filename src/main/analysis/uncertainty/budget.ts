import { median } from '../windows.ts';
import { contributionOf, scaledCause, standardCause, standardUncertaintyOf } from './cause.ts';
import type { Cause } from './cause.ts';
import { combined, headline } from './combine.ts';
import { medianOfFive, repeatabilityOfFive } from './median.ts';
import type { Budget, BudgetRow } from './types.ts';

/** What cannot be got rid of and differs from window to window, as standard uncertainties of one window in the figure's unit. */
export interface PredictedScatter {
  noise: number;
  quant: number;
  edge: number;
}

export interface BudgetInput {
  /** Figures of the windows, in uJ per inference (or one value in uW). */
  values: readonly number[];
  /** One window is all there is (streaming wake word, rest, always-on): no type A, and a remark if `remarkSingle`. */
  single?: boolean;
  remarkSingle?: boolean;
  /** Causes other than the scatter of the windows. */
  causes: readonly Cause[];
  predicted: PredictedScatter;
  /** Reasons found elsewhere for which no uncertainty is given (section 6). */
  reasons?: readonly Budget['reasons'][number][];
  remarks?: readonly string[];
  certificates?: readonly string[];
  plane: Budget['plane'];
}

const origins = {
  scatter: { kind: 'measured', source: 'windows' },
  predicted: { kind: 'measured', source: 'trace' },
} as const satisfies Record<string, BudgetRow['origin']>;

/** Number of causes for which it is said what halving them would give. */
const adviceCount = 3;
/** A cause with more than this share of the variance dominates. */
const dominatingShare = 0.5;

/**
 * The budget of one figure: the median of five windows, or a single value. Pure: no I/O, no clock (uncertainty, sections 1.3, 5 and 6).
 * Reasons of section 6 leave every uncertainty null.
 */
export function budget(input: BudgetInput): Budget {
  const { values, single = false, plane } = input;
  const reasons = new Set(input.reasons);
  const finite = values.length > 0 && values.every(Number.isFinite);
  if (!finite || values.length !== (single ? 1 : medianOfFive.windows)) reasons.add('E-N');
  const remarks = new Set(input.remarks);
  const y = finite ? median(values) : null;
  const base = { certificates: [...(input.certificates ?? [])], plane };
  if (y === null || reasons.size > 0) {
    return { ...withoutUncertainty(y), ...base, reasons: [...reasons].sort(), remarks: [...remarks] };
  }
  const scatter = single ? predictedCause(input.predicted, 1) : scatterCause(values, input.predicted, remarks);
  if (single && input.remarkSingle) remarks.add('singleWindow');
  const causes = [...input.causes, scatter].filter((cause) => standardUncertaintyOf(cause) > 0);
  const result = combined(y, causes);
  const rows = rowsOf(causes, result.combinedStandardUncertainty);
  const assumptions = rows.filter((row) => row.origin.kind === 'assumption').map((row) => row.id);
  if (assumptions.length > 0) remarks.add('assumptions');
  if (rows.some((row) => row.origin.kind === 'typical')) remarks.add('typical');
  if (rows.some((row) => row.id === 'leak' && row.share > dominatingShare)) remarks.add('leakDominates');
  return {
    status: remarks.size > 0 ? 'remark' : 'ok',
    reasons: [],
    remarks: [...remarks],
    y,
    ...result,
    rows,
    assumptions,
    ...base,
    advice: adviceOf(causes),
  };
}

/** A budget that says only why there is none. */
function withoutUncertainty(y: number | null): Omit<Budget, 'reasons' | 'remarks' | 'certificates' | 'plane'> {
  return {
    status: 'invalid',
    y,
    combinedStandardUncertainty: null,
    effectiveDegreesOfFreedom: null,
    coverageFactor: null,
    expandedUncertainty: null,
    k95: null,
    interval95: null,
    rows: [],
    assumptions: [],
    advice: [],
  };
}

/** `repeat`: the larger of the observed and the predicted scatter, never both (uncertainty, section 3.13). */
function scatterCause(values: readonly number[], predicted: PredictedScatter, remarks: Set<string>): Cause {
  const repeatability = repeatabilityOfFive(values);
  if (repeatability.outlier) remarks.add('outlier');
  if (repeatability.drift) remarks.add('drift');
  const floor = predictedCause(predicted, medianOfFive.factor);
  if (standardUncertaintyOf(floor) >= repeatability.uA) return floor;
  return standardCause('repeat', repeatability.uA, 'uJ', 1, origins.scatter, { nu: medianOfFive.nu });
}

function predictedCause({ noise, quant, edge }: PredictedScatter, factor: number): Cause {
  return standardCause('repeat', factor * Math.hypot(noise, quant, edge), 'uJ', 1, origins.predicted);
}

/** Rows by falling share. Inside a cause the shares follow the places, so that all shares together make 1. */
function rowsOf(causes: readonly Cause[], uc: number): BudgetRow[] {
  return causes
    .flatMap((cause) => {
      const total = cause.places.reduce((sum, place) => sum + contributionOf(place), 0);
      return cause.places.map((place) => ({
        id: place.id,
        value: place.value,
        unit: place.unit,
        isHalfWidth: place.isHalfWidth,
        distribution: cause.distribution,
        divisor: place.divisor,
        origin: place.origin,
        sensitivity: place.sensitivity,
        contributionUJ: Math.abs(contributionOf(place)),
        share: uc > 0 ? (contributionOf(place) * total) / (uc * uc) : 0,
        nu: cause.nu,
        common: cause.common,
      }));
    })
    .sort((a, b) => b.share - a.share);
}

/** For the largest causes: the expanded uncertainty with that cause halved. */
function adviceOf(causes: readonly Cause[]): Budget['advice'] {
  const largest = [...causes].sort((a, b) => standardUncertaintyOf(b) - standardUncertaintyOf(a)).slice(0, adviceCount);
  return largest.map((cause) => {
    const changed = causes.map((other) => (other === cause ? scaledCause(other, 0.5) : other));
    return { id: cause.id, expandedUncertaintyIfHalved: headline(changed).expandedUncertainty };
  });
}
