import type { ReadRun } from './read/index.ts';
import type { OfficialMessage, RunOutcome } from './types.ts';

/** Targets as the official checker has them: on the figures as printed (results and submission, sections 10 and 14). */
export const qualityTargets: Readonly<Record<string, { figure: 'top1' | 'auc'; least: number }>> = {
  ad: { figure: 'auc', least: 0.85 },
  ic: { figure: 'top1', least: 85 },
  ic2: { figure: 'top1', least: 91 },
  kws: { figure: 'top1', least: 90 },
  vww: { figure: 'top1', least: 80 },
};

/** Most false alarms and misses of the streaming wake word in the closed division. */
const mostStreamingErrors = 8;

/** Rounds that today's checker knows by name and ends in an error on. */
const crashingRounds: ReadonlySet<string> = new Set(['v1.0', 'v1.1', 'v1.2']);
const statuses: ReadonlySet<string> = new Set(['available', 'preview', 'rdi']);

/**
 * What the official checker makes of a result folder: it reads the system's description, searches `results.txt` for its figures, compares
 * accuracies with the targets and looks at nothing else. Where it ends in an error instead of an answer, the message says so. Source:
 * results and submission, sections 10 and 17.
 */
export function officialOutcome(run: ReadRun, round: string | null): RunOutcome['official'] {
  const { accepted, messages } = outcomeOf(run, round);
  const crash: OfficialMessage[] =
    round !== null && crashingRounds.has(round) ? [{ key: 'crashRound', values: { round } }] : [];
  return { accepted, messages: [...messages, ...crash] };
}

function outcomeOf(run: ReadRun, round: string | null): RunOutcome['official'] {
  const { results, found } = run;
  const { mode, benchmark, division, benchmarkFolder } = found.place;
  const only = (
    accepted: false | null,
    key: string,
    values: OfficialMessage['values'] = {},
  ): RunOutcome['official'] => ({
    accepted,
    messages: [{ key, values }],
  });
  if (mode === null || benchmark === null) return only(null, 'notLookedAt');
  // It goes by the exact names of the folders, and by their depth.
  if (benchmarkFolder !== null)
    return division === 'open'
      ? only(null, 'crashFolder', { folder: benchmarkFolder })
      : only(false, 'otherFolder', { folder: benchmarkFolder });
  if (found.place.modeFolder !== null || found.place.board !== null || found.place.model !== null)
    return only(null, 'notLookedAt');
  const described = systemProblem(run.system);
  if (described) return only(false, described.key, described.values);
  // The first round asked for no results file.
  if (results === null && round === 'v0.5') return { accepted: null, messages: [] };
  if (results === null || nameOf(found.files.results) !== 'results.txt') return only(false, 'noResults');
  const messages: OfficialMessage[] = differsFromList(run) ? [{ key: 'fileList', values: {} }] : [];
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
  const target = qualityTargets[benchmark];
  const value = target && patterns[target.figure];
  if (!target || value === null || value === undefined) return refuse('noPattern');
  if (division === 'closed' && value < target.least) return refuse('target', { value, target: target.least });
  return { accepted: true, messages };
}

/** What it says of a system's description; it is not asked for one here that is not in the tree. */
function systemProblem(system: ReadRun['system']): OfficialMessage | undefined {
  if (!system) return undefined;
  const message = (key: string, values: OfficialMessage['values'] = {}): OfficialMessage => ({ key, values });
  if (system.broken) return message('systemBroken');
  if (system.fields.has('system_type')) return message('systemType');
  const status = system.fields.get('Status');
  if (status === undefined) return message('crashStatus');
  return statuses.has(status.toLowerCase()) ? undefined : message('badStatus', { status: status.slice(0, 40) });
}

/** Plots of the current runner's energy runs of the streaming wake word belong there, and nowhere else. */
const plot = 'energy_inf_000.png';

function differsFromList({ found, log }: ReadRun): boolean {
  const { files, others, place } = found;
  const current = log?.runner === 'mlc' || files.resultsJson !== undefined;
  const wanted: readonly (keyof typeof files)[] = current
    ? ['log', 'results', 'resultsJson']
    : ['log', 'results', 'script', ...(place.mode === 'energy' ? (['trace', 'timestamps'] as const) : [])];
  const expected = place.benchmark === 'sww' && place.mode === 'energy' ? [plot] : [];
  return (
    wanted.some((kind) => files[kind] === undefined) ||
    others.some((name) => !expected.includes(name)) ||
    expected.some((name) => !others.includes(name))
  );
}

function nameOf(path: string | undefined): string | undefined {
  return path?.slice(path.lastIndexOf('/') + 1);
}
