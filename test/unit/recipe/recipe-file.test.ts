import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatRecipe, openRecipes, parseRecipe, recipeReference } from '../../../src/main/recipe/index.ts';
import type { Recipe } from '../../../src/shared/domain/recipe.ts';
import { madeUpBody, madeUpRecipe } from '../../support/made-up-recipe.ts';

let count = 0;
const fresh = (folder = mkdtempSync(join(tmpdir(), 'joulebench-recipes-'))) =>
  openRecipes(folder, {
    now: () => '2026-11-02T08:00:00.000Z',
    randomHex: () => (count += 1).toString(16).padStart(32, 'f').split('').reverse().join(''),
  });

describe('the text of a recipe', () => {
  it('is read back as it was written, whatever the order of its members', () => {
    const recipe = madeUpRecipe();
    const parsed = parseRecipe(formatRecipe(recipe));
    expect(parsed).toEqual({ ok: true, recipe });
    const turned = JSON.stringify(Object.fromEntries(Object.entries(recipe).reverse()));
    const other = parseRecipe(turned);
    expect(other.ok && recipeReference(other.recipe)).toEqual(recipeReference(recipe));
  });

  it.each([
    ['newerVersion', (recipe: Recipe) => ({ ...recipe, schema: 'joulebench.recipe/2' })],
    ['notValid', (recipe: Recipe) => ({ ...recipe, schema: 'joulebench.cert/1' })],
    ['notValid', (recipe: Recipe) => ({ ...recipe, surprise: true })],
    ['notValid', (recipe: Recipe) => ({ ...recipe, limits: [] })],
    ['notValid', (recipe: Recipe) => ({ ...recipe, settings: { ...recipe.settings, warmUps: 3 } })],
    ['contradicts', (recipe: Recipe) => ({ ...recipe, modes: ['performance'] })],
    ['contradicts', (recipe: Recipe) => ({ ...recipe, limits: [...recipe.limits, ...recipe.limits] })],
    ['contradicts', ({ baseline: _baseline, ...recipe }: Recipe) => recipe],
    ['contradicts', (recipe: Recipe) => ({ ...recipe, items: [{ workload: 'kws01' }] })],
  ] as const)('is refused: %s', (reason, change) => {
    expect(parseRecipe(JSON.stringify(change(madeUpRecipe())))).toMatchObject({ ok: false, reason });
  });

  it('is refused where it is no JSON or far too long', () => {
    for (const text of ['', '{', 'null', '[]', '"x"', '1e999', 'x'.repeat(300_000)])
      expect(parseRecipe(text).ok).toBe(false);
  });
});

describe('the folder of recipes', () => {
  it('keeps, lists, changes and removes them', async () => {
    const store = fresh();
    expect(await store.list()).toEqual({ recipes: [], problems: [] });
    const saved = await store.save(madeUpBody({ name: 'Eingangsprüfung Straße 3' }));
    expect(saved.id).toMatch(/^eingangspru-fung-stra-e-3-[0-9a-f]{8}$/);
    const changed = await store.save(madeUpBody({ name: 'Other' }), saved.id);
    expect((await store.list()).recipes).toEqual([changed]);
    await store.remove(saved.id);
    await expect(store.get(saved.id)).rejects.toMatchObject({ code: 'recipe.unknown' });
    await expect(store.remove(saved.id)).rejects.toMatchObject({ code: 'recipe.unknown' });
    await expect(store.get('../settings')).rejects.toMatchObject({ code: 'recipe.unknown' });
  });

  it('names what cannot be used, leaves it alone and overwrites nothing', async () => {
    const store = fresh();
    const good = await store.save(madeUpBody());
    const newer = JSON.stringify({ ...madeUpRecipe(), id: 'newer', schema: 'joulebench.recipe/9' });
    writeFileSync(join(store.folder, 'newer.recipe.json'), newer);
    writeFileSync(join(store.folder, 'cut.recipe.json'), formatRecipe(good).slice(0, 200));
    const { recipes, problems } = await store.list();
    expect(recipes).toEqual([good]);
    expect(problems.map(({ file, fault }) => [file, fault.code])).toEqual([
      ['cut.recipe.json', 'recipe.notARecipe'],
      ['newer.recipe.json', 'store.newerVersion'],
    ]);
    await expect(store.save(madeUpBody(), 'newer')).rejects.toMatchObject({ code: 'store.newerVersion' });
    await store.add('newer.json', formatRecipe({ ...madeUpRecipe(), id: 'newer' }));
    expect(readFileSync(join(store.folder, 'newer.recipe.json'), 'utf8')).toBe(newer);
    expect((await store.list()).recipes).toHaveLength(2);
  });

  it('refuses a recipe that contradicts itself, with nothing half written', async () => {
    const store = fresh();
    await expect(store.save(madeUpBody({ modes: ['accuracy'] }))).rejects.toMatchObject({
      code: 'recipe.contradicts',
    });
    expect(readdirSync(store.folder)).toEqual([]);
  });

  it('takes an exported recipe once, and another one of the same id beside it', async () => {
    const store = fresh();
    const text = formatRecipe(madeUpRecipe());
    const first = await store.add('a.json', text);
    expect(await store.add('a.json', text)).toEqual(first);
    const other = await store.add('b.json', formatRecipe(madeUpRecipe({ note: 'other' })));
    expect(other.id).not.toBe(first.id);
    expect((await store.list()).recipes).toHaveLength(2);
    await expect(store.add('c.json', '{}')).rejects.toMatchObject({ code: 'recipe.notARecipe' });
  });
});
