import type { Messages } from '../words.ts';

/** `joulebench firmware`. */
export const firmwareWords = {
  command: {
    group: 'build the reference firmware for a board',
    build: 'build the image of a model for a board: ELF, BIN, HEX and a manifest with hashes and memory figures',
    boards: 'list the boards that have a firmware port',
  },
  option: {
    board: 'the board; `joulebench firmware boards` lists them',
    model: 'the .tflite file (default: the model of the demo workload)',
    workload:
      'workload that the model is for, where its hash does not tell; decides how payload bytes become its input',
    out: 'folder for the image (default: firmware-images/BOARD-MODEL)',
    pulseUs: 'how long the timestamp output stays low in energy mode, in microseconds',
  },
  building: 'Building {model} for {board}.',
  built: 'Image: {folder}',
  neverRan: 'This port has never run on the board itself. Send "selftest%" first, and tell us what it says.',
  flash: 'Flash {total} of {available} bytes: code {code}, weights {weights}, constants {constants}',
  ram: 'RAM   {total} of {available} bytes: arena {arena}, payload {payload}, variables {variables}, stack {stack}',
  file: '  {name}  {bytes} bytes  {sha256}',
  board: '{id}  {title}{notes}',
  emulated: ' (emulated by QEMU: --bench qemu:{id})',
  untried: ' (never run on the board)',
} as const satisfies Messages;
