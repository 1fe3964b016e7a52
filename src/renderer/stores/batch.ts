import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { CallInput, CallOutput } from '../../shared/contract/index.ts';
import type { BatchState } from '../../shared/domain/batch.ts';
import type { Baseline, Recipe, RecipeBody } from '../../shared/domain/recipe.ts';
import type { MadeFile } from '../../shared/domain/made-file.ts';
import type { SessionSummary } from '../../shared/domain/session-summary.ts';
import type { Fault } from '../../shared/fault/index.ts';
import { useClient } from '../client/index.ts';

type UnitAnswer = CallOutput<'batch.startUnit'>['outcome'];

/** Recipes and batches on disk, and the batch that this page follows. */
export const useBatchStore = defineStore('batch', () => {
  const client = useClient();
  const recipes = shallowRef<CallOutput<'recipe.list'>>({ recipes: [], problems: [] });
  const batches = shallowRef<CallOutput<'batch.list'>>({ batches: [], problems: [] });
  const loaded = ref(false);
  const current = shallowRef<BatchState>();
  const fault = shallowRef<Fault>();
  const followedId = ref<string>();
  let unfollow: (() => void) | undefined;

  /** The attempt that has come to no end, whether it runs or was interrupted. */
  const open = computed(() =>
    current.value?.attempts.find(({ state }) => state === 'running' || state === 'interrupted'),
  );

  async function load(): Promise<void> {
    [recipes.value, batches.value] = await Promise.all([client.call('recipe.list', {}), client.call('batch.list', {})]);
    loaded.value = true;
  }

  const getRecipe = (recipeId: string): Promise<Recipe> => client.call('recipe.get', { recipeId });

  const saveRecipe = (body: RecipeBody, recipeId: string | undefined): Promise<Recipe> =>
    client.call('recipe.save', recipeId === undefined ? { body } : { body, recipeId });

  async function removeRecipe(recipeId: string): Promise<void> {
    await client.call('recipe.remove', { recipeId });
    await load();
  }

  const exportRecipe = (recipeId: string): Promise<MadeFile> => client.call('recipe.export', { recipeId });

  async function importRecipe(name: string, text: string): Promise<void> {
    await client.call('recipe.import', { name, text });
    await load();
  }

  /** Finished sessions of some of the workloads, newest first: what a baseline can be chosen from. */
  async function baselines(workloads: string[]): Promise<readonly SessionSummary[]> {
    return (await client.call('session.list', { workloads, states: ['closed'], limit: 200 })).rows;
  }

  const baselineOf = (sessionId: string): Promise<Baseline> => client.call('recipe.baseline', { sessionId });

  async function create(recipeId: string, name: string): Promise<string> {
    return (await client.call('batch.create', { recipeId, name })).batchId;
  }

  function follow(batchId: string): void {
    if (followedId.value === batchId) return;
    leave();
    followedId.value = batchId;
    unfollow = client.follow(
      'batch',
      { batchId },
      { value: (value) => (current.value = value), fault: (reason) => (fault.value = reason) },
    );
  }

  function leave(): void {
    unfollow?.();
    unfollow = undefined;
    followedId.value = undefined;
    current.value = undefined;
    fault.value = undefined;
  }

  async function startUnit(input: CallInput<'batch.startUnit'>): Promise<UnitAnswer> {
    return (await client.call('batch.startUnit', input)).outcome;
  }

  async function resumeUnit(batchId: string): Promise<void> {
    await client.call('batch.resumeUnit', { batchId });
  }

  async function putAside(batchId: string): Promise<void> {
    await client.call('batch.putAside', { batchId });
  }

  const exportBatch = (batchId: string, format: 'csv' | 'pdf'): Promise<MadeFile> =>
    client.call('batch.export', { batchId, format });

  return {
    recipes,
    batches,
    loaded,
    current,
    fault,
    open,
    load,
    getRecipe,
    saveRecipe,
    removeRecipe,
    exportRecipe,
    importRecipe,
    baselines,
    baselineOf,
    create,
    follow,
    leave,
    startUnit,
    resumeUnit,
    putAside,
    exportBatch,
  };
});
