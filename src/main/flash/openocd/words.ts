import { Fault } from '../../../shared/fault/index.ts';

/** What the words are about. */
export interface WordsAbout {
  probe: string;
  board: string;
  target: string;
  minTargetV: number;
  /** Where the step worked, as text; for words without an address of their own. */
  address: string;
}

const tool = 'OpenOCD';

/** The target's voltage as the probe's driver tells it: ST-LINK and J-Link spell it their own way. */
export function targetVoltage(lines: readonly string[]): number | undefined {
  for (const line of lines) {
    const match = /(?:Target voltage:|VTarget =) ?(\d{1,4}(?:\.\d{1,12})?)/.exec(line);
    if (match) return Number(match[1]);
  }
  return undefined;
}

type Rule = readonly [
  pattern: RegExp,
  make: (match: RegExpExecArray, about: WordsAbout, lines: readonly string[]) => Fault,
];

/**
 * The table of what OpenOCD prints (specification, section E), the deeper cause first: of several lines that fit, the one of the first rule
 * says why. Each line alone may stand in a log of a flashing that went well: this is asked only when a step has failed.
 */
const rules: readonly Rule[] = [
  [
    /ST-Link version does not support DAP direct transport/i,
    (_, { probe }) => new Fault('flash.probeFirmwareOld', { probe }),
  ],
  [/couldn't bind \S+ to socket on port \d+.*/, ([said]) => new Fault('flash.toolPortInUse', { tool, said })],
  [
    /the selected device is already used|LIBUSB_ERROR_(?:BUSY|ACCESS)/,
    (_, { probe }) => new Fault('flash.probeBusy', { probe }),
  ],
  [
    /no ST-LINK detected|serial mismatch|cannot connect to stlink server|unable to find a matching CMSIS-DAP device|No J-Link device found|No device matches the serial string|Error: open failed|Failed to connect.*Bad file descriptor/i,
    (_, { probe }) => new Fault('flash.probeMissing', { tool, probe }),
  ],
  [
    /Can't find (\S*target\/\S+|\S+\.cfg)/,
    ([, target = ''], { board }) => new Fault('flash.targetUnknown', { tool, board, target }),
  ],
  [/couldn't open (\S+)/, ([, path = '']) => new Fault('flash.imageMissing', { path })],
  [
    /failed to (?:send|receive) USB CMD|LIBUSB_ERROR_NO_DEVICE/,
    (_, { probe, board }) => new Fault('flash.probeUnplugged', { probe, board }),
  ],
  [/AP lock engaged/, (_, { board }) => new Fault('flash.deviceLocked', { board })],
  [
    /JTAG scan chain interrogation failed: all (ones|zeroes)/,
    ([, level], { board }) => new Fault('flash.targetWiring', { board, level: level === 'ones' ? 'ones' : 'zeroes' }),
  ],
  [
    /init mode failed \(unable to connect to the target\)|Error connecting DP: cannot read IDR/,
    (_, { probe, board }) => new Fault('flash.targetNoAck', { probe, board }),
  ],
  [
    /(?:Cortex-M )?PARTNO 0x[0-9a-f]+ is unrecognized|Cannot identify target as an? \S+ family/i,
    ([said], { board }) => new Fault('flash.deviceUnrecognised', { board, said }),
  ],
  [
    /diff \d+ address (0x[0-9a-f]{1,16})\. Was (0x[0-9a-f]{1,8}) instead of (0x[0-9a-f]{1,8})/i,
    ([, address = '', found = '', expected = ''], { board }) =>
      new Fault('flash.verifyMismatch', { board, address, found, expected }),
  ],
  [
    /checksum mismatch|\*\* Verify Failed \*\*/,
    ([said], { board }) => new Fault('flash.verifyFailed', { board, said }),
  ],
  [
    /flash memory write protected|device protected|flash write failed = 0x0*10\b/,
    (_, { board, address }, lines) =>
      new Fault('flash.writeProtected', { board, address: writtenAt(lines) ?? address }),
  ],
  [/timed out waiting for flash/, (_, { board }) => new Fault('flash.deviceTimeout', { board })],
  [
    /no flash bank found for address (0x[0-9a-f]+)/,
    ([, address = ''], { board }) => new Fault('flash.deviceOutside', { board, address }),
  ],
  [/failed erasing sectors \d+ to \d+/, (_, { board, address }) => new Fault('flash.eraseFailed', { board, address })],
  [
    /error writing to flash at address (0x[0-9a-f]+)/,
    ([, address = ''], { board }) => new Fault('flash.writeFailed', { board, address }),
  ],
  [/auto_probe failed/, ([said], { board }) => new Fault('flash.deviceUnrecognised', { board, said })],
  [
    /Could not find MEM-AP to control the core|Failed to (?:read|write) memory at|AP write error, reset will not halt|Fail reading CTRL\/STAT register|JTAG-DP STICKY ERROR|DP initialisation failed/,
    ([said], { probe, board }) => new Fault('flash.probeLinkUnstable', { probe, board, said }),
  ],
];

function writtenAt(lines: readonly string[]): string | undefined {
  for (const line of lines) {
    const address = /error writing to flash at address (0x[0-9a-f]+)/.exec(line)?.[1];
    if (address) return address;
  }
  return undefined;
}

/**
 * Why a step failed, from what OpenOCD printed for it (and the text of its Tcl reply as one more line). A target without power explains
 * whatever else went wrong. Words that nobody knows give `flash.toolFailed` with the last line that says `Error`.
 */
export function openocdFault(lines: readonly string[], about: WordsAbout): Fault {
  const foundV = targetVoltage(lines);
  if (foundV !== undefined && foundV < about.minTargetV)
    return new Fault('flash.targetNoPower', { board: about.board, foundV, minV: about.minTargetV });
  for (const [pattern, make] of rules) {
    for (const line of lines) {
      const match = pattern.exec(line);
      if (match) return make(match, about, lines);
    }
  }
  const said = lines.findLast((line) => line.startsWith('Error')) ?? lines.findLast((line) => line.trim() !== '') ?? '';
  return new Fault('flash.toolFailed', { tool, board: about.board, said: said.slice(0, 500) });
}
