import { createHash } from 'node:crypto';
import { recipeFormat, recipeProblems, recipeSchema } from '../../shared/domain/recipe.ts';
import type { Recipe, RecipeReference } from '../../shared/domain/recipe.ts';

/** Largest file that is read as a recipe; a real one has a few kilobytes. */
export const largestRecipeBytes = 256 * 1024;

export type ParsedRecipe =
  | { ok: true; recipe: Recipe }
  | { ok: false; reason: 'newerVersion' | 'notReadable' | 'notValid' | 'contradicts'; detail: string };

/** Reads a recipe from the text of its file. Never throws: a newer version and every damage are told apart. */
export function parseRecipe(text: string): ParsedRecipe {
  if (text.length > largestRecipeBytes) return { ok: false, reason: 'notReadable', detail: String(text.length) };
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { ok: false, reason: 'notReadable', detail: 'JSON' };
  }
  const format = typeof value === 'object' && value !== null ? (value as { schema?: unknown }).schema : undefined;
  if (isNewer(format)) return { ok: false, reason: 'newerVersion', detail: String(format) };
  const parsed = recipeSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { ok: false, reason: 'notValid', detail: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` };
  }
  const [problem] = recipeProblems(parsed.data);
  if (problem) return { ok: false, reason: 'contradicts', detail: problem.key };
  return { ok: true, recipe: parsed.data };
}

/** The text of a recipe's file: members in the order of the schema, so that the same recipe gives the same bytes. */
export function formatRecipe(recipe: Recipe): string {
  return `${JSON.stringify(recipeSchema.parse(recipe), undefined, 2)}\n`;
}

/** Name and hash by which sessions and batches refer to a recipe. */
export function recipeReference(recipe: Recipe): RecipeReference {
  return { name: recipe.name, sha256: createHash('sha256').update(formatRecipe(recipe)).digest('hex') };
}

function isNewer(format: unknown): boolean {
  const [, own] = recipeFormat.split('/');
  const found = typeof format === 'string' ? /^joulebench\.recipe\/(\d{1,6})$/.exec(format)?.[1] : undefined;
  return found !== undefined && Number(found) > Number(own);
}
