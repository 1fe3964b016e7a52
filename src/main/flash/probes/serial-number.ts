const stVendor = '0483';
const rawLength = 12;

/**
 * One spelling for a probe's serial. Old ST-LINK firmware gives 12 raw bytes where good firmware gives 24 hex digits of the same: both OpenOCD
 * and pyOCD write each unit's low byte as two upper-case digits (OpenOCD `stlink_usb.c`, pyOCD `stlink/usb.py`). Only for ST: a printable
 * serial of twelve characters of another vendor is one. Everything else in upper case.
 */
export function normaliseSerial(serial: string, vendorId: string | undefined): string {
  const isSt = vendorId === stVendor;
  // Before anything is cut off: a raw byte may look like a blank.
  if (isSt && isRaw(serial)) return spelled(serial);
  const clean = serial.replaceAll('\0', '').trim();
  // Only letters of ASCII: others may grow longer in upper case.
  return isSt && isRaw(clean) ? spelled(clean) : clean.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

function isRaw(serial: string): boolean {
  return serial.length === rawLength && /[^0-9A-Za-z]/.test(serial);
}

function spelled(serial: string): string {
  return Array.from({ length: serial.length }, (_, index) =>
    (serial.charCodeAt(index) & 0xff).toString(16).toUpperCase().padStart(2, '0'),
  ).join('');
}
