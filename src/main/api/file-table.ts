import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../shared/fault/index.ts';

export interface SiteFile {
  /** Absolute path. */
  readonly file: string;
  readonly type: string;
  readonly sizeBytes: number;
}

/** What can be asked for, by the pathname of its URL. No pathname from a request ever reaches the file system. */
export type FileTable = ReadonlyMap<string, SiteFile>;

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  wasm: 'application/wasm',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  ttf: 'font/ttf',
  woff2: 'font/woff2',
  txt: 'text/plain; charset=utf-8',
};

/**
 * Lists a built page once. Files of a kind that a page does not need (source maps among them) are left out; `/` is `index.html`.
 * @throws Fault `api.pageMissing` where there is no `index.html`.
 */
export async function readFileTable(folder: string): Promise<FileTable> {
  const table = new Map<string, SiteFile>();
  await list(folder, '', table);
  const index = table.get('/index.html');
  if (!index) throw new Fault('api.pageMissing', { folder });
  return table.set('/', index);
}

async function list(folder: string, pathname: string, table: Map<string, SiteFile>): Promise<void> {
  for (const entry of await entries(folder)) {
    const file = join(folder, entry.name);
    const path = `${pathname}/${encodeURIComponent(entry.name)}`;
    const type = types[entry.name.slice(entry.name.lastIndexOf('.') + 1).toLowerCase()];
    if (entry.isDirectory()) await list(file, path, table);
    else if (entry.isFile() && type !== undefined) table.set(path, { file, type, sizeBytes: (await stat(file)).size });
  }
}

async function entries(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw new Fault('api.pageMissing', { folder }, { cause: error });
  }
}
