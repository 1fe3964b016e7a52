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
  'flash.toolMissing': {
    what: 'There is no {tool} on this computer: {program} was not found.',
    causes: ['It is not installed, or lies in a folder that is not on PATH.'],
    remedies: ['Install {tool}, or name its place in the settings.', 'Use the other tool.'],
  },
  'flash.toolTooOld': {
    what: '{tool} is {found}; {needed} or newer is needed.',
    causes: ['The distribution ships an old one.'],
    remedies: ['Install a newer {tool} and name its place in the settings.'],
  },
  'flash.toolTooNew': {
    what: '{tool} and {probe} do not speak the same version of their protocol.',
    causes: ['{tool} is newer than the server of the probe.'],
    remedies: ['Update the server of the probe, or install an older {tool}.'],
  },
  'flash.toolNotStarted': {
    what: '{tool} could not be started: {reason}',
    causes: ['The program is not meant for this computer, or this user may not start it.'],
    remedies: ['Start it by hand in a terminal and see what it says.', 'Install {tool} anew.'],
  },
  'flash.toolEnded': {
    what: '{tool} ended by itself: {said}',
    causes: ['It crashed or was ended by somebody.'],
    remedies: ['Flash again.', 'If it happens again: read its log in the session.'],
  },
  'flash.toolFailed': {
    what: '{tool} could not flash {board}: {said}',
    causes: ['The tool met something that Joulebench does not know.'],
    remedies: ['Read its log in the session.', 'Power the board off and on, then flash again.'],
  },
  'flash.toolLacksBoard': {
    what: '{tool} {version} does not know {board}.',
    causes: ['This version has no file for the chip.'],
    remedies: ['Install a newer {tool}, or use the other tool.'],
  },
  'flash.toolLacksProbe': {
    what: '{tool} cannot use the probe {probe}.',
    causes: ['The kind of this probe is not known.'],
    remedies: ['Attach an ST-LINK, a CMSIS-DAP probe or a J-Link.', 'Use the other tool.'],
  },
  'flash.toolLacksUnlock': {
    what: '{tool} cannot unlock {board}.',
    causes: ['Joulebench knows no command of {tool} for this chip.'],
    remedies: ["Use the other tool, or the maker's own program."],
  },
  'flash.toolPortInUse': {
    what: '{tool} found a port of this computer taken: {said}',
    causes: ['Another debugger or server is running.'],
    remedies: ['Close it and flash again.'],
  },
  'flash.probeMissing': {
    what: '{tool} does not find the probe {probe}.',
    causes: [
      'The cable is loose or carries power only.',
      'Another board is attached: its probe has another serial number.',
      'This user may not open the probe (a udev rule on Linux), or its driver is missing (Windows).',
      'The server of the probe does not run.',
    ],
    remedies: [
      'Plug the probe in again; joulebench devices --probes lists what is attached.',
      'Install the udev rule or the driver.',
    ],
  },
  'flash.probeBusy': {
    what: 'The probe {probe} is held by another program.',
    causes: ['A development environment or another debugger has it open.'],
    remedies: ['Close it and flash again.'],
  },
  'flash.probeFirmwareOld': {
    what: 'The firmware of the probe {probe} is too old.',
    causes: ['It lacks direct access to the debug port.'],
    remedies: ["Update the probe with its maker's program, then flash again."],
  },
  'flash.probeStalled': {
    what: 'The probe {probe} did nothing for {silentS} s, so {tool} was ended.',
    causes: ['The probe hangs, or was unplugged.', 'The USB hub is overloaded.'],
    remedies: ['Unplug the probe, plug it in again and flash again.', 'Connect it directly to the computer.'],
  },
  'flash.probeUnplugged': {
    what: 'The probe {probe} was lost while it worked on {board}.',
    causes: ['The cable was pulled or is loose.'],
    remedies: ['Plug it in and flash again: nobody knows what the flash holds now.'],
  },
  'flash.probeLinkUnstable': {
    what: 'The link from the probe {probe} to {board} fails now and then: {said}',
    causes: ['The wires are long or loose, or the clock is too fast for them.', 'The chip sleeps or resets itself.'],
    remedies: [
      'Use short wires with a ground beside each.',
      'Lower the clock of the probe.',
      'Hold the board in reset while connecting.',
    ],
  },
  'flash.targetNoAck': {
    what: '{board} does not answer the probe {probe}.',
    causes: [
      'The board has no power.',
      'SWDIO, SWCLK or ground is not connected.',
      'The chip sleeps or its firmware switched the debug pins off.',
    ],
    remedies: ['Check power and the debug wires.', 'Hold the reset button while flashing starts.'],
  },
  'flash.targetNoPower': {
    what: 'The probe reads {foundV} V at {board}; below {minV} V nothing is erased.',
    causes: [
      'The board is switched off, or its supply is.',
      'A jumper for measuring current is open.',
      'The voltage pin of the debug connector is not connected.',
    ],
    remedies: ['Switch the supply on and close the jumper, then flash again.'],
  },
  'flash.targetWiring': {
    what: 'The scan chain of {board} reads all {level}.',
    causes: [
      'All ones: the board has no power or the wire is open.',
      'All zeroes: a short circuit, or the chip is held in reset.',
    ],
    remedies: ['Check power and the debug wires.'],
  },
  'flash.targetUnknown': {
    what: '{tool} does not know the target {target} of {board}.',
    causes: ['It comes with a CMSIS-Pack that is not installed, or with a newer {tool}.'],
    remedies: ['For pyOCD: pyocd pack install {target}.', 'For OpenOCD: install a newer one.', 'Use the other tool.'],
  },
  'flash.deviceLocked': {
    what: '{board} is locked against debugging.',
    causes: ['Its firmware, or whoever flashed it last, switched the protection on.'],
    remedies: ['Unlock it: that erases everything on it, so it is asked for first.'],
  },
  'flash.deviceWrong': {
    what: 'This is not {board}: its {register} reads {found}, not {expected}. Nothing was erased.',
    causes: ['Another board is attached to this probe.', 'Another board was chosen.'],
    remedies: [
      'Choose the board that is attached.',
      'With several boards attached, choose the probe by its serial number.',
    ],
  },
  'flash.deviceUnrecognised': {
    what: 'The chip that answers is not known for {board}: {said}',
    causes: ['Another board is attached.', 'The link garbles what is read.'],
    remedies: ['Choose the board that is attached.', 'Check the debug wires.'],
  },
  'flash.deviceOutside': {
    what: '{board} has no flash at {address}.',
    causes: ['The image was built for another board.'],
    remedies: ['Choose the image of this board.'],
  },
  'flash.deviceTimeout': {
    what: 'The flash controller of {board} stays busy.',
    causes: ['An earlier program still writes, or the supply is too weak.'],
    remedies: ['Power the board off and on, then flash again.'],
  },
  'flash.eraseFailed': {
    what: 'The flash of {board} could not be erased at {address}.',
    causes: ['The sectors are protected, or the flash is worn out.', 'The supply is too weak.'],
    remedies: ['Power the board off and on, then flash again.', 'Clear the protection bits.'],
  },
  'flash.writeFailed': {
    what: 'The flash of {board} could not be written at {address}.',
    causes: ['The sector is protected or was not erased.', 'The flash is worn out, or the supply is too weak.'],
    remedies: ['Flash again.', 'Clear the protection bits.'],
  },
  'flash.writeProtected': {
    what: 'The flash of {board} is protected against writing at {address}.',
    causes: ['Protection bits of the chip are set.'],
    remedies: ["Clear the protection bits with the maker's program, then flash again."],
  },
  'flash.verifyMismatch': {
    what: '{board} holds {found} at {address}, not {expected}.',
    causes: ['The link garbles what is written.', 'The flash is worn out.'],
    remedies: [
      'Reseat the debug wires or lower the clock, and flash again.',
      'If the address stays the same: replace the board.',
    ],
  },
  'flash.verifyFailed': {
    what: 'What {board} holds is not what was written: {said}',
    causes: ['The link garbles what is written.', 'The flash is worn out.'],
    remedies: ['Reseat the debug wires or lower the clock, and flash again.'],
  },
  'flash.boardUnknownFlash': {
    what: 'The entry of {title} does not say how it is flashed.',
    causes: ['It is an emulated or a generic board.', 'Its memory was never described.'],
    remedies: [
      "Flash it with its maker's tool, and let Joulebench start at the run.",
      'Describe its memory in resources/boards/{board}.json (docs/formats/board.md).',
    ],
  },
  'flash.probeNone': {
    what: 'No debug probe is attached that could reach {board}.',
    causes: [
      'The board is not plugged in, or by a cable without data lines.',
      'The driver of the probe is missing (Windows).',
      'A probe without a serial port is only seen on Linux.',
    ],
    remedies: ['Plug the board in at the connector of its probe.', 'Look at joulebench devices --probes.'],
  },
  'flash.probeUnknown': {
    what: 'No debug probe has the serial {serial}. Attached: {found}.',
    causes: ['Another board is plugged in.', 'The serial is misspelt.'],
    remedies: ['Take the serial from joulebench devices --probes.'],
  },
  'flash.probeSeveral': {
    what: 'More than one debug probe could be the one of {board}: {found}. Nothing was flashed.',
    causes: ['Several boards are attached.', 'Two probes carry the same serial.'],
    remedies: ['Name the probe by its serial: --probe SERIAL.', 'Unplug the other boards.'],
  },
  'flash.probeOtherBoard': {
    what: 'The attached debug probes belong to other boards than {board}: {found}. Nothing was flashed.',
    causes: [
      'Another board is plugged in than the one that was chosen.',
      'The probe of one board is wired to another.',
    ],
    remedies: ['Choose the board that is attached.', 'If the probe really is wired to it, name it: --probe SERIAL.'],
  },
  'flash.boardNotForTool': {
    what: '{tool} cannot flash {board}: {reason}',
    causes: ['This version of the tool does not know the board.'],
    remedies: ['{remedy}'],
  },
  'flash.imageNeeded': {
    what: 'No image is known for {board}.',
    causes: ['There is no port of the reference firmware for it, so nothing can be built.'],
    remedies: ['Name an image: --image FILE.'],
  },
} satisfies Record<string, FaultWords>;
