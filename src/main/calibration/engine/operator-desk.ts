import type { AnswerValues, Problem, Question } from '../../../shared/domain/calibration.ts';
import { Fault } from '../../../shared/fault/index.ts';
import type { Operator } from './ports.ts';

/**
 * The operator at a screen: a question lies on the desk until somebody answers it. Whoever answered learns at once whether the answer was
 * taken.
 */
export class OperatorDesk implements Operator {
  #open: { question: Question; resolve: (values: AnswerValues) => void } | undefined;
  /** Who waits to hear what became of an answer. */
  #verdict: ((problems: readonly Problem[]) => void) | undefined;

  ask(question: Question, signal: AbortSignal): Promise<AnswerValues> {
    // The next question means that the last answer was good.
    this.#settle([]);
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#open = undefined;
        reject(signal.reason as Error);
      };
      if (signal.aborted) {
        onAbort();
        return;
      }
      signal.addEventListener('abort', onAbort, { once: true });
      this.#open = {
        question,
        resolve: (values) => {
          signal.removeEventListener('abort', onAbort);
          resolve(values);
        },
      };
    });
  }

  refused(_question: Question, problems: readonly Problem[]): void {
    this.#settle(problems);
  }

  /** Answers the open question by its number. @returns what is wrong with the answer. @throws Fault `calibration.noQuestion`. */
  answer(number: number, values: AnswerValues): Promise<readonly Problem[]> {
    const open = this.#open;
    if (open?.question.number !== number) return Promise.reject(new Fault('calibration.noQuestion', { number }));
    this.#open = undefined;
    const verdict = new Promise<readonly Problem[]>((resolve) => (this.#verdict = resolve));
    open.resolve(values);
    return verdict;
  }

  /** The answer was taken, or the procedure has ended. */
  taken(): void {
    this.#settle([]);
  }

  #settle(problems: readonly Problem[]): void {
    this.#verdict?.(problems);
    this.#verdict = undefined;
  }
}
