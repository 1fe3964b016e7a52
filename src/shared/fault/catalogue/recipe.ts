import { z } from 'zod';
import { fault } from './define.ts';

export const recipeFaults = {
  'recipe.unknown': fault('usage', z.object({ recipe: z.string() })),
  /** A file that is no recipe, or one that was damaged; `detail` names the member. */
  'recipe.notARecipe': fault('data', z.object({ path: z.string(), reason: z.string(), detail: z.string() })),
  /** A recipe whose members do not go together; `problem` is one of `recipeProblems`. */
  'recipe.contradicts': fault('usage', z.object({ problem: z.string() })),
  /** The command line says what the recipe says already. */
  'recipe.fixed': fault('usage', z.object({ extra: z.string() })),
  'recipe.noBaseline': fault('usage', z.object({ sessionId: z.string() })),
  'recipe.batchUnknown': fault('usage', z.object({ batch: z.string() })),
  'recipe.batchFull': fault('usage', z.object({ batch: z.string(), most: z.number() })),
  'recipe.batchEmpty': fault('usage', z.object({ batch: z.string() })),
  'recipe.nothingUnderWay': fault('usage', z.object({ batch: z.string() })),
  'recipe.unitUnderWay': fault('usage', z.object({ batch: z.string(), serial: z.string() })),
  'recipe.badSerial': fault('usage', z.object({ serial: z.string(), pattern: z.string() })),
  'recipe.unitKnown': fault('usage', z.object({ serial: z.string(), batch: z.string() })),
} as const;
