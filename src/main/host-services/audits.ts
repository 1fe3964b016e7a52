import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { isoTime } from '../../shared/clock/index.ts';
import { LiveTopic } from '../../shared/contract/index.ts';
import type { AuditFileKind, AuditLines, AuditRows, LiveAudit, StartAudit } from '../../shared/domain/audit-page.ts';
import type { AuditFilter } from '../../shared/domain/audit-page.ts';
import type { AuditFinding, AuditReport, AuditedRun } from '../../shared/domain/audit.ts';
import type { MadeFile } from '../../shared/domain/made-file.ts';
import { Fault, toFault } from '../../shared/fault/index.ts';
import { createAuditRenderer } from '../archive/index.ts';
import { auditFolder, auditReport, openSource } from '../audit/index.ts';
import type { AuditOutcome } from '../audit/index.ts';
import { auditJunit } from '../cli/audit-junit.ts';
import type { Host } from '../host.ts';
import { storeFault, writeFileAtomic } from '../store/index.ts';
import { auditLines } from './audit-lines.ts';
import { auditRows, auditSummary, namedFiles } from './audit-rows.ts';
import type { MadeFiles } from './made-files.ts';

/** Ended audits that can still be looked at; the report of a whole round has some megabytes. */
const keptAudits = 4;

interface Kept {
  topic: LiveTopic<LiveAudit>;
  stop: AbortController;
  done: Promise<void>;
  /** Where the audited tree lies. */
  root: string;
  outcome: AuditOutcome | undefined;
  /** In the language that was asked for last. */
  report: { locale: string; value: AuditReport; named: ReadonlySet<string> } | undefined;
  /** Unpacked here; goes with the audit. */
  temporary: string | undefined;
  /** Resolves when what a stopped audit was unpacking is gone. */
  leftovers: Promise<void>;
}

export interface AuditsDependencies {
  host: Host;
  /** Unpacks a zip file into a folder. @throws faults of areas `import` and `store`. */
  unpack: (zip: string, folder: string) => Promise<void>;
  /** Where zip files are unpacked: in hidden folders of their own. */
  temporaryFolder?: string;
  /** How many threads an audit gets; by this computer's where absent. */
  threads?: number;
}

/** The audits of one process: each goes on whatever becomes of the page, and its report is asked for in stretches. */
export class Audits {
  readonly #host: Host;
  readonly #unpack: AuditsDependencies['unpack'];
  readonly #temporary: string;
  readonly #threads: number;
  readonly #audits = new Map<string, Kept>();

  constructor({ host, unpack, temporaryFolder = tmpdir(), threads }: AuditsDependencies) {
    this.#host = host;
    this.#unpack = unpack;
    this.#temporary = temporaryFolder;
    // Always in threads of their own: this one serves the instruments.
    this.#threads = threads ?? Math.max(1, Math.min(4, availableParallelism() - 1));
  }

  /**
   * Begins an audit.
   * @param path a folder or zip file
   * @param name what a page calls it; the path's own name where absent
   * @param discard called when the path is not needed any more
   * @throws Fault `audit.noFolder`.
   */
  async start(
    path: string,
    { scope, round }: Omit<StartAudit, 'source'>,
    { name = basename(resolve(path)), discard }: { name?: string; discard?: () => Promise<void> } = {},
  ): Promise<string> {
    const facts = await stat(path).catch((error: unknown) => {
      throw new Fault('audit.noFolder', { path, reason: (error as NodeJS.ErrnoException).code ?? '' });
    });
    const auditId = `audit-${randomUUID()}`;
    const zipped = !facts.isDirectory();
    const topic = new LiveTopic<LiveAudit>({
      auditId,
      name,
      scope,
      round,
      state: zipped ? 'unpacking' : 'auditing',
      done: 0,
      total: 0,
      fault: null,
      summary: null,
    });
    const kept: Kept = {
      topic,
      stop: new AbortController(),
      done: Promise.resolve(),
      root: resolve(path),
      outcome: undefined,
      report: undefined,
      temporary: undefined,
      leftovers: Promise.resolve(),
    };
    kept.done = this.#run(kept, zipped, discard);
    this.#audits.set(auditId, kept);
    await this.#forgetOld();
    return auditId;
  }

