import { lstat, readdir, realpath, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { Retention, RetentionReport } from '../../shared/domain/retention.ts';
import { toFault } from '../../shared/fault/index.ts';
import { readManifest, readRemovedTraces, signaturesName, storeFault, writeRemovedTraces } from '../store/index.ts';
import type { FoundSession, Manifest } from '../store/index.ts';
import { draftPrefix, dropImport } from './handover/drafts.ts';
import { nameProblem } from './handover/entry-name.ts';
import { destroyTrashed, folderBytes, moveToTrash, ownFolder, trashName } from './trash.ts';
import type { TrashedSession } from './trash.ts';

/** A session as retention sees it. */
export interface RetentionFacts {
  name: string;
  createdAtMs: number;
  simulated: boolean;
  finished: boolean;
  signed: boolean;
  /** Its traces that are still there. */
  traces: readonly { path: string; bytes: number }[];
}

export interface RetentionPlan {
  /** To the trash. */
  simulated: string[];
  traces: { name: string; paths: string[]; bytes: number }[];
  trash: TrashedSession[];
}

const dayMs = 86_400_000;

/**
 * What the rules delete now. Pure. A session that is not finished or is signed is never touched, nor one from the future: then a clock was
 * wrong, and nobody knows how old it is. Exactly as old as the rule says is not yet older.
 */
export function planRetention(
  sessions: readonly RetentionFacts[],
  trash: readonly TrashedSession[],
  rules: Retention,
  nowMs: number,
): RetentionPlan {
  const older = (sinceMs: number, days: number | null): boolean => days !== null && nowMs - sinceMs > days * dayMs;
  const free = sessions.filter((session) => session.finished && !session.signed);
  const simulated = free.filter((session) => session.simulated && older(session.createdAtMs, rules.simulatedDays));
  const traced = free.filter(
    (session) =>
      session.traces.length > 0 && !simulated.includes(session) && older(session.createdAtMs, rules.tracesDays),
  );
  return {
    simulated: simulated.map(({ name }) => name),
    traces: traced.map(({ name, traces }) => ({
      name,
      paths: traces.map(({ path }) => path),
      bytes: traces.reduce((sum, { bytes }) => sum + bytes, 0),
    })),
    trash: trash.filter(({ deletedAtMs }) => older(deletedAtMs, rules.trashDays)),
  };
}

/** What retention has to know of the sessions of a folder. */
export async function retentionFacts(root: string, found: readonly FoundSession[]): Promise<RetentionFacts[]> {
  const facts: RetentionFacts[] = [];
  for (const { name, session } of found) {
    const traces: { path: string; bytes: number }[] = [];
    for (const path of session.traces) {
      if (!(await isInside(join(root, name), path))) continue;
      const file = await lstat(join(root, name, ...path.split('/'))).catch(() => undefined);
      if (file?.isFile()) traces.push({ path, bytes: file.size });
    }
    facts.push({
      name,
      createdAtMs: Date.parse(session.createdAt),
      simulated: session.simulated,
      finished: session.state === 'closed',
      signed: existsSync(join(root, name, signaturesName)),
      traces,
    });
  }
  return facts;
}

/** A journal or manifest may have been made to name something else: only a real file of the session itself counts. */
async function isInside(folder: string, path: string): Promise<boolean> {
  if (nameProblem(path) !== undefined) return false;
  const file = join(folder, ...path.split('/'));
  const [home, parent] = await Promise.all([realpath(folder), realpath(dirname(file))]).catch(() => ['', undefined]);
  return parent !== undefined && (parent === home || parent.startsWith(home + sep));
}

/** What a plan comes to. */
export async function reportRetention(root: string, plan: RetentionPlan): Promise<RetentionReport> {
  const weigh = async (folders: readonly string[]): Promise<{ count: number; bytes: number }> => {
    let bytes = 0;
    for (const folder of folders) bytes += await folderBytes(folder).catch(() => 0);
    return { count: folders.length, bytes };
  };
  return {
    simulated: await weigh(plan.simulated.map((name) => join(root, name))),
    traces: {
      count: plan.traces.reduce((sum, { paths }) => sum + paths.length, 0),
      bytes: plan.traces.reduce((sum, { bytes }) => sum + bytes, 0),
    },
    trash: await weigh(plan.trash.map(({ trashed }) => join(root, trashName, trashed))),
    sessions: [...plan.simulated, ...plan.traces.map(({ name }) => name)].slice(0, 100),
    failed: [],
  };
}

/** Does what a plan says; what cannot be done is left and reported. */
export async function applyRetention(root: string, plan: RetentionPlan, nowMs: number): Promise<RetentionReport> {
  const report = await reportRetention(root, plan);
  const attempt = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      report.failed.push({ name, reason: toFault(error).code });
    }
  };
  for (const one of plan.trash) await attempt(one.name, () => destroyTrashed(root, one));
  for (const name of plan.simulated) await attempt(name, () => moveToTrash(root, name, nowMs));
  for (const { name, paths } of plan.traces) await attempt(name, () => removeTraces(root, name, paths, nowMs));
  return report;
}

/** Says first what goes, with the hash that the seal gives for it; then deletes it. */
async function removeTraces(root: string, name: string, paths: readonly string[], nowMs: number): Promise<void> {
  const folder = await ownFolder(root, name);
  const manifest = await readManifest(folder);
  const sealed: Manifest['files'] = [];
  for (const file of manifest?.files ?? []) {
    if (paths.includes(file.path) && (await isInside(folder, file.path))) sealed.push(file);
  }
  const before = (await readRemovedTraces(folder)).filter(({ path }) => !paths.includes(path));
  const removedAt = new Date(nowMs).toISOString();
  await writeRemovedTraces(folder, [...before, ...sealed.map((file) => ({ ...file, removedAt }))]);
  for (const { path } of sealed) {
    const file = join(folder, ...path.split('/'));
    try {
      await rm(file);
    } catch (error) {
      throw storeFault(error, file);
    }
  }
}

/** Drafts of imports that nobody came back to, after a day. */
export async function dropOldDrafts(root: string, nowMs: number): Promise<void> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  for (const { name } of entries.filter((entry) => entry.isDirectory() && entry.name.startsWith(draftPrefix))) {
    const facts = await lstat(join(root, name)).catch(() => undefined);
    if (facts && nowMs - facts.mtimeMs > dayMs) {
      await dropImport(root, name.slice(draftPrefix.length)).catch(() => undefined);
    }
  }
}
