import { accuracyFigures } from '../../analysis/index.ts';
import type { AccuracyFigures } from '../../analysis/index.ts';
import type { Workload } from '../../../shared/domain/workload.ts';
import type { RawWindow } from './windows.ts';

/** An inference of an accuracy run with its true class. */
export interface LabelledInference extends RawWindow {
  /** Position of its file among the files of the run, in the order of first use. */
  fileIndex: number;
  /** Null for a file of no official list whose name does not tell either. */
  label: number | null;
}

/** True class of a file by its name. */
export type LabelOf = (file: string) => number | undefined;

/** Keyword files carry their class in their names: `tst_000000_Stop_7.bin`. */
function labelInName(workload: Workload, file: string): number | undefined {
  const found = workload.id === 'kws01' ? /_(\d{1,2})\.bin$/.exec(file) : null;
  const label = found ? Number(found[1]) : undefined;
  return label !== undefined && label < workload.classCount ? label : undefined;
}

/** The inferences with their true classes. @param given the classes that a file of the run states, by file. */
export function labelled(
  windows: readonly RawWindow[],
  workload: Workload,
  labelOf: LabelOf,
  given: ReadonlyMap<string, number>,
): LabelledInference[] {
  const indexes = new Map<string, number>();
  return windows.map((window) => {
    const file = window.file ?? '';
    const fileIndex = indexes.get(file) ?? indexes.size;
    indexes.set(file, fileIndex);
    const label = labelOf(file) ?? given.get(file) ?? labelInName(workload, file) ?? null;
    return { ...window, fileIndex, label };
  });
}

/** All figures of an accuracy run; null where no inference has both a vector and a class. */
export function recomputeAccuracy(
  inferences: readonly LabelledInference[],
  workload: Workload,
): AccuracyFigures | null {
  const scored = inferences.flatMap(({ fileIndex, label, results }) =>
    label === null || results === null || results.length === 0 ? [] : [{ fileIndex, label, results }],
  );
  return scored.length === 0 ? null : accuracyFigures(scored, workload.classCount, workload.outputCount);
}
