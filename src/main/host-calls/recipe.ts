import { writeFile } from 'node:fs/promises';
import type { Recipe, RecipeSummary } from '../../shared/domain/recipe.ts';
import { Fault } from '../../shared/fault/index.ts';
import { foldSession } from '../session/index.ts';
import { formatRecipe, unitFigures } from '../recipe/index.ts';
import { batchFileName, writeBatchCsv } from '../report/index.ts';
import { readSession } from '../store/index.ts';
import type { HostContext, SomeCalls } from './context.ts';

/** Recipes and the batches that follow them. */
export function recipeCalls({ host, batches, madeFiles, folderOf }: HostContext) {
  const { recipes } = host;
  return {
    'recipe.list': async () => {
      const found = await recipes.list();
      return { recipes: found.recipes.map(summaryOf), problems: found.problems };
    },
    'recipe.get': ({ recipeId }) => recipes.get(recipeId),
    'recipe.save': ({ recipeId, body }) => recipes.save(body, recipeId),
    'recipe.remove': async ({ recipeId }) => {
      await recipes.remove(recipeId);
      return {};
    },
    'recipe.export': async ({ recipeId }) => {
      const recipe = await recipes.get(recipeId);
      return madeFiles.offer(`${recipe.id}.recipe.json`, 'application/json', (path) =>
        writeFile(path, formatRecipe(recipe)),
      );
    },
    'recipe.import': ({ name, text }) => recipes.add(name, text),
    'recipe.baseline': async ({ sessionId }) => {
      const session = foldSession((await readSession(folderOf(sessionId))).entries);
      const unit = session && unitFigures([session]);
      if (!session || !unit || unit.figures.length === 0) throw new Fault('recipe.noBaseline', { sessionId });
      return { sessionId, createdAt: session.openedAt, simulated: unit.simulated, figures: unit.figures };
    },
    'batch.list': () => host.batches.list(),
    'batch.create': async ({ recipeId, name }) => {
      const { batchId } = await host.batches.create(await recipes.get(recipeId), name);
      return { batchId };
    },
    'batch.startUnit': async ({ batchId, serial, operator, again }, { signal }) => {
      const unit = { serial, again, operator: operator.trim() || host.settings.get().operator };
      return { outcome: await batches.startUnit(batchId, unit, signal) };
    },
    'batch.resumeUnit': async ({ batchId }, { signal }) => {
      await batches.resumeUnit(batchId, signal);
      return {};
    },
    'batch.putAside': async ({ batchId }) => {
      await batches.putAside(batchId);
      return {};
    },
    'batch.export': async ({ batchId, format }) => {
      const batch = await batches.state(batchId);
      if (batch.attempts.length === 0) throw new Fault('recipe.batchEmpty', { batch: batch.name });
      const name = batchFileName(batch, format);
      if (format === 'csv') return madeFiles.offer(name, 'text/csv', (path) => writeFile(path, writeBatchCsv(batch)));
      const bytes = await host.renderBatch(batch);
      return madeFiles.offer(name, 'application/pdf', (path) => writeFile(path, bytes));
    },
  } satisfies SomeCalls;
}

function summaryOf({ id, name, note, bench, items, modes, limits, savedAt }: Recipe): RecipeSummary {
  return {
    id,
    name,
    note,
    bench,
    workloads: items.map((item) => item.workload),
    modes,
    limits: limits.length,
    savedAt,
  };
}
