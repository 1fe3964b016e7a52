import type { Budget, EnergySetup, Stretch, TraceSummary } from '../../../shared/domain/energy.ts';

type Reason = Budget['reasons'][number];
type Loss = TraceSummary['losses'][number];

/** Shares above which there is no figure (uncertainty, section 6). */
export const integrityLimits = {
  lostFraction: 1e-3,
  rateDeviation: 5e-3,
  unknownRangeShare: 1e-3,
  uncertifiedRangeShare: 0.05,
  clippedFraction: 1e-3,
} as const;

/** More than this share of the samples near a range switch is worth a remark (uncertainty, section 3.5). */
export const nearSwitchShare = 0.01;

/** Why a stretch allows no uncertainty: saturation, losses, readings clamped at 0, ranges that nobody specified. */
export function stretchReasons(setup: EnergySetup, trace: TraceSummary, stretch: Stretch): Reason[] {
  const reasons: Reason[] = [];
  const samples = stretch.endSample - stretch.firstSample;
  if (stretch.saturatedSamples > 0) reasons.push('E-SAT');
  const lost = lostSamplesIn(stretch, trace);
  // Compared as products: 10 of 10,000 is the limit, not beyond it.
  if (samples === 0 || lost > integrityLimits.lostFraction * samples * (1 + 1e-9) || hasUnknownLoss(trace, stretch)) {
    reasons.push('E-LOSS');
  }
  if (stretch.clippedSamples > integrityLimits.clippedFraction * samples) reasons.push('E-CLIP0');
  const known = new Set(setup.specification.ranges.map((entry) => entry.range));
  if (rangeShare(stretch, (range) => !known.has(range)) > integrityLimits.unknownRangeShare) reasons.push('E-RANGE');
  return reasons;
}

/** Share of a stretch's energy in the ranges that `selected` picks. */
export function rangeShare(stretch: Stretch, selected: (range: number) => boolean): number {
  const total = stretch.ranges.reduce((sum, { energyJ }) => sum + Math.abs(energyJ), 0);
  const part = stretch.ranges.reduce((sum, { range, energyJ }) => sum + (selected(range) ? Math.abs(energyJ) : 0), 0);
  return total > 0 ? part / total : 0;
}

/** Why the trace as a whole allows no uncertainty: clock deficit, supply voltage, over-current. */
export function traceReasons(setup: EnergySetup, trace: TraceSummary): Reason[] {
  const reasons: Reason[] = [];
  if (trace.overcurrent) reasons.push('E-SAT');
  const { achievedRateHz } = trace;
  if (
    achievedRateHz !== null &&
    Math.abs(achievedRateHz / setup.monitor.sampleRateHz - 1) > integrityLimits.rateDeviation
  ) {
    reasons.push('E-LOSS');
  }
  const voltageV = trace.measuredVoltageV ?? setup.supply.voltageV;
  if (voltageV < setup.supply.limits.minV || voltageV > setup.supply.limits.maxV) reasons.push('E-VOLT');
  return reasons;
}

/** Why the windows of a run allow no uncertainty, each reason once. */
export function windowReasons(setup: EnergySetup, trace: TraceSummary): Reason[] {
  const reasons = new Set(traceReasons(setup, trace));
  // Edges outside of every window spoil none; the rules remark them.
  if (
    trace.edgeCount - trace.strayEdges !== trace.expectedEdgeCount ||
    trace.windows.some((window) => window.edges !== 2)
  ) {
    reasons.add('E-EDGE');
  }
  for (const { official } of trace.windows) {
    for (const reason of stretchReasons(setup, trace, official)) reasons.add(reason);
  }
  return [...reasons];
}

/** A loss of unknown size inside a stretch: nobody knows how much time is missing. */
function hasUnknownLoss(trace: TraceSummary, stretch: Stretch): boolean {
  return trace.losses.some((loss) => loss.count === null && mayLieIn(loss, stretch, trace.sampleRateHz));
}

/**
 * Samples of a stretch that are lost: its gaps, or, where that is more, the losses reported for it. A loss that was noticed late has
 * its gap, if any, behind its true place, so it counts for every stretch that it may lie in.
 */
export function lostSamplesIn(stretch: Stretch, trace: TraceSummary): number {
  const reported = trace.losses.reduce((sum, loss) => {
    if (loss.count === null || !mayLieIn(loss, stretch, trace.sampleRateHz)) return sum;
    const late = noticedWithinS(loss, trace.sampleRateHz) > 0;
    return sum + (late ? loss.count : Math.min(loss.count, Math.max(0, stretch.endSample - loss.sampleIndex)));
  }, 0);
  return Math.max(stretch.lostSamples, reported);
}

/** Share of a stretch that is missing without a gap in its trace, as far as losses were reported. */
export function hiddenLossFraction(stretch: Stretch, trace: TraceSummary): number {
  const samples = stretch.endSample - stretch.firstSample;
  return samples > 0 ? (lostSamplesIn(stretch, trace) - stretch.lostSamples) / samples : 0;
}

function mayLieIn(loss: Loss, { firstSample, endSample }: Stretch, sampleRateHz: number): boolean {
  const reach = noticedWithinS(loss, sampleRateHz) * sampleRateHz;
  return loss.sampleIndex >= firstSample && loss.sampleIndex < endSample + reach;
}

/**
 * How long before it was noticed a loss may have happened, in s: the comparison of clocks takes that long, and an instrument with ticks
 * shows only that samples are missing since the last one, 1000 samples ago at most (energy monitors, sections 1.4 and 2.5).
 */
function noticedWithinS({ cause }: Loss, sampleRateHz: number): number {
  // The comparison passes over what ticks say later, at most 2000 samples; two such stretches may go by.
  if (cause === 'clock') return Math.max(2, 4500 / sampleRateHz);
  return cause === 'tick' ? 1000 / sampleRateHz : 0;
}
