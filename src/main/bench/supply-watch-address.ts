import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { posix } from 'node:path';

const flag = '--supply-watch=';

/** A new address at which a parent waits for its watchdog: a named pipe on Windows, a socket in the folder for temporary files elsewhere. */
export function newWatchAddress(platform: NodeJS.Platform, folder: string = tmpdir()): string {
  const name = `joulebench-watch-${randomBytes(12).toString('hex')}`;
  return platform === 'win32' ? `\\\\.\\pipe\\${name}` : posix.join(folder, `${name}.sock`);
}

/** The argument that makes a program a watchdog. */
export function watchArgument(address: string): string {
  return flag + address;
}

/** The parent's address, when a command line makes this process a watchdog. The desktop's entry asks before it does anything else. */
export function watchAddress(argv: readonly string[]): string | undefined {
  return argv.find((argument) => argument.startsWith(flag))?.slice(flag.length);
}
