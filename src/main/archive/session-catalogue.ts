import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sessionQuerySchema } from '../../shared/domain/session-query.ts';
import type { SessionFacets, SessionFilter, SessionQuery } from '../../shared/domain/session-query.ts';
import { journalName, manifestName, storeFault } from '../store/index.ts';
import type { FoundSession, IndexEntry, IndexedSession, SessionIndex } from '../store/index.ts';

/** How many folders are read before what was found is put into the index. */
const batchSize = 32;

export interface CatalogueOptions {
  /** The sessions folder. */
  root: string;
  index: SessionIndex;
  /** Called when the index fails (a damaged file): a new, empty one. */
  reopen: () => Promise<SessionIndex>;
  read: (folder: string) => Promise<IndexedSession | undefined>;
  nowMs: () => number;
  /** Resolves after so many milliseconds. */
  wait: (ms: number) => Promise<void>;
}

export interface FoundPage {
  rows: FoundSession[];
  total: number;
  all: number;
  /** Folders not read yet. */
  pending: number;
}

/** A glance at all folders is taken at most this often; scrolling asks many times a second. */
const glanceEveryMs = 1000;
/** How long an answer waits for folders that have to be read: the few of a day are ready by then. */
const patienceMs = 300;

/**
 * The sessions of a folder, by their index. Every question compares the folders with the index first, by size and time of their
 * journals, and reads only what changed; thousands are read in the background while answers say how many are missing.
 */
export class SessionCatalogue {
  readonly #options: CatalogueOptions;
  #index: SessionIndex;
  #glancedAtMs = Number.NEGATIVE_INFINITY;
  #queue = new Map<string, string>();
  #reading: Promise<void> | undefined;

  constructor(options: CatalogueOptions) {
    this.#options = options;
    this.#index = options.index;
  }

  get kind(): SessionIndex['kind'] {
    return this.#index.kind;
  }

  async find(query: SessionQuery): Promise<FoundPage> {
    await this.refresh(patienceMs);
    return this.#ask((index) => ({ ...index.find(query), all: index.count(), pending: this.#queue.size }));
  }

  async facets(filter: SessionFilter): Promise<SessionFacets> {
    await this.refresh(patienceMs);
    return this.#ask((index) => index.facets(filter));
  }

  /** Every session, once all folders were read. */
  async all(): Promise<FoundSession[]> {
    this.changed();
    await this.refresh();
    const everything = sessionQuerySchema.parse({});
    return this.#ask((index) => index.find({ ...everything, limit: Number.MAX_SAFE_INTEGER }).rows);
  }

  /** The next question looks at all folders again. */
  changed(): void {
    this.#glancedAtMs = Number.NEGATIVE_INFINITY;
  }

  /** Brings the index up to date, for at most so long; without a limit until it is. */
  async refresh(patience = Number.POSITIVE_INFINITY): Promise<void> {
    const now = this.#options.nowMs();
    if (now - this.#glancedAtMs >= glanceEveryMs) {
      this.#glancedAtMs = now;
      await this.#ask((index) => this.#glance(index));
    }
    if (this.#queue.size > 0) this.#reading ??= this.#readQueue().finally(() => (this.#reading = undefined));
    if (!this.#reading) return;
    await (Number.isFinite(patience) ? Promise.race([this.#reading, this.#options.wait(patience)]) : this.#reading);
  }

  close(): void {
    this.#queue.clear();
    this.#index.close();
  }

  #glance(index: SessionIndex): void {
    const known = index.stamps();
    const found = stampsOf(this.#options.root);
    const gone = [...known.keys()].filter((name) => !found.has(name));
    if (gone.length > 0) index.remove(gone);
    this.#queue = new Map([...found].filter(([name, stamp]) => known.get(name) !== stamp));
  }

  async #readQueue(): Promise<void> {
    while (this.#queue.size > 0) {
      // The newest first: they are what a person looks for.
      const batch = [...this.#queue].slice(0, batchSize);
      const entries: IndexEntry[] = [];
      for (const [name, stamp] of batch) {
        const session = await this.#options.read(join(this.#options.root, name));
        entries.push({ name, stamp, ...(session ? { session } : {}) });
      }
      await this.#ask((index) => index.put(entries));
      for (const [name, stamp] of batch) if (this.#queue.get(name) === stamp) this.#queue.delete(name);
    }
  }

  /** An index that fails is replaced once and filled anew. */
  async #ask<T>(question: (index: SessionIndex) => T): Promise<T> {
    try {
      return question(this.#index);
    } catch (error) {
      if (!isIndexError(error)) throw error;
      this.#index = await this.#options.reopen();
      this.#queue = stampsOf(this.#options.root);
      return question(this.#index);
    }
  }
}

function isIndexError(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === 'ERR_SQLITE_ERROR';
}

/** Name and stamp of every folder with a journal, newest name first. Links are not followed, hidden folders are not sessions. */
function stampsOf(root: string): Map<string, string> {
  let entries;
  try {
    entries = readdirSync(root, { withFileTypes: true });
  } catch (error) {
    const fault = storeFault(error, root);
    if (fault.code === 'store.notFound') return new Map();
    throw fault;
  }
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  const stamps = new Map<string, string>();
  for (const name of names.sort().reverse()) {
    const journal = statSync(join(root, name, journalName), { throwIfNoEntry: false });
    if (!journal?.isFile()) continue;
    const sealed = statSync(join(root, name, manifestName), { throwIfNoEntry: false });
    stamps.set(name, `${journal.size}:${journal.mtimeMs}:${sealed?.mtimeMs ?? 0}`);
  }
  return stamps;
}
