import type { BoardFlash, Probe } from '../../../shared/domain/flash.ts';
import { probeIdentity } from './kinds.ts';
import { normaliseSerial } from './serial-number.ts';
import type { UsbDevice } from './usb-device.ts';

/** What has to be known of the catalogue to say which boards carry a probe. */
export interface BoardWithProbes {
  id: string;
  flash: Pick<BoardFlash, 'probes'> | null;
}

interface Found {
  device: UsbDevice;
  serial: string;
  ports: Set<string>;
}

/**
 * The probes among USB devices, each once: what is said of one place is one device; what is said without a place is the device of the same
 * vendor and serial, whichever way that is spelled. Two places with one serial stay two probes, which then cannot be told apart by it.
 */
export function probesAmong(devices: readonly UsbDevice[], boards: readonly BoardWithProbes[]): Probe[] {
  const found: Found[] = [];
  // Those with a place first, so that the others find them.
  const ordered = [...devices.filter(({ place }) => place !== null), ...devices.filter(({ place }) => place === null)];
  for (const device of ordered) {
    if (!probeIdentity(device)) continue;
    const serial = normaliseSerial(device.serial, device.vendorId);
    const known = found.find((other) => sameProbe(other, device, serial));
    if (known) for (const port of device.ports) known.ports.add(port);
    else found.push({ device, serial, ports: new Set(device.ports) });
  }
  return found
    .map(({ device, serial, ports }) => probe(device, serial, [...ports], boards))
    .sort((a, b) => (a.serial < b.serial ? -1 : Number(a.serial > b.serial)));
}

function sameProbe(known: Found, device: UsbDevice, serial: string): boolean {
  if (device.place !== null && known.device.place !== null) return device.place === known.device.place;
  return serial !== '' && known.serial === serial && known.device.vendorId === device.vendorId;
}

function probe(device: UsbDevice, serial: string, ports: string[], boards: readonly BoardWithProbes[]): Probe {
  const { vendorId, productId } = device;
  const { kind, product } = probeIdentity(device) ?? { kind: 'other', product: device.product };
  const carries = ({ flash }: BoardWithProbes): boolean =>
    flash?.probes.some((soldered) => soldered.vendorId === vendorId && soldered.productId === productId) ?? false;
  return {
    serial,
    kind,
    product,
    usb: { vendorId, productId },
    ports,
    boards: boards.filter(carries).map(({ id }) => id),
  };
}
