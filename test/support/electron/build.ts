import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { resolveConfig } from 'electron-vite';
import { build } from 'vite';
import type { InlineConfig } from 'vite';

export const projectRoot = resolve(import.meta.dirname, '..', '..', '..');

export interface Built {
  readonly folder: string;
  dispose(): Promise<void>;
}

/** Builds one target of electron.vite.config.ts as `electron-vite build` does, into a folder of its own. */
export async function buildTarget(target: 'main' | 'preload'): Promise<Built> {
  const folder = await mkdtemp(join(tmpdir(), `jb-${target}-`));
  const configFile = join(projectRoot, 'electron.vite.config.ts');
  const { config } = await resolveConfig({ root: projectRoot, configFile, logLevel: 'silent' }, 'build', 'production');
  const part = config?.[target] as InlineConfig;
  await build({
    ...part,
    root: projectRoot,
    logLevel: 'silent',
    build: { ...part.build, outDir: folder, emptyOutDir: true },
  });
  return { folder, dispose: () => rm(folder, { recursive: true, force: true }) };
}
