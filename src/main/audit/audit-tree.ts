import { Fault } from '../../shared/fault/index.ts';
import { auditGroup } from './audit-group.ts';
import { labeller } from './labeller.ts';
import { auditPackages } from './package/index.ts';
import { auditSessions } from './session.ts';
import type { FileSource } from './source/index.ts';
import { surveyTree } from './tree/index.ts';
import type { RunGroup, TreeSurvey } from './tree/index.ts';
import type { AuditOptions, AuditOutcome, RunOutcome } from './types.ts';

/** Audits the groups of a survey: in this thread, or in others. */
export type AuditGroups = (survey: TreeSurvey) => Promise<RunOutcome[]>;

/**
 * Audits a submission tree, a round, an organisation, a single run, or sessions of our own.
 * @throws Fault `audit.noRuns` where nothing of that is found, or another of the area `audit`.
 */
export async function auditTree(
  source: FileSource,
  options: AuditOptions,
  auditGroups: AuditGroups = ({ groups }) => auditGroupsHere(source, groups, options),
): Promise<AuditOutcome> {
  const { scope, round = null, signal } = options;
  const survey = await surveyTree(source, signal);
  if (survey.groups.length === 0 && survey.sessions.length === 0)
    throw new Fault('audit.noRuns', { path: rootPath(source), files: survey.files });
  const runs = [...(await auditSessions(source, survey.sessions, signal)), ...(await auditGroups(survey))];
  runs.sort((a, b) => (a.folder < b.folder ? -1 : 1));
  const personal = runs.flatMap((run) => (run.personal ? [run.personal] : []));
  const findings = scope === 'package' ? await auditPackages(source, survey, { round, personal, runs, signal }) : [];
  return { scope, round, files: survey.files, bytes: survey.bytes, runs, findings };
}

/** Audits groups one after the other in this thread. */
export async function auditGroupsHere(
  source: FileSource,
  groups: readonly RunGroup[],
  { scope, round = null, signal, onProgress }: AuditOptions,
): Promise<RunOutcome[]> {
  const context = { source, round, scope, labelOf: labeller(), signal };
  const runs: RunOutcome[] = [];
  for (const [done, group] of groups.entries()) {
    onProgress?.(done, groups.length);
    runs.push(...(await auditGroup(group, context)));
  }
  onProgress?.(groups.length, groups.length);
  return runs;
}

/** The audited folder as a path; on Windows it begins with a drive. */
function rootPath({ context }: FileSource): string {
  const path = context.join('/');
  return /^[A-Za-z]:/.test(path) ? path : `/${path}`;
}
