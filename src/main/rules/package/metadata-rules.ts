import type { EvidenceRef } from '../../../shared/domain/verdict.ts';
import { everyRound, failed, notApplicable, passed } from '../rule.ts';
import type { CheckResult } from '../rule.ts';
import type { PackageEvidence, SystemEvidence } from './evidence.ts';
import type { PackageRule } from './package-rule.ts';

const common = { scope: 'package', rounds: everyRound, officialChecker: 'no' } satisfies Partial<PackageRule>;

/** Availability by the policies. */
const statuses = ['available', 'preview', 'rdi'];

/**
 * Keys that have to say something, or one of several. Source: results and submission, section 8 and PKG-10; spellings as in the
 * template.
 */
const neededKeys: readonly (readonly [string, ...string[]])[] = [
  ['Board Name'],
  ['SoC Name'],
  ['Processor(s) Name'],
  ['Processor(s) Frequencies'],
  ['Inference Framework'],
  ['Quantization Method'],
  ['ML Model Compiler(s)', 'General Compiler(s)'],
];

const placesOf = (systems: readonly SystemEvidence[]): EvidenceRef[] =>
  systems.flatMap(({ file, broken }) => (file === null ? [] : [broken ? { file, line: broken.line } : { file }]));

/** Descriptions that can be read; PKG-07 is about the others. */
function readable({ systems }: PackageEvidence): SystemEvidence[] {
  return systems.filter(({ file, broken }) => file !== null && !broken);
}

const plain = (text: string | undefined): string => (text ?? '').trim().toLowerCase();

/** PKG-07. */
function checkDescriptions({ systems }: PackageEvidence): CheckResult {
  if (systems.length === 0) return notApplicable('noSystems');
  const broken = systems.filter((system) => system.broken);
  if (broken[0]?.broken) return failed({ reason: broken[0].broken.reason }, placesOf(broken), { message: 'broken' });
  const missing = systems.filter((system) => system.file === null);
  if (missing[0]) {
    const folders = missing.map(({ folder }) => ({ file: folder }));
    return failed({ count: missing.length, system: missing[0].system }, folders, { message: 'missing' });
  }
  const misnamed = systems.filter((system) => !system.exact);
  if (misnamed[0])
    return failed({ count: misnamed.length, system: misnamed[0].system }, placesOf(misnamed), { message: 'misnamed' });
  const doubled = systems.filter((system) => system.duplicates.length > 0);
  if (doubled[0])
    return failed({ keys: doubled[0].duplicates.join(', ') }, placesOf(doubled), {
      message: 'duplicates',
      severity: 'W',
    });
  return passed({ systems: systems.length });
}

/** PKG-08. */
function checkStatus(evidence: PackageEvidence): CheckResult {
  const systems = readable(evidence);
  if (systems.length === 0) return notApplicable('noSystems');
  const wrong = systems.filter(({ fields }) => !statuses.includes(plain(fields.get('Status'))));
  const [first] = wrong;
  if (!first) return passed({ systems: systems.length });
  const status = first.fields.get('Status') ?? '';
  return failed({ count: wrong.length, status }, placesOf(wrong), status === '' ? { message: 'missing' } : {});
}

/** PKG-09. */
function checkNames(evidence: PackageEvidence): CheckResult {
  const systems = readable(evidence);
  if (systems.length === 0) return notApplicable('noSystems');
  for (const [key, expected] of [
    ['Division', evidence.division],
    ['Submitter', evidence.organisation],
  ] as const) {
    if (expected === null) continue;
    const wrong = systems.filter(({ fields }) => fields.has(key) && plain(fields.get(key)) !== plain(expected));
    const [first] = wrong;
    if (!first) continue;
    const facts = { key, found: first.fields.get(key) ?? '', expected, count: wrong.length };
    return failed(facts, placesOf(wrong));
  }
  return passed();
}

