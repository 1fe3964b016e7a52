import { posix, win32 } from 'node:path';
import { defaultFolders } from '../store/index.ts';
import type { Folders } from '../store/index.ts';

/** A file of this name beside the program makes it portable. */
export const portableMark = 'joulebench-portable';

export interface FolderFacts {
  platform: NodeJS.Platform;
  home: string;
  env: Readonly<Record<string, string | undefined>>;
  /** `process.execPath` of a packaged app; undefined when it runs from its sources, which are never portable. */
  packagedExecPath?: string | undefined;
  exists(path: string): boolean;
  writable(folder: string): boolean;
}

export interface DesktopFolders {
  readonly folders: Folders;
  /** Chromium's own files. */
  readonly userData: string;
  readonly portable: boolean;
  /** The program is marked portable, but this folder cannot be written to: the usual folders are used instead. */
  readonly notWritable?: string | undefined;
}

/**
 * Where the desktop keeps its files: the folders of the platform, the same as the command line's, or everything beside the
 * program where that is marked portable. Decided before Electron is ready.
 */
export function desktopFolders(facts: FolderFacts): DesktopFolders {
  const path = facts.platform === 'win32' ? win32 : posix;
  const beside = programFolder(facts);
  const marked = beside !== undefined && facts.exists(path.join(beside, portableMark));
  const portable = marked && facts.writable(beside);
  const env = portable ? { ...facts.env, JOULEBENCH_HOME: path.join(beside, 'joulebench-data') } : facts.env;
  const folders = defaultFolders({ platform: facts.platform, home: facts.home, env });
  return {
    folders,
    userData: path.join(folders.config, 'window'),
    portable,
    notWritable: marked && !portable ? beside : undefined,
  };
}

/** The folder a person sees the program in: beside the AppImage, beside the .exe, beside the .app bundle. */
function programFolder({ platform, env, packagedExecPath }: FolderFacts): string | undefined {
  if (packagedExecPath === undefined) return undefined;
  if (platform === 'win32') return win32.dirname(packagedExecPath);
  // NAME.app/Contents/MacOS/NAME
  if (platform === 'darwin') return posix.resolve(packagedExecPath, '..', '..', '..', '..');
  return posix.dirname(env['APPIMAGE'] || packagedExecPath);
}
