import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { CallInput, CallOutput } from '../../shared/contract/index.ts';
import { useClient } from '../client/index.ts';

export type ReportOverview = CallOutput<'report.overview'>;
export type SignOff = CallOutput<'report.signOff'>;
export type Evidence = CallOutput<'report.evidence'>;
export type SignRequest = Omit<CallInput<'report.sign'>, 'sessionId'>;

/** What the report page knows of sessions, by session id; signatures as they were last checked. */
export const useReportStore = defineStore('report', () => {
  const client = useClient();
  const signOffs = shallowRef<Readonly<Record<string, SignOff>>>({});

  function keep(sessionId: string, signOff: SignOff): void {
    signOffs.value = { ...signOffs.value, [sessionId]: signOff };
  }

  async function loadSignOff(sessionId: string): Promise<void> {
    keep(sessionId, await client.call('report.signOff', { sessionId }));
  }

  async function sign(sessionId: string, request: SignRequest): Promise<void> {
    keep(sessionId, await client.call('report.sign', { sessionId, ...request }));
  }

  return {
    signOffs,
    loadSignOff,
    sign,
    overview: (sessionId: string) => client.call('report.overview', { sessionId }),
    make: (input: CallInput<'report.make'>) => client.call('report.make', input),
    exportFile: (sessionId: string, id: string) => client.call('report.export', { sessionId, id }),
    evidence: (input: CallInput<'report.evidence'>): Promise<Evidence> => client.call('report.evidence', input),
  };
});
