import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { posix } from 'node:path';

const flag = '--tool-guard=';

/** A new address at which the app waits for a guard: a named pipe on Windows, a socket in the folder for temporary files elsewhere. Its name tells its owner. */
export function newGuardAddress(platform: NodeJS.Platform, folder: string = tmpdir(), pid = process.pid): string {
  const name = `joulebench-tool-${pid}-${randomBytes(12).toString('hex')}`;
  return platform === 'win32' ? `\\\\.\\pipe\\${name}` : posix.join(folder, `${name}.sock`);
}

/** The process that waited at a socket, by the socket's name; undefined for any other file. */
export function guardOwner(fileName: string): number | undefined {
  const pid = /^joulebench-tool-([1-9]\d{0,9})-[0-9a-f]{24}\.sock$/.exec(fileName)?.[1];
  return pid === undefined ? undefined : Number(pid);
}

/** The argument that makes a program a guard. */
export function guardArgument(address: string): string {
  return flag + address;
}

/** The app's address, when a command line makes this process a guard. The desktop's entry asks before it does anything else. */
export function guardAddress(argv: readonly string[]): string | undefined {
  return argv.find((argument) => argument.startsWith(flag))?.slice(flag.length);
}
