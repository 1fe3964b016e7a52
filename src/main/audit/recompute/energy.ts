import { throughputInfPerS } from '../../analysis/index.ts';
import type { AuditWindow } from '../../../shared/domain/audit.ts';
import type { LoggedInfer, ReadRun, TraceWindow } from '../read/index.ts';
import { mlcSampleRateHz } from '../read/results-json.ts';

/** An energy window with what the rules ask beyond its figures. */
export interface EnergyWindow extends AuditWindow {
  samples: number;
  largestUJ: number;
  beforeUJ: number | null;
  edges: number;
}

export interface RecomputedEnergy {
  sampleRateHz: number;
  /** By the runner's own pairing, which is what it printed. */
  windows: EnergyWindow[];
  /** Time marks of the older runner's trace: one single mark and two for each inference are expected. */
  marks: { expected: number; found: number } | null;
  /** With the marks matched to the log, where their number is not the expected one. */
  aligned: EnergyWindow[] | null;
  gaps: number;
  headS: number | null;
  tailS: number | null;
  voltageV: number | null;
  /** Whether the numbers of the current runner's edges follow one another. */
  consecutive: boolean;
}

/** The energy side of a run from its samples; null without them. */
export function recomputeEnergy(run: ReadRun): RecomputedEnergy | null {
  if (run.json && run.json.entries.some((entry) => entry.power)) return fromJson(run);
  return fromTrace(run);
}

function fromTrace({ log, trace, timestamps, results }: ReadRun): RecomputedEnergy | null {
  if (!trace?.ok || !timestamps?.ok || !log) return null;
  const marks = timestamps.atS;
  const infers = log.infers.filter((infer) => infer.file !== null);
  const windowsBy = (intervals: readonly TraceWindow[]): EnergyWindow[] =>
    infers.flatMap((infer, k) => {
      // Window 2, 4, ...: between the marks of that number and the next, whatever they mark (results and submission, section 5).
      const interval = intervals[2 * k + 1];
      return interval ? [windowOf(2 * (k + 1), infer, interval, trace.sampleRateHz)] : [];
    });
  let windows = windowsBy(trace.intervals);
  // A run of ours was summed by one of two rules, which its files in this form do not name: the one that gives what is printed.
  const others = trace.byIndex && windowsBy(trace.byIndex);
  if (others && farthestUJ(others, results) < farthestUJ(windows, results)) windows = others;
  const expected = 1 + 2 * infers.length;
  const [firstS, lastS] = [marks[1], marks.at(-1)];
  return {
    sampleRateHz: trace.sampleRateHz,
    windows,
    marks: { expected, found: marks.length },
    aligned: marks.length === expected ? null : alignedWindows(infers, marks, trace),
    gaps: trace.gaps,
    headS: firstS ?? null,
    tailS: lastS === undefined ? null : trace.samples / trace.sampleRateHz - lastS,
    voltageV: log.voltageV,
    consecutive: true,
  };
}

function windowOf(number: number, infer: LoggedInfer, interval: TraceWindow, rateHz: number): EnergyWindow {
  const seconds = interval.endS - interval.startS;
  const throughput = throughputInfPerS(infer.inferences, seconds);
  const { startHostS, doneHostS } = infer;
  return {
    number,
    ...(infer.file === null ? {} : { file: infer.file }),
    inferences: infer.inferences,
    seconds,
    ...(startHostS === null || doneHostS === null ? {} : { hostSeconds: doneHostS - startHostS }),
    ...(Number.isNaN(throughput) ? {} : { throughputInfPerS: throughput }),
    energyUJ: interval.energyUJ,
    powerUW: (interval.energyUJ * rateHz) / Math.max(1, interval.endSample - interval.firstSample),
    energyUJPerInf: interval.energyUJ / infer.inferences,
    firstSample: interval.firstSample,
    endSample: interval.endSample,
    samples: interval.endSample - interval.firstSample,
    largestUJ: interval.largestUJ,
    beforeUJ: interval.beforeUJ,
    edges: 2,
  };
}

