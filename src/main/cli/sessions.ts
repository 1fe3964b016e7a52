import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type {
  SessionsDeleteAnswer,
  SessionsExportAnswer,
  SessionsRestoreAnswer,
  SessionsShowAnswer,
} from '../../shared/domain/cli-json.ts';
import type { SessionSummary } from '../../shared/domain/session-summary.ts';
import { Fault } from '../../shared/fault/index.ts';
import { formatCount, formatDateTime } from '../../shared/units/index.ts';
import { createSessionList, findSession, listTrash, summarise } from '../archive/index.ts';
import type { SessionList } from '../archive/index.ts';
import type { Host } from '../host.ts';
import { storeFault } from '../store/index.ts';
import type { CliContext } from './context.ts';
import { addFilterOptions, findAll, readFilter } from './sessions-filter.ts';
import type { FilterOptions } from './sessions-filter.ts';

interface Common {
  json?: boolean;
  folder?: string;
}

/** What a subcommand works with: the sessions folder and the services of the Sessions page over it. */
interface Desk {
  host: Host;
  root: string;
  list: SessionList;
}

/** `joulebench sessions`: what the Sessions page does, for scripts. */
export function registerSessions(program: Command, context: CliContext): void {
  const { text } = context;
  const sessions = program.command('sessions').description(text.t('cli.command.sessions'));
  const add = (usage: string, key: string): Command =>
    sessions
      .command(usage)
      .description(text.t(`cli.command.${key}`))
      .option('--folder <dir>', text.t('cli.option.sessionsFolder'))
      .option('--json', text.t('cli.option.json'));

  addFilterOptions(add('list', 'sessionsList'), text).action((options: Common & FilterOptions) =>
    withSessions(context, options, (desk) => list(desk, options, context)),
  );
  add('show <session>', 'sessionsShow').action((session: string, options: Common) =>
    withSessions(context, options, (desk) => show(desk, session, options, context)),
  );
  add('export <sessions...>', 'sessionsExport')
    .requiredOption('--out <file>', text.t('cli.option.sessionsOut'))
    .action((named: string[], options: Common & { out: string }) =>
      withSessions(context, options, (desk) => exportZip(desk, named, options, context)),
    );
  add('import <source>', 'sessionsImport')
    .option('--replace', text.t('cli.option.sessionsReplace'))
    .action((source: string, options: Common & { replace?: boolean }) =>
      withSessions(context, options, (desk) => importFrom(desk, source, options, context)),
    );
  add('delete <sessions...>', 'sessionsDelete').action((named: string[], options: Common) =>
    withSessions(context, options, (desk) => discard(desk, named, options, context)),
  );
  add('restore <sessions...>', 'sessionsRestore').action((named: string[], options: Common) =>
    withSessions(context, options, (desk) => restore(desk, named, options, context)),
  );
}

/** Opens the index for one command. Ctrl+C ends its worker: whatever it was writing is put away by the command. */
async function withSessions(
  context: CliContext,
  { folder }: Common,
  use: (desk: Desk) => Promise<void>,
): Promise<void> {
  const { signal, app } = context;
  const host = await context.host('sessions');
  const list = createSessionList({
    cacheFolder: join(host.options.folders.config, 'session-index'),
    appVersion: app.version,
  });
  const stop = (): void => void list.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await use({ host, root: folder === undefined ? host.sessionsFolder() : resolve(folder), list });
  } catch (error) {
    throw signal.aborted ? new Fault('operation.cancelled', {}) : error;
  } finally {
    signal.removeEventListener('abort', stop);
    await list.close();
  }
}

async function list(desk: Desk, options: Common & FilterOptions, context: CliContext): Promise<void> {
  const { io, text } = context;
  const { root } = desk;
  const page = await findAll(desk.list, root, readFilter(options), options.limit, text.locale);
  if (options.json) {
    io.out(`${JSON.stringify({ folder: root, ...page })}\n`);
    return;
  }
  for (const row of page.rows) io.out(`${lineOf(row, context)}\n`);
  const count = (value: number): string => formatCount(value, text.locale);
  io.err(`${text.t('cli.sessions.count', { total: count(page.total), all: count(page.all), folder: root })}\n`);
}

async function show(desk: Desk, name: string, options: Common, context: CliContext): Promise<void> {
  const { io, text } = context;
  const folder = findSession(desk.root, name);
  const summary = folder === undefined ? undefined : await summarise(folder, text.locale);
  if (!summary) throw new Fault('report.sessionNotFound', { session: name });
  const { bytes } = await desk.list.weigh(desk.root, [name]);
  if (options.json) {
    const answer: SessionsShowAnswer = { session: summary, bytes };
    io.out(`${JSON.stringify(answer)}\n`);
    return;
  }
  io.out(`${lineOf({ ...summary, runs: [] }, context)}\n`);
  for (const run of summary.runs) io.out(`  ${run.runId}  ${runWords(run, context)}\n`);
  const report = summary.report === undefined ? text.t('cli.sessions.noReport') : join(summary.folder, summary.report);
  io.out(`  ${text.t('cli.sessions.place', { folder: summary.folder, bytes: formatCount(bytes, text.locale) })}\n`);
  io.out(`  ${text.t('cli.sessions.report', { report })}\n`);
}

