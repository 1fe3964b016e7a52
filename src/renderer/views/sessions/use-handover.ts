import { computed, ref, shallowRef } from 'vue';
import type { ComputedRef, Ref, ShallowRef } from 'vue';
import type { ImportPlan, SessionLoad } from '../../../shared/domain/session-handover.ts';
import { faultFromRecord } from '../../../shared/fault/index.ts';
import { formatQuantity } from '../../../shared/units/index.ts';
import { bridged, useDesktop } from '../../client/index.ts';
import { useSaveFile } from '../../composables/use-save-file.ts';
import { useNoticesStore, useSessionsStore } from '../../stores/index.ts';
import { useText } from '../../text/index.ts';

type Busy = 'export' | 'import' | 'delete';

export interface Handover {
  /** What is under way. */
  busy: Readonly<Ref<Busy | undefined>>;
  /** What was done last, until something else is. */
  done: Readonly<Ref<string>>;
  /** Deleted sessions that can be taken back. */
  undoable: ComputedRef<boolean>;
  /** The question before sessions are deleted. */
  deleting: ShallowRef<{ ids: readonly string[]; load: SessionLoad } | undefined>;
  asking: Ref<boolean>;
  deleteText: ComputedRef<string>;
  /** Checked sessions of an import of which some are here in another form. */
  conflict: ShallowRef<ImportPlan | undefined>;
  exportAll(ids: readonly string[]): Promise<void>;
  askDelete(ids: readonly string[]): Promise<void>;
  /** @returns the sessions that are gone */
  confirmDelete(): Promise<readonly string[]>;
  undo(): Promise<void>;
  importFile(file: Blob): Promise<void>;
  /** Asks for a file or folder; on the desktop only. */
  importFrom(kind: 'file' | 'folder'): Promise<void>;
  answerConflict(answer: 'keep' | 'replace' | 'leave'): Promise<void>;
}

/** Handing sessions on, taking them in, deleting them and taking that back. */
export function useHandover(): Handover {
  const text = useText();
  const { t } = text;
  const store = useSessionsStore();
  const { attempt, report } = useNoticesStore();
  const desktop = useDesktop();
  const save = useSaveFile();

  const busy = ref<Busy>();
  const done = ref('');
  const trashed = shallowRef<readonly string[]>([]);
  const deleting: Handover['deleting'] = shallowRef();
  const asking = ref(false);
  const conflict: Handover['conflict'] = shallowRef();

  async function doing(what: Busy, work: () => Promise<void>): Promise<void> {
    if (busy.value !== undefined) return;
    busy.value = what;
    done.value = '';
    await attempt(work);
    busy.value = undefined;
  }
  const reload = (): Promise<unknown> => Promise.all([store.load(), store.loadFacets()]);

  async function place(plan: ImportPlan, replace: boolean): Promise<void> {
    const { imported, replaced, skipped, signed } = await store.place(plan.importId, replace);
    const parts = [t('ui.sessions.imported', { count: imported.length })];
    if (replaced.length > 0) parts.push(t('ui.sessions.replaced', { count: replaced.length }));
    if (signed.length > 0) parts.push(t('ui.sessions.signed', { count: signed.length }));
    if (skipped.length > 0) parts.push(t('ui.sessions.skipped', { count: skipped.length }));
    done.value = parts.join(' · ');
    await reload();
  }
  async function settle(plan: ImportPlan): Promise<void> {
    if (plan.sessions.some(({ known }) => known === 'other')) conflict.value = plan;
    else await place(plan, false);
  }

  return {
    busy,
    done,
    undoable: computed(() => trashed.value.length > 0 && done.value !== ''),
    deleting,
    asking,
    deleteText: computed(() => {
      const load = deleting.value?.load;
      if (!load) return '';
      const size = formatQuantity(load.bytes, 'B', { locale: text.locale, significant: 3 });
      const parts = [t('ui.sessions.deleteWhat', { count: load.runs, size })];
      if (load.real > 0) parts.push(t('ui.sessions.deleteReal', { count: load.real }));
      if (load.unfinished > 0) parts.push(t('ui.sessions.deleteUnfinished', { count: load.unfinished }));
      parts.push(t('ui.sessions.deleteTrash'));
      return parts.join(' ');
    }),
    conflict,
    exportAll: (ids) =>
      doing('export', async () => {
        const file = await store.exportZip([...ids]);
        if (await save(file)) done.value = t('ui.sessions.exported', { name: file.name });
      }),
    askDelete: (ids) =>
      doing('delete', async () => {
        deleting.value = { ids, load: await store.weigh([...ids]) };
        asking.value = true;
      }),
    async confirmDelete() {
      const ids = deleting.value?.ids ?? [];
      asking.value = false;
      let gone: readonly string[] = [];
      await doing('delete', async () => {
        const { deleted, kept } = await store.remove([...ids]);
        gone = deleted.map(({ sessionId }) => sessionId);
        trashed.value = deleted.map((one) => one.trashed);
        if (deleted.length > 0) done.value = t('ui.sessions.deleted', { count: deleted.length });
        for (const { fault } of kept) report(faultFromRecord(fault));
        await reload();
      });
      return gone;
    },
    undo: () =>
      doing('delete', async () => {
        const names = trashed.value;
        trashed.value = [];
        await store.restore([...names]);
        done.value = t('ui.sessions.restored', { count: names.length });
        await reload();
      }),
    importFile: (file) => doing('import', async () => settle(await store.importFile(file))),
    importFrom: (kind) =>
      doing('import', async () => {
        if (!desktop) return;
        const path = await bridged(kind === 'file' ? desktop.desktop.pickFile('any') : desktop.desktop.pickFolder());
        if (path !== undefined) await settle(await store.importPath(path));
      }),
    async answerConflict(answer) {
      const plan = conflict.value;
      conflict.value = undefined;
      if (!plan) return;
      await doing('import', async () => {
        if (answer === 'leave') await store.dropImport(plan.importId);
        else await place(plan, answer === 'replace');
      });
    },
  };
}
