import type { RunEvidence } from './evidence.ts';
import type { EnergyEvidence, EnergyWindowEvidence } from './energy-evidence.ts';
import { energyLimits } from './energy-limits.ts';
import { failed, notApplicable, passed } from './rule.ts';
import type { CheckResult } from './rule.ts';

const refs = (windows: readonly EnergyWindowEvidence[]): EnergyWindowEvidence['ref'][] =>
  windows.map((window) => window.ref);

function largestOf(
  windows: readonly EnergyWindowEvidence[],
  measure: (window: EnergyWindowEvidence) => number,
): EnergyWindowEvidence | undefined {
  return windows.reduce<EnergyWindowEvidence | undefined>(
    (most, window) => (most && measure(most) >= measure(window) ? most : window),
    undefined,
  );
}

/** NRG-08. The limit is for each window: a loss in one of five is not made good by the others. */
export function checkLosses({ windows, unknownLosses, lostSamples }: EnergyEvidence): CheckResult {
  if (unknownLosses > 0) return failed({ count: unknownLosses }, [], { message: 'unknown' });
  const shareOf = ({ samples, lostSamples: lost }: EnergyWindowEvidence): number => (lost > 0 ? lost / samples : 0);
  const worst = largestOf(windows, shareOf);
  if (!worst) return notApplicable('noWindows');
  const lossy = windows.filter((window) => window.lostSamples > 0);
  if (lossy.length === 0) return lostSamples > 0 ? passed({ lost: lostSamples }, 'outside') : passed();
  const facts = {
    window: worst.number,
    lost: worst.lostSamples,
    lostPercent: shareOf(worst) * 100,
    limitPercent: energyLimits.lost * 100,
  };
  // Compared as products: 10 of 10,000 is the limit, not beyond it.
  const beyond = worst.lostSamples > energyLimits.lost * worst.samples * (1 + 1e-9);
  return failed(facts, refs(lossy), beyond ? {} : { message: 'some', severity: 'W' });
}

/** NRG-11. */
export function checkRange({ monitor, supply, windows, overcurrent }: EnergyEvidence, run: RunEvidence): CheckResult {
  if (overcurrent) return failed({ model: monitor.model }, [], { message: 'overcurrent' });
  if (windows.length === 0) return notApplicable('noWindows');
  const saturated = windows.filter((window) => window.saturatedSamples > 0);
  if (saturated[0])
    return failed({ count: sum(saturated.map((window) => window.saturatedSamples)) }, refs(saturated), {
      message: 'saturated',
    });
  const highest = largestOf(windows, (window) => window.maxCurrentA ?? 0);
  const currentMA = (highest?.maxCurrentA ?? 0) * 1e3;
  if (monitor.maxCurrentA !== null) {
    const limitMA = monitor.maxCurrentA * 1e3;
    // A reading at the very end of the range stands for any current from there on; samples are of single precision.
    const beyond = windows.filter((window) => (window.maxCurrentA ?? 0) * 1e3 >= limitMA * (1 - 1e-6));
    if (beyond.length > 0 && run.runner !== 'joulebench') return checkMeans(monitor, windows, supply, currentMA);
    if (beyond.length > 0)
      return failed({ model: monitor.model, currentMA, limitMA, count: beyond.length }, refs(beyond), {
        message: 'beyond',
      });
  }
  const clipped = windows.filter((window) => window.clippedSamples > 0);
  if (clipped.length > 0)
    return failed({ count: sum(clipped.map((window) => window.clippedSamples)) }, refs(clipped), {
      message: 'clamped',
      severity: 'W',
    });
  return windows.every((window) => window.maxCurrentA === null)
    ? passed({}, 'noCurrent')
    : passed({ currentMA }, 'passed');
}

/**
 * The official runners write energies of whole milliseconds, computed from what the monitor showed: a mean beyond its range makes
 * the figure doubtful, single samples at its end do not.
 */
