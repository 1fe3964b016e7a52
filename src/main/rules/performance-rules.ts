import type { RunEvidence, WindowEvidence, WindowFigures } from './evidence.ts';
import { checkClock } from './clock-rule.ts';
import { everyRound, failed, notApplicable, passed } from './rule.ts';
import type { CheckResult, Rule } from './rule.ts';

/** Limits of the performance rules. Source: results and submission, section 13. */
export const performanceLimits = {
  windows: 5,
  windowS: 10,
  inferences: 10,
  /** Relative difference of a reported median. */
  median: 1e-3,
  /** (max - min) / median of the throughputs. */
  spread: 0.01,
  /** Step of the stamps, absolute and as a share of the window. */
  resolutionUs: 1000,
  resolutionShare: 1e-3,
  /** A window longer than a day, or than this many times what the host saw, is a reset counter. */
  absurdS: 86_400,
  absurdHostRatio: 10,
} as const;

/** The streaming wake word has one stream instead of windows. */
const streamingId = 'sww01';

const common = {
  scope: 'run',
  rounds: everyRound,
  officialChecker: 'no',
  concerns: 'measurement',
  modes: ['performance'],
} satisfies Partial<Rule>;

/** Rules about windows that hold wherever they come from; those about stamps need a DUT that prints them. */
const windowModes: Rule['modes'] = ['performance', 'energy'];

/** A window with its figures. */
type Window = WindowEvidence & WindowFigures;
type TimedWindow = Window & { durationS: number };

function windowsOf(evidence: RunEvidence): Window[] {
  const unknown: WindowFigures = { durationS: null, throughputInfPerS: null, hostS: null, clock: null };
  return evidence.windows.map((window, k) => ({ ...window, ...(evidence.figures.windows[k] ?? unknown) }));
}

/** Applies a check to the windows that have a length; the rules about stamps report the others. */
function onTimed(evidence: RunEvidence, check: (windows: TimedWindow[]) => CheckResult): CheckResult {
  const windows = windowsOf(evidence);
  if (windows.length === 0) return notApplicable('noWindows');
  const timed = windows.filter((window): window is TimedWindow => window.durationS !== null);
  return timed.length === 0 ? notApplicable('noStamps') : check(timed);
}

function onWindows(evidence: RunEvidence, check: (windows: Window[]) => CheckResult): CheckResult {
  const windows = windowsOf(evidence);
  return windows.length === 0 ? notApplicable('noWindows') : check(windows);
}

const refs = (windows: readonly WindowEvidence[]): WindowEvidence['ref'][] => windows.map((window) => window.ref);

function smallestOf<T>(items: readonly T[], measure: (item: T) => number): T {
  return items.reduce((best, item) => (measure(item) < measure(best) ? item : best));
}

