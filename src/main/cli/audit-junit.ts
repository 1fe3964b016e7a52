import type { AuditedRun, AuditFinding, AuditReport } from '../../shared/domain/audit.ts';
import type { Text } from '../../shared/text/index.ts';
import { junitXml } from './junit.ts';
import type { JunitCase, JunitSuite } from './junit.ts';

/**
 * The report for a build server: a suite for each run, with a case for its figures and one for each rule that failed, and a suite for
 * the package. Errors are failures; warnings and remarks pass with their words in `system-out`.
 */
export function auditJunit(report: AuditReport, text: Text): string {
  const suites: JunitSuite[] = report.runs.map((run) => ({
    name: run.folder,
    cases: [figuresCase(run, text), ...run.findings.map((finding) => findingCase(finding, run.folder, text))],
  }));
  if (report.scope === 'package') {
    const name = text.t('audit.junit.package');
    const cases = report.findings.map((finding) => findingCase(finding, name, text));
    suites.push({ name, cases });
  }
  return junitXml(text.t('audit.junit.name'), suites);
}

/** A printed figure that did not come out again is a failure by itself; what explains it is a case of its own. */
function figuresCase(run: AuditedRun, text: Text): JunitCase {
  const className = run.folder;
  const name = text.t('audit.junit.figures');
  if (run.agrees === null) return { className, name, outcome: 'skipped', message: text.t('audit.junit.notCompared') };
  const wrong = run.comparisons.filter((comparison) => !comparison.agrees);
  if (run.agrees)
    return {
      className,
      name,
      outcome: 'passed',
      message: text.t('audit.junit.agree', { count: run.comparisons.length }),
    };
  const [first] = wrong;
  const message = first
    ? text.t('audit.junit.differ', { ...first, count: wrong.length })
    : text.t('audit.junit.windowsMissing');
  return { className, name, outcome: 'failure', message };
}

function findingCase(finding: AuditFinding, className: string, text: Text): JunitCase {
  const [place] = finding.evidence;
  const where =
    place === undefined
      ? ''
      : ` (${place.line === undefined ? place.file : text.t('audit.line', { file: place.file, line: place.line })})`;
  return {
    className,
    name: `${finding.rule} ${finding.title}`,
    outcome: finding.severity === 'E' ? 'failure' : 'passed',
    message: `${finding.message}${where}`,
  };
}
