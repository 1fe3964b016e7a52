import type { Workload } from './workload.ts';

/** How many files of the list make the performance and energy inputs (rule PERF-02). */
export const performanceFiles = 5;

/** Inputs that one file of a workload holds: one, or as many as windows fit (ad01: 196). */
export function inputsPerFile(workload: Pick<Workload, 'fileBytes' | 'window'>): number {
  if (!workload.window || workload.fileBytes === null) return 1;
  return Math.floor((workload.fileBytes - workload.window.windowBytes) / workload.window.strideBytes) + 1;
}

/** Indexes of the performance inputs: the first five files of the list; of a file with several inputs its first one. */
export function performanceInputIndexes(files: number, workload: Pick<Workload, 'fileBytes' | 'window'>): number[] {
  const perFile = inputsPerFile(workload);
  return Array.from({ length: Math.min(performanceFiles, files) }, (_, file) => file * perFile);
}
