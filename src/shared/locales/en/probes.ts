import type { Messages } from '../words.ts';

/** Debug probes, as `joulebench devices --probes` lists them. */
export const probeWords = {
  option: 'list the debug probes instead, with the serial ports of the same board',
  none: 'No debug probe was found.',
  noneWithoutPort: 'No debug probe was found. On this system one without a serial port of its own is not seen.',
  line: '{serial}  {product}  {usb}',
  noSerial: '(no serial)',
  ports: 'ports {ports}',
  boards: 'on board of {boards}',
} satisfies Messages;
