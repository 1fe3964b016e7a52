import { monitorEntry } from './catalogue.ts';
import type { MonitorEntry } from './catalogue.ts';

/** USB identities of the monitors on serial ports, in hex digits (energy monitors, 2.1 and 3.1). */
const identities: readonly { vendorId: string; productId: string; kind: string }[] = [
  // ST's generic identity of a virtual port: many boards have it, so it is a guess that opening proves.
  { vendorId: '0483', productId: '5740', kind: 'lpm01a' },
  // From firmware 1.2.0 two ports: measurements, and a shell.
  { vendorId: '1915', productId: 'c00a', kind: 'ppk2' },
];

/** Which monitor a port may lead to, by its USB identity; undefined where nothing speaks for one. */
export function likelyMonitor(usb: { vendorId: string; productId: string } | undefined): MonitorEntry | undefined {
  const found = identities.find(
    ({ vendorId, productId }) => usb?.vendorId.toLowerCase() === vendorId && usb.productId.toLowerCase() === productId,
  );
  return found && monitorEntry(found.kind);
}
