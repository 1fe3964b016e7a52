import type { Probe } from '../../../shared/domain/flash.ts';
import type { UsbDevice } from './usb-device.ts';

interface Identity {
  kind: Probe['kind'];
  /** What it is called where the system does not name it. */
  product: string;
  vendorId: string;
  /** Undefined: every device of the vendor. */
  productIds?: readonly string[];
}

/**
 * USB identities of debug probes (OpenOCD's `contrib/60-openocd.rules` and `interface/stlink.cfg`, pyOCD's udev rules). SEGGER gives its probes
 * many ids, the ones on Nordic's kits included: its vendor id is enough.
 */
const identities: readonly Identity[] = [
  { kind: 'stlink', product: 'ST-LINK/V1', vendorId: '0483', productIds: ['3744'] },
  { kind: 'stlink', product: 'ST-LINK/V2', vendorId: '0483', productIds: ['3748'] },
  { kind: 'stlink', product: 'ST-LINK/V2-1', vendorId: '0483', productIds: ['374a', '374b', '3752'] },
  {
    kind: 'stlink',
    product: 'STLINK-V3',
    vendorId: '0483',
    productIds: ['374d', '374e', '374f', '3753', '3754', '3755', '3757'],
  },
  { kind: 'cmsisDap', product: 'DAPLink', vendorId: '0d28', productIds: ['0204'] },
  { kind: 'cmsisDap', product: 'LPC-Link2', vendorId: '1fc9', productIds: ['0090'] },
  { kind: 'cmsisDap', product: 'MCU-Link', vendorId: '1fc9', productIds: ['0143'] },
  { kind: 'cmsisDap', product: 'Debugprobe', vendorId: '2e8a', productIds: ['000c'] },
  { kind: 'other', product: 'Picoprobe', vendorId: '2e8a', productIds: ['0004'] },
  { kind: 'jlink', product: 'J-Link', vendorId: '1366' },
];

/** What sort of probe a USB device is; undefined for everything else. A CMSIS-DAP probe of any maker says so in its product name. */
export function probeIdentity(device: UsbDevice): Pick<Identity, 'kind' | 'product'> | undefined {
  const known = identities.find(
    ({ vendorId, productIds }) =>
      vendorId === device.vendorId && (productIds === undefined || productIds.includes(device.productId)),
  );
  if (known) return { kind: known.kind, product: device.product === '' ? known.product : device.product };
  return /CMSIS-DAP/i.test(device.product) ? { kind: 'cmsisDap', product: device.product } : undefined;
}
