import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileProblem } from '../../shared/domain/batch.ts';
import { recipeBodySchema, recipeFormat, recipeIdSchema, recipeProblems } from '../../shared/domain/recipe.ts';
import type { Recipe, RecipeBody } from '../../shared/domain/recipe.ts';
import { Fault } from '../../shared/fault/index.ts';
import { storeFault, writeFileAtomic } from '../store/index.ts';
import { formatRecipe, parseRecipe } from './recipe-file.ts';
import type { ParsedRecipe } from './recipe-file.ts';

const ending = '.recipe.json';

/** The recipes of this user, one file each. */
export interface RecipeStore {
  readonly folder: string;
  /** By name; files that cannot be used are named beside them and left alone. */
  list(): Promise<{ recipes: Recipe[]; problems: FileProblem[] }>;
  /** @throws Fault `recipe.unknown`, `store.newerVersion`, `recipe.notARecipe`. */
  get(id: string): Promise<Recipe>;
  /** A new recipe without an id. @throws Fault `recipe.contradicts`, faults of area `store`; nothing is changed then. */
  save(body: RecipeBody, id?: string): Promise<Recipe>;
  /** Takes a recipe from the text of a file; one of the same id with another content gets a new id. */
  add(name: string, text: string): Promise<Recipe>;
  remove(id: string): Promise<void>;
}

export interface RecipeStoreEnvironment {
  /** ISO 8601, UTC. */
  now: () => string;
  randomHex: () => string;
}

export function openRecipes(folder: string, { now, randomHex }: RecipeStoreEnvironment): RecipeStore {
  const pathOf = (id: string): string => {
    if (!recipeIdSchema.safeParse(id).success) throw new Fault('recipe.unknown', { recipe: id });
    return join(folder, `${id}${ending}`);
  };

  const read = async (id: string): Promise<Recipe> => {
    const path = pathOf(id);
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Fault('recipe.unknown', { recipe: id });
      throw storeFault(error, path);
    }
    return recipeOrFault(parseRecipe(text), path);
  };

  const write = async (recipe: Recipe): Promise<Recipe> => {
    try {
      await mkdir(folder, { recursive: true });
    } catch (error) {
      throw storeFault(error, folder);
    }
    await writeFileAtomic(pathOf(recipe.id), formatRecipe(recipe));
    return recipe;
  };

  const freshId = (name: string): string => {
    const slug = name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40);
    return `${slug || 'recipe'}-${randomHex().slice(0, 8)}`;
  };

  return {
    folder,
    async list() {
      const recipes: Recipe[] = [];
      const problems: FileProblem[] = [];
      for (const file of await namesIn(folder, ending)) {
        try {
          recipes.push(await read(file.slice(0, -ending.length)));
        } catch (error) {
          const fault = error instanceof Fault ? error : storeFault(error, join(folder, file));
          problems.push({ file, fault: fault.toRecord() });
        }
      }
      return { recipes: recipes.sort((a, b) => a.name.localeCompare(b.name)), problems };
    },
    get: read,
    async save(body, id) {
      const checked = recipeBodySchema.parse(body);
      const [problem] = recipeProblems(checked);
      if (problem) throw new Fault('recipe.contradicts', { problem: problem.key });
      // What cannot be read is not overwritten: it may be a newer program's.
      if (id !== undefined) await read(id);
      return write({ ...checked, schema: recipeFormat, id: id ?? freshId(checked.name), savedAt: now() });
    },
    async add(name, text) {
      const recipe = recipeOrFault(parseRecipe(text), name);
      const { recipes, problems } = await this.list();
      const same = recipes.find((other) => other.id === recipe.id);
      if (same && formatRecipe(same) === formatRecipe(recipe)) return same;
      const taken = same !== undefined || problems.some(({ file }) => file === `${recipe.id}${ending}`);
      return write(taken ? { ...recipe, id: freshId(recipe.name) } : recipe);
    },
    async remove(id) {
      const path = pathOf(id);
      try {
        await rm(path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Fault('recipe.unknown', { recipe: id });
        throw storeFault(error, path);
      }
    },
  };
}

/** @throws Fault `store.newerVersion`, `recipe.notARecipe`. */
export function recipeOrFault(parsed: ParsedRecipe, path: string): Recipe {
  if (parsed.ok) return parsed.recipe;
  if (parsed.reason === 'newerVersion')
    throw new Fault('store.newerVersion', { path, format: parsed.detail, supported: recipeFormat });
  throw new Fault('recipe.notARecipe', { path, reason: parsed.reason, detail: parsed.detail });
}

/** Names of the files of a folder with an ending, in order; an absent folder has none. */
export async function namesIn(folder: string, end: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith(end) && !name.startsWith('.')).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw storeFault(error, folder);
  }
}
