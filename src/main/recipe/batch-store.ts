import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BatchSummary, FileProblem } from '../../shared/domain/batch.ts';
import type { Recipe } from '../../shared/domain/recipe.ts';
import { Fault } from '../../shared/fault/index.ts';
import { openEventFile, readEventFile, storeFault } from '../store/index.ts';
import { batchEventSchema, batchFormat, foldBatch, summariseBatch } from './batch-events.ts';
import type { BatchEvent, RecordedBatch } from './batch-events.ts';
import { recipeReference } from './recipe-file.ts';
import { namesIn } from './recipe-store.ts';

const ending = '.batch.jsonl';

/** The batches of this user: one file of events each. */
export interface BatchStore {
  readonly folder: string;
  /** Newest first; files that cannot be used are named beside them and left alone. */
  list(): Promise<{ batches: BatchSummary[]; problems: FileProblem[] }>;
  /** @throws Fault `recipe.batchUnknown`, `store.newerVersion`, `store.damaged`. */
  read(batchId: string): Promise<RecordedBatch>;
  create(recipe: Recipe, name: string): Promise<RecordedBatch>;
  /** Appends one event, on the disk when this resolves. Whoever appends holds the lock of the batch. */
  append(batchId: string, event: BatchEvent): Promise<void>;
}

export interface BatchStoreEnvironment {
  app: { name: string; version: string };
  /** ISO 8601, UTC. */
  now: () => string;
  randomHex: () => string;
}

export function openBatches(folder: string, { app, now, randomHex }: BatchStoreEnvironment): BatchStore {
  /** What a file said while it does not change: a list of many batches would read them all anew each time. */
  const known = new Map<string, { key: string; summary: BatchSummary }>();

  const pathOf = (batchId: string): string => {
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,100}$/.test(batchId)) throw new Fault('recipe.batchUnknown', { batch: batchId });
    return join(folder, `${batchId}${ending}`);
  };

  const read = async (batchId: string): Promise<RecordedBatch> => {
    const path = pathOf(batchId);
    const events = await readEventFile(path, batchEventSchema, batchFormat).catch((error: unknown) => {
      if (error instanceof Fault && error.code === 'store.notFound')
        throw new Fault('recipe.batchUnknown', { batch: batchId });
      throw error;
    });
    const batch = foldBatch(events);
    if (batch?.batchId !== batchId) throw new Fault('store.damaged', { path, line: 1, reason: 'unknownRecord' });
    return batch;
  };

  const append = async (batchId: string, event: BatchEvent): Promise<void> => {
    const file = await openEventFile<BatchEvent>(pathOf(batchId));
    try {
      await file.append(event, now());
    } finally {
      await file.close();
    }
  };

  return {
    folder,
    read,
    append,
    async list() {
      const batches: BatchSummary[] = [];
      const problems: FileProblem[] = [];
      for (const file of await namesIn(folder, ending)) {
        try {
          const { size, mtimeMs } = await stat(join(folder, file));
          const key = `${size}:${mtimeMs}`;
          const before = known.get(file);
          const summary =
            before?.key === key ? before.summary : summariseBatch(await read(file.slice(0, -ending.length)));
          known.set(file, { key, summary });
          batches.push(summary);
        } catch (error) {
          const fault = error instanceof Fault ? error : storeFault(error, join(folder, file));
          problems.push({ file, fault: fault.toRecord() });
        }
      }
      return { batches: batches.sort((a, b) => b.createdAt.localeCompare(a.createdAt)), problems };
    },
    async create(recipe, name) {
      const stamp = now().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
      const batchId = `${stamp}-${randomHex().slice(0, 6)}`;
      try {
        await mkdir(folder, { recursive: true });
      } catch (error) {
        throw storeFault(error, folder);
      }
      const { sha256 } = recipeReference(recipe);
      await append(batchId, {
        type: 'batch.opened',
        format: batchFormat,
        batchId,
        name,
        app,
        recipe,
        recipeSha256: sha256,
      });
      return read(batchId);
    },
  };
}