/** The zip file is there whole or not at all, and never over another file. */
async function exportZip(
  desk: Desk,
  named: string[],
  options: Common & { out: string },
  context: CliContext,
): Promise<void> {
  const { io, text } = context;
  const names = [...new Set(named)];
  const file = resolve(options.out);
  if (existsSync(file)) throw new Fault('store.exists', { path: file });
  const draft = join(dirname(file), `.${basename(file)}.${randomUUID()}.draft`);
  try {
    await desk.list.zip(desk.root, names, draft);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error instanceof Fault ? error : storeFault(error, file);
  }
  const answer: SessionsExportAnswer = { file, sessions: names };
  if (options.json) io.out(`${JSON.stringify(answer)}\n`);
  else io.out(`${text.t('cli.sessions.exported', { count: formatCount(names.length, text.locale), file })}\n`);
}

/** Nothing is among the sessions before all of it was checked; what is here under the same name stays unless it is to be replaced. */
async function importFrom(
  desk: Desk,
  source: string,
  options: Common & { replace?: boolean },
  context: CliContext,
): Promise<void> {
  const { io, text } = context;
  const { host, root } = desk;
  const importId = randomUUID();
  try {
    const plan = await desk.list.prepareImport(root, resolve(source), importId);
    const { replace = false } = options;
    const result = await desk.list.placeImport(root, plan.importId, replace, host.clock.epochMs());
    if (options.json) {
      io.out(`${JSON.stringify(result)}\n`);
      return;
    }
    for (const what of ['imported', 'replaced', 'skipped', 'signed'] as const)
      for (const session of result[what]) io.out(`${text.t(`cli.sessions.${what}`, { session })}\n`);
  } catch (error) {
    // The worker may be gone: another one puts away what was unpacked.
    await desk.list.dropImport(root, importId).catch(() => undefined);
    throw error;
  }
}

/** To the trash, one after the other; what was moved before a refusal is said before it. */
async function discard(desk: Desk, named: string[], options: Common, context: CliContext): Promise<void> {
  const { io, text } = context;
  const { host, root } = desk;
  const names = [...new Set(named)];
  // All or none for the plainest mistake: a name that is not there.
  for (const name of names)
    if (findSession(root, name) === undefined) throw new Fault('report.sessionNotFound', { session: name });
  const answer: SessionsDeleteAnswer = { deleted: [] };
  for (const sessionId of names) {
    const trashed = await desk.list.discard(root, sessionId, host.clock.epochMs());
    answer.deleted.push({ sessionId, trashed });
    if (!options.json) io.out(`${text.t('cli.sessions.deleted', { session: sessionId, trashed })}\n`);
  }
  if (options.json) io.out(`${JSON.stringify(answer)}\n`);
}

/** By the name in the trash, or by the session's own name: then the one that was deleted last. */
async function restore(desk: Desk, named: string[], options: Common, context: CliContext): Promise<void> {
  const { io, text } = context;
  const { root } = desk;
  const answer: SessionsRestoreAnswer = { restored: [] };
  for (const wanted of named) {
    const found = (await listTrash(root)).findLast(({ trashed, name }) => trashed === wanted || name === wanted);
    const session = await desk.list.restore(root, found?.trashed ?? wanted);
    answer.restored.push(session);
    if (!options.json) io.out(`${text.t('cli.sessions.restored', { session })}\n`);
  }
  if (options.json) io.out(`${JSON.stringify(answer)}\n`);
}

function lineOf(session: SessionSummary, context: CliContext): string {
  const { text } = context;
  const { sessionId, createdAt, operator, dutUnit, board, state, simulated, runs } = session;
  const who = [operator, dutUnit.serial ?? dutUnit.assetTag, board].filter(Boolean).join(' · ');
  return [
    sessionId,
    formatDateTime(createdAt, { locale: text.locale }),
    who,
    text.t(`cli.sessions.state.${state}`),
    simulated ? text.t('term.simulated') : '',
    runs.map((run) => runWords(run, context)).join('; '),
  ]
    .filter(Boolean)
    .join('  ');
}

function runWords({ workload, mode, verdict, figure }: SessionSummary['runs'][number], { text }: CliContext): string {
  const judged = verdict === undefined ? text.t('cli.sessions.notJudged') : text.t(`term.verdict.${verdict}`);
  return [workload, text.t(`term.mode.${mode}`), figure, judged].filter(Boolean).join(' ');
}
