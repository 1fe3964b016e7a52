import type { Recipe } from '../../shared/domain/recipe.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { DatedEvent } from '../store/index.ts';
import { batchFormat, foldBatch, summariseBatch } from './batch-events.ts';
import type { BatchEvent, RecordedBatch } from './batch-events.ts';
import type { BatchStore, BatchStoreEnvironment } from './batch-store.ts';
import { recipeReference } from './recipe-file.ts';

/** Batches that are kept nowhere: for a recipe that is followed once, whose sessions say all that has to stay. */
export function memoryBatches({ app, now, randomHex }: BatchStoreEnvironment): BatchStore {
  const known = new Map<string, DatedEvent<BatchEvent>[]>();
  const eventsOf = (batchId: string): DatedEvent<BatchEvent>[] => {
    const events = known.get(batchId);
    if (!events) throw new Fault('recipe.batchUnknown', { batch: batchId });
    return events;
  };
  const read = (batchId: string): Promise<RecordedBatch> => {
    const batch = foldBatch(eventsOf(batchId));
    return batch ? Promise.resolve(batch) : Promise.reject(new Fault('recipe.batchUnknown', { batch: batchId }));
  };
  return {
    folder: '',
    read,
    append(batchId, event) {
      eventsOf(batchId).push({ at: now(), event });
      return Promise.resolve();
    },
    async list() {
      const batches = await Promise.all([...known.keys()].map(read));
      return { batches: batches.map(summariseBatch), problems: [] };
    },
    create(recipe: Recipe, name: string) {
      const batchId = randomHex().slice(0, 12);
      const { sha256: recipeSha256 } = recipeReference(recipe);
      const event: BatchEvent = { type: 'batch.opened', format: batchFormat, batchId, name, app, recipe, recipeSha256 };
      known.set(batchId, [{ at: now(), event }]);
      return read(batchId);
    },
  };
}
