/** A USB device as the operating system tells of it, probe or not. */
export interface UsbDevice {
  /** Four hex digits each, in lower case. */
  vendorId: string;
  productId: string;
  /** As the device spells it; empty where it has none. */
  serial: string;
  product: string;
  /** Where it is plugged in: equal for all that is said of one device, different for two; null where nobody told. */
  place: string | null;
  /** Its serial ports. */
  ports: readonly string[];
}
