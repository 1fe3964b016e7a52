import type { MeasureStep, Outcome } from '../../shared/domain/journal.ts';
import type { LiveRun, WindowDoubt } from '../../shared/domain/live-run.ts';
import { median } from '../analysis/index.ts';

/** A window this far from the median of all has something that the others have not: windows of one board differ by far less. */
const noisyShare = 0.01;
const marksOfWindow = 2;

/** What was seen while windows were measured that their figures do not show. */
export class WindowWatch {
  readonly #marks = new Map<number, number>();
  readonly #lost = new Map<number, number>();
  #lostBefore = 0;

  /** @param lostSamples Samples that the monitor has lost so far; 0 without one. */
  begun(lostSamples: number): void {
    this.#lostBefore = lostSamples;
  }

  done(step: MeasureStep, outcome: Outcome, lostSamples: number): void {
    if (step.window === undefined || outcome.kind !== 'measured') return;
    if (outcome.marks) this.#marks.set(step.window, outcome.marks.edges.length);
    this.#lost.set(step.window, lostSamples - this.#lostBefore);
  }

  /** The windows of a finished round that an operator should look at, with the first reason of each. */
  doubts(run: Pick<LiveRun, 'windows' | 'inputsTotal'>, minWindowS: number): WindowDoubt[] {
    const middle = median(run.windows.map(({ throughputInfPerS }) => throughputInfPerS));
    const known = new Map(run.windows.map((window) => [window.number, window]));
    const numbers = Array.from({ length: run.inputsTotal }, (_, k) => k + 1);
    return numbers.flatMap((number): WindowDoubt[] => {
      const window = known.get(number);
      if ((this.#marks.get(number) ?? marksOfWindow) !== marksOfWindow) return [{ window: number, why: 'marks' }];
      if (!window) return [];
      if (window.seconds < minWindowS) return [{ window: number, why: 'tooShort' }];
      if ((this.#lost.get(number) ?? 0) > 0) return [{ window: number, why: 'gap' }];
      const far = middle > 0 && Math.abs(window.throughputInfPerS / middle - 1) > noisyShare;
      return far ? [{ window: number, why: 'noisy' }] : [];
    });
  }
}
