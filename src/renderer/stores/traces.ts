import { defineStore } from 'pinia';
import type { TraceColumnsView, TraceFacts, TraceStatisticsView } from '../../shared/domain/trace-view.ts';
import { useClient } from '../client/index.ts';

/** Which trace is looked at. */
export interface TraceKey {
  sessionId: string;
  runId: string;
}

/** The recorded traces of finished runs; the host keeps them, this only asks. */
export const useTracesStore = defineStore('traces', () => {
  const client = useClient();

  const facts = (key: TraceKey): Promise<TraceFacts> => client.call('trace.facts', key);

  const columns = (
    key: TraceKey,
    fromS: number,
    toS: number,
    count: number,
    signal: AbortSignal,
  ): Promise<TraceColumnsView> => client.call('trace.columns', { ...key, fromS, toS, columns: count }, { signal });

  const statistics = (key: TraceKey, fromS: number, toS: number, signal: AbortSignal): Promise<TraceStatisticsView> =>
    client.call('trace.statistics', { ...key, fromS, toS }, { signal });

  return { facts, columns, statistics };
});
