import { readFile, readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ListedPort } from './listed-port.ts';

/** Levels between the device of a port and the USB device that bears its ids: interface, and port of a bridge. */
const mostLevels = 4;

/**
 * Linux without udev (containers, small systems): the serial ports of USB devices as the kernel itself shows them.
 * `sysFolder` is where it does.
 */
export async function listBySysfs(sysFolder = '/sys'): Promise<ListedPort[]> {
  const names = await readdir(join(sysFolder, 'class/tty'));
  const ports = await Promise.all(
    names.map(async (name) => {
      const device = await realpath(join(sysFolder, 'class/tty', name, 'device')).catch(() => undefined);
      return device === undefined ? undefined : describe(name, device);
    }),
  );
  return ports.filter((port) => port !== undefined);
}

async function describe(name: string, device: string): Promise<ListedPort | undefined> {
  let folder = device;
  for (let level = 0; level < mostLevels; level += 1) {
    const vendorId = await attribute(folder, 'idVendor');
    if (vendorId !== undefined) {
      return {
        path: `/dev/${name}`,
        vendorId,
        productId: await attribute(folder, 'idProduct'),
        serialNumber: await attribute(folder, 'serial'),
        manufacturer: await attribute(folder, 'manufacturer'),
      };
    }
    folder = dirname(folder);
  }
  return undefined;
}

async function attribute(folder: string, name: string): Promise<string | undefined> {
  const text = await readFile(join(folder, name), 'utf8').catch(() => undefined);
  return text?.trim();
}
