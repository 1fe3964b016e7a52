import { posix, win32 } from 'node:path';

/** Where this application keeps things on one computer. */
export interface Folders {
  /** Sessions: the user's documents, never the application's own data. */
  sessions: string;
  /** Settings. */
  config: string;
  /** Locks of instruments: shared by all processes of this user. */
  locks: string;
  logs: string;
}

export interface FolderEnvironment {
  platform: NodeJS.Platform;
  home: string;
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * The default folders of a platform (XDG on Linux, Known Folders on Windows, Library on macOS). `JOULEBENCH_HOME` puts all of
 * them under one folder: a portable installation, and the tests.
 */
export function defaultFolders({ platform, home, env }: FolderEnvironment): Folders {
  const path = platform === 'win32' ? win32 : posix;
  const own = env['JOULEBENCH_HOME'];
  if (own) {
    return {
      sessions: path.join(own, 'sessions'),
      config: path.join(own, 'config'),
      locks: path.join(own, 'locks'),
      logs: path.join(own, 'logs'),
    };
  }
  const sessions = path.join(home, 'Documents', 'Joulebench');
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local');
    const base = path.join(local, 'Joulebench');
    return { sessions, config: base, locks: path.join(base, 'locks'), logs: path.join(base, 'logs') };
  }
  if (platform === 'darwin') {
    const base = path.join(home, 'Library', 'Application Support', 'Joulebench');
    return {
      sessions,
      config: base,
      locks: path.join(base, 'locks'),
      logs: path.join(home, 'Library', 'Logs', 'Joulebench'),
    };
  }
  const config = path.join(env['XDG_CONFIG_HOME'] ?? path.join(home, '.config'), 'joulebench');
  const state = path.join(env['XDG_STATE_HOME'] ?? path.join(home, '.local', 'state'), 'joulebench');
  return { sessions, config, locks: path.join(state, 'locks'), logs: path.join(state, 'logs') };
}
