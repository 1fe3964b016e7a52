import { epochMsOf } from '../../shared/clock/index.ts';
import { correctionCertificates, expiredCertificates } from '../../shared/domain/correction-certificates.ts';
import type { EnergySetup, TraceSummary } from '../../shared/domain/energy.ts';
import { lostSamplesIn, median } from '../analysis/index.ts';
import type { EnergyEvidence, EnergyWindowEvidence } from '../rules/index.ts';
import { countedWindows, runFigures } from './figures.ts';
import type { Measurement, RunRecord } from './record.ts';

/**
 * How late samples or a line of text may reach the host: USB gathers bytes for up to 50 ms (energy monitors, section 10.1), and at 9600
 * baud a line takes 20 ms. On the virtual bench only the line counts.
 */
const hostLatencyS = { real: 0.05, simulated: 0.02 } as const;

/** Standard error of the median of five values from a normal distribution, over their deviation (uncertainty, section 2). */
const medianOfFive = 0.5356;

/** What the energy rules need to know about an energy run of a session; null where nothing of the energy side is in the record. */
export function energyEvidence(
  run: RunRecord,
  options: { simulated: boolean; journalFile: string },
): EnergyEvidence | null {
  const { energy: setup } = run.opened;
  if (!setup) return null;
  const { trace } = run;
  const figures = runFigures(run).energy;
  const windows = countedWindows(run).map((measurement) =>
    windowEvidence(measurement, setup, trace, options.journalFile),
  );
  const { kind, model, firmware, acceptance, triedOnHardware, maxCurrentA, edgeResolutionS } = setup.monitor;
  return {
    monitor: { kind, model, firmware, acceptance, triedOnHardware, maxCurrentA },
    path: setup.path,
    traceRecorded: trace !== undefined,
    edgeResolutionS,
    clockRelU: clockRelU(setup),
    windows,
    marks: trace
      ? { expected: trace.expectedEdgeCount, found: trace.edgeCount, stray: trace.strayEdges }
      : { expected: null, found: null, stray: null },
    supply: {
      setV: setup.supply.voltageV,
      measuredV: trace?.measuredVoltageV ?? voltageWhenSwitchedOn(run),
      // Without a board the limits of the setup are but the operator's own setting.
      limits: setup.supply.board === '' ? null : setup.supply.limits,
    },
    achievedRateDeviation: rateDeviation(trace?.achievedRateHz, trace),
    deviceRateDeviation: trace?.deviceDurationS ? rateDeviation(trace.samples / trace.deviceDurationS, trace) : null,
    hostDurationS: trace?.hostDurationS ?? null,
    hostLatencyS: options.simulated ? hostLatencyS.simulated : hostLatencyS.real,
    unknownLosses: trace?.losses.filter((loss) => loss.count === null).length ?? 0,
    lostSamples: trace?.losses.reduce((sum, loss) => sum + (loss.count ?? 0), 0) ?? 0,
    overcurrent: trace?.overcurrent ?? false,
    scope: setup.scope,
    headS: trace?.headS ?? null,
    tailS: trace?.tailS ?? null,
    restPowerW: trace?.rest.find((rest) => rest.state === 'idle')?.stretch.meanPowerW ?? null,
    medianThroughputInfPerS: figures?.medianThroughputInfPerS ?? null,
    throughputRelU: medianRelU(
      windows.flatMap(({ inferences, durationS }) =>
        durationS !== null && durationS > 0 ? [inferences / durationS] : [],
      ),
    ),
    medianEnergyUJPerInf: figures?.medianEnergyUJPerInf ?? null,
    reportedEnergy: null,
    certificates: certificatesOf(setup, run.openedAt),
  };
}

/** Some instruments read their supply only while they do not measure: then what they read when it came on has to do. */
function voltageWhenSwitchedOn(run: RunRecord): number | null {
  const supplied = run.steps.flatMap(({ outcome }) =>
    outcome?.kind === 'supplied' && outcome.voltageV !== null ? [outcome.voltageV] : [],
  );
  return supplied.at(-1) ?? null;
}

function windowEvidence(
  { step, measured: { marks }, outcomeEntry }: Measurement,
  setup: EnergySetup,
  trace: TraceSummary | undefined,
  journalFile: string,
): EnergyWindowEvidence {
  const window = trace?.windows.findLast((candidate) => candidate.number === step.window);
  const common = {
    number: step.window ?? 0,
    inferences: step.iterations,
    ref: { file: journalFile, line: outcomeEntry + 1 },
  };
  if (!trace || !window)
    return {
      ...common,
      durationS: null,
      hostS: null,
      edges: marks?.edges.length ?? 0,
      energyJ: null,
      samples: 0,
      lostSamples: 0,
      saturatedSamples: 0,
      clippedSamples: 0,
      maxCurrentA: null,
      meanPowerW: null,
      beforeStartW: null,
    };
  const { official } = window;
  return {
    ...common,
    durationS: window.durationS,
    hostS: window.hostS,
    edges: window.edges,
    energyJ: official.energyJ,
    samples: official.endSample - official.firstSample,
    lostSamples: lostSamplesIn(official, trace),
    saturatedSamples: official.saturatedSamples,
    clippedSamples: official.clippedSamples,
    maxCurrentA: official.maxPowerW / setup.supply.voltageV,
    meanPowerW: official.meanPowerW,
    beforeStartW: window.beforeStartW,
  };
}

function rateDeviation(rateHz: number | null | undefined, trace: TraceSummary | undefined): number | null {
  return trace && typeof rateHz === 'number' ? rateHz / trace.sampleRateHz - 1 : null;
}

/** From the certificate where one is applied, else from the specification (uncertainty, section 1.3). */
function clockRelU({ correction, specification }: EnergySetup): number {
  if (correction?.clock) return correction.clock.uRel;
  const { half, kind } = specification.clock;
  return half / (kind === 'k2' ? 2 : Math.sqrt(3));
}

/** Relative standard uncertainty of a median of five throughputs from their scatter; null for another number of them. */
export function medianRelU(throughputs: readonly number[]): number | null {
  if (throughputs.length !== 5) return null;
  const mean = throughputs.reduce((sum, value) => sum + value, 0) / 5;
  const variance = throughputs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4;
  return (medianOfFive * Math.sqrt(variance)) / median(throughputs);
}

/** Certificates that correct the run's figures; one that ended before the run began was out of date. */
function certificatesOf({ correction }: EnergySetup, openedAt: string): EnergyEvidence['certificates'] {
  if (!correction) return { used: [], expired: [] };
  const used = correctionCertificates(correction).map(({ id }) => id);
  return { used: [...new Set(used)], expired: expiredCertificates(correction, epochMsOf(openedAt)) };
}
