import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { CallOutput } from '../../shared/contract/index.ts';
import type { LivePackage, PackageSource, StartPackage, SystemDetail } from '../../shared/domain/package-page.ts';
import type { SessionSummary } from '../../shared/domain/session-summary.ts';
import type { SystemDescription } from '../../shared/domain/system-description.ts';
import { faultFromRecord } from '../../shared/fault/index.ts';
import type { Fault } from '../../shared/fault/index.ts';
import { useClient } from '../client/index.ts';

/** More are found by more words. */
const mostFound = 30;

/** A source of runs; `system` where it is of another system than the marked one. */
export interface ChosenSource {
  source: PackageSource;
  system: string | null;
}

export interface PackageDraft {
  sources: readonly ChosenSource[];
  system: string | null;
  division: 'closed' | 'open';
  round: string;
  code: string;
  hookUp: string;
}

/** A description in the form that was not saved yet. */
export interface SystemDraft {
  name: string;
  fields: SystemDescription;
  leftOut: SystemDetail['leftOut'];
}

/** The descriptions of systems, the package that is put together, and its check; the host keeps files and checks. */
export const usePackagesStore = defineStore('packages', () => {
  const client = useClient();
  const kept = shallowRef<CallOutput<'package.systems'>>({ systems: [], problems: [] });
  const loaded = ref(false);
  /** Grows with every change of a description: what was checked with the older one has to be checked again. */
  const revision = ref(0);
  /** The revision that the check on the screen is of. */
  const checked = ref(0);
  const draft = shallowRef<PackageDraft>({
    sources: [],
    system: null,
    division: 'closed',
    round: 'v1.4',
    code: '',
    hookUp: '',
  });
  /** By the name under which a description is kept; `new` for one that is not. */
  const forms = shallowRef<Readonly<Record<string, SystemDraft>>>({});
  const live = shallowRef<LivePackage>();
  const lost = shallowRef<Fault>();
  const found = shallowRef<readonly SessionSummary[]>([]);
  const all = ref<number>();
  const pending = ref(0);
  let followed: string | undefined;
  let unfollow: (() => void) | undefined;
  let searched = 0;

  const checking = computed(() => live.value?.state === 'checking');
  const fault = computed(() => lost.value ?? (live.value?.fault ? faultFromRecord(live.value.fault) : undefined));

  async function loadSystems(): Promise<void> {
    kept.value = await client.call('package.systems', {});
    loaded.value = true;
    const { system } = draft.value;
    const names = kept.value.systems.map(({ name }) => name);
    if (system === null || !names.includes(system)) change({ system: names.length === 1 ? (names[0] ?? null) : null });
  }

  /** Finds the last check again, with what it was of, for a page that was opened anew. */
  async function load(): Promise<void> {
    await loadSystems();
    if (followed !== undefined || draft.value.sources.length > 0) return;
    const last = (await client.call('package.list', {})).at(-1);
    if (!last || followed !== undefined) return;
    const { systems, division, round, code, hookUp } = last.request;
    const [first] = systems;
    draft.value = {
      sources: systems.flatMap(({ system, sources }) =>
        sources.map((source) => ({ source, system: system === first?.system ? null : system })),
      ),
      system: first?.system ?? null,
      division,
      round,
      code: code ?? '',
      hookUp: hookUp ?? '',
    };
    follow(last.packageId);
  }

  function change(part: Partial<PackageDraft>): void {
    draft.value = { ...draft.value, ...part };
  }

  async function get(name: string): Promise<SystemDetail> {
    return client.call('package.system', { name });
  }

  async function save(name: string, fields: SystemDescription, previous: string | null): Promise<SystemDetail> {
    const saved = await client.call('package.saveSystem', { name, fields, previous });
    revision.value += 1;
    if (previous !== null && draft.value.system === previous) change({ system: name });
    change({
      sources: draft.value.sources.map((one) =>
        previous !== null && one.system === previous ? { ...one, system: name } : one,
      ),
    });
    await loadSystems();
    return saved;
  }

  async function remove(name: string): Promise<void> {
    await client.call('package.removeSystem', { name });
    change({ sources: draft.value.sources.map((one) => (one.system === name ? { ...one, system: null } : one)) });
    revision.value += 1;
    await loadSystems();
  }

  async function restore(name: string): Promise<void> {
    await client.call('package.restoreSystem', { name });
    revision.value += 1;
    await loadSystems();
  }

  async function importSystem(name: string, text: string): Promise<SystemDetail> {
    const added = await client.call('package.importSystem', { name, text });
    await loadSystems();
    return added;
  }

  const exportSystem = (name: string) => client.call('package.exportSystem', { name });
  const proposal = (board: string | null) => client.call('package.proposal', { board });

  function keepForm(id: string, form: SystemDraft | undefined): void {
    const { [id]: _old, ...others } = forms.value;
    forms.value = form ? { ...others, [id]: form } : others;
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

  const session = async (sessionId: string): Promise<SessionSummary> =>
    (await client.call('session.get', { sessionId })).summary;

  /** Checks anew; a check of something older ends. */
  async function start(request: StartPackage): Promise<void> {
    const older = followed;
    checked.value = revision.value;
    if (older !== undefined && checking.value) await client.call('package.stop', { packageId: older });
    follow((await client.call('package.start', request)).packageId);
  }

  function follow(packageId: string): void {
    leave();
    followed = packageId;
    unfollow = client.follow(
      'package',
      { packageId },
      { value: (value) => (live.value = value), fault: (reason) => (lost.value = reason) },
    );
  }

  /** What is shown is no check of the draft any more. */
  function leave(): void {
    unfollow?.();
    unfollow = undefined;
    followed = undefined;
    live.value = undefined;
    lost.value = undefined;
  }

  async function stop(): Promise<void> {
    if (followed !== undefined) await client.call('package.stop', { packageId: followed });
  }

  const key = (): { packageId: string } => ({ packageId: followed ?? '' });
  const zip = () => client.call('package.save', key());
  const audit = async (): Promise<string> => (await client.call('package.audit', key())).auditId;

  return {
    kept,
    loaded,
    revision,
    checked,
    draft,
    forms,
    live,
    checking,
    fault,
    found,
    all,
    pending,
    load,
    loadSystems,
    change,
    get,
    save,
    remove,
    restore,
    importSystem,
    exportSystem,
    proposal,
    keepForm,
    find,
    session,
    start,
    stop,
    leave,
    zip,
    audit,
  };
});
