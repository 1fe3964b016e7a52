import type { FaultWords } from '../../words.ts';

export const flashFaultWords = {
  'flash.imageMissing': {
    what: 'There is no image {path}.',
    causes: ['The path is misspelt.', 'The firmware was not built yet.'],
    remedies: ['Build it: joulebench firmware build.', 'Name another image.'],
  },
  'flash.imageFormat': {
    what: '{name} is no ELF file, and neither its name nor its first line tells what else it is.',
    causes: ['It is a BIN or HEX image under an unusual name.', 'It is no firmware image.'],
    remedies: ['Name its format (elf, hex or bin).', 'Choose the file that the build calls image.'],
  },
  'flash.imageNoBase': {
    what: '{name} is a BIN image: it does not say at which address it belongs.',
    causes: ['The format holds bytes only.'],
    remedies: ['Give its base address (0x08000000 on most STM32).', 'Flash the ELF or HEX file of the same build.'],
  },
  'flash.imageEmpty': {
    what: '{name} holds no byte that could be programmed.',
    causes: ['The build failed half way.', 'The copy was cut short.'],
    remedies: ['Build the firmware again.', 'Copy the file again and compare sizes.'],
  },
  'flash.imageTooLarge': {
    what: '{name} would fill at least {bytes} bytes; an image may have {maxBytes}.',
    causes: ['The file is no firmware image.', 'The file is damaged.'],
    remedies: ['Choose another file.', 'Build the firmware again.'],
  },
  'flash.imageOverlap': {
    what: '{name} gives the byte at {address} twice.',
    causes: ['Two parts of the program were linked to the same place.', 'The file is damaged.'],
    remedies: ['Look at the load addresses in the linker script.', 'Build the firmware again.'],
  },
  'flash.imageAddress': {
    what: '{name} goes past the end of the address space, from {address}.',
    causes: ['The base address is wrong.', 'The file is damaged.'],
    remedies: ['Check the base address.', 'Build the firmware again.'],
  },
  'flash.imageNotElf': {
    what: '{name} is no ELF file.',
    causes: ['It is an image of another format.'],
    remedies: ['Let the format be found by itself, or name the right one.'],
  },
  'flash.imageMachine': {
    what: '{name} is a program for another machine ({bits} bit, {order}-endian, ELF machine {machine}); boards here run 32-bit little-endian Arm code.',
    causes: ['It is the build for the computer instead of the one for the board.'],
    remedies: ['Choose the image that was built for the board.'],
  },
  'flash.imageNotLinked': {
    what: '{name} is no linked program (ELF type {type}).',
    causes: ['It is an object file or a library.', 'It was linked as a position-independent program.'],
    remedies: ['Choose the image that the linker wrote.', 'Link it without -pie.'],
  },
  'flash.imageDamaged': {
    what: '{name} is not whole: {neededBytes} bytes belong at offset {offset}; the file has {fileBytes} bytes.',
    causes: ['The copy was cut short.', 'The file is damaged.'],
    remedies: ['Copy the file again.', 'Build the firmware again.'],
  },
  'flash.imageHexSyntax': {
    what: '{name}, line {line}, is no record of an Intel HEX file.',
    causes: ['The file was cut short or changed by an editor.', 'It is a file of another format.'],
    remedies: ['Build or copy the file again.'],
  },
  'flash.imageHexChecksum': {
    what: '{name}, line {line}: the checksum is {found}, the bytes add up to {expected}.',
    causes: ['The line was changed after the build.', 'The file was damaged on its way.'],
    remedies: ['Build or copy the file again.'],
  },
  'flash.imageHexRecord': {
    what: '{name}, line {line}: no record of type {type} with {bytes} bytes exists.',
    causes: ['The file is damaged.', 'It is a file of another format.'],
    remedies: ['Build or copy the file again.'],
  },
  'flash.imageHexOverlap': {
    what: '{name}, line {line}, gives the byte at {address} again.',
    causes: ['Two images that share addresses were merged.', 'A line stands there twice.'],
    remedies: ['Build the file again.', 'Merge images that do not overlap.'],
  },
  'flash.imageHexAfterEnd': {
    what: '{name}, line {line}, stands after the end record.',
    causes: ['Two files were put together as they were.'],
    remedies: ['Merge them with a tool for HEX files.', 'Build the file again.'],
  },
  'flash.imageHexNoEnd': {
    what: '{name} has no end record: its last lines are missing.',
    causes: ['The copy was cut short.'],
    remedies: ['Copy the file again.', 'Build the firmware again.'],
  },
  'flash.layoutOutside': {
    what: '{name} has {bytes} bytes at {address}, where the board has no memory for them ({regions}).',
    causes: ['The image was built for another board.', 'The base address is wrong.'],
    remedies: ['Choose the image of this board, or the board of this image.', 'Check the base address.'],
  },
  'flash.layoutRam': {
    what: '{name} has {bytes} bytes at {address}, in the RAM of the board ({region}): they would be gone at the reset.',
    causes: ['It was linked to run from RAM.', 'Initial values of variables have no load address in flash.'],
    remedies: ['Link the image to run from flash.', 'Give the data section a load address in flash (AT > FLASH).'],
  },
} satisfies Record<string, FaultWords>;
