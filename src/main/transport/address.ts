import { Fault } from '../../shared/fault/index.ts';

/** Where a byte stream leads. */
export type Address = { kind: 'serial'; path: string } | { kind: 'tcp'; host: string; port: number };

const windowsPort = /^(?:\\\\\.\\)?com(\d{1,3})$/i;
const mostWindowsPorts = 256;

/**
 * Reads what an operator names: `tcp:HOST:PORT`, on Windows `COM7` (also `\\.\COM10`, any case), elsewhere the path of a
 * device or its bare name. Throws `transport.badAddress`.
 */
export function parseAddress(text: string, platform: NodeJS.Platform): Address {
  const address = text.trim();
  if (address.toLowerCase().startsWith('tcp:')) return parseTcp(address.slice(4).replace(/^\/\//, ''), text);
  const path = serialPath(address, platform);
  if (path === undefined) throw new Fault('transport.badAddress', { address: text });
  return { kind: 'serial', path };
}

/** How an address is shown and given back to `parseAddress`. */
export function formatAddress(address: Address): string {
  if (address.kind === 'serial') return address.path;
  return `tcp:${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`;
}

function parseTcp(rest: string, text: string): Address {
  const found = /^(?:\[([0-9a-f:.]+)\]|([^\s:[\]]+)):(\d{1,5})$/i.exec(rest);
  const port = Number(found?.[3]);
  if (!found || port < 1 || port > 65_535) throw new Fault('transport.badAddress', { address: text });
  return { kind: 'tcp', host: (found[1] ?? found[2]) as string, port };
}

function serialPath(name: string, platform: NodeJS.Platform): string | undefined {
  if (platform === 'win32') {
    const number = Number(windowsPort.exec(name)?.[1]);
    // The driver adds the device prefix itself.
    return number >= 1 && number <= mostWindowsPorts ? `COM${number}` : undefined;
  }
  const path = /^[\w.-]+$/.test(name) && !windowsPort.test(name) ? `/dev/${name}` : name;
  if (!path.startsWith('/') || path.endsWith('/') || path.includes('\0')) return undefined;
  return platform === 'darwin' ? calloutPath(path) : path;
}

/** macOS lists a port twice: opening `tty.` waits for a carrier that a bench never gives, `cu.` does not. */
export function calloutPath(path: string): string {
  return path.startsWith('/dev/tty.') ? `/dev/cu.${path.slice(9)}` : path;
}
