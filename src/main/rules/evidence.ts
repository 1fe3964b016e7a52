import type { Artefacts } from '../../shared/domain/identity.ts';
import type { RunStatus } from '../../shared/domain/run.ts';
import type { EvidenceRef, FactValue } from '../../shared/domain/verdict.ts';
import type { InputSetIdentity, Mode, Workload } from '../../shared/domain/workload.ts';
import type { EnergyEvidence } from './energy-evidence.ts';

/**
 * Everything the rules need to know about one run: plain data, from a session of ours or from published files. What is not
 * known is null, and the rules that need it say so instead of guessing.
 */
export interface RunEvidence {
  workload: Workload;
  mode: Mode;
  /** What the result claims to be; `none` for work in the lab. */
  division: 'closed' | 'open' | 'none';
  /** Round whose rules apply (`v1.3`); null for the ones in force. */
  round: string | null;
  /** The program that made the run. */
  runner: 'joulebench' | 'eembc' | 'mlc';
  status: RunStatus;
  inputSet: InputSetIdentity;
  /** Where the inputs of the windows come from; see `performanceInputsOrigin` of the workload module. Null for accuracy. */
  performanceInputs: 'official' | 'listStart' | 'other' | null;
  dut: DutEvidence | null;
  artefacts: Artefacts;
  /** False where the DUT of the bench does not keep the host's time (an instruction clock). */
  clockComparable: boolean;
  /** Windows that count, in order; calibration runs and repeated attempts are left out. Empty in accuracy mode. */
  windows: readonly WindowEvidence[];
  /** Null outside energy mode, and for an energy run of which nothing but the log is there. */
  energy: EnergyEvidence | null;
  /** Inputs measured, in order. Empty outside accuracy mode. */
  inputs: readonly InputEvidence[];
  figures: RunFigures;
  /** Reboots and errors of the DUT during the run. */
  incidents: readonly IncidentEvidence[];
  /** Windows that the operator had measured once more; absent where there is none. */
  retried?: readonly EvidenceRef[];
  /** Figures that the results file prints; null where there is none yet. */
  reported: ReportedFigures | null;
  /** How the files of the run fit together; null where there is nothing to compare. */
  records: RecordsEvidence | null;
  /** Which files of a published run are there; absent for a session of ours, whose record is one file. */
  files?: FilesEvidence;
  /** The score of a streaming wake word; absent for other workloads. */
  streaming?: StreamingEvidence;
  recording: RecordingEvidence;
  /** Other runs of the same workload in the same session or submission. */
  companions: readonly CompanionEvidence[];
}

export interface DutEvidence {
  name: string;
  vendor: string;
  profile: string;
  /** As it printed it; null where the log does not show it. */
  model: string | null;
}

export interface WindowEvidence {
  /** From 1. */
  number: number;
  inputIndex: number;
  file: string;
  offsetBytes: number;
  inferences: number;
  warmups: number;
  /** Stamps between start and end of the inference; two in a good run. */
  stampCount: number;
  results: readonly number[] | null;
  ref: EvidenceRef;
}

export interface InputEvidence {
  inputIndex: number;
  file: string;
  offsetBytes: number;
  label: number;
  inferences: number;
  warmups: number;
  results: readonly number[] | null;
  ref: EvidenceRef;
}

/** Figures computed from the raw records by `src/main/analysis` (`windowsFigures`, `accuracyFigures`). */
export interface RunFigures {
  /** One for each window of the evidence, in the same order. */
  windows: readonly WindowFigures[];
  medianThroughputInfPerS: number | null;
  /** (max - min) / median, a fraction of 1. */
  relativeSpread: number | null;
  /** Step of the DUT's stamps, from all stamps of the run; null where there are too few to tell. */
  stampResolutionUs: number | null;
  accuracy: AccuracyEvidence | null;
}

export interface WindowFigures {
  /** By the DUT's clock; null without two stamps. */
  durationS: number | null;
  throughputInfPerS: number | null;
  /** By the host's clock; null where it has no times. */
  hostS: number | null;
  clock: { ratio: number; deviation: number; uncertainty: number } | null;
}

/** Fractions of 1; null where a figure does not apply or cannot be computed. */
export interface AccuracyEvidence {
  top1: number | null;
  aucExact: number | null;
  aucEembc: number | null;
  aucMlc: number | null;
  bestPrecisionRecall: number | null;
}

export interface IncidentEvidence {
  kind: 'reboot' | 'error';
  /** The offending line. */
  text: string;
  /** Whether it fell inside a counted window or inference. */
  insideMeasurement: boolean;
  ref: EvidenceRef;
}

/** What a results file prints, as numbers with the digits it prints. */
export interface ReportedFigures {
  medianThroughputInfPerS: number | null;
  accuracy: { definition: 'eembc' | 'mlc'; top1Percent: number | null; auc: number | null } | null;
  ref: EvidenceRef;
}

/** A comparison of files that was made elsewhere. */
export interface RecordComparison {
  /** `remark`: nothing is wrong, but worth saying. */
  outcome: 'holds' | 'remark' | 'fails';
  /** Key of the sentence among the rule's words, where it is another than `passed` or `failed`. */
  message?: string;
  facts?: Record<string, FactValue>;
  refs?: readonly EvidenceRef[];
}

/** Comparisons between the files of a run; null where one of the files is absent. */
export interface RecordsEvidence {
  resultsFollowFromLog: RecordComparison | null;
  scriptMatchesLog: RecordComparison | null;
  repeats: RecordComparison | null;
}

export interface RecordingEvidence {
  /** The record begins with its opening and, for a session of ours, its chain of hashes holds. */
  intact: boolean;
  /** The run came to its end in the record. */
  ended: boolean;
  /** A log that is not there, holds nothing, or holds more than one session; absent for one session. */
  trouble?: 'absent' | 'empty' | 'several';
  ref?: EvidenceRef;
}

export interface FilesEvidence {
  /** Names of required files that are not there. */
  missing: readonly string[];
  /** Names of files that do not belong there. */
  unexpected: readonly string[];
  /** Names of files that are there and cannot be read as what they should be. */
  unreadable: readonly string[];
  /** Required, but usually left out of a repository because of its size. */
  leftOut: readonly string[];
}

export interface StreamingScore {
  truePositives: number;
  falseNegatives: number;
  falsePositives: number;
}

export interface StreamingEvidence {
  /** As printed; null where nothing is. */
  printed: (StreamingScore & { ref: EvidenceRef }) | null;
  /** From the detections, with the runner's allowance of 2 s after a word and with 1 s; null without detections or truth. */
  recomputed: StreamingScore | null;
  oneSecond: StreamingScore | null;
  /** Words in the stream. */
  words: number;
  /** Length and mean power of the energy window, as printed or from the samples; null outside energy mode. */
  energy: { durationS: number; powerUW: number } | null;
}

export interface CompanionEvidence {
  mode: Mode;
  dut: DutEvidence | null;
  artefacts: Artefacts;
  /** Results by input; only what can be compared. */
  results: readonly { file: string; offsetBytes: number; values: readonly number[] }[];
  /** Null for accuracy, and where it is not known. */
  medianThroughputInfPerS: number | null;
  /** Standard uncertainty of that median, relative; null where it is not known. */
  throughputRelU: number | null;
}
