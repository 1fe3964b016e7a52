import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, Platform } from 'electron-builder';
import type { Configuration } from 'electron-builder';
import { buildTarget, projectRoot } from './build.ts';

/** Marks the place of the fuses in Electron's program; after it come a version byte, a length and one digit a fuse. */
export const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseCount = 9;

export interface Packed {
  /** Folder of the unpacked application. */
  readonly folder: string;
  dispose(): Promise<void>;
}

export async function builderConfiguration(): Promise<Configuration> {
  return JSON.parse(await readFile(join(projectRoot, 'electron-builder.json'), 'utf8')) as Configuration;
}

/**
 * Packs the app for Linux as a folder, with a file in place of Electron's program: archive, unpacked files, resources and
 * fuses come out as in a real package.
 */
export async function packForLinux(): Promise<Packed> {
  const base = await mkdtemp(join(tmpdir(), 'jb-pack-'));
  const [main, preload] = await Promise.all([buildTarget('main'), buildTarget('preload')]);
  const out = join(base, 'out');
  await cp(main.folder, join(out, 'main'), { recursive: true });
  await cp(preload.folder, join(out, 'preload'), { recursive: true });
  await mkdir(join(out, 'renderer'));
  await writeFile(join(out, 'renderer', 'index.html'), '<!doctype html>');
  const dist = await dummyElectron(join(base, 'electron'));
  const config = await builderConfiguration();
  const files = (config.files as string[]).map((each) => (each === 'out/**' ? { from: out, to: 'out' } : each));
  // By its path: an object would be merged with the project's own file instead of standing in for it.
  const configFile = join(base, 'electron-builder.json');
  const directories = { output: join(base, 'dist') };
  await writeFile(configFile, JSON.stringify({ ...config, files, electronDist: dist, directories }));
  await build({
    projectDir: projectRoot,
    targets: Platform.LINUX.createTarget('dir'),
    publish: 'never',
    config: configFile,
  });
  await Promise.all([main.dispose(), preload.dispose()]);
  return { folder: join(base, 'dist', 'linux-unpacked'), dispose: () => rm(base, { recursive: true, force: true }) };
}

async function dummyElectron(folder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(projectRoot, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string;
  };
  await mkdir(join(folder, 'resources'), { recursive: true });
  await mkdir(join(folder, 'locales'));
  await writeFile(join(folder, 'version'), version);
  const fuses = Buffer.concat([Buffer.from(fuseSentinel), Buffer.of(1, fuseCount), Buffer.from('0'.repeat(fuseCount))]);
  const program = join(folder, 'electron');
  await writeFile(program, Buffer.concat([Buffer.from('\x7fELF dummy '), fuses, Buffer.from(' end')]));
  await chmod(program, 0o755);
  return folder;
}
