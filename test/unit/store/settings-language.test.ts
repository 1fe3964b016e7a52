import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSettings } from '../../../src/main/store/settings.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'settings-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the language of the first start', () => {
  it.each([
    ['de-DE', 'de'],
    ['de_AT.UTF-8', 'de'],
    ['DE', 'de'],
    ['en-GB', 'en'],
    ['fr-FR', 'en'],
    ['den-CA', 'en'],
    ['C', 'en'],
    ['', 'en'],
  ])('follows the system: %s gives %s', async (locale, language) => {
    expect((await openSettings(join(folder, 'none.json'), locale)).get().language).toBe(language);
  });

  it('is English where the system says nothing, and what was chosen wins over the system', async () => {
    expect((await openSettings(join(folder, 'none.json'))).get().language).toBe('en');
    const path = join(folder, 'settings.json');
    await (await openSettings(path, 'de-DE')).set({ language: 'en' });
    expect((await openSettings(path, 'de-DE')).get().language).toBe('en');
    await writeFile(path, '{"version":1}');
    expect((await openSettings(path, 'de-DE')).get().language).toBe('en');
  });
});
