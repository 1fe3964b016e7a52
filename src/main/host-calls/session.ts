import { randomUUID } from 'node:crypto';
import { Fault, toFault } from '../../shared/fault/index.ts';
import type { FaultRecord } from '../../shared/fault/index.ts';
import type { Retention } from '../../shared/domain/retention.ts';
import { liveRuns, summarise, verifySession } from '../archive/index.ts';
import { foldSession } from '../session/index.ts';
import { readSession } from '../store/index.ts';
import type { HostContext, SomeCalls } from './context.ts';

/** Sessions on disk and their traces. */
export function sessionCalls(context: HostContext) {
  const { host, operations, sessions, traces, madeFiles, uploads, folderOf, resumeRun } = context;
  const { options, settings } = host;
  const ensureQuiet = (sessionId: string): void => {
    const measured = operations.active().some((operation) => operation.sessionId === sessionId);
    if (measured) throw new Fault('session.running', { sessionId });
  };
  const retention = (rules: Retention, apply: boolean) => ({
    rules,
    apply,
    epochMs: host.clock.epochMs(),
    except: operations.active().map((operation) => operation.sessionId),
  });
  return {
    'session.list': (query) => sessions.page(host.sessionsFolder(), query, settings.get().language),
    'session.facets': (filter) => sessions.facets(host.sessionsFolder(), filter),
    'session.weigh': ({ sessionIds }) => sessions.weigh(host.sessionsFolder(), sessionIds),
    'session.delete': async ({ sessionIds }) => {
      const deleted: { sessionId: string; trashed: string }[] = [];
      const kept: { sessionId: string; fault: FaultRecord }[] = [];
      for (const sessionId of sessionIds) {
        try {
          ensureQuiet(sessionId);
          await traces.forget(folderOf(sessionId));
          const trashed = await sessions.discard(host.sessionsFolder(), sessionId, host.clock.epochMs());
          deleted.push({ sessionId, trashed });
        } catch (error) {
          kept.push({ sessionId, fault: toFault(error).toRecord() });
        }
      }
      return { deleted, kept };
    },
    'session.restore': async ({ trashed }) => {
      for (const one of trashed) await sessions.restore(host.sessionsFolder(), one);
      return {};
    },
    'session.export': ({ sessionIds }) => {
      sessionIds.forEach(ensureQuiet);
      const [first = ''] = sessionIds;
      const name = sessionIds.length === 1 ? first : host.text().t('ui.sessions.zipName', { count: sessionIds.length });
      return madeFiles.offer(`${name}.zip`, 'application/zip', (path) =>
        sessions.zip(host.sessionsFolder(), sessionIds, path),
      );
    },
    'session.upload': async ({ uploadId, at, bytes }) => ({ uploadId: await uploads.put(uploadId, at, bytes) }),
    'session.import': async (source, { client }) => {
      // A page in a browser has no say in which files of this computer are read.
      if ('path' in source && client.carrier === 'websocket') throw new Fault('app.desktopOnly', {});
      const path = 'path' in source ? source.path : uploads.path(source.uploadId);
      try {
        return await sessions.prepareImport(host.sessionsFolder(), path, randomUUID());
      } finally {
        if ('uploadId' in source) await uploads.forget(source.uploadId);
      }
    },
    'session.place': ({ importId, replace }) =>
      sessions.placeImport(host.sessionsFolder(), importId, replace, host.clock.epochMs()),
    'session.dropImport': async ({ importId }) => {
      await sessions.dropImport(host.sessionsFolder(), importId);
      return {};
    },
    'session.retention': (rules) => sessions.retention(host.sessionsFolder(), retention(rules, false)),
    'session.retain': (rules) => sessions.retention(host.sessionsFolder(), retention(rules, true)),
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