function checkMeans(
  { model, maxCurrentA }: EnergyEvidence['monitor'],
  windows: readonly EnergyWindowEvidence[],
  { setV, measuredV }: EnergyEvidence['supply'],
  peakMA: number,
): CheckResult {
  const voltageV = measuredV ?? setV;
  const limitMA = (maxCurrentA ?? 0) * 1e3;
  const meanMA = ({ meanPowerW }: EnergyWindowEvidence): number =>
    meanPowerW === null || voltageV === null ? 0 : (meanPowerW / voltageV) * 1e3;
  const beyond = windows.filter((window) => meanMA(window) >= limitMA);
  if (beyond.length === 0)
    return failed({ model, currentMA: peakMA, limitMA }, [], { message: 'peaks', severity: 'I' });
  const currentMA = Math.max(...beyond.map(meanMA));
  return failed({ model, currentMA, limitMA, count: beyond.length }, refs(beyond), { message: 'meanBeyond' });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * NRG-15: the monitor's time base against the host's clock. A stream that is short of samples lost them even if it says
 * nothing (energy monitors, section 1.4), one with too many stretches time; what the latency of the host may explain is allowed for.
 */
export function checkTimeBase(energy: EnergyEvidence): CheckResult {
  return checkRate(energy) ?? checkHostTime(energy);
}

function checkRate(energy: EnergyEvidence): CheckResult | undefined {
  const { achievedRateDeviation, deviceRateDeviation, hostDurationS, hostLatencyS } = energy;
  const latency = hostDurationS !== null && hostDurationS > 0 ? hostLatencyS / hostDurationS : 0;
  const candidates = [
    { message: 'rate', deviation: achievedRateDeviation, allowed: energyLimits.rate + latency },
    { message: 'deviceRate', deviation: deviceRateDeviation, allowed: energyLimits.rate },
  ];
  for (const { message, deviation, allowed } of candidates) {
    if (deviation === null || Math.abs(deviation) <= allowed * (1 + 1e-9)) continue;
    return failed({ deviationPercent: deviation * 100, limitPercent: energyLimits.rate * 100 }, [], { message });
  }
  return undefined;
}

type TimedWindow = EnergyWindowEvidence & { durationS: number; hostS: number };

function checkHostTime({
  windows,
  hostLatencyS,
  achievedRateDeviation,
  deviceRateDeviation,
}: EnergyEvidence): CheckResult {
  const timed = windows.filter(
    (window): window is TimedWindow => window.durationS !== null && window.hostS !== null && window.hostS > 0,
  );
  const ratesPercent = [achievedRateDeviation, deviceRateDeviation].flatMap((deviation) =>
    deviation === null ? [] : [Math.abs(deviation) * 100],
  );
  const ratePercent = Math.max(...ratesPercent);
  if (timed.length === 0)
    return ratesPercent.length === 0 ? notApplicable('notTimed') : passed({ ratePercent }, 'rateOnly');
  const beyond = timed.filter((window) => excessOf(window, hostLatencyS) > energyLimits.hostRemark);
  const worst = timed.reduce((most, window) => (deviationOf(window) > deviationOf(most) ? window : most));
  const facts = { window: worst.number, deviationPercent: deviationOf(worst) * 100 };
  if (beyond.length === 0) return passed(facts);
  const invalid = excessOf(worst, hostLatencyS) > energyLimits.hostInvalid;
  const limitPercent = (invalid ? energyLimits.hostInvalid : energyLimits.hostRemark) * 100;
  return failed(
    { ...facts, durationS: worst.durationS, hostS: worst.hostS, limitPercent },
    beyond.map((window) => window.ref),
    { severity: invalid ? 'E' : 'W' },
  );
}

const deviationOf = ({ durationS, hostS }: TimedWindow): number => Math.abs(durationS / hostS - 1);

/** The deviation that the host's latency does not explain. */
function excessOf({ durationS, hostS }: TimedWindow, latencyS: number): number {
  return Math.max(0, Math.abs(durationS - hostS) - latencyS) / hostS;
}