/** The largest difference between a printed energy and the recomputed one of its window. */
function farthestUJ(windows: readonly EnergyWindow[], results: ReadRun['results']): number {
  return Math.max(
    0,
    ...(results?.energy ?? []).map(({ number, energyUJ }) => {
      const found = windows.find((window) => window.number === number);
      return found?.energyUJ !== undefined && energyUJ ? Math.abs(found.energyUJ - energyUJ.value) : Infinity;
    }),
  );
}

/** How far a mark may lie from the line of the log that tells of the same event, once both clocks are laid over each other. */
const matchS = 0.5;
/** Marks tried as the origin of the common time. */
const triedMarks = 12;

/**
 * Windows with the marks matched to the log's `m-infer-start` and `m-infer-done`: the shift between the two clocks is the one under
 * which most events have a mark. An inference of which a mark is missing has no window.
 */
function alignedWindows(
  infers: readonly LoggedInfer[],
  marks: readonly number[],
  trace: Extract<ReadRun['trace'], { ok: true }>,
): EnergyWindow[] {
  const events = infers.flatMap(({ startHostS, doneHostS }) =>
    startHostS === null || doneHostS === null ? [] : [startHostS, doneHostS],
  );
  if (events.length === 0) return [];
  const near = (timeS: number): number => {
    let best = -1;
    for (const [k, mark] of marks.entries()) {
      if (
        Math.abs(mark - timeS) <= matchS &&
        (best < 0 || Math.abs(mark - timeS) < Math.abs((marks[best] as number) - timeS))
      )
        best = k;
    }
    return best;
  };
  let best = { shiftS: 0, matched: -1, errorS: Infinity };
  for (const event of events.slice(0, triedMarks)) {
    for (const mark of marks.slice(0, triedMarks)) {
      const shiftS = mark - event;
      let matched = 0;
      let errorS = 0;
      for (const other of events) {
        const k = near(other + shiftS);
        if (k < 0) continue;
        matched += 1;
        errorS += Math.abs((marks[k] as number) - other - shiftS);
      }
      if (matched > best.matched || (matched === best.matched && errorS < best.errorS))
        best = { shiftS, matched, errorS };
    }
  }
  return infers.flatMap((infer, k) => {
    if (infer.startHostS === null || infer.doneHostS === null) return [];
    const [start, end] = [near(infer.startHostS + best.shiftS), near(infer.doneHostS + best.shiftS)];
    const interval = start >= 0 && end === start + 1 ? trace.intervals[start] : undefined;
    return interval ? [windowOf(2 * (k + 1), infer, interval, trace.sampleRateHz)] : [];
  });
}

function fromJson({ json }: ReadRun): RecomputedEnergy | null {
  const entries = json?.entries ?? [];
  const windows = entries.flatMap(({ power, file, inferences }, k): EnergyWindow[] => {
    if (!power) return [];
    const samples = power.endSample - power.firstSample;
    const seconds = samples / mlcSampleRateHz;
    const energyUJ = power.energyJ * 1e6;
    const throughput = throughputInfPerS(inferences ?? 0, seconds);
    return [
      {
        number: k,
        ...(file === null ? {} : { file }),
        inferences: inferences ?? 0,
        seconds,
        ...(Number.isNaN(throughput) ? {} : { throughputInfPerS: throughput }),
        energyUJ,
        powerUW: (energyUJ * mlcSampleRateHz) / Math.max(1, samples),
        energyUJPerInf: energyUJ / Math.max(1, inferences ?? 1),
        firstSample: power.firstSample,
        endSample: power.endSample,
        samples,
        largestUJ: power.largestJ * 1e6,
        beforeUJ: power.firstSample >= 10 ? power.beforeJ * 1e6 : null,
        edges: power.edges,
      },
    ];
  });
  const powers = entries.flatMap(({ power }) => (power ? [power] : []));
  return {
    sampleRateHz: mlcSampleRateHz,
    windows,
    marks: null,
    aligned: null,
    gaps: 0,
    headS: Math.min(...powers.map((power) => power.firstSample)) / mlcSampleRateHz,
    tailS: null,
    voltageV: powers[0]?.voltageV ?? null,
    consecutive: powers.every((power) => power.consecutive),
  };
}

/** The figures alone, for the report. */
export function plainWindow({
  samples: _s,
  largestUJ: _l,
  beforeUJ: _b,
  edges: _e,
  ...window
}: EnergyWindow): AuditWindow {
  return window;
}
