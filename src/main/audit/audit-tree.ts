import { officialLabels } from '../workload/index.ts';
import type { Workload } from '../../shared/domain/workload.ts';
import { Fault } from '../../shared/fault/index.ts';
import { auditGroup } from './audit-group.ts';
import type { LabelOf } from './recompute/index.ts';
import { auditSessions } from './session.ts';
import type { FileSource } from './source/index.ts';
import { surveyTree } from './tree/index.ts';
import type { AuditOptions, AuditOutcome } from './types.ts';

/**
 * Audits a submission tree, a round, an organisation, a single run, or sessions of our own.
 * @throws Fault `audit.noRuns` where nothing of that is found, or another of the area `audit`.
 */
export async function auditTree(source: FileSource, options: AuditOptions): Promise<AuditOutcome> {
  const { scope, round = null, signal } = options;
  const survey = await surveyTree(source, signal);
  if (survey.groups.length === 0 && survey.sessions.length === 0)
    throw new Fault('audit.noRuns', { path: source.context.join('/'), files: survey.files });
  const context = { source, round, labelOf: labeller(), signal };
  const runs = await auditSessions(source, survey.sessions, signal);
  for (const group of survey.groups) runs.push(...(await auditGroup(group, context)));
  runs.sort((a, b) => (a.folder < b.folder ? -1 : 1));
  return { scope, round, files: survey.files, bytes: survey.bytes, runs, findings: [] };
}

/** Labels of each workload, found once for all runs. */
export function labeller(): (workload: Workload) => LabelOf {
  const known = new Map<string, LabelOf>();
  return (workload) => {
    const found = known.get(workload.id) ?? officialLabels(workload);
    known.set(workload.id, found);
    return found;
  };
}
