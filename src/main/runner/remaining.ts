import type { Outcome, Step } from '../../shared/domain/journal.ts';
import { plannedInputS, plannedRunS, windowsPerRun } from '../../shared/domain/run-estimate.ts';
import type { RunSettings } from '../../shared/domain/run.ts';
import type { Mode } from '../../shared/domain/workload.ts';
import { createEstimate } from '../../shared/estimate/index.ts';

/** What has to be known of a run to tell how long it takes. */
export interface TimedRun {
  mode: Mode;
  settings: Pick<RunSettings, 'minWindowS' | 'restS'>;
  inputs: number;
  inputBytes: number;
}

interface Pace {
  /** Units done: windows, or inputs. */
  done: number;
  /** Seconds of one unit by what was measured lately; undefined before the first. */
  unitS?: number;
  beganAtS?: number;
  /** When the unit under way was begun. */
  unitAtS?: number;
  ended: boolean;
}

/** How much a new unit counts in the mean of the seconds that one takes: inputs are many, windows few. */
const weight = { window: 0.5, input: 0.1 } as const;
const usualRestS = 5;

/**
 * Seconds that all runs of an operation will still take by the bench's clock: planned at first, measured as soon as something was, and eased
 * so that what is shown never jumps.
 */
export class RemainingTime {
  readonly #runs: ReadonlyMap<string, TimedRun>;
  readonly #paces = new Map<string, Pace>();
  readonly #estimate = createEstimate();
  /** Seconds of one inference and of loading one input, once any run has measured them. */
  #inferenceS: number | undefined;
  #loadS: number | undefined;

  constructor(runs: ReadonlyMap<string, TimedRun>) {
    this.#runs = runs;
  }

  begun(runId: string, step: Step, atS: number): void {
    const pace = this.#pace(runId);
    pace.beganAtS ??= atS;
    if (step.kind === 'measure') pace.unitAtS = atS;
    if (step.kind === 'measure' && step.window === 1 && step.retry === undefined) pace.done = 0;
  }

  done(runId: string, step: Step, outcome: Outcome, atS: number): void {
    const pace = this.#pace(runId);
    if (step.kind !== 'measure' || outcome.kind !== 'measured') return;
    const { startS, endS } = outcome.load;
    if (!step.verify) this.#loadS = endS - startS;
    if (outcome.infer.dutElapsedS !== null && outcome.infer.dutElapsedS > 0)
      this.#inferenceS = outcome.infer.dutElapsedS / step.iterations;
    if (step.purpose === 'calibration') return;
    if (pace.unitAtS !== undefined) {
      const expectedS = pace.unitS ?? this.#expectedS(runId);
      pace.unitS = expectedS + (atS - pace.unitAtS - expectedS) * weight[step.purpose];
      delete pace.unitAtS;
    }
    if (step.retry === undefined) pace.done += 1;
  }

  /** Inputs and windows that an earlier sitting has measured. */
  resumed(runId: string, done: number): void {
    this.#pace(runId).done = done;
  }

  ended(runId: string): void {
    this.#pace(runId).ended = true;
  }

  /** The eased seconds left at `atS`. */
  at(atS: number): number {
    let totalS = 0;
    for (const [runId, run] of this.#runs) totalS += this.#leftS(run, this.#pace(runId), atS);
    this.#estimate.update(totalS, atS);
    return Math.round((this.#estimate.exactAt(atS) ?? totalS) * 10) / 10;
  }

  #leftS(run: TimedRun, pace: Pace, atS: number): number {
    if (pace.ended) return 0;
    const underWayS = pace.unitAtS === undefined ? 0 : atS - pace.unitAtS;
    if (run.mode === 'accuracy') {
      const inputS = pace.unitS ?? this.#inputS(run);
      return Math.max(0, run.inputs - pace.done) * inputS;
    }
    const planned = plannedRunS({ ...run, inputs: run.inputs }) ?? 0;
    if (pace.unitS === undefined) return Math.max(0, planned - (pace.beganAtS === undefined ? 0 : atS - pace.beganAtS));
    const tailS = run.mode === 'energy' ? 2 * (run.settings.restS ?? usualRestS) + 1 : 0;
    const left = windowsPerRun - pace.done;
    return left > 0 ? Math.max(0, left * pace.unitS - Math.min(underWayS, pace.unitS)) + tailS : tailS;
  }

  /** What a window or an input should take, before the first of a run. */
  #expectedS(runId: string): number {
    const run = this.#runs.get(runId);
    if (!run) return 0;
    return run.mode === 'accuracy' ? this.#inputS(run) : run.settings.minWindowS * 1.05;
  }

  #inputS(run: TimedRun): number {
    const { inputBytes } = run;
    if (this.#inferenceS === undefined) return plannedInputS(inputBytes);
    // The line carries the scores back as well.
    return (this.#loadS ?? plannedInputS(inputBytes)) + this.#inferenceS + 0.02;
  }

  #pace(runId: string): Pace {
    const known = this.#paces.get(runId);
    if (known) return known;
    const fresh: Pace = { done: 0, ended: false };
    this.#paces.set(runId, fresh);
    return fresh;
  }
}