export const performanceRules: readonly Rule[] = [
  {
    ...common,
    id: 'PERF-01',
    severity: 'E',
    modes: windowModes,
    check: ({ windows, workload }) => {
      if (workload.id === streamingId) return notApplicable('streaming');
      const inputs = new Set(windows.map((window) => `${window.file}\n${window.offsetBytes}`)).size;
      const facts = { windows: windows.length, inputs };
      const expected = performanceLimits.windows;
      if (windows.length === expected && inputs === expected) return passed(facts);
      return failed({ ...facts, expected }, refs(windows));
    },
  },
  {
    ...common,
    id: 'PERF-02',
    severity: 'W',
    modes: windowModes,
    check: ({ workload, performanceInputs, windows }) => {
      if (windows.length === 0 || performanceInputs === null) return notApplicable('noWindows');
      if (performanceInputs === 'official') return passed();
      if (performanceInputs === 'other') return failed({}, refs(windows));
      return workload.origin === 'own' ? passed() : failed({}, refs(windows), { message: 'listStart' });
    },
  },
  {
    ...common,
    id: 'PERF-03',
    severity: 'E',
    check: (evidence) =>
      onTimed(evidence, (windows) => {
        const shortest = smallestOf(windows, (window) => window.durationS);
        const short = windows.filter((window) => window.durationS < performanceLimits.windowS);
        if (short.length === 0) return passed({ shortestS: shortest.durationS });
        return failed(
          {
            count: short.length,
            window: shortest.number,
            shortestS: shortest.durationS,
            limitS: performanceLimits.windowS,
          },
          refs(short),
        );
      }),
  },
  {
    ...common,
    id: 'PERF-04',
    severity: 'E',
    modes: windowModes,
    check: (evidence) =>
      onWindows(evidence, (windows) => {
        const fewest = Math.min(...windows.map((window) => window.inferences));
        const few = windows.filter((window) => window.inferences < performanceLimits.inferences);
        if (few.length === 0) return passed({ fewest });
        return failed({ count: few.length, fewest, limit: performanceLimits.inferences }, refs(few));
      }),
  },
  {
    ...common,
    id: 'PERF-05',
    severity: 'W',
    modes: windowModes,
    check: (evidence) =>
      onWindows(evidence, (windows) => {
        const inferences = windows.map((window) => window.inferences);
        const warmups = windows.map((window) => window.warmups);
        const facts = {
          fewestInferences: Math.min(...inferences),
          mostInferences: Math.max(...inferences),
          fewestWarmups: Math.min(...warmups),
          mostWarmups: Math.max(...warmups),
        };
        const same = facts.fewestInferences === facts.mostInferences && facts.fewestWarmups === facts.mostWarmups;
        if (same) return passed({ inferences: facts.mostInferences, warmups: facts.mostWarmups });
        return failed(facts, refs(windows));
      }),
  },
  {
    ...common,
    id: 'PERF-06',
    severity: 'E',
    check: ({ reported, figures }) => {
      const value = reported?.medianThroughputInfPerS ?? null;
      const recomputed = figures.medianThroughputInfPerS;
      if (!reported || value === null) return notApplicable('notReported');
      if (recomputed === null) return notApplicable('noStamps');
      const agrees = Math.abs(value - recomputed) < performanceLimits.median * recomputed;
      return agrees ? passed({ reported: value }) : failed({ reported: value, recomputed }, [reported.ref]);
    },
  },
  {
    ...common,
    id: 'PERF-07',
    severity: 'W',
    check: ({ figures, windows }) => {
      if (windows.length === 0) return notApplicable('noWindows');
      if (figures.relativeSpread === null) return notApplicable('noStamps');
      const spreadPercent = figures.relativeSpread * 100;
      if (figures.relativeSpread <= performanceLimits.spread) return passed({ spreadPercent });
      return failed({ spreadPercent, limitPercent: performanceLimits.spread * 100 }, refs(windows));
    },
  },
  {
    ...common,
    id: 'PERF-08',
    severity: 'E',
    check: (evidence) => onTimed(evidence, (windows) => checkClock(windows, evidence)),
  },
  {
    ...common,
    id: 'PERF-09',
    severity: 'W',
    check: (evidence) =>
      onTimed(evidence, (windows) => {
        const resolutionUs = evidence.figures.stampResolutionUs;
        if (resolutionUs === null) return notApplicable('unknown');
        const shortestS = Math.min(...windows.map((window) => window.durationS));
        const limitUs = Math.min(performanceLimits.resolutionUs, shortestS * 1e6 * performanceLimits.resolutionShare);
        return resolutionUs <= limitUs ? passed({ resolutionUs }) : failed({ resolutionUs, limitUs }, refs(windows));
      }),
  },
  {
    ...common,
    id: 'PERF-10',
    severity: 'E',
    check: (evidence) =>
      onTimed(evidence, (windows) => {
        const absurd = windows.find(({ durationS }) => !(durationS > 0) || durationS > performanceLimits.absurdS);
        if (absurd) return failed({ window: absurd.number, durationS: absurd.durationS }, [absurd.ref]);
        const far = windows.find((window) => evidence.clockComparable && isFarFromHost(window));
        if (!far) return passed();
        return failed({ window: far.number, durationS: far.durationS, hostS: far.hostS ?? 0 }, [far.ref], {
          message: 'hostDiffers',
        });
      }),
  },
  {
    ...common,
    id: 'PERF-11',
    severity: 'E',
    check: (evidence) =>
      onWindows(evidence, (windows) => {
        const wrong = windows.filter((window) => window.stampCount !== 2);
        const first = wrong[0];
        if (!first) return passed();
        return failed({ count: wrong.length, window: first.number, stamps: first.stampCount }, refs(wrong));
      }),
  },
];

/** A counter that was reset inside the window gives nearly a whole turn: far more than the host saw pass. */
function isFarFromHost({ durationS, hostS }: TimedWindow): boolean {
  return hostS !== null && hostS > 0 && durationS > performanceLimits.absurdHostRatio * hostS;
}
