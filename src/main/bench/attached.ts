import type { Probe } from '../../shared/domain/flash.ts';
import type { DeskDevice, DeskProposal, UsbIdentity } from '../../shared/domain/bench-desk.ts';

/** A device that is plugged in, or an address that can be asked, before anybody gave it a role. */
export interface Attached {
  key: string;
  medium: DeskDevice['medium'];
  /** Empty for a debug probe. */
  port: string;
  description: string;
  usb?: UsbIdentity;
  knownBy: DeskDevice['knownBy'];
  proposal: DeskProposal | null;
  /** Serial ports of a debug probe's board. */
  ports?: string[];
}

/** What a listing tells of a serial port. */
export interface ListedSerial {
  path: string;
  usb: { vendorId: string; productId: string } | undefined;
  serial: string | undefined;
  manufacturer: string | undefined;
  location: string | undefined;
}

const monitors: readonly { vendorId: string; productId: string; use: 'lpm01a' | 'ppk2' }[] = [
  // ST's generic identity of a virtual port: a guess that opening proves (energy monitors, 2.1).
  { vendorId: '0483', productId: '5740', use: 'lpm01a' },
  { vendorId: '1915', productId: 'c00a', use: 'ppk2' },
];

/** Arduino UNO, old and new: the board that the IO manager's firmware is for (DUT protocol, 8.1). */
const ioManagers: readonly { vendorId: string; productId: string }[] = [
  { vendorId: '2341', productId: '0001' },
  { vendorId: '2341', productId: '0043' },
  { vendorId: '2a03', productId: '0043' },
];

/**
 * The devices behind what the system lists, each with a key that is the same tomorrow at any port where the device has a USB serial. A device
 * with several ports (the PPK2 has one to measure and a shell) has one key a port, by their order.
 */
export function attachedDevices(ports: readonly ListedSerial[], probes: readonly Probe[]): Attached[] {
  const seen = new Map<string, number>();
  const probePorts = new Set(probes.flatMap((probe) => probe.ports));
  const serial = ports.map((port): Attached => {
    const base = keyOf(port);
    const ordinal = seen.get(base.key) ?? 0;
    seen.set(base.key, ordinal + 1);
    const { usb, serial: usbSerial } = port;
    return {
      key: ordinal === 0 ? base.key : `${base.key}#${ordinal + 1}`,
      medium: 'serial',
      port: port.path,
      description: [port.manufacturer, usbSerial].filter(Boolean).join(' '),
      ...(usb ? { usb: { ...usb, ...(usbSerial === undefined ? {} : { serial: usbSerial }) } } : {}),
      knownBy: base.knownBy,
      proposal: proposalFor(port, ordinal, probePorts),
    };
  });
  return [...serial, ...probes.map(probeDevice)];
}

function keyOf({ path, usb, serial, location }: ListedSerial): { key: string; knownBy: Attached['knownBy'] } {
  if (!usb) return { key: `port:${path}`, knownBy: 'place' };
  const id = `${usb.vendorId}:${usb.productId}`;
  if (serial !== undefined) return { key: `usb:${id}:${serial}`, knownBy: 'serial' };
  return { key: `place:${id}:${location ?? path}`, knownBy: 'place' };
}

function proposalFor(port: ListedSerial, ordinal: number, probePorts: ReadonlySet<string>): DeskProposal | null {
  const is = (one: { vendorId: string; productId: string }): boolean =>
    one.vendorId === port.usb?.vendorId && one.productId === port.usb.productId;
  const monitor = monitors.find(is);
  // The second port of a PPK2 is its shell.
  if (monitor) return ordinal === 0 ? { role: 'monitor', use: monitor.use } : null;
  if (ioManagers.some(is)) return { role: 'ioManager', use: null };
  // The port of a debug probe leads to the board that the probe is on.
  return probePorts.has(port.path) ? { role: 'dut', use: null } : null;
}

function probeDevice({ serial, product, usb, ports }: Probe): Attached {
  const id = usb ? `${usb.vendorId}:${usb.productId}` : '';
  return {
    key: `probe:${id}:${serial}`,
    medium: 'probe',
    port: '',
    description: product,
    ...(usb ? { usb: { ...usb, ...(serial === '' ? {} : { serial }) } } : {}),
    knownBy: serial === '' ? 'place' : 'serial',
    proposal: { role: 'probe', use: null },
    ports,
  };
}
