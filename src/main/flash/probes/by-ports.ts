import type { ListedPort } from '../../transport/index.ts';
import type { UsbDevice } from './usb-device.ts';

/**
 * macOS, Windows, and Linux without sysfs: the devices behind the serial ports. A probe without a serial port is not seen this way. The ports of
 * one device are found by topology: the same location on macOS, the same parent instance on Windows; where the system tells neither, the serial
 * number decides later.
 */
export function usbByPorts(ports: readonly ListedPort[], platform: NodeJS.Platform): UsbDevice[] {
  return ports.flatMap((port) => {
    const vendorId = usbId(port.vendorId);
    const productId = usbId(port.productId);
    if (vendorId === undefined || productId === undefined) return [];
    return [
      {
        vendorId,
        productId,
        serial: port.serialNumber ?? '',
        product: '',
        place: placeOf(port, platform),
        ports: [port.path],
      },
    ];
  });
}

function placeOf({ locationId, pnpId }: ListedPort, platform: NodeJS.Platform): string | null {
  if (platform === 'darwin') return locationId ? locationId.toLowerCase() : null;
  if (platform === 'win32') return pnpId ? parentInstance(pnpId) : null;
  return null;
}

/**
 * `USB\VID_0483&PID_374B&MI_02\6&3A1B2C3D&0&0002`: an interface of a composite device; its number stands after `MI_`, and as the last part of
 * the instance, which the other interfaces share up to there. The instance of a simple device is its own.
 */
function parentInstance(pnpId: string): string {
  const match = /^(.*)&MI_[0-9A-F]{2}\\(.*)&[0-9A-F]{4}$/i.exec(pnpId);
  return (match ? `${match[1]}\\${match[2]}` : pnpId).toUpperCase();
}

function usbId(value: string | undefined): string | undefined {
  const digits = value?.trim().toLowerCase().replace(/^0x/, '');
  return digits !== undefined && /^[0-9a-f]{1,4}$/.test(digits) ? digits.padStart(4, '0') : undefined;
}
