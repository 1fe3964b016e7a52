import { spawn } from 'node:child_process';

/** Opens a page in the user's browser; nothing happens where there is none. */
export function openInBrowser(url: string, platform: NodeJS.Platform): void {
  const [command, args] = browserCommand(url, platform);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

/** The platform's own opener. On Windows `start` is a word of the shell, so the protocol handler is called instead. */
export function browserCommand(url: string, platform: NodeJS.Platform): [command: string, args: string[]] {
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return platform === 'darwin' ? ['open', [url]] : ['xdg-open', [url]];
}
