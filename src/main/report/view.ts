import type { InferReport, LoadReport, TimestampMode } from '../../shared/domain/dut.ts';
import type { FlashRecord } from '../../shared/domain/flash.ts';
import type { Artefacts, BenchIdentity, CertificateReference, DutUnit } from '../../shared/domain/identity.ts';
import type { RunSettings, RunStatus, WindowResult } from '../../shared/domain/run.ts';
import type { SignatureView } from '../../shared/domain/signature.ts';
import type { RunJudgement } from '../../shared/domain/verdict.ts';
import type { InputSetIdentity, Mode, Workload } from '../../shared/domain/workload.ts';
import type { EnergyView } from './energy-view.ts';

/**
 * What a session looks like to whoever writes about it: the only input of every writer in this folder. It is plain data
 * (it survives a structured clone into a worker) and complete: a writer asks no clock, no file and no instrument, so the
 * same view gives the same bytes.
 *
 * All `...S` times of a run are seconds of the bench's clock since the session was opened, in the order in which things
 * happened; after a resume they go on growing.
 */
export interface SessionView {
  sessionId: string;
  /** ISO 8601, UTC. The one calendar time from which dates inside the files are made. */
  createdAt: string;
  app: { name: string; version: string };
  operator: string;
  dutUnit: DutUnit;
  /** What the operator wrote about the session; empty when nothing. */
  note: string;
  division: 'closed' | 'open' | 'none';
  bench: BenchIdentity;
  simulated: boolean;
  certificates?: readonly CertificateReference[];
  /** The journal behind the figures: number of its records and the hash of the last one, which covers all before it. */
  integrity: { journalRecords: number; journalHash: string };
  runs: readonly RunView[];
  /** Who signed the session, where somebody did: no part of the journal, so result files do not depend on it. */
  signatures?: readonly SignatureView[];
}

export interface RunView {
  /** `r1`, `r2`, ... */
  runId: string;
  workload: Workload;
  mode: Mode;
  status: RunStatus;
  settings: RunSettings;
  artefacts: Artefacts;
  inputSet: InputSetIdentity;
  /** Who answered the handshake; null when nobody did. */
  dut: { name: string; vendor: string; profile: string; model: string; timestampMode: TimestampMode } | null;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** The bench's clock at the first and the last record of the run; the end is null while it has none. */
  startedAtS: number;
  endedAtS: number | null;
  /** How many times the run was taken up again after an interruption. */
  resumes: number;
  /** Why the run did not complete; null when it did, or when nothing is known. */
  fault: { code: string; facts: Record<string, unknown>; detail?: string | undefined } | null;
  windows: readonly WindowView[];
  calibration: readonly CalibrationView[];
  /** Accuracy: every input that was measured, in the order of the input set. Empty in other modes. */
  inputs: readonly InputView[];
  /** Inputs that the run was to measure. */
  inputsTotal: number;
  /** Null while the run has not been judged. */
  judgement: RunJudgement | null;
  figures: FiguresView;
  /** The conversation with the DUT, in order: what log and script files are made of. */
  exchanges: readonly Exchange[];
  /** Quantisation of the model's output, where the host knows the model; decides whether a log shows int8 vectors. */
  output: { scale: number; zeroPoint: number } | null;
  /** Energy runs only; their windows stand here and not among `windows`, since the DUT prints no stamps. */
  energy?: EnergyView | undefined;
  /** What was flashed onto the DUT for this run; absent where the host did not flash it. */
  flash?: FlashRecord | undefined;
}

export interface WindowView extends WindowResult {
  /** Microseconds of the DUT's counter, as it printed them. */
  lapStartUs: number;
  lapEndUs: number;
  file: string;
  /** The input's true class. */
  label: number;
}

/** One attempt to find the iterations of a window. */
export interface CalibrationView {
  iterations: number;
  warmups: number;
  /** By the DUT's clock. */
  seconds: number;
}

