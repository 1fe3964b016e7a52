/** Recipes, what came of their limits, and the batches that follow them. Knows files and pure figures; what measures is the host's. */
export { foldBatch, openAttempt } from './batch-events.ts';
export type { BatchEvent, RecordedBatch } from './batch-events.ts';
export { openBatches } from './batch-store.ts';
export type { BatchStore } from './batch-store.ts';
export { unitFigures } from './figures.ts';
export type { UnitFigures } from './figures.ts';
export { judgeUnit } from './limits.ts';
export { memoryBatches } from './memory-batches.ts';
export { formatRecipe, parseRecipe, recipeReference } from './recipe-file.ts';
export { openRecipes, recipeOrFault } from './recipe-store.ts';
export type { RecipeStore } from './recipe-store.ts';
export { batchStatistics, figureStatistics } from './statistics.ts';
