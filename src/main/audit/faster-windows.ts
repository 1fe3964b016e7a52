import type { RunEvidence } from '../rules/index.ts';
import type { FasterWindow } from './types.ts';

/** Windows of one input differ by less on a board that computes everything anew (the spread that PERF-07 remarks on). */
const usualSpread = 0.01;

/**
 * Later windows that took less time an inference than the first one with the same input, in a run that measures an input more than
 * once. That is as far as published files tell of caching: of a window they give its whole time, not that of each inference.
 */
export function fasterWindows({ windows, figures }: Pick<RunEvidence, 'windows' | 'figures'>): FasterWindow[] {
  const firsts = new Map<string, { secondsPerInf: number; ref: FasterWindow['refs'][number] }>();
  const faster: FasterWindow[] = [];
  for (const [k, { file, offsetBytes, inferences, ref }] of windows.entries()) {
    const duration = figures.windows[k]?.durationS ?? null;
    if (duration === null || duration <= 0 || inferences <= 0) continue;
    const secondsPerInf = duration / inferences;
    const key = `${file}\n${offsetBytes}`;
    const first = firsts.get(key);
    if (!first) firsts.set(key, { secondsPerInf, ref });
    else if (secondsPerInf < first.secondsPerInf * (1 - usualSpread))
      faster.push({ input: file, fraction: 1 - secondsPerInf / first.secondsPerInf, refs: [first.ref, ref] });
  }
  return faster;
}
