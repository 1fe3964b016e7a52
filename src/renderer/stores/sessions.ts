import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { CallOutput } from '../../shared/contract/index.ts';
import { sessionFilterSchema } from '../../shared/domain/session-query.ts';
import type { Retention } from '../../shared/domain/retention.ts';
import type { SessionFacets, SessionFilter, SessionOrder } from '../../shared/domain/session-query.ts';
import type { SessionSummary } from '../../shared/domain/session-summary.ts';
import { useClient } from '../client/index.ts';

export type { SessionSummary } from '../../shared/domain/session-summary.ts';
export type SessionDetail = CallOutput<'session.get'>;
export type Verification = CallOutput<'session.verify'>;

/** Rows that are asked for at once. */
const pageRows = 100;
/** A piece of an upload: well below the largest message. */
const pieceBytes = 512 * 1024;
const everything = sessionFilterSchema.parse({});

/**
 * The sessions on disk that the filter wants, in the order that is wanted: the stretches that were looked at so far, and what checking them
 * said. A change of filter or order drops what is on its way.
 */
export const useSessionsStore = defineStore('sessions', () => {
  const client = useClient();
  /** As long as there are sessions wanted; undefined where a row was not asked for yet. */
  const rows = shallowRef<readonly (SessionSummary | undefined)[]>([]);
  const all = ref(0);
  /** Sessions that the host still has to read. */
  const pending = ref(0);
  const loaded = ref(false);
  const filter = shallowRef<SessionFilter>(everything);
  const order = ref<SessionOrder>('createdAt');
  const descending = ref(true);
  const facets = shallowRef<SessionFacets>();
  const verifications = shallowRef<Readonly<Record<string, Verification>>>({});
  const verifying = ref<string>();

  const filtered = computed(() => JSON.stringify(filter.value) !== JSON.stringify(everything));
  /** Counts the questions: an answer to an older one is dropped. */
  let generation = 0;
  let seen = { first: 0, last: pageRows };
  const asked = new Set<number>();

  async function fetchPage(page: number, fresh: boolean): Promise<void> {
    const mine = generation;
    asked.add(page);
    const answer = await client
      .call('session.list', {
        ...filter.value,
        order: order.value,
        descending: descending.value,
        offset: page * pageRows,
        limit: pageRows,
      })
      .catch((error: unknown) => {
        asked.delete(page);
        throw error;
      });
    if (mine !== generation) return;
    const known = fresh || rows.value.length !== answer.total ? [] : rows.value;
    const next = Array.from({ length: answer.total }, (_, at) => known[at]);
    answer.rows.forEach((row, at) => (next[page * pageRows + at] = row));
    rows.value = next;
    all.value = answer.all;
    pending.value = answer.pending;
    loaded.value = true;
  }

  /** Asks anew for what is on the screen. */
  async function load(): Promise<void> {
    generation += 1;
    asked.clear();
    await fetchPage(Math.floor(seen.first / pageRows), true);
    await ensure(seen.first, seen.last);
  }

  async function loadFacets(): Promise<void> {
    const mine = generation;
    const answer = await client.call('session.facets', filter.value);
    if (mine === generation) facets.value = answer;
  }

  /** Rows from `first` up to `last` are looked at: those that are missing are asked for. */
  async function ensure(first: number, last: number): Promise<void> {
    seen = { first, last };
    const end = Math.min(last, rows.value.length);
    const missing: number[] = [];
    for (let page = Math.floor(first / pageRows); page * pageRows < end; page += 1) {
      if (!asked.has(page)) missing.push(page);
    }
    await Promise.all(missing.map((page) => fetchPage(page, false)));
  }

  /** Narrows or widens what is wanted and starts at the top. */
  async function look(
    part: Partial<SessionFilter>,
    how: { order?: SessionOrder; descending?: boolean } = {},
  ): Promise<void> {
    filter.value = { ...filter.value, ...part };
    order.value = how.order ?? order.value;
    descending.value = how.descending ?? descending.value;
    seen = { first: 0, last: pageRows };
    await Promise.all([load(), loadFacets()]);
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

  /** Sends a file that a person chose in a browser, piece after piece. */
  async function upload(file: Blob): Promise<string> {
    let uploadId: string | undefined;
    for (let at = 0; uploadId === undefined || at < file.size; at += pieceBytes) {
      const bytes = new Uint8Array(await file.slice(at, at + pieceBytes).arrayBuffer());
      const answer: { uploadId: string } = await client.call('session.upload', {
        at,
        bytes,
        ...(uploadId === undefined ? {} : { uploadId }),
      });
      uploadId = answer.uploadId;
    }
    return uploadId;
  }

  const weigh = (sessionIds: string[]) => client.call('session.weigh', { sessionIds });
  const remove = (sessionIds: string[]) => client.call('session.delete', { sessionIds });
  const restore = (trashed: string[]) => client.call('session.restore', { trashed });
  const exportZip = (sessionIds: string[]) => client.call('session.export', { sessionIds });
  const importFile = async (file: Blob) => client.call('session.import', { uploadId: await upload(file) });
  const importPath = (path: string) => client.call('session.import', { path });
  const place = (importId: string, replace: boolean) => client.call('session.place', { importId, replace });
  const previewRetention = (rules: Retention) => client.call('session.retention', rules);
  const applyRetention = (rules: Retention) => client.call('session.retain', rules);
  const dropImport = (importId: string) => client.call('session.dropImport', { importId });

  return {
    rows,
    all,
    pending,
    loaded,
    filter,
    filtered,
    order,
    descending,
    facets,
    verifications,
    verifying,
    load,
    loadFacets,
    ensure,
    look,
    clear: () => look({ ...everything, simulated: undefined, from: undefined, to: undefined }),
    get,
    verify,
    upload,
    weigh,
    remove,
    restore,
    exportZip,
    importFile,
    importPath,
    place,
    dropImport,
    previewRetention,
    applyRetention,
  };
});
