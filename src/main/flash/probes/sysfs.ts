import { readFile, readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { UsbDevice } from './usb-device.ts';

/**
 * Linux: the USB devices as the kernel shows them, with the serial ports that hang below each (`.../1-2.3/1-2.3:1.2/tty/ttyACM0`). Needs
 * neither udev nor rights on the devices. `sysFolder` is where the kernel does, `/sys`.
 * @returns undefined where there is no USB at all to look at.
 */
export async function usbBySysfs(sysFolder: string): Promise<UsbDevice[] | undefined> {
  const bus = join(sysFolder, 'bus/usb/devices');
  const names = await readdir(bus).catch(() => undefined);
  if (!names) return undefined;
  const ports = await serialPortPlaces(sysFolder);
  const devices = await Promise.all(
    // Interfaces have a colon in their name, root hubs start with `usb`.
    names.filter((name) => /^\d+-[\d.]+$/.test(name)).map((name) => describe(join(bus, name), ports)),
  );
  return devices.filter((device) => device !== undefined);
}

/** Where in the tree of devices each serial port hangs. */
async function serialPortPlaces(sysFolder: string): Promise<{ path: string; place: string }[]> {
  const folder = join(sysFolder, 'class/tty');
  const names = await readdir(folder).catch(() => []);
  const places = await Promise.all(
    names.map(async (name) => {
      const place = await realpath(join(folder, name, 'device')).catch(() => undefined);
      return place === undefined ? undefined : { path: `/dev/${name}`, place };
    }),
  );
  return places.filter((found) => found !== undefined);
}

async function describe(
  folder: string,
  ports: readonly { path: string; place: string }[],
): Promise<UsbDevice | undefined> {
  const place = await realpath(folder).catch(() => undefined);
  if (place === undefined) return undefined;
  const [vendorId, productId, serial, product] = await Promise.all(
    ['idVendor', 'idProduct', 'serial', 'product'].map((name) => attribute(place, name)),
  );
  if (!vendorId || !productId) return undefined;
  const order = new Intl.Collator('en', { numeric: true });
  return {
    vendorId: vendorId.toLowerCase(),
    productId: productId.toLowerCase(),
    serial: serial ?? '',
    product: product ?? '',
    place,
    // Of a hub these would be the ports of everything plugged into it, but a hub is no probe.
    ports: ports
      .filter((port) => port.place.startsWith(place + sep))
      .map(({ path }) => path)
      .sort(order.compare),
  };
}

/** Without the line feed that the kernel adds, and nothing else cut off: a raw serial may end with a blank. */
async function attribute(folder: string, name: string): Promise<string | undefined> {
  const text = await readFile(join(folder, name), 'utf8').catch(() => undefined);
  return text?.replace(/\n$/, '');
}
