import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MadeFiles } from '../../../src/main/host-services/made-files.ts';

describe('files made for a page', () => {
  let folder: string;
  let made: MadeFiles;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'joulebench-test-'));
    made = new MadeFiles();
  });
  afterEach(async () => {
    await made.close();
    await rm(folder, { recursive: true, force: true });
  });

  const text = (words: string) => (path: string) => writeFile(path, words);

  it('are offered under a plain name and saved whole', async () => {
    const file = await made.offer('a/b\\..:units "1".csv', 'text/csv', text('x;y\n'));
    expect(file).toMatchObject({ mediaType: 'text/csv', sizeBytes: 4 });
    expect(file.name).toMatch(/^[^/\\:"]+\.csv$/);
    await made.save(file.fileId, join(folder, 'units.csv'));
    expect(await readFile(join(folder, 'units.csv'), 'utf8')).toBe('x;y\n');
    expect(await readdir(folder)).toEqual(['units.csv']);
  });

  it('leave nothing behind when making or saving fails', async () => {
    await expect(made.offer('a.csv', 'text/csv', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    const file = await made.offer('a.csv', 'text/csv', text('x'));
    await expect(made.save(file.fileId, join(folder, 'missing', 'a.csv'))).rejects.toMatchObject({
      code: expect.stringMatching(/^store\./) as unknown,
    });
    await expect(made.save('unknown', join(folder, 'a.csv'))).rejects.toMatchObject({ code: 'app.fileGone' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('are forgotten when many newer ones were made, and all of them in the end', async () => {
    const first = await made.offer('first.csv', 'text/csv', text('1'));
    for (let count = 0; count < 20; count++) await made.offer('more.csv', 'text/csv', text('2'));
    expect(made.find(first.fileId)).toBeUndefined();
    const last = await made.offer('last.csv', 'text/csv', text('3'));
    const path = made.find(last.fileId)?.path ?? '';
    await made.close();
    await expect(readdir(dirname(path))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
