import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PageFolder {
  readonly folder: string;
  readonly report: string;
  dispose(): Promise<void>;
}

/** A folder that looks like a built page, and a report beside it. */
export async function makePageFolder(): Promise<PageFolder> {
  const base = await mkdtemp(join(tmpdir(), 'jb-page-'));
  const folder = join(base, 'renderer');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><script type="module" src="./assets/index-1.js"></script>',
  );
  await writeFile(join(folder, 'assets', 'index-1.js'), 'console.log(1)\n');
  await writeFile(join(folder, 'assets', 'index-1.js.map'), '{}');
  await writeFile(join(folder, 'assets', 'two words.svg'), '<svg/>');
  await writeFile(join(folder, 'assets', 'program.exe'), 'MZ');
  await writeFile(join(base, 'secret.json'), '{}');
  const report = join(base, 'report.pdf');
  await writeFile(report, '%PDF-1.7 0123456789');
  return { folder, report, dispose: () => rm(base, { recursive: true, force: true }) };
}