export interface InputView {
  index: number;
  file: string;
  offsetBytes: number;
  lengthBytes: number;
  label: number;
  /** As the DUT printed them; null where it printed none that can be used. */
  scores: readonly number[] | null;
  /** First arg-max; null without scores and where the metric knows no classes. */
  predicted: number | null;
  lapStartUs: number | null;
  lapEndUs: number | null;
  dutElapsedS: number | null;
  /** Arrival of the two stamps at the host. */
  hostStartS: number | null;
  hostEndS: number | null;
}

/** Figures of a run; a field is absent where it does not apply or could not be computed. Shares are fractions of 1. */
export interface FiguresView {
  medianThroughputInfPerS?: number | undefined;
  /** (largest - smallest) / median of the throughputs. */
  spread?: number | undefined;
  /** Inputs scored (files where a score is the mean over a file's inputs). */
  inputs?: number | undefined;
  correct?: number | undefined;
  top1?: number | undefined;
  /** 95 % interval of top-1 (Wilson): low, high. */
  top1Interval?: readonly [number, number] | undefined;
  aucExact?: number | undefined;
  aucEembc?: number | undefined;
  aucMlc?: number | undefined;
  /** The "Top-1" that the published runners print for anomaly detection: best mean of precision and recall. */
  bestPrecisionRecall?: number | undefined;
  /** [true class][predicted class] */
  confusion?: readonly (readonly number[])[] | undefined;
  perClass?: readonly ClassView[] | undefined;
  /** One curve a class (one against the rest), or a single one where the metric is about one class. */
  roc?: readonly RocView[] | undefined;
}

export interface ClassView {
  inputs: number;
  correct: number;
  predicted: number;
  recall: number | null;
  precision: number | null;
}

export interface RocView {
  /** The class that counts as positive. */
  classIndex: number;
  area: number | null;
  /** From (0,0) to (1,1). */
  points: readonly { falsePositiveRate: number; truePositiveRate: number }[];
}

/** One thing the host asked of the DUT, and what came of it. */
export type Exchange =
  | {
      kind: 'identify';
      atS: number;
      dut: { name: string; vendor: string; profile: string; model: string };
      bootLines: readonly string[];
    }
  /**
   * A `timestamp` command outside of inferences; the last one before the first window is edge 0 of the run. `lapUs` is null in energy
   * mode, where the stamp is a pulse that the monitor sees.
   */
  | { kind: 'timestamp'; atS: number; lapUs: number | null }
  /** Energy: the monitor's supply was switched; the voltage as it read it back, null where it cannot. */
  | { kind: 'supply'; atS: number; on: boolean; voltageV: number | null }
  /** Energy: the monitor began or ceased to record. */
  | { kind: 'record'; atS: number; on: boolean; file: string | null }
  /** Energy: the DUT was left alone. */
  | { kind: 'rest'; atS: number; state: 'idle' | 'sleep'; durationS: number; supported: boolean }
  | {
      kind: 'measure';
      /** When the step began. */
      atS: number;
      purpose: 'calibration' | 'window' | 'input';
      inputIndex: number;
      file: string;
      /** Bytes of the whole file; equal to `lengthBytes` where a file is one input. */
      fileBytes: number;
      offsetBytes: number;
      lengthBytes: number;
      window?: number | undefined;
      attempt: number;
      load: LoadReport;
      infer: InferReport;
    }
  | {
      kind: 'failed';
      atS: number;
      purpose: 'identify' | 'calibration' | 'window' | 'input' | 'supply' | 'record' | 'rest';
      file?: string | undefined;
      attempt: number;
      fault: { code: string; facts: Record<string, unknown> };
    }
  /** The session was opened again and the run went on. */
  | { kind: 'resumed'; atS: number };

/** Measurements that a run has so far: inputs, or windows of either kind. */
export function measuredCount(run: RunView): number {
  if (run.mode === 'accuracy') return run.inputs.length;
  return run.energy ? (run.energy.figures?.windows.length ?? run.energy.inputs.length) : run.windows.length;
}

/** The file that holds one input has an offset, or is longer than the input: its loads name both. */
export function isPartOfFile(load: { offsetBytes: number; lengthBytes: number; fileBytes: number }): boolean {
  return load.offsetBytes > 0 || load.lengthBytes !== load.fileBytes;
}
