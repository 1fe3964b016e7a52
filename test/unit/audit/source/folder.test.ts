import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderSource } from '../../../../src/main/audit/source/index.ts';
import type { FileSource, SourceEntry } from '../../../../src/main/audit/source/index.ts';

function scratch(): string {
  const root = mkdtempSync(join(tmpdir(), 'jb-audit-'));
  mkdirSync(join(root, 'in/b'), { recursive: true });
  writeFileSync(join(root, 'in/a.txt'), 'hello');
  writeFileSync(join(root, 'in/b/c.txt'), 'x'.repeat(10));
  writeFileSync(join(root, 'secret.txt'), 'secret');
  return root;
}

async function entriesOf(source: FileSource): Promise<SourceEntry[]> {
  const entries: SourceEntry[] = [];
  for await (const entry of source.list()) entries.push(entry);
  return entries;
}

async function textOf(source: FileSource, path: string, range?: { start?: number; end?: number }): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source.read(path, range)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe('a folder as a source', () => {
  it('lists its tree in order and reads its files, whole or in part', async () => {
    const source = await folderSource(join(scratch(), 'in'));
    expect(await entriesOf(source)).toEqual([
      { path: 'a.txt', kind: 'file', bytes: 5 },
      { path: 'b', kind: 'folder', bytes: 0 },
      { path: 'b/c.txt', kind: 'file', bytes: 10 },
    ]);
    expect(await textOf(source, 'a.txt')).toBe('hello');
    expect(await textOf(source, 'a.txt', { start: 1, end: 3 })).toBe('el');
    expect(source.context.at(-1)).toBe('in');
  });

  it('follows no link, so that neither a loop nor a way out does harm', async () => {
    const root = scratch();
    symlinkSync(join(root, 'in'), join(root, 'in/loop'));
    symlinkSync(join(root, 'secret.txt'), join(root, 'in/way-out.txt'));
    const source = await folderSource(join(root, 'in'));
    const links = (await entriesOf(source)).filter(({ kind }) => kind === 'link');
    expect(links.map(({ path }) => path)).toEqual(['loop', 'way-out.txt']);
    await expect(textOf(source, 'way-out.txt')).rejects.toMatchObject({ code: 'audit.outside' });
    await expect(textOf(source, '../secret.txt')).rejects.toMatchObject({ code: 'audit.outside' });
    await expect(textOf(source, 'b/../../secret.txt')).rejects.toMatchObject({ code: 'audit.outside' });
    await expect(textOf(source, 'b')).rejects.toMatchObject({ code: 'audit.unreadable' });
    await expect(textOf(source, 'absent.txt')).rejects.toMatchObject({ code: 'audit.unreadable' });
  });

  it('refuses what is no folder, and a tree that is too deep', async () => {
    const root = scratch();
    await expect(folderSource(join(root, 'secret.txt'))).rejects.toMatchObject({ code: 'audit.noFolder' });
    await expect(folderSource(join(root, 'absent'))).rejects.toMatchObject({ code: 'audit.noFolder' });
    mkdirSync(join(root, 'in', ...Array.from({ length: 45 }, () => 'd')), { recursive: true });
    await expect(entriesOf(await folderSource(join(root, 'in')))).rejects.toMatchObject({
      code: 'audit.tooMuch',
      facts: { limit: 'depth' },
    });
  });
});
