import type { ReadRun } from './read/index.ts';
import type { OfficialMessage, RunOutcome } from './types.ts';

/** Targets as the official checker has them: on the figures as printed (results and submission, sections 10 and 14). */
const targets: Readonly<Record<string, { figure: 'top1' | 'auc'; least: number }>> = {
  ad: { figure: 'auc', least: 0.85 },
  ic: { figure: 'top1', least: 85 },
  ic2: { figure: 'top1', least: 91 },
  kws: { figure: 'top1', least: 90 },
  vww: { figure: 'top1', least: 80 },
};

/** Most false alarms and misses of the streaming wake word in the closed division. */
const mostStreamingErrors = 8;

/**
 * What the official checker makes of a result folder: it searches `results.txt` for its figures, compares accuracies with the targets
 * and looks at nothing else. Source: results and submission, sections 10 and 17.
 */
export function officialOutcome({ results, found }: ReadRun, round: string | null): RunOutcome['official'] {
  const { mode, benchmark, division } = found.place;
  if (mode === null || benchmark === null) return { accepted: null, messages: [{ key: 'notLookedAt', values: {} }] };
  // The first round asked for no results file.
  if (!results)
    return round === 'v0.5'
      ? { accepted: null, messages: [] }
      : { accepted: false, messages: [{ key: 'noResults', values: {} }] };
  const messages: OfficialMessage[] = found.others.length > 0 ? [{ key: 'fileList', values: {} }] : [];
  const refuse = (key: string, values: OfficialMessage['values'] = {}): RunOutcome['official'] => ({
    accepted: false,
    messages: [{ key, values }, ...messages],
  });
  const { patterns } = results;
  if (benchmark === 'sww') {
    if (!patterns.sww) return refuse('noPattern');
    const { falseNegatives, falsePositives } = patterns.sww;
    const most = Math.max(falseNegatives, falsePositives);
    if (division === 'closed' && most > mostStreamingErrors)
      return refuse('streaming', { falseNegatives, falsePositives });
    return { accepted: true, messages };
  }
  const wanted = mode === 'performance' ? patterns.throughput : mode === 'energy' ? patterns.energy : undefined;
  if (wanted === null) return refuse('noPattern');
  if (wanted !== undefined) return { accepted: true, messages };
  const target = targets[benchmark];
  const value = target && patterns[target.figure];
  if (!target || value === null || value === undefined) return refuse('noPattern');
  if (division === 'closed' && value < target.least) return refuse('target', { value, target: target.least });
  return { accepted: true, messages };
}
