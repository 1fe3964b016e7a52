import type { EvidenceRef } from '../../../shared/domain/verdict.ts';
import { everyRound, failed, isBefore, notApplicable, passed } from '../rule.ts';
import type { CheckResult } from '../rule.ts';
import type { EntryEvidence, PackageEvidence } from './evidence.ts';
import type { PackageRule } from './package-rule.ts';

const common = { scope: 'package', rounds: everyRound, officialChecker: 'no' } satisfies Partial<PackageRule>;

/** Sizes in bytes. Source: results and submission, PKG-04. */
export const fileLimits = { remark: 50e6, error: 100e6 } as const;

/** Folders below the organisation; documentation may stand beside them. */
const knownFolders = /^(?:systems|code|results|docs?|documentation)$/i;

/** Rounds from which a benchmark is there. */
const benchmarkRounds: Readonly<Record<string, string>> = {
  ad: 'v0.5',
  ic: 'v0.5',
  kws: 'v0.5',
  vww: 'v0.5',
  sww: 'v1.3',
  ic2: 'v1.4',
};

const filesOf = (paths: readonly string[]): EvidenceRef[] => paths.map((file) => ({ file }));

/** Fails where any such path is there. */
function none(pick: (evidence: PackageEvidence) => readonly string[]): PackageRule['check'] {
  return (evidence) => {
    const found = pick(evidence);
    return found.length === 0 ? passed() : failed({ count: found.length, first: found[0] ?? '' }, filesOf(found));
  };
}

function checkUnwanted({ caches, emptyFolders }: PackageEvidence): CheckResult {
  if (caches[0] !== undefined)
    return failed({ count: caches.length, first: caches[0] }, filesOf(caches), { message: 'cache' });
  if (emptyFolders[0] === undefined) return passed();
  return failed({ count: emptyFolders.length, first: emptyFolders[0] }, filesOf(emptyFolders));
}

function checkSizes({ largeFiles }: PackageEvidence): CheckResult {
  const largest = largeFiles.reduce((most, { bytes }) => Math.max(most, bytes), 0);
  if (largeFiles.length === 0) return passed();
  const beyond = largest >= fileLimits.error;
  const limit = beyond ? fileLimits.error : fileLimits.remark;
  const found = largeFiles.filter(({ bytes }) => bytes >= limit).map(({ file }) => file);
  const facts = { count: found.length, largestMB: largest / 1e6, limitMB: limit / 1e6 };
  return failed(facts, filesOf(found), beyond ? {} : { severity: 'W' });
}

function entriesOf({ systems }: PackageEvidence): EntryEvidence[] {
  return systems.flatMap((system) => system.entries);
}

/** PKG-11. In the open division a folder may have any name that the mapping file knows. */
function checkBenchmarks(evidence: PackageEvidence): CheckResult {
  const { round, division, mappedFolders } = evidence;
  const entries = entriesOf(evidence);
  if (entries.length === 0) return notApplicable('noSystems');
  const mapped = division === 'open' ? (mappedFolders ?? []) : [];
  const wrong = entries.filter(({ name, direct }) => {
    const from = Object.hasOwn(benchmarkRounds, name) ? benchmarkRounds[name] : undefined;
    const known = from !== undefined && direct && !isBefore(round, from);
    return !known && !mapped.includes(name);
  });
  const [first] = wrong;
  if (!first) return passed({ benchmarks: entries.length });
  const facts = { count: wrong.length, name: first.name };
  return failed(facts, filesOf(wrong.map(({ folder }) => folder)), first.direct ? {} : { message: 'nested' });
}

/** RUN-01. */
function checkModes(evidence: PackageEvidence): CheckResult {
  const entries = entriesOf(evidence).filter(({ benchmark }) => benchmark !== null && benchmark !== 'sww');
  if (entries.length === 0) return notApplicable('noSystems');
  for (const mode of ['accuracy', 'performance'] as const) {
    const lacking = entries.filter(({ modes }) => !modes.includes(mode));
    if (lacking.length > 0)
      return failed({ count: lacking.length }, filesOf(lacking.map(({ folder }) => folder)), { message: mode });
  }
  return passed({ benchmarks: entries.length });
}

/** RUN-02. */
function checkStreaming(evidence: PackageEvidence): CheckResult {
  const entries = entriesOf(evidence).filter(({ benchmark }) => benchmark === 'sww');
  if (entries.length === 0) return notApplicable('notStreaming');
  const lacking = entries.filter(({ modes }) => !modes.includes('energy') && !modes.includes('performance'));
  return lacking.length === 0 ? passed() : failed({}, filesOf(lacking.map(({ folder }) => folder)));
}

/** DIV-06. */
function checkSizesOfModels({ systems }: PackageEvidence): CheckResult {
  const large = systems.filter(({ entries }) => entries.some(({ benchmark }) => benchmark === 'ic2'));
  if (large.length === 0) return notApplicable('noLarger');
  const lacking = large.filter(({ entries }) => !entries.some(({ benchmark }) => benchmark === 'ic'));
  const [first] = lacking;
  if (!first) return passed();
  return failed({ system: first.system }, filesOf(lacking.map(({ folder }) => folder)));
}

export const treeRules: readonly PackageRule[] = [
  {
    ...common,
    id: 'PKG-01',
    severity: 'E',
    officialChecker: 'yes',
    check: ({ division, folder }) => (division === null ? failed({}, [{ file: folder }]) : passed({ division })),
  },
  {
    ...common,
    id: 'PKG-02',
    severity: 'W',
    check: ({ folders, folder }) => {
      const others = folders.filter((name) => !knownFolders.test(name) && !name.startsWith('.'));
      if (others.length === 0) return passed();
      const paths = others.map((name) => (folder === '.' ? name : `${folder}/${name}`));
      return failed({ folders: others.slice(0, 5).join(', ') }, filesOf(paths));
    },
  },
  { ...common, id: 'PKG-03', severity: 'E', officialChecker: 'yes', check: none(({ links }) => links) },
  { ...common, id: 'PKG-04', severity: 'E', officialChecker: 'yes', check: checkSizes },
  { ...common, id: 'PKG-05', severity: 'E', officialChecker: 'yes', check: checkUnwanted },
  { ...common, id: 'PKG-06', severity: 'W', officialChecker: 'log', check: none(({ oddNames }) => oddNames) },
];

export const entryRules: readonly PackageRule[] = [
  { ...common, id: 'PKG-11', severity: 'E', officialChecker: 'yes', check: checkBenchmarks },
];

export const runFolderRules: readonly PackageRule[] = [
  { ...common, id: 'RUN-01', severity: 'E', officialChecker: 'yes', check: checkModes },
  { ...common, id: 'RUN-02', severity: 'E', officialChecker: 'yes', check: checkStreaming },
];

export const divisionRules: readonly PackageRule[] = [
  { ...common, id: 'DIV-06', severity: 'E', officialChecker: 'yes', check: checkSizesOfModels },
];