  list(): LiveAudit[] {
    return [...this.#audits.values()].map(({ topic }) => topic.value);
  }

  /** @throws Fault `app.operationUnknown`. */
  topic(auditId: string): LiveTopic<LiveAudit> {
    return this.#kept(auditId).topic;
  }

  /** Resolves when the audit has ended, in whichever way. */
  ended(auditId: string): Promise<void> {
    return this.#kept(auditId).done;
  }

  stop(auditId: string): void {
    this.#kept(auditId).stop.abort(new Fault('audit.stopped', {}));
  }

  rows(auditId: string, filter: AuditFilter, offset: number, limit: number): AuditRows {
    const rows = auditRows(this.#report(auditId).value, filter);
    return { total: rows.length, rows: rows.slice(offset, offset + limit) };
  }

  run(auditId: string, index: number): AuditedRun {
    const run = this.#report(auditId).value.runs[index];
    if (!run) throw new Fault('app.operationUnknown', { id: `${auditId}/${index}` });
    return run;
  }

  packageFindings(auditId: string): AuditFinding[] {
    return this.#report(auditId).value.findings;
  }

  /**
   * Raw lines around a place. Only files that the report names are shown, and none outside the audited folder.
   * @throws Fault `audit.outside`, `audit.unreadable`.
   */
  async lines(
    auditId: string,
    place: { file: string; line: number | null },
    signal?: AbortSignal,
  ): Promise<AuditLines> {
    const { named } = this.#report(auditId);
    if (!named.has(place.file)) throw new Fault('audit.outside', { path: place.file.slice(0, 200) });
    const source = await openSource({ kind: 'folder', path: this.#kept(auditId).root });
    return auditLines(source, place, signal);
  }

  /** The report as a file: the same that the command line writes. */
  save(auditId: string, kind: AuditFileKind, files: MadeFiles): Promise<MadeFile> {
    const { value: report } = this.#report(auditId);
    const { name } = this.topic(auditId).value;
    const text = this.#host.text();
    const title = `audit-${name.replace(/\.zip$/i, '')}${report.runs.some((run) => run.simulated) ? '-SIMULATED' : ''}`;
    if (kind === 'json')
      return files.offer(`${title}.json`, 'application/json', (to) =>
        writeFileAtomic(to, `${JSON.stringify(report)}\n`),
      );
    if (kind === 'junit')
      return files.offer(`${title}.xml`, 'application/xml', (to) => writeFileAtomic(to, auditJunit(report, text)));
    const { paper, units } = this.#host.settings.get();
    const render = createAuditRenderer(() => ({ locale: text.locale, paper, units }));
    const createdAt = isoTime(this.#host.clock);
    return files.offer(`${title}.pdf`, 'application/pdf', async (to) =>
      writeFile(to, await render({ report, folder: name, createdAt })),
    );
  }

  /** Ends what is under way and removes what was unpacked. */
  async close(): Promise<void> {
    for (const [auditId, kept] of this.#audits) {
      this.stop(auditId);
      await kept.done;
      await kept.leftovers;
      if (kept.temporary !== undefined) await rm(kept.temporary, { recursive: true, force: true });
    }
    this.#audits.clear();
  }

  async #run(kept: Kept, zipped: boolean, discard: (() => Promise<void>) | undefined): Promise<void> {
    const { topic, stop } = kept;
    const { signal } = stop;
    const unpacked = zipped ? this.#takeOut(kept) : Promise.resolve();
    try {
      await orStopped(unpacked, signal);
      await discard?.();
      signal.throwIfAborted();
      topic.replace({ ...topic.value, state: 'auditing' });
      kept.outcome = await auditFolder(
        { kind: 'folder', path: kept.root },
        {
          scope: topic.value.scope,
          round: topic.value.round,
          signal,
          threads: this.#threads,
          onProgress: (done, total) => topic.replace({ ...topic.value, done, total }),
        },
      );
      signal.throwIfAborted();
      const summary = auditSummary(this.#reportOf(kept, kept.outcome).value);
      topic.replace({ ...topic.value, state: 'done', summary });
    } catch (error) {
      kept.outcome = undefined;
      kept.leftovers = unpacked.catch(() => undefined).then(() => this.#tidy(kept, discard));
      if (!signal.aborted) await kept.leftovers;
      topic.replace({
        ...topic.value,
        state: signal.aborted ? 'stopped' : 'failed',
        fault: signal.aborted ? null : toFault(error).toRecord(),
      });
    }
  }

  /** Removes what an audit without a report has left. */
  async #tidy(kept: Kept, discard: (() => Promise<void>) | undefined): Promise<void> {
    await discard?.().catch(() => undefined);
    if (kept.temporary !== undefined) await rm(kept.temporary, { recursive: true, force: true }).catch(() => undefined);
    kept.temporary = undefined;
  }

  /** Unpacks below the name of the zip file: it may tell the round. */
  async #takeOut(kept: Kept): Promise<void> {
    const folder = await mkdtemp(join(this.#temporary, '.joulebench-audit-')).catch((error: unknown) => {
      throw storeFault(error, this.#temporary);
    });
    kept.temporary = folder;
    const plain = kept.topic.value.name.replace(/\.zip$/i, '').replace(/[^\p{L}\p{N} ._-]/gu, '-');
    const root = join(folder, /^\.*$/.test(plain) ? 'audit' : plain.slice(0, 120));
    await this.#unpack(kept.root, root);
    kept.root = root;
  }

  #kept(auditId: string): Kept {
    const kept = this.#audits.get(auditId);
    if (!kept) throw new Fault('app.operationUnknown', { id: auditId });
    return kept;
  }

  #report(auditId: string): NonNullable<Kept['report']> {
    const kept = this.#kept(auditId);
    if (!kept.outcome) throw new Fault('app.operationUnknown', { id: auditId });
    return this.#reportOf(kept, kept.outcome);
  }

  #reportOf(kept: Kept, outcome: AuditOutcome): NonNullable<Kept['report']> {
    const text = this.#host.text();
    if (kept.report?.locale === text.locale) return kept.report;
    const { name, version } = this.#host.options.app;
    const value = auditReport(outcome, text, `${name} ${version}`);
    kept.report = { locale: text.locale, value, named: namedFiles(value) };
    return kept.report;
  }

  async #forgetOld(): Promise<void> {
    const ended = [...this.#audits].filter(([, { topic }]) =>
      ['done', 'failed', 'stopped'].includes(topic.value.state),
    );
    for (const [auditId, { temporary }] of ended.slice(0, -keptAudits)) {
      this.#audits.delete(auditId);
      if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
    }
  }
}

/** The work, or its end as soon as it is stopped: a zip file of many small files takes its time, and nobody is to wait for it. */
async function orStopped(work: Promise<void>, signal: AbortSignal): Promise<void> {
  let stop: (() => void) | undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    signal.throwIfAborted();
    await Promise.race([work, stopped]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
    work.catch(() => undefined);
  }
}
