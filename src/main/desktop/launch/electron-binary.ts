import { posix, win32 } from 'node:path';

export interface BinaryFacts {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  /** Folder of the `electron` package. */
  packageFolder: string;
  /** Version that the package asks for. */
  version: string;
  /** Text of a file, or undefined. */
  read(path: string): string | undefined;
  exists(path: string): boolean;
}

/**
 * Where Electron's program lies, or undefined. Looks at the files that the package's own installer writes: asking the package
 * itself (`require('electron')`) would start a download without a time limit.
 */
export function electronBinary({
  platform,
  env,
  packageFolder,
  version,
  read,
  exists,
}: BinaryFacts): string | undefined {
  const path = platform === 'win32' ? win32 : posix;
  const name = programName(platform);
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) {
    const program = path.join(override, name);
    return exists(program) ? program : undefined;
  }
  const installed = read(path.join(packageFolder, 'dist', 'version'))
    ?.trim()
    .replace(/^v/, '');
  if (installed !== version || read(path.join(packageFolder, 'path.txt')) !== name) return undefined;
  const program = path.join(packageFolder, 'dist', name);
  return exists(program) ? program : undefined;
}

function programName(platform: NodeJS.Platform): string {
  if (platform === 'win32') return 'electron.exe';
  return platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}