/** PKG-10. */
function checkKeys(evidence: PackageEvidence): CheckResult {
  const systems = readable(evidence);
  if (systems.length === 0) return notApplicable('noSystems');
  const lacking = systems.flatMap((system) => {
    const keys = neededKeys
      .filter((either) => either.every((key) => plain(system.fields.get(key)) === ''))
      .map(([key]) => key);
    return keys.length > 0 ? [{ system, keys }] : [];
  });
  const [first] = lacking;
  if (!first) return passed({ systems: systems.length });
  const facts = { count: lacking.length, system: first.system.system, keys: first.keys.join(', ') };
  return failed(facts, placesOf(lacking.map(({ system }) => system)));
}

/** PKG-12. The round stands in the name of the official form. */
function checkChecklist({ checklists, round, folder }: PackageEvidence): CheckResult {
  if (checklists.length === 0) return failed({}, [{ file: folder }]);
  const other = checklists.find((checklist) => checklist.round !== null && checklist.round !== round);
  const right = checklists.some((checklist) => checklist.round === null || checklist.round === round);
  if (round === null || right || !other) return passed();
  return failed({ found: other.round ?? '', round }, [{ file: other.file }], { message: 'otherRound', severity: 'W' });
}

/** PKG-13. */
function checkHookUp({ systems, hookUps, folder }: PackageEvidence): CheckResult {
  const energy = systems.some(({ entries }) => entries.some(({ modes }) => modes.includes('energy')));
  if (!energy) return notApplicable('noEnergy');
  return hookUps.length > 0 ? passed() : failed({}, [{ file: folder }]);
}

/** PKG-14. */
function checkCode({ code, folder }: PackageEvidence): CheckResult {
  if (code.files === 0) return failed({}, [{ file: folder }], { message: 'missing' });
  return code.readmes > 0 ? passed({ files: code.files }) : failed({}, [{ file: folder }]);
}

/** PKG-15. Names of files tell whether models or what made them are there at all; whether it is all, a person has to see. */
function checkModels({ code, folder }: PackageEvidence): CheckResult {
  if (code.files === 0) return notApplicable('noCode');
  return code.models > 0 ? passed() : failed({}, [{ file: folder }]);
}

/** CAT-03. */
function checkResearch(evidence: PackageEvidence): CheckResult {
  const research = readable(evidence).filter(({ fields }) => plain(fields.get('Status')) === 'rdi');
  const [first] = research;
  return first ? failed({ count: research.length, system: first.system }, placesOf(research)) : passed();
}

/** CAT-04: two systems whose descriptions say the same in every key cannot be told apart in the published table. */
function checkSeparation(evidence: PackageEvidence): CheckResult {
  const systems = readable(evidence).filter(({ fields }) => fields.size > 0);
  const seen = new Map<string, SystemEvidence>();
  for (const system of systems) {
    const key = JSON.stringify([...system.fields].sort());
    const other = seen.get(key);
    if (other && other.file !== system.file)
      return failed({ first: other.system, second: system.system }, placesOf([other, system]));
    seen.set(key, system);
  }
  return systems.length > 1 ? passed({ systems: systems.length }) : notApplicable('oneSystem');
}

export const metadataRules: readonly PackageRule[] = [
  { ...common, id: 'PKG-07', severity: 'E', officialChecker: 'yes', check: checkDescriptions },
  { ...common, id: 'PKG-08', severity: 'E', officialChecker: 'yes', check: checkStatus },
  { ...common, id: 'PKG-09', severity: 'W', check: checkNames },
  { ...common, id: 'PKG-10', severity: 'W', check: checkKeys },
];

export const documentRules: readonly PackageRule[] = [
  { ...common, id: 'PKG-12', severity: 'E', check: checkChecklist },
  { ...common, id: 'PKG-13', severity: 'W', check: checkHookUp },
  { ...common, id: 'PKG-14', severity: 'E', check: checkCode },
  { ...common, id: 'PKG-15', severity: 'W', check: checkModels },
  {
    ...common,
    id: 'PKG-16',
    severity: 'I',
    check: ({ personal }) => {
      const [first] = personal;
      if (!first) return passed();
      return failed(
        { count: personal.length, text: first.text },
        personal.map(({ ref }) => ref),
      );
    },
  },
];

export const categoryRules: readonly PackageRule[] = [
  { ...common, id: 'CAT-03', severity: 'I', check: checkResearch },
  { ...common, id: 'CAT-04', severity: 'W', check: checkSeparation },
];
