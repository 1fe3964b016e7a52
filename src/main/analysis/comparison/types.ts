import type { BudgetRow } from '../../../shared/domain/energy.ts';
import type { Mode } from '../../../shared/domain/workload.ts';
import type { LabelledVectors } from '../top1.ts';
import type { ComparedEnergy } from '../uncertainty/compare.ts';

/** Under what conditions a run was made: what decides whether it fits another. */
export interface RunConditions {
  sessionId: string;
  runId: string;
  mode: Mode;
  workload: string;
  ruleVersion: string;
  /** SHA-256 of list and content; content null where it was never computed. */
  inputs: { name: string; listSha256: string; contentSha256: string | null };
  division: 'closed' | 'open' | 'none';
  simulated: boolean;
  /** Facts of a simulation that decide its figures, as one text; null on a real bench. */
  simulation: string | null;
  finished: boolean;
  verdict: 'valid' | 'remarks' | 'invalid' | null;
  settings: { warmups: number; minWindowS: number };
  dut: string;
  /** Serial number or tag of the DUT unit; null where nobody wrote it down. */
  unit: string | null;
  modelSha256: string | null;
  firmware: string | null;
  clockComparable: boolean;
  energy: EnergyConditions | null;
}

/** Conditions that only energy runs have. */
export interface EnergyConditions {
  /** Kind of the monitor: `lpm01a`, `ppk2`, ... */
  monitor: string;
  serial: string;
  sampleRateHz: number;
  filter: string;
  voltageV: number;
  plane: string;
  windowRule: string;
  wiring: string;
  certificateId: string | null;
  certificate: 'none' | 'valid' | 'expired';
  measuredAtEpochMs: number;
  temperatureC: number | null;
}

/** An energy with the rows of its budget, so that a difference can be told which parts are common. Rows in uJ per inference. */
export interface EnergySide extends ComparedEnergy {
  rows: readonly BudgetRow[];
  expandedUJ: number;
  coverageFactor: number;
}

/** A performance run: what its throughput and the throughput's doubt come from. */
export interface ThroughputSide {
  windowsInfPerS: readonly number[];
  medianInfPerS: number;
  /** Relative half-width of the DUT's clock against the host's; null where the two cannot be compared. */
  clockHalf: number | null;
  /** One step of the stamps over the length of a window. */
  tickRel: number;
}

/** An energy run. `energy` is null where its figure has no uncertainty. */
export interface EnergyRunSide {
  energy: EnergySide | null;
  windowsUJPerInf: readonly number[];
  windowsUW: readonly number[];
  medianPowerUW: number | null;
}

/** An accuracy run: what every file scored, in the order of the list. */
export interface AccuracySide {
  scores: LabelledVectors;
  classCount: number;
  /** One entry a file; empty for an anomaly detector, which has no top-1. */
  correct: readonly boolean[];
  top1: number | null;
  auc: number | null;
}

export interface ComparedRun {
  conditions: RunConditions;
  throughput?: ThroughputSide;
  energy?: EnergyRunSide;
  accuracy?: AccuracySide;
}

/** A session as it is compared: of each workload and mode the run that counts. */
export interface ComparedSession {
  sessionId: string;
  runs: readonly ComparedRun[];
}
