import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { CallOutput } from '../../shared/contract/index.ts';
import { useClient } from '../client/index.ts';

export type SessionSummary = CallOutput<'session.list'>[number];
export type SessionDetail = CallOutput<'session.get'>;
export type Verification = CallOutput<'session.verify'>;

/** The sessions on disk, newest first, and what checking them said. */
export const useSessionsStore = defineStore('sessions', () => {
  const client = useClient();
  const sessions = shallowRef<readonly SessionSummary[]>([]);
  const loaded = ref(false);
  const verifications = shallowRef<Readonly<Record<string, Verification>>>({});
  const verifying = ref<string>();

  async function load(): Promise<void> {
    const all = await client.call('session.list', {});
    sessions.value = all.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
    loaded.value = true;
  }

  async function get(sessionId: string): Promise<SessionDetail> {
    return client.call('session.get', { sessionId });
  }

  async function verify(sessionId: string): Promise<void> {
    verifying.value = sessionId;
    try {
      const answer = await client.call('session.verify', { sessionId });
      verifications.value = { ...verifications.value, [sessionId]: answer };
    } finally {
      verifying.value = undefined;
    }
  }

  return { sessions, loaded, verifications, verifying, load, get, verify };
});
