import { median } from '../../analysis/index.ts';
import { monitorEntry } from '../../emon/index.ts';
import type { EnergyEvidence, EnergyWindowEvidence, PrintedFigure, ReportedEnergy } from '../../rules/index.ts';
import type { Printed, ReadRun } from '../read/index.ts';
import { medianOf, plainWindow } from '../recompute/index.ts';
import type { EnergyWindow, RecomputedEnergy } from '../recompute/index.ts';

/** How late samples or a line of text may reach the host: as for runs of our own (see `session`). */
const hostLatencyS = 0.05;
/** Marks and samples of the published files are whole milliseconds. */
const edgeResolutionS = 1e-3;

/** Highest current of the monitors with a fixed range, in A. Source: results and submission, NRG-11. */
const maxCurrentA: Readonly<Record<string, number>> = { lpm01a: 0.05 };

/** What the energy rules need to know of a published run. */
export function energyEvidenceOf(run: ReadRun, energy: RecomputedEnergy | null): EnergyEvidence {
  const { log } = run;
  // The current runner's files do not name the monitor.
  const kind = log?.monitor ?? '';
  const entry = monitorEntry(kind);
  const voltageV = energy?.voltageV ?? log?.voltageV ?? null;
  const windows = energy
    ? energy.windows.map((window) => windowEvidence(run, energy, window, voltageV))
    : printedWindows(run);
  const plain = energy?.windows.map(plainWindow) ?? [];
  const stray =
    energy && !energy.marks ? energy.windows.reduce((sum, { edges }) => sum + Math.max(0, edges - 2), 0) : 0;
  const lost = energy ? lostSamples(energy, log?.droppedShare ?? 0) : 0;
  return {
    monitor: {
      kind,
      model: entry?.model ?? kind,
      firmware: null,
      acceptance: entry?.acceptance ?? 'exploration',
      triedOnHardware: null,
      maxCurrentA: maxCurrentA[kind] ?? null,
    },
    path: null,
    traceRecorded: energy !== null,
    edgeResolutionS,
    clockRelU: null,
    windows,
    marks: energy?.marks
      ? { ...energy.marks, stray: 0 }
      : { expected: energy?.consecutive === false ? 1 : null, found: energy?.consecutive === false ? 0 : null, stray },
    supply: { setV: voltageV, measuredV: null, limits: null },
    achievedRateDeviation: null,
    deviceRateDeviation: null,
    hostDurationS: null,
    hostLatencyS,
    unknownLosses: 0,
    lostSamples: lost,
    overcurrent: false,
    scope: null,
    headS: energy?.tailS === null ? null : (energy?.headS ?? null),
    tailS: energy?.tailS ?? null,
    restPowerW: null,
    medianThroughputInfPerS: energy ? (medianOf(plain, 'throughputInfPerS') ?? null) : printedMedian(run),
    throughputRelU: null,
    medianEnergyUJPerInf: medianOf(plain, 'energyUJPerInf') ?? null,
    reportedEnergy: reportedOf(run),
    certificates: { used: [], expired: [] },
  };
}

function lostSamples({ gaps, windows }: RecomputedEnergy, droppedShare: number): number {
  return gaps + Math.round(droppedShare * windows.reduce((sum, { samples }) => sum + samples, 0));
}

function windowEvidence(
  run: ReadRun,
  energy: RecomputedEnergy,
  window: EnergyWindow,
  voltageV: number | null,
): EnergyWindowEvidence {
  const { number, inferences = 0, seconds = null, hostSeconds = null, energyUJ = null, powerUW = null } = window;
  return {
    number,
    inferences,
    durationS: seconds,
    hostS: hostSeconds,
    // A surplus edge of the current runner is counted as a stray one: it takes the last two.
    edges: Math.min(2, window.edges),
    energyJ: energyUJ === null || Number.isNaN(energyUJ) ? null : energyUJ / 1e6,
    samples: window.samples,
    lostSamples: Math.round((run.log?.droppedShare ?? 0) * window.samples),
    saturatedSamples: 0,
    clippedSamples: 0,
    maxCurrentA: voltageV === null ? null : (window.largestUJ * energy.sampleRateHz) / 1e6 / voltageV,
    meanPowerW: powerUW === null || Number.isNaN(powerUW) ? null : powerUW / 1e6,
    beforeStartW: window.beforeUJ === null ? null : (window.beforeUJ * energy.sampleRateHz) / 1e6,
    ref: { file: run.found.files.trace ?? run.found.files.resultsJson ?? run.found.place.folder },
  };
}

/** Without samples the windows are what the results file prints: their lengths can be judged, their energies cannot. */
function printedWindows({ results, found }: ReadRun): EnergyWindowEvidence[] {
  if (!results) return [];
  const speeds = new Map(results.performance.map((window) => [window.number, window]));
  return results.energy.map((window): EnergyWindowEvidence => {
    const speed = speeds.get(window.number);
    return {
      number: window.number,
      inferences: (window.inferences ?? speed?.inferences)?.value ?? 0,
      durationS: (window.seconds ?? speed?.seconds)?.value ?? null,
      hostS: null,
      edges: 2,
      energyJ: null,
      samples: 0,
      lostSamples: 0,
      saturatedSamples: 0,
      clippedSamples: 0,
      maxCurrentA: null,
      meanPowerW: null,
      beforeStartW: null,
      ref: {
        file: found.files.results ?? found.place.folder,
        line: (window.seconds ?? speed?.seconds)?.line ?? window.line,
      },
    };
  });
}

function printedMedian({ results }: ReadRun): number | null {
  const printed = results?.performance.flatMap(({ throughputInfPerS }) =>
    throughputInfPerS ? [throughputInfPerS.value] : [],
  );
  return printed && printed.length > 0 ? median(printed) : null;
}

function reportedOf({ results, found }: ReadRun): ReportedEnergy | null {
  const file = found.files.results;
  if (!results || file === undefined || (results.energy.length === 0 && !results.medianEnergyUJPerInf)) return null;
  const median = results.medianEnergyUJPerInf;
  return {
    windows: results.energy.flatMap(({ number, energyUJ }) =>
      energyUJ ? [{ number, energyUJ: figureOf(energyUJ) }] : [],
    ),
    medianEnergyUJPerInf: median && figureOf(median),
    ref: { file, line: median?.line ?? results.energy[0]?.line ?? 1 },
  };
}

function figureOf({ value, step, slack = 0 }: Printed): PrintedFigure {
  return { value, step, slack };
}
