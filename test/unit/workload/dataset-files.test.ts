import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diskDatasetFiles } from '../../../src/main/workload/index.ts';

describe('diskDatasetFiles', () => {
  let folder = '';
  const files = diskDatasetFiles(process.platform);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'joulebench-dataset-'));
    await writeFile(join(folder, 'a.bin'), Uint8Array.of(1, 2, 3, 4, 5));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('joins names as the platform does', () => {
    expect(diskDatasetFiles('linux').join('/data/kws01', 'a.bin')).toBe('/data/kws01/a.bin');
    expect(diskDatasetFiles('win32').join('C:\\data\\kws01', 'a.bin')).toBe('C:\\data\\kws01\\a.bin');
    expect(diskDatasetFiles('win32').join('\\\\server\\share', 'kws01', 'a.bin')).toBe(
      '\\\\server\\share\\kws01\\a.bin',
    );
  });

  it('tells files, folders and nothing apart', async () => {
    expect(await files.facts(join(folder, 'a.bin'))).toEqual({ kind: 'file', bytes: 5 });
    expect(await files.facts(folder)).toMatchObject({ kind: 'folder' });
    expect(await files.facts(join(folder, 'b.bin'))).toBeUndefined();
    expect(await files.facts(join(folder, 'a.bin', 'below-a-file'))).toBeUndefined();
  });

  it('reads a part, and what is left at the end', async () => {
    expect(await files.read(join(folder, 'a.bin'), 1, 2)).toEqual(Uint8Array.of(2, 3));
    expect(await files.read(join(folder, 'a.bin'), 3, 10)).toEqual(Uint8Array.of(4, 5));
    expect(await files.read(join(folder, 'a.bin'), 9, 10)).toEqual(new Uint8Array());
    await expect(files.read(join(folder, 'a.bin'), 0, 1, AbortSignal.abort())).rejects.toThrow();
    await expect(files.read(join(folder, 'b.bin'), 0, 1)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
