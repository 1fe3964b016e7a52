import type { Mode } from '../../../shared/domain/workload.ts';

/** Folder names of the benchmarks as submitters spelt them; keys in lower case without blanks, dashes and underlines. */
const benchmarkNames: Readonly<Record<string, string>> = {
  ad: 'ad',
  ad01: 'ad',
  anomalydetection: 'ad',
  toycar: 'ad',
  ic: 'ic',
  ic01: 'ic',
  imageclassification: 'ic',
  ic2: 'ic2',
  ic02: 'ic2',
  kws: 'kws',
  kws01: 'kws',
  keywordspotting: 'kws',
  vww: 'vww',
  vww01: 'vww',
  visualwakewords: 'vww',
  visualwakeword: 'vww',
  persondetection: 'vww',
  sww: 'sww',
  sww01: 'sww',
  strww: 'sww',
  strww01: 'sww',
  streamingwakeword: 'sww',
};

const modeNames: Readonly<Record<string, Mode>> = {
  performance: 'performance',
  perf: 'performance',
  accuracy: 'accuracy',
  acc: 'accuracy',
  energy: 'energy',
  power: 'energy',
};

/** Id of the workload by its folder in a package. */
export const workloadOfBenchmark: Readonly<Record<string, string>> = {
  ad: 'ad01',
  ic: 'ic01',
  ic2: 'ic02',
  kws: 'kws01',
  vww: 'vww01',
  sww: 'sww01',
};

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

/** `kws` of `keyword_spotting`; undefined for a folder that is no benchmark. */
export function benchmarkOf(folder: string): string | undefined {
  return Object.hasOwn(benchmarkNames, plain(folder)) ? benchmarkNames[plain(folder)] : undefined;
}

/** The mode that a folder is named after; a slip of one or two letters (`enegy`) is forgiven. */
export function modeOf(folder: string): Mode | undefined {
  const name = plain(folder);
  if (Object.hasOwn(modeNames, name)) return modeNames[name];
  return (['performance', 'accuracy', 'energy'] as const).find(
    (mode) => Math.abs(name.length - mode.length) <= 2 && distance(name, mode) <= (mode === 'energy' ? 1 : 2),
  );
}

/** Edit distance of two short words (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + cost));
    }
    row = next;
  }
  return row[b.length] as number;
}

/** `v1.3` of `v1.3`, `tiny_results_v1.3` or `mlperf-tiny-v1.3-results`. */
export function roundOf(folder: string): string | undefined {
  const found = /(?:^|[^a-z0-9])(v\d{1,2}\.\d{1,2})(?:[^\d.]|$)/i.exec(folder);
  return found?.[1]?.toLowerCase();
}

export function divisionOf(folder: string): 'closed' | 'open' | undefined {
  const name = folder.toLowerCase();
  return name === 'closed' || name === 'open' ? name : undefined;
}
