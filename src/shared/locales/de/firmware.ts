import type { firmwareWords as en } from '../en/firmware.ts';
import type { Translated } from '../words.ts';

/** `joulebench firmware`. */
export const firmwareWords: Translated<typeof en> = {
  command: {
    group: 'die Referenz-Firmware für ein Board bauen',
    build:
      'das Abbild eines Modells für ein Board bauen: ELF, BIN, HEX und ein Manifest mit Hashes und Speicherangaben',
    boards: 'die Boards auflisten, für die es eine Portierung der Firmware gibt',
  },
  option: {
    board: 'das Board; `joulebench firmware boards` listet sie auf',
    model: 'die .tflite-Datei (Vorgabe: das Modell des Demo-Workloads)',
    workload:
      'Workload, für den das Modell ist, wo sein Hash es nicht sagt; bestimmt, wie Nutzdaten zu seiner Eingabe werden',
    out: 'Ordner für das Abbild (Vorgabe: firmware-images/BOARD-MODEL)',
    pulseUs: 'wie lange der Zeitmarken-Ausgang im Energiemodus low bleibt, in Mikrosekunden',
  },
  building: '{model} wird für {board} gebaut.',
  built: 'Abbild: {folder}',
  neverRan:
    'Diese Portierung lief noch nie auf dem Board selbst. Zuerst „selftest%“ senden und uns mitteilen, was es antwortet.',
  flash: 'Flash {total} von {available} Bytes: Code {code}, Gewichte {weights}, Konstanten {constants}',
  ram: 'RAM   {total} von {available} Bytes: Arena {arena}, Nutzdaten {payload}, Variablen {variables}, Stack {stack}',
  file: '  {name}  {bytes} Bytes  {sha256}',
  board: '{id}  {title}{notes}',
  emulated: ' (von QEMU emuliert: --bench qemu:{id})',
  untried: ' (lief noch nie auf dem Board)',
};
