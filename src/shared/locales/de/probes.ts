import type { probeWords as en } from '../en/probes.ts';
import type { Translated } from '../words.ts';

/** Debug probes, as `joulebench devices --probes` lists them. */
export const probeWords: Translated<typeof en> = {
  option: 'stattdessen die Debug-Adapter auflisten, mit den seriellen Ports desselben Boards',
  none: 'Kein Debug-Adapter gefunden.',
  noneWithoutPort:
    'Kein Debug-Adapter gefunden. Auf diesem System wird einer ohne eigenen seriellen Port nicht gesehen.',
  line: '{serial}  {product}  {usb}',
  noSerial: '(keine Seriennummer)',
  ports: 'Ports {ports}',
  boards: 'auf dem Board von {boards}',
};
