import type { RunEvidence } from './evidence.ts';
import type { EnergyEvidence, EnergyWindowEvidence } from './energy-evidence.ts';
import { energyLimits, guardFactors } from './energy-limits.ts';
import { failed, notApplicable, passed } from './rule.ts';
import type { CheckResult } from './rule.ts';

/** Relative half-width of a monitor's clock where nothing is known of it, as a standard uncertainty (uncertainty, section 1.3). */
const assumedClockRelU = 1e-4 / Math.sqrt(3);

const refs = (windows: readonly EnergyWindowEvidence[]): EnergyWindowEvidence['ref'][] =>
  windows.map((window) => window.ref);

/** NRG-02. The verdict takes the length as it is; where its uncertainty reaches over the limit, the message says so. */
export function checkLength(energy: EnergyEvidence, { workload }: RunEvidence): CheckResult {
  const { windows } = energy;
  const expected = workload.id === 'sww01' ? energyLimits.streamingWindows : energyLimits.windows;
  if (windows.length !== expected)
    return failed({ windows: windows.length, expected }, refs(windows), { message: 'count' });
  const untimed = windows.filter((window) => window.durationS === null);
  if (untimed.length > 0) return failed({ count: untimed.length }, refs(untimed), { message: 'untimed' });
  const lengthOf = ({ durationS }: EnergyWindowEvidence): number => durationS ?? 0;
  const shortest = windows.reduce((least, window) => (lengthOf(window) < lengthOf(least) ? window : least));
  const shortestS = lengthOf(shortest);
  const guardS = guardFactors.oneSided * lengthUncertaintyS(energy, shortestS);
  const limitS = energyLimits.windowS;
  const short = windows.filter((window) => lengthOf(window) < limitS);
  if (short.length > 0) {
    const facts = { count: short.length, window: shortest.number, shortestS, limitS, guardS };
    return failed(facts, refs(short), { message: shortestS > limitS - guardS ? 'failedNotProven' : 'failed' });
  }
  if (shortestS < limitS + guardS) return passed({ window: shortest.number, shortestS, limitS, guardS }, 'notProven');
  return passed({ shortestS });
}

/** Two edges, each anywhere within one step of the monitor, and the monitor's clock (uncertainty, sections 3.7 and 7). */
function lengthUncertaintyS({ edgeResolutionS, clockRelU }: EnergyEvidence, durationS: number): number {
  return Math.hypot((edgeResolutionS ?? 0) / Math.sqrt(6), durationS * (clockRelU ?? assumedClockRelU));
}

/** NRG-03. Edges are paired by the commands between which they came, so one that is missing cannot shift the later windows. */
export function checkMarks({ windows, marks }: EnergyEvidence): CheckResult {
  const missing = windows.filter((window) => window.edges < 2);
  if (missing[0])
    return failed({ count: missing.length, window: missing[0].number, edges: missing[0].edges }, refs(missing), {
      message: 'missing',
    });
  const extra = windows.filter((window) => window.edges > 2);
  if (extra[0])
    return failed({ count: extra.length, window: extra[0].number, edges: extra[0].edges }, refs(extra), {
      message: 'extra',
    });
  const { expected, found } = marks;
  const stray = marks.stray ?? 0;
  if (expected !== null && found !== null) {
    if (found - stray < expected) return failed({ expected, found }, [], { message: 'markMissing' });
    const beside = Math.max(stray, found - expected);
    if (beside > 0) return failed({ expected, found, count: beside }, [], { message: 'stray', severity: 'W' });
    return passed({ found });
  }
  if (stray > 0) return failed({ count: stray }, [], { message: 'strayOnly', severity: 'W' });
  return windows.length === 0 ? notApplicable('noWindows') : passed({ windows: windows.length }, 'pairs');
}

/** NRG-12. */
export function checkMargin({ headS, tailS }: EnergyEvidence): CheckResult {
  if (headS === null || tailS === null) return notApplicable('unknown');
  const limitS = energyLimits.marginS;
  return headS >= limitS && tailS >= limitS ? passed({ headS, tailS }) : failed({ headS, tailS, limitS });
}

/** NRG-14. Rest below work, and no window that did its inferences faster than the performance run. */
export function checkPlausible(energy: EnergyEvidence, { companions }: RunEvidence): CheckResult {
  const { windows } = energy;
  if (windows.length === 0) return notApplicable('noWindows');
  const reference = throughputOf(companions);
  if (reference !== null) {
    const fast = windows.filter(
      ({ durationS, inferences }) =>
        durationS !== null && inferences > energyLimits.shortWindow * reference * Math.max(durationS, 0),
    );
    if (fast[0])
      return failed(
        {
          count: fast.length,
          window: fast[0].number,
          durationS: fast[0].durationS ?? 0,
          expectedS: fast[0].inferences / reference,
        },
        refs(fast),
        { message: 'tooShort' },
      );
  }
  const powers = windows.map((window) => window.meanPowerW).filter((power) => power !== null);
  const restW = energy.restPowerW ?? middleOf(windows.map((window) => window.beforeStartW));
  if (restW === null || powers.length === 0) return notApplicable('noRest');
  const facts = { restUW: restW * 1e6, windowUW: Math.min(...powers) * 1e6 };
  if (!(restW > 0)) return failed(facts, [], { message: 'negative' });
  if (restW > energyLimits.rest * Math.min(...powers)) return failed(facts, [], { message: 'high' });
  return passed(facts);
}

/** Median throughput of the newest performance run beside this one. */
function throughputOf(companions: RunEvidence['companions']): number | null {
  return companions.findLast((companion) => companion.mode === 'performance')?.medianThroughputInfPerS ?? null;
}

function middleOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? null;
}
