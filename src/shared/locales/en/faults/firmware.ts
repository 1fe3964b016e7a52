import type { FaultWords } from '../../words.ts';

export const firmwareFaultWords = {
  'firmware.unknownBoard': {
    what: 'There is no firmware port for the board {board}.',
    causes: ['The name is misspelt.', 'Nobody has written this port yet.'],
    remedies: ['Choose one of: {known}.', 'Write the port: firmware/PORTING.md shows how.'],
  },
  'firmware.portFile': {
    what: "The description of the board's port is not usable: {file} ({problem}).",
    causes: ['The file was edited by hand.', 'It comes from another version of Joulebench.'],
    remedies: ['Compare it with firmware/ports/template/port.json.'],
  },
  'firmware.sourcesMissing': {
    what: 'The sources of the firmware cannot be read: {folder} ({reason}).',
    causes: ['The installation is incomplete.', 'The folder was moved or is not readable.'],
    remedies: ['Install Joulebench again, or build from a checkout of its sources.'],
  },
  'firmware.toolchainMissing': {
    what: 'The firmware cannot be built: the program {tool} is not installed.',
    causes: ["Arm's compiler for microcontrollers is not installed.", 'It is installed, but not in the search path.'],
    remedies: [
      'On Debian or Ubuntu: sudo apt-get install gcc-arm-none-eabi.',
      'On Windows and macOS: install the Arm GNU Toolchain (arm-none-eabi) and add its folder bin to PATH.',
    ],
  },
  'firmware.tooLarge': {
    what: 'The model {model} does not fit the board {board}: it needs {needed} bytes of {memory}, the board has {available}.',
    causes: ['The model is larger than the memory of this board.'],
    remedies: [
      'Choose a board with more memory, or a smaller model; `joulebench model info` prints what a model needs.',
    ],
  },
  'firmware.compile': {
    what: 'The firmware did not build: {file}.\n{output}',
    causes: ['A source or a port was changed.', 'The compiler is much older or newer than the one the project uses.'],
    remedies: ['Correct what the compiler names, and build again.'],
  },
  'firmware.elf': {
    what: 'The built image is not a whole ELF file ({problem}).',
    causes: ['The disk is full.', 'The compiler is not the one for 32-bit Arm.'],
    remedies: ['Check `arm-none-eabi-gcc --version`, and build again.'],
  },
  'firmware.write': {
    what: 'The image cannot be written: {file} ({reason}).',
    causes: ['The folder is read-only.', 'The disk is full.'],
    remedies: ['Choose another folder with --out.'],
  },
  'firmware.imageUnusable': {
    what: 'The firmware image is not usable: {file} ({problem}).',
    causes: ['The folder holds no image, or only a part of one.', 'A file was changed after the build.'],
    remedies: ['Build the image again with `joulebench firmware build`.'],
  },
  'firmware.imageOther': {
    what: 'The firmware image in {folder} is for the board {board} and the model {model} (plan {planSha256}), not for what was asked.',
    causes: ['Another folder was meant.', 'The model was compiled by another version of Joulebench.'],
    remedies: ['Leave the folder out, so that the image is built, or build it again with `joulebench firmware build`.'],
  },
  'qemu.unknownMachine': {
    what: 'There is no emulated board {machine}.',
    causes: ['The name is misspelt.', 'The board has a port, but no emulator plays it.'],
    remedies: ['Choose one of: {known}.'],
  },
  'qemu.missing': {
    what: 'The emulated bench needs the program {program}, which is not installed.',
    causes: ['QEMU is not installed.', 'It is installed, but not in the search path.'],
    remedies: [
      'On Debian or Ubuntu: sudo apt-get install qemu-system-arm.',
      'Use the virtual bench, which needs no other program.',
    ],
  },
  'qemu.startFailed': {
    what: 'The emulator of {machine} did not start: {reason}.',
    causes: ['This QEMU does not know the machine.', 'The image is damaged.'],
    remedies: ['Check `qemu-system-arm -M help`.', 'Build the image again with `joulebench firmware build`.'],
  },
  'qemu.ended': {
    what: 'The emulator of {machine} ended by itself with code {code}.\n{output}',
    causes: ['Somebody stopped the process.', 'QEMU met an error.'],
    remedies: ['Run again. If it happens again, run QEMU by hand with the image to see its message.'],
  },
} satisfies Record<string, FaultWords>;
