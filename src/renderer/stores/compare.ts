import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { SessionsComparison } from '../../shared/domain/comparison.ts';
import type { MadeFile } from '../../shared/domain/made-file.ts';
import type { PublishedResults } from '../../shared/domain/published.ts';
import type { SessionSummary } from '../../shared/domain/session-summary.ts';
import { useClient } from '../client/index.ts';

/** More are found by more words. */
const mostFound = 30;

/** The comparison of the chosen sessions, and the table of published results; the host computes both. */
export const useCompareStore = defineStore('compare', () => {
  const client = useClient();
  const comparison = shallowRef<SessionsComparison>();
  const loading = ref(false);
  const published = shallowRef<PublishedResults>();
  const found = shallowRef<readonly SessionSummary[]>([]);
  /** How many sessions there are; undefined until the first answer. */
  const all = ref<number>();
  /** Sessions that the host still has to read. */
  const pending = ref(0);
  let asked = 0;
  let searched = 0;

  /** Compares anew. What was shown stays until the answer comes; the answer to an older question is dropped. */
  async function load(sessionIds: readonly string[]): Promise<void> {
    asked += 1;
    const mine = asked;
    if (sessionIds.length === 0) {
      comparison.value = undefined;
      loading.value = false;
      return;
    }
    loading.value = true;
    try {
      const answer = await client.call('compare.sessions', { sessionIds: [...sessionIds] });
      if (mine === asked) comparison.value = answer;
    } catch (error) {
      if (mine === asked) {
        comparison.value = undefined;
        throw error;
      }
    } finally {
      if (mine === asked) loading.value = false;
    }
  }

  /** A few sessions with these words, newest first. */
  async function find(search: string): Promise<void> {
    searched += 1;
    const mine = searched;
    const answer = await client.call('session.list', { search, limit: mostFound });
    if (mine !== searched) return;
    found.value = answer.rows;
    all.value = answer.all;
    pending.value = answer.pending;
  }

  const table = (sessionIds: readonly string[]): Promise<MadeFile> =>
    client.call('compare.table', { sessionIds: [...sessionIds] });

  async function loadPublished(): Promise<void> {
    published.value ??= await client.call('compare.published', {});
  }

  return { comparison, loading, published, found, all, pending, find, load, table, loadPublished };
});
