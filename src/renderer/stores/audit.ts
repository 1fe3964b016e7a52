import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type {
  AuditFileKind,
  AuditFilter,
  AuditLines,
  AuditRow,
  LiveAudit,
  StartAudit,
} from '../../shared/domain/audit-page.ts';
import type { AuditFinding, AuditedRun } from '../../shared/domain/audit.ts';
import type { MadeFile } from '../../shared/domain/made-file.ts';
import { faultFromRecord, toFault } from '../../shared/fault/index.ts';
import type { Fault } from '../../shared/fault/index.ts';
import { useClient } from '../client/index.ts';
import { useSessionsStore } from './sessions.ts';

/** Rows that are asked for at once. */
const pageRows = 100;
const underWay = new Set(['unpacking', 'auditing']);

export const everyRun: AuditFilter = {
  round: null,
  organisation: null,
  benchmark: null,
  mode: null,
  severity: null,
  rule: null,
  agrees: null,
};

/** What the card shows: a run by its place in the report, or the package. */
export type AuditSubject = number | 'package';

/** The audit that is under way or was made last; the host keeps the report, this the stretches of it that were looked at. */
export const useAuditStore = defineStore('audit', () => {
  const client = useClient();
  const sessions = useSessionsStore();
  const live = shallowRef<LiveAudit>();
  const lost = shallowRef<Fault>();
  const filter = shallowRef<AuditFilter>(everyRun);
  /** As long as there are runs wanted; undefined where a row was not asked for yet. */
  const rows = shallowRef<readonly (AuditRow | undefined)[]>([]);
  const subject = ref<AuditSubject>();
  const run = shallowRef<AuditedRun>();
  const packageFindings = shallowRef<readonly AuditFinding[]>([]);
  /** Name of the file on its way to the host. */
  const sending = ref<string>();
  let followed: string | undefined;
  let unfollow: (() => void) | undefined;
  /** Counts the questions about rows and about the card: an answer to an older one is dropped. */
  let generation = 0;
  let looked = 0;
  const asked = new Set<number>();

  const running = computed(() => sending.value !== undefined || underWay.has(live.value?.state ?? ''));
  const fault = computed(() => lost.value ?? (live.value?.fault ? faultFromRecord(live.value.fault) : undefined));
  const filtered = computed(() => Object.values(filter.value).some((value) => value !== null));

  /** Finds the last audit again, for a page that was opened anew. */
  async function load(): Promise<void> {
    if (followed !== undefined) return;
    const last = (await client.call('audit.list', {})).at(-1);
    if (last && followed === undefined) follow(last.auditId);
  }

  function follow(auditId: string): void {
    leave();
    followed = auditId;
    unfollow = client.follow(
      'audit',
      { auditId },
      { value: (value) => take(value), fault: (reason) => (lost.value = reason) },
    );
  }

  function take(value: LiveAudit): void {
    const before = live.value?.state;
    live.value = value;
    if (value.state === 'done' && before !== 'done')
      void look({}).catch((error: unknown) => (lost.value = toFault(error)));
  }

  /** Puts the audit aside; the host still has it. */
  function leave(): void {
    unfollow?.();
    unfollow = undefined;
    followed = undefined;
    live.value = undefined;
    lost.value = undefined;
    filter.value = everyRun;
    rows.value = [];
    subject.value = undefined;
    run.value = undefined;
    packageFindings.value = [];
    generation += 1;
    looked += 1;
  }

  async function start(request: StartAudit): Promise<void> {
    follow((await client.call('audit.start', request)).auditId);
  }

  /** Sends a zip file that a person chose in a browser, and begins. */
  async function startFile(file: File, options: Omit<StartAudit, 'source'>): Promise<void> {
    sending.value = file.name;
    try {
      const uploadId = await sessions.upload(file);
      await start({ ...options, source: { uploadId, name: file.name.slice(-240) } });
    } finally {
      sending.value = undefined;
    }
  }

  async function stop(): Promise<void> {
    if (followed !== undefined) await client.call('audit.stop', { auditId: followed });
  }

  async function fetchPage(page: number): Promise<void> {
    const auditId = followed;
    if (auditId === undefined) return;
    const mine = generation;
    asked.add(page);
    const query = { auditId, filter: filter.value, offset: page * pageRows, limit: pageRows };
    const answer = await client.call('audit.rows', query).catch((error: unknown) => {
      if (mine === generation) asked.delete(page);
      throw error;
    });
    if (mine !== generation) return;
    const next = Array.from({ length: answer.total }, (_, at) => rows.value[at]);
    answer.rows.forEach((row, at) => (next[page * pageRows + at] = row));
    rows.value = next;
  }

  /** Narrows or widens which runs are wanted and starts at the top. */
  async function look(part: Partial<AuditFilter>): Promise<void> {
    filter.value = { ...filter.value, ...part };
    generation += 1;
    asked.clear();
    rows.value = [];
    await fetchPage(0);
  }

  /** Rows from `first` up to `last` are looked at: those that are missing are asked for. */
  async function ensure(first: number, last: number): Promise<void> {
    const missing: number[] = [];
    const end = Math.min(last, rows.value.length);
    for (let page = Math.floor(first / pageRows); page * pageRows < end; page += 1)
      if (!asked.has(page)) missing.push(page);
    await Promise.all(missing.map(fetchPage));
  }

  /** Opens the card of a run or of the package. */
  async function open(which: AuditSubject): Promise<void> {
    const auditId = followed;
    if (auditId === undefined) return;
    looked += 1;
    const mine = looked;
    subject.value = which;
    run.value = undefined;
    if (which === 'package') {
      const findings = await client.call('audit.package', { auditId });
      if (mine === looked) packageFindings.value = findings;
    } else {
      const answer = await client.call('audit.run', { auditId, index: which });
      if (mine === looked) run.value = answer;
    }
  }

  const lines = (file: string, line: number | undefined): Promise<AuditLines> =>
    client.call('audit.lines', { auditId: followed ?? '', file, line: line ?? null });
  const save = (kind: AuditFileKind): Promise<MadeFile> => client.call('audit.save', { auditId: followed ?? '', kind });

  return {
    live,
    fault,
    filter,
    filtered,
    rows,
    subject,
    run,
    packageFindings,
    sending,
    running,
    load,
    show: follow,
    leave,
    start,
    startFile,
    stop,
    look,
    ensure,
    open,
    lines,
    save,
  };
});
