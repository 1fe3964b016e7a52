import { Fault } from '../../shared/fault/index.ts';

/** Who has a port open. */
export interface PortHolder {
  program: string;
  pid: number;
}

/** Where the system can be asked why a port did not open; each may be absent or know nothing. */
export interface OpenErrorHints {
  holder?: (path: string) => Promise<PortHolder | undefined>;
  group?: (path: string) => Promise<string | undefined>;
}

/**
 * The fault behind a message of the serial driver. It gives no codes, so its texts are matched: the C library's words on
 * Linux and macOS, the driver's own on Windows, where a port in use is "Access denied".
 */
export async function openFault(
  error: Error,
  port: { path: string; baud: number },
  platform: NodeJS.Platform,
  hints: OpenErrorHints,
): Promise<Fault> {
  const { path, baud } = port;
  const cause = { cause: error };
  const { message } = error;
  const busy = async (): Promise<Fault> => {
    const holder = await hints.holder?.(path).catch(() => undefined);
    return holder
      ? new Fault('transport.busyHeld', { port: path, ...holder }, cause)
      : new Fault('transport.busy', { port: path }, cause);
  };
  if (/baud rate/i.test(message) && !/inappropriate ioctl/i.test(message)) {
    return new Fault('transport.baudUnsupported', { port: path, baud }, cause);
  }
  if (platform === 'win32') {
    if (/access denied/i.test(message)) return busy();
    if (/file not found/i.test(message)) return new Fault('transport.notFound', { port: path }, cause);
    if (/SetCommState/.test(message)) return new Fault('transport.baudUnsupported', { port: path, baud }, cause);
  } else {
    if (/cannot lock port|resource busy/i.test(message)) return busy();
    if (/permission denied|operation not permitted/i.test(message)) {
      const group = platform === 'linux' ? await hints.group?.(path).catch(() => undefined) : undefined;
      return group === undefined
        ? new Fault('transport.permission', { port: path }, cause)
        : new Fault('transport.permissionGroup', { port: path, group }, cause);
    }
    if (/no such (file|device)/i.test(message)) return new Fault('transport.notFound', { port: path }, cause);
  }
  return new Fault('transport.openFailed', { port: path, reason: message.replace(/^Error:? /, '') }, cause);
}
