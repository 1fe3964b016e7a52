import type { EnergySetup, MonitorAcceptance, SupplyLimits } from '../../shared/domain/energy.ts';
import type { EvidenceRef } from '../../shared/domain/verdict.ts';

/** What the energy rules need to know about a run. Plain data; null for what the files do not tell. */
export interface EnergyEvidence {
  monitor: {
    /** `lpm01a`, `ppk2`, `js110`, `js220`, `n6705`, ...; empty where the files do not name it. */
    kind: string;
    model: string;
    firmware: string | null;
    acceptance: MonitorAcceptance;
    /** Whether the driver was ever tried on the instrument itself. */
    triedOnHardware: boolean | null;
    /** Highest current that it measures, in A. */
    maxCurrentA: number | null;
  };
  path: 'direct' | 'ioManager' | null;
  /** Whether the samples are there: a trace, or the `results.json` of the current runner. */
  traceRecorded: boolean;
  /** Time resolution of an edge in s. */
  edgeResolutionS: number | null;
  /** Standard uncertainty of the monitor's clock, relative. */
  clockRelU: number | null;
  /** Windows that count, in order. */
  windows: readonly EnergyWindowEvidence[];
  /** Edges of the whole trace: one single mark and two for each window are expected. */
  marks: { expected: number | null; found: number | null; stray: number | null };
  /** `limits`: those of the board that is powered; null where none was named. */
  supply: { setV: number | null; measuredV: number | null; limits: SupplyLimits | null };
  /** Samples per second by the host's clock, over the nominal number, less 1. */
  achievedRateDeviation: number | null;
  /** The same by the instrument's own ticks. */
  deviceRateDeviation: number | null;
  /** Length of the trace by the host's clock, in s. */
  hostDurationS: number | null;
  /** How late samples or a line of text may reach the host, in s. */
  hostLatencyS: number;
  /** Losses of which nobody knows how many samples they took. */
  unknownLosses: number;
  /** Samples known to be lost in the whole trace, inside and outside of windows. */
  lostSamples: number;
  overcurrent: boolean;
  /** Null where no document tells. */
  scope: EnergySetup['scope'] | null;
  /** Trace before the first and after the last edge of a window, in s. */
  headS: number | null;
  tailS: number | null;
  /** Mean power in W while the DUT waited for a command, from the step that measures it. */
  restPowerW: number | null;
  medianThroughputInfPerS: number | null;
  /** Standard uncertainty of that median, relative. */
  throughputRelU: number | null;
  medianEnergyUJPerInf: number | null;
  /** What a results file prints; null where there is none. */
  reportedEnergy: ReportedEnergy | null;
  /** Ids of the certificates that figures are corrected with, and those of them that were out of date. */
  certificates: { used: readonly string[]; expired: readonly string[] };
}

export interface EnergyWindowEvidence {
  number: number;
  inferences: number;
  /** Between its edges; null without two. */
  durationS: number | null;
  /** By the host's clock, between the DUT's words that the inferences begin and that they are done. */
  hostS: number | null;
  /** Edges between the command and its end; two in a good window. */
  edges: number;
  energyJ: number | null;
  /** Samples of the window, gaps included. */
  samples: number;
  lostSamples: number;
  saturatedSamples: number;
  /** Readings clamped at 0. */
  clippedSamples: number;
  maxCurrentA: number | null;
  meanPowerW: number | null;
  /** Mean power just before the start edge. */
  beforeStartW: number | null;
  ref: EvidenceRef;
}

/** A number as it was printed, and what one unit of its last digit is worth. */
export interface PrintedFigure {
  value: number;
  step: number;
  /** By how much more the raw files let it differ; 0 where absent. */
  slack?: number;
}

export interface ReportedEnergy {
  /** In uJ, by number of the window. */
  windows: readonly { number: number; energyUJ: PrintedFigure }[];
  medianEnergyUJPerInf: PrintedFigure | null;
  ref: EvidenceRef;
}
