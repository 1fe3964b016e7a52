import { Fault } from '../../shared/fault/index.ts';
import type { FaultCode, FaultFacts } from '../../shared/fault/index.ts';

/** Faults that one line of a list can have. */
export type DatasetProblemCode = Extract<FaultCode, `dataset.${string}`>;

/** Problems kept with their facts; the rest is only counted, so that a list of a million bad lines stays a small error. */
export const shownProblems = 20;

/** Collects the problems of a data set, so that an operator sees all of them at once instead of one after the other. */
export class DatasetProblems {
  readonly shown: Fault<DatasetProblemCode>[] = [];
  total = 0;

  add<C extends DatasetProblemCode>(code: C, facts: FaultFacts<C>): void {
    this.total += 1;
    if (this.shown.length < shownProblems) this.shown.push(new Fault(code, facts) as Fault<DatasetProblemCode>);
  }

  /** The fault to throw: the one problem itself, or `workload.datasetInvalid` with the first ones by line; undefined of none. */
  toFault(folder: string): Fault | undefined {
    const ordered = [...this.shown].sort((a, b) => lineOf(a) - lineOf(b));
    const first = ordered[0];
    if (!first || this.total === 1) return first;
    return new Fault('workload.datasetInvalid', {
      folder,
      list: String(first.facts.list),
      firstLine: lineOf(first),
      total: this.total,
      problems: ordered.map((problem) => ({ code: problem.code, facts: problem.facts })),
    });
  }
}

function lineOf(fault: Fault<DatasetProblemCode>): number {
  return fault.facts.line;
}
