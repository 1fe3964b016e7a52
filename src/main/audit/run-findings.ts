import type { Finding } from '../../shared/domain/verdict.ts';
import { refsOf } from './evidence/index.ts';
import type { ReadRun } from './read/index.ts';

/** A folder with files of a run of which neither its names nor its files tell what was run. */
export function unknownRunFinding({ found }: ReadRun): Finding {
  return {
    rule: 'RUN-08',
    severity: 'W',
    outcome: 'failed',
    message: 'unknownRun',
    facts: { folder: found.place.folder },
    evidence: refsOf(found.files.log ?? found.files.results),
  };
}

/** Each place once, and where to look for what a rule found when it names no place itself. */
export function withPlace(finding: Finding, { found }: ReadRun): Finding {
  if (finding.evidence.length > 0) {
    const places = new Map(finding.evidence.map((ref) => [`${ref.file}\n${ref.line ?? ''}`, ref]));
    return { ...finding, evidence: [...places.values()] };
  }
  const { files, place } = found;
  const { log, results, resultsJson, script, trace, timestamps } = files;
  const candidates = finding.rule.startsWith('NRG')
    ? [timestamps, trace, resultsJson, results, log]
    : finding.rule === 'RUN-03'
      ? []
      : [log, resultsJson, results, script];
  return { ...finding, evidence: [{ file: candidates.find((file) => file !== undefined) ?? place.folder }] };
}

/** A system description that is no JSON concerns every run of the system; the rule about packages finds those that are missing. */
export function systemFindings({ found, system }: ReadRun): Finding[] {
  if (!system?.broken) return [];
  return [
    {
      rule: 'PKG-07',
      severity: 'E',
      outcome: 'failed',
      message: 'broken',
      facts: { reason: system.broken.reason },
      evidence: refsOf(found.files.system, system.broken.line),
    },
  ];
}

/** Whether Joulebench wrote any of the files: each of them says so. */
export function isOwn({ log, results, json }: ReadRun): boolean {
  return (log !== null && log.ownVersion !== null) || results?.ours !== undefined || json?.ours !== undefined;
}

/** Whether a file of Joulebench says that a virtual bench was measured. */
export function isSimulated({ log, results, json }: ReadRun): boolean {
  return log?.simulated === true || results?.ours?.simulated === true || json?.ours?.simulated === true;
}

/** RUN-04 of a run of ours among results that are to be submitted: no round accepts it. */
export function ownRunnerFinding({ found }: ReadRun): Finding {
  return {
    rule: 'RUN-04',
    severity: 'E',
    outcome: 'failed',
    message: 'ownRunner',
    facts: { runner: 'joulebench' },
    evidence: [{ file: found.files.log ?? found.files.results ?? found.files.resultsJson ?? found.place.folder }],
  };
}
