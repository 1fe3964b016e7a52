import type { Budget, EnergySetup, Stretch, TraceSummary } from '../../../shared/domain/energy.ts';

type Reason = Budget['reasons'][number];

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
export function stretchReasons(setup: EnergySetup, stretch: Stretch): Reason[] {
  const reasons: Reason[] = [];
  const samples = stretch.endSample - stretch.firstSample;
  if (stretch.saturatedSamples > 0) reasons.push('E-SAT');
  if (samples === 0 || stretch.lostSamples > integrityLimits.lostFraction * samples) reasons.push('E-LOSS');
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
  if (trace.edgeCount !== trace.expectedEdgeCount || trace.windows.some((window) => window.edges !== 2)) {
    reasons.add('E-EDGE');
  }
  for (const { official } of trace.windows) {
    for (const reason of stretchReasons(setup, official)) reasons.add(reason);
    if (hasUnknownLoss(trace, official)) reasons.add('E-LOSS');
  }
  return [...reasons];
}

/** A loss of unknown size inside a stretch: nobody knows how much time is missing. */
export function hasUnknownLoss(trace: TraceSummary, { firstSample, endSample }: Stretch): boolean {
  return trace.losses.some(
    ({ count, sampleIndex }) => count === null && sampleIndex >= firstSample && sampleIndex <= endSample,
  );
}
