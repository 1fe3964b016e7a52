import { fileURLToPath } from 'node:url';

export interface ChildCommandOptions {
  platform: NodeJS.Platform;
  /** Program that runs the child; this one's by default. */
  execPath?: string | undefined;
  /** Whether that is the packaged desktop app, which runs no script but knows the argument; by default what this process is. */
  packaged?: boolean | undefined;
  env?: NodeJS.ProcessEnv | undefined;
}

export interface ChildCommand {
  command: string;
  args: string[];
  options: { detached: true; windowsHide: true; stdio: 'ignore'; cwd: string; env: NodeJS.ProcessEnv };
}

/** How a child of our own that outlives this process is started: a script with one argument, or the packaged app with it. */
export function childCommand(script: URL, argument: string, options: ChildCommandOptions): ChildCommand {
  const { platform, execPath = process.execPath, packaged = isPackaged(), env = process.env } = options;
  const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...kept } = env;
  return {
    command: execPath,
    args: [...(packaged ? [] : [fileURLToPath(script)]), argument],
    options: {
      // A group of its own: Ctrl+C and the end of a terminal reach this process, not that one.
      detached: true,
      windowsHide: true,
      stdio: 'ignore',
      // A working folder that nobody wants to remove or unmount meanwhile.
      cwd: platform === 'win32' ? (env['SystemRoot'] ?? 'C:\\') : '/',
      // Electron's development binary is a plain Node with it; the packaged app ignores it.
      env: packaged ? kept : { ...kept, ELECTRON_RUN_AS_NODE: '1' },
    },
  };
}

/** `defaultApp` is set by Electron when it runs from the sources. */
function isPackaged(): boolean {
  return 'electron' in process.versions && !('defaultApp' in process);
}
