import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBenchFile } from '../../../src/main/store/index.ts';

const inFolder = (): string => join(mkdtempSync(join(tmpdir(), 'jb-bench-')), 'config', 'bench.json');
const withFile = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'jb-bench-')), 'bench.json');
  writeFileSync(path, text);
  return path;
};

describe('the bench file', () => {
  it('remembers, in the order of the changes', async () => {
    const path = inFolder();
    const file = await openBenchFile(path);
    expect(file.get()).toMatchObject({ kind: null, instruments: [] });
    await Promise.all([
      file.change((memory) => ({ ...memory, kind: 'real' })),
      file.change((memory) => ({ ...memory, name: `${String(memory.kind)} bench` })),
    ]);
    expect((await openBenchFile(path)).get()).toMatchObject({ version: 1, kind: 'real', name: 'real bench' });
  });

  it.each([
    ['{ "version": 2, "kind": "real" }', 'store.newerVersion'],
    ['{ "version": 1, "kin', 'bench.fileInvalid'],
    ['{ "version": 1, "kind": "imagined" }', 'bench.fileInvalid'],
    ['{ "version": 1, "colour": "red" }', 'bench.fileInvalid'],
  ])('leaves %s as it is, and says why nothing is remembered', async (text, code) => {
    const path = withFile(text);
    const file = await openBenchFile(path);
    expect(file.problem?.code).toBe(code);
    await expect(file.change((memory) => memory)).rejects.toMatchObject({ code });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('refuses what it could not read again', async () => {
    const path = inFolder();
    const file = await openBenchFile(path);
    await expect(file.change((memory) => ({ ...memory, name: 'x'.repeat(81) }))).rejects.toMatchObject({
      code: 'bench.fileInvalid',
      facts: { field: 'name' },
    });
    await file.change((memory) => ({ ...memory, name: 'Lab 2' }));
    expect(file.get().name).toBe('Lab 2');
  });
});
