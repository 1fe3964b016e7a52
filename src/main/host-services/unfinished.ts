import { join } from 'node:path';
import type { UnfinishedRun } from '../../shared/domain/operation.ts';
import { sessionQuerySchema } from '../../shared/domain/session-query.ts';
import type { Text } from '../../shared/text/index.ts';
import { liveRuns } from '../archive/index.ts';
import type { SessionList } from '../archive/index.ts';
import { readSources } from '../runner/index.ts';
import { foldSession } from '../session/index.ts';
import { readSession } from '../store/index.ts';

/** As many are offered; more are in the list of sessions. */
const mostOffered = 5;

/**
 * The sessions that were left open, newest first, with the place where each stopped. Those under way are left out, and those whose model and
 * inputs nobody can find any more.
 */
export async function unfinishedRuns(
  sessions: SessionList,
  root: string,
  underWay: ReadonlySet<string>,
  text: Text,
  locale: string,
): Promise<UnfinishedRun[]> {
  const query = sessionQuerySchema.parse({ states: ['open'], limit: 20 });
  const { rows } = await sessions.page(root, query, locale);
  const found: UnfinishedRun[] = [];
  for (const { sessionId, createdAt, simulated } of rows) {
    if (found.length >= mostOffered || underWay.has(sessionId)) continue;
    const folder = join(root, sessionId);
    const sources = await readSources(folder);
    if (!sources) continue;
    // A session that is being removed or written by somebody else is no offer.
    const session = await readSession(folder).then(
      ({ entries }) => foldSession(entries),
      () => undefined,
    );
    if (!session) continue;
    const runs = liveRuns(session, text);
    const stopped = runs.find(({ status }) => status !== 'completed');
    const missing = sources.modes.find((mode) => !runs.some((run) => run.mode === mode));
    const common = { sessionId, createdAt, simulated, title: runs[0]?.title ?? sources.workload };
    if (stopped) found.push({ ...common, mode: stopped.mode, done: stopped.inputsDone, total: stopped.inputsTotal });
    else if (missing) found.push({ ...common, mode: missing, done: 0, total: 0 });
    else found.push({ ...common, done: 0, total: 0 });
  }
  return found;
}
