import { Fault } from '../../../shared/fault/index.ts';
import type { ProbeChoice } from '../types.ts';

/** What the words are about. */
export interface PyocdAbout {
  version: string;
  needed: string;
  probe: string;
  board: string;
  target: string;
}

const tool = 'pyOCD';

type Rule = readonly [pattern: RegExp, make: (match: RegExpExecArray, about: PyocdAbout) => Fault];

const locked = /APPROTECT enabled|not automatically unlocking|Target is locked/;

/**
 * The table of what pyOCD prints (specification, section E), the deeper cause first. Asked when a step has failed, or when its proof is
 * missing.
 */
const rules: readonly Rule[] = [
  [/command hello \(status code 1\)/, (_, { probe }) => new Fault('flash.toolTooNew', { tool, probe })],
  [
    /unrecognized arguments/,
    (_, { version, needed }) => new Fault('flash.toolTooOld', { tool, found: version, needed }),
  ],
  [
    /command open \(status code 3\)|Access denied|Resource busy/,
    (_, { probe }) => new Fault('flash.probeBusy', { probe }),
  ],
  [
    /No connected debug probe|No available debug probes|No target device available|Connection refused|WinError 10061/,
    (_, { probe }) => new Fault('flash.probeMissing', { tool, probe }),
  ],
  [
    /Target type (\S+) not recognized/,
    ([, target = ''], { board }) => new Fault('flash.targetUnknown', { tool, board, target }),
  ],
  [
    /\(status code 2\)|Broken pipe|Connection reset|WinError 1005[34]|No such device|probe (?:was )?disconnected/i,
    (_, { probe, board }) => new Fault('flash.probeUnplugged', { probe, board }),
  ],
  [locked, (_, { board }) => new Fault('flash.deviceLocked', { board })],
  [/\bNo ACK\b/i, (_, { probe, board }) => new Fault('flash.targetNoAck', { probe, board })],
  [/flash (?:erase|program|init)[\w ]* timed out/i, (_, { board }) => new Fault('flash.deviceTimeout', { board })],
  [
    /flash erase \w+ (?:failure|timeout) \((?:address (0x[0-9a-f]+))?/i,
    ([, address = ''], { board }) => new Fault('flash.eraseFailed', { board, address }),
  ],
  [
    /flash program \w+ (?:failure|timeout) \((?:address (0x[0-9a-f]+))?/i,
    ([, address = ''], { board }) => new Fault('flash.writeFailed', { board, address }),
  ],
  [
    /no memory region defined for address (0x[0-9a-f]+)|address (0x[0-9a-f]+) is not within/i,
    ([, one, other], { board }) => new Fault('flash.deviceOutside', { board, address: one ?? other ?? '' }),
  ],
  [
    /Error reading AP#\d+ IDR.*|No cores were discovered!?|.*\bWAIT\b.*|Memory transfer fault.*|memory transfer failed/i,
    ([said], { probe, board }) => new Fault('flash.probeLinkUnstable', { probe, board, said: said.slice(0, 300) }),
  ],
];

/** Whether pyOCD says that the device is locked: it goes on then, and may end in 0. */
export function saysLocked(lines: readonly string[]): boolean {
  return lines.some((line) => locked.test(line));
}

/** Why a step failed, from what pyOCD printed. Words that nobody knows give `flash.toolFailed` with the last that it called critical or an error. */
export function pyocdFault(lines: readonly string[], about: PyocdAbout): Fault {
  for (const [pattern, make] of rules) {
    for (const line of lines) {
      const match = pattern.exec(line);
      if (match) return make(match, about);
    }
  }
  const said =
    lines.findLast((line) => /^\d+ [CE] |^Error|error:/.test(line)) ??
    lines.findLast((line) => line.trim() !== '') ??
    '';
  return new Fault('flash.toolFailed', { tool, board: about.board, said: said.slice(0, 500) });
}

/** The value that `read32` printed for an address: `e0042000:  10076413`. */
export function readWord(lines: readonly string[], address: number): number | undefined {
  const start = `${address.toString(16).padStart(8, '0')}:`;
  for (const line of lines) {
    if (!line.toLowerCase().startsWith(start)) continue;
    const word = /^\s*([0-9a-f]{8})\b/i.exec(line.slice(start.length))?.[1];
    if (word) return Number.parseInt(word, 16);
  }
  return undefined;
}

const voltageMark = 'joulebench-target-v';

/**
 * A command by which pyOCD tells what its probe measures at the target: it has none of its own, but its commander reads any attribute of the
 * probe. An ST-LINK is asked when it is opened (V), a J-Link now (mV). Undefined where the probe measures nothing that pyOCD knows.
 */
export function voltageCommand(kind: ProbeChoice['kind']): string | undefined {
  if (kind === 'stlink') return `$"${voltageMark} %s" % getattr(getattr(probe, "_link", None), "target_voltage", None)`;
  if (kind === 'jlink') return `$"${voltageMark} %s" % (probe._link.hardware_status.voltage / 1000)`;
  return undefined;
}

/** What the probe measured, in V; null when it told nothing. */
export function readVoltage(lines: readonly string[]): number | null {
  for (const line of lines) {
    const volts = new RegExp(`^'?${voltageMark} (\\d{1,3}(?:\\.\\d{1,20})?)'?$`).exec(line.trim())?.[1];
    if (volts !== undefined) return Number(volts);
  }
  return null;
}

/** Whether a command ended badly only because the probe has no such attribute in this version of pyOCD. */
export function onlyVoltageFailed(lines: readonly string[]): boolean {
  return lines.some((line) => line.includes('exception while executing expression'));
}

/** The version in what `pyocd --version` prints; undefined when there is none. */
export function pyocdVersion(said: string): string | undefined {
  return /^v?(\d{1,4}\.\d{1,4}\.\d{1,4})(?:[.+-]?\w[\w.+-]{0,40})?\s*$/m.exec(said)?.[1];
}
