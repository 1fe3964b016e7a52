import type { SessionsComparison } from '../../shared/domain/comparison.ts';
import { comparisonCsv, compareReadSessions, readComparable, readPublished } from '../archive/index.ts';
import { writeFileAtomic } from '../store/index.ts';
import type { HostContext, SomeCalls } from './context.ts';

/** Comparing sessions with each other and with published results. */
export function compareCalls({ host, madeFiles, folderOf }: HostContext) {
  const compared = async (sessionIds: readonly string[]): Promise<SessionsComparison> =>
    compareReadSessions(await Promise.all(sessionIds.map((sessionId) => readComparable(folderOf(sessionId)))));
  return {
    'compare.sessions': ({ sessionIds }) => compared(sessionIds),
    'compare.table': async ({ sessionIds }) => {
      const comparison = await compared(sessionIds);
      const mark = comparison.simulated ? '-SIMULATED' : '';
      return madeFiles.offer(`joulebench-comparison${mark}.csv`, 'text/csv; charset=utf-8', (path) =>
        writeFileAtomic(path, comparisonCsv(comparison)),
      );
    },
    'compare.published': () => readPublished(host.options.resourcesDir),
  } satisfies SomeCalls;
}
