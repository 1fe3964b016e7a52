import { spawn } from 'node:child_process';
import type { StdioOptions } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { wallClock } from '../../../shared/contract/index.ts';
import { createText } from '../../../shared/text/index.ts';
import { electronBinary } from './electron-binary.ts';
import { fetchElectron } from './fetch-electron.ts';
import { launch } from './launch.ts';
import { sandboxPossible, windowObstacle } from './linux-checks.ts';
import type { LinuxFacts } from './linux-checks.ts';

/** Seconds for unpacking Electron's archive. */
const unpackS = 120;

/** Starts the app from a checkout: builds it if that was never done, then opens a window, or the browser. */
export async function start(root: string, args: readonly string[]): Promise<number> {
  const require = createRequire(join(root, 'package.json'));
  const packageFolder = dirname(require.resolve('electron/package.json'));
  const { version } = require('electron/package.json') as { version: string };
  const clock = wallClock(globalThis);
  const { t } = createText();
  const linux: LinuxFacts = { env: process.env, uid: process.getuid?.() ?? -1, read, stat };
  const isLinux = process.platform === 'linux';

  if (!existsSync(join(root, 'out', 'main', 'index.js')) || !existsSync(join(root, 'out', 'renderer', 'index.html'))) {
    const builder = join(dirname(require.resolve('electron-vite/package.json')), 'bin', 'electron-vite.js');
    const code = await run(process.execPath, [builder, 'build'], { cwd: root });
    if (code !== 0) return code;
  }

  return launch({
    args,
    version,
    clock,
    binary: () =>
      electronBinary({
        platform: process.platform,
        env: process.env,
        packageFolder,
        version,
        read,
        exists: existsSync,
      }),
    fetch: () =>
      fetchElectron({
        clock,
        download: (signal, getProgressCallback) =>
          download(packageFolder, version, { quiet: true, signal, getProgressCallback }),
        unpack: async () => {
          const code = await run(process.execPath, [join(packageFolder, 'install.js')], {
            stdio: 'ignore',
            timeoutS: unpackS,
          });
          if (code !== 0) throw new Error(`install.js: ${code}`);
        },
        onPercent: (percent, totalBytes) => {
          const line = t('desktop.start.download', { version, percent, megabytes: Math.round(totalBytes / 1e6) });
          process.stderr.write(`\r${line}${percent === 100 ? '\n' : ''}`);
        },
      }),
    obstacle: () => (isLinux ? windowObstacle(linux) : undefined),
    sandboxPossible: (program) => !isLinux || sandboxPossible(program, linux),
    runElectron: (program) => run(program, ['.'], { cwd: root, withoutNodeMode: true }),
    runBrowser: () => run(process.execPath, [join(root, 'src', 'main', 'bin.mjs'), 'serve', '--open'], { cwd: root }),
    say: (key, values) => void process.stderr.write(`${t(key, values)}\n`),
    t,
  });
}

/** Into the cache that the package's own installer looks in, checked against the package's checksums. */
async function download(packageFolder: string, version: string, downloadOptions: object): Promise<void> {
  const { downloadArtifact } = await import('@electron/get');
  const cacheRoot = process.env['electron_config_cache'];
  await downloadArtifact({
    version,
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    checksums: JSON.parse(readFileSync(join(packageFolder, 'checksums.json'), 'utf8')) as Record<string, string>,
    downloadOptions,
    ...(cacheRoot === undefined ? {} : { cacheRoot }),
  });
}

interface RunOptions {
  cwd?: string;
  stdio?: StdioOptions;
  timeoutS?: number;
  /** Electron would run as a plain Node if an editor's terminal has left this variable set. */
  withoutNodeMode?: boolean;
}

/** Runs a program to its end, hands signals on to it, and gives its exit code (1 for an end by a signal). */
function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  const env = { ...process.env };
  if (options.withoutNodeMode) delete env['ELECTRON_RUN_AS_NODE'];
  const child = spawn(program, args, {
    cwd: options.cwd,
    env,
    stdio: options.stdio ?? 'inherit',
    timeout: options.timeoutS === undefined ? undefined : options.timeoutS * 1000,
  });
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGINT', pass).on('SIGTERM', pass);
  return new Promise<number>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  }).finally(() => process.off('SIGINT', pass).off('SIGTERM', pass));
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function stat(path: string): { uid: number; mode: number } | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
