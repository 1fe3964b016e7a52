import { everyRound, failed, notApplicable, passed } from '../rule.ts';
import type { CheckResult } from '../rule.ts';
import type { PackageEvidence, SystemEvidence } from './evidence.ts';
import type { PackageRule } from './package-rule.ts';

const common = { scope: 'package', rounds: everyRound, officialChecker: 'no' } satisfies Partial<PackageRule>;

const places = (systems: readonly SystemEvidence[]) =>
  systems.flatMap(({ file, broken }) => (file === null ? [] : [broken ? { file, line: broken.line } : { file }]));

/** PKG-07. */
function checkDescriptions({ systems }: PackageEvidence): CheckResult {
  if (systems.length === 0) return notApplicable('noSystems');
  const broken = systems.filter((system) => system.broken);
  if (broken[0]?.broken) return failed({ reason: broken[0].broken.reason }, places(broken), { message: 'broken' });
  const missing = systems.filter((system) => system.file === null);
  if (missing[0]) return failed({ count: missing.length, system: missing[0].system }, [], { message: 'missing' });
  const misnamed = systems.filter((system) => !system.exact);
  if (misnamed[0])
    return failed({ count: misnamed.length, system: misnamed[0].system }, places(misnamed), { message: 'misnamed' });
  const doubled = systems.filter((system) => system.duplicates.length > 0);
  if (doubled[0])
    return failed({ keys: doubled[0].duplicates.join(', ') }, places(doubled), {
      message: 'duplicates',
      severity: 'W',
    });
  return passed({ systems: systems.length });
}

export const metadataRules: readonly PackageRule[] = [
  { ...common, id: 'PKG-07', severity: 'E', officialChecker: 'yes', check: checkDescriptions },
];
