import { Fault } from '../../shared/fault/index.ts';
import { liveRuns, summarise, verifySession } from '../archive/index.ts';
import { foldSession } from '../session/index.ts';
import { readSession } from '../store/index.ts';
import type { HostContext, SomeCalls } from './context.ts';

/** Sessions on disk and their traces. */
export function sessionCalls(context: HostContext) {
  const { host, sessions, traces, folderOf, resumeRun } = context;
  const { options, settings } = host;
  return {
    'session.list': (query) => sessions.page(host.sessionsFolder(), query, settings.get().language),
    'session.facets': (filter) => sessions.facets(host.sessionsFolder(), filter),
    'session.get': async ({ sessionId }) => {
      const folder = folderOf(sessionId);
      const summary = await summarise(folder, settings.get().language);
      const session = foldSession((await readSession(folder)).entries);
      if (!summary || !session) throw new Fault('app.sessionUnknown', { sessionId });
      return { summary, runs: liveRuns(session, host.text()) };
    },
    'session.resume': async ({ sessionId }, { signal }) =>
      (await resumeRun(sessionId, signal)).operation.feed.operation,
    'session.verify': async ({ sessionId }) => {
      const result = await verifySession(folderOf(sessionId), options.app.version);
      return {
        holds: result.holds,
        problems: result.problems.map((problem) => host.text().t(`verify.${problem.key}`, problem.values)),
      };
    },
    'trace.facts': async ({ sessionId, runId }) => traces.facts(folderOf(sessionId), runId),
    'trace.columns': async ({ sessionId, runId, fromS, toS, columns }) =>
      traces.columns(folderOf(sessionId), runId, fromS, toS, columns),
    'trace.statistics': async ({ sessionId, runId, fromS, toS }) =>
      traces.statistics(folderOf(sessionId), runId, fromS, toS),
  } satisfies SomeCalls;
}
