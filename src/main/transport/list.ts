import { Fault } from '../../shared/fault/index.ts';
import { calloutPath } from './address.ts';
import { systemSerialDriver } from './serial-driver.ts';
import type { ListedPort } from './listed-port.ts';
import type { SerialDriver } from './serial-driver.ts';

/** A serial port of this computer. */
export interface SerialPortInfo {
  path: string;
  /** Absent for ports that are no USB devices. Ids are four hex digits in lower case. */
  usb: { vendorId: string; productId: string } | undefined;
  serial: string | undefined;
  manufacturer: string | undefined;
  /** Where the device is plugged in, as the system names it. */
  location: string | undefined;
}

/** Lists the serial ports, in the order a person counts (COM2 before COM10). Rejects with `transport.listFailed`. */
export async function listSerialPorts(
  platform: NodeJS.Platform,
  driver: SerialDriver = systemSerialDriver,
): Promise<SerialPortInfo[]> {
  let listed: ListedPort[];
  try {
    listed = await driver.list();
  } catch (error) {
    throw new Fault('transport.listFailed', { reason: (error as Error).message }, { cause: error });
  }
  const ports = new Map<string, SerialPortInfo>();
  for (const port of listed) {
    if (typeof port.path !== 'string' || port.path === '') continue;
    const path = platform === 'darwin' ? calloutPath(port.path) : port.path;
    const info = describe(path, port);
    const known = ports.get(path);
    if (!known || (known.usb === undefined && info.usb !== undefined)) ports.set(path, info);
  }
  const order = new Intl.Collator('en', { numeric: true });
  return [...ports.values()].sort((a, b) => order.compare(a.path, b.path));
}

function describe(path: string, port: ListedPort): SerialPortInfo {
  const vendorId = usbId(port.vendorId);
  const productId = usbId(port.productId);
  return {
    path,
    usb: vendorId !== undefined && productId !== undefined ? { vendorId, productId } : undefined,
    serial: text(port.serialNumber),
    manufacturer: text(port.manufacturer),
    location: text(port.locationId),
  };
}

function usbId(value: string | undefined): string | undefined {
  const digits = value?.trim().toLowerCase().replace(/^0x/, '');
  return digits !== undefined && /^[0-9a-f]{1,4}$/.test(digits) ? digits.padStart(4, '0') : undefined;
}

function text(value: string | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === '' ? undefined : trimmed;
}
