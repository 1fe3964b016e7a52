import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
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

  it('takes what was taken away meanwhile as not there, and what grew or shrank as it was', async () => {
    const root = join(scratch(), 'in');
    const source = await folderSource(root);
    const seen: string[] = [];
    for await (const { path } of source.list()) {
      seen.push(path);
      // Listed as a folder, and gone before it is opened.
      if (path === 'a.txt') rmSync(join(root, 'b'), { recursive: true });
    }
    expect(seen).toEqual(['a.txt', 'b']);
    const reading = source.read('a.txt')[Symbol.asyncIterator]();
    expect((await reading.next()).value).toHaveLength(5);
    appendFileSync(join(root, 'a.txt'), 'x'.repeat(1000));
    expect((await reading.next()).done).toBe(true);
    writeFileSync(join(root, 'big.txt'), 'x'.repeat(600_000));
    const shrinking = source.read('big.txt')[Symbol.asyncIterator]();
    await shrinking.next();
    truncateSync(join(root, 'big.txt'), 10);
    await expect(shrinking.next()).rejects.toMatchObject({ code: 'audit.unreadable', facts: { reason: 'EOF' } });
  });

  it.skipIf(process.platform === 'win32')('waits for no pipe, and sees names that are no text', async () => {
    const root = join(scratch(), 'in');
    execFileSync('mkfifo', [join(root, 'log.txt')]);
    writeFileSync(Buffer.concat([Buffer.from(`${root}/n`), Buffer.from([0xff])]), 'x');
    const source = await folderSource(root);
    expect((await entriesOf(source)).map(({ path, kind }) => [path, kind])).toEqual([
      ['a.txt', 'file'],
      ['b', 'folder'],
      ['b/c.txt', 'file'],
      ['log.txt', 'other'],
      ['n\ufffd', 'other'],
    ]);
    await expect(textOf(source, 'log.txt')).rejects.toMatchObject({ code: 'audit.unreadable' });
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('says what may not be read', async () => {
    const root = join(scratch(), 'in');
    chmodSync(join(root, 'a.txt'), 0);
    const source = await folderSource(root);
    await expect(textOf(source, 'a.txt')).rejects.toMatchObject({ facts: { reason: 'EACCES' } });
    chmodSync(join(root, 'b'), 0);
    await expect(entriesOf(source)).rejects.toMatchObject({ code: 'audit.unreadable', facts: { reason: 'EACCES' } });
    chmodSync(join(root, 'b'), 0o700);
  });
});
