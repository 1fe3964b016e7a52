import { compareVersions } from '../tools.ts';
import type { FlashJob, ProbeChoice } from '../types.ts';

/** Product ids under 0483 of every ST-LINK that can do it: specification of the virtual probe, section G. */
const stlinkProducts = ['3748', '374a', '374b', '3752', '374d', '374e', '374f', '3753', '3754', '3755', '3757'];

/** Any text as one word of Tcl; control characters have no place in one (an escaped line end is a blank). */
export function tclWord(text: string): string {
  return text.replace(/\p{Cc}/gu, '').replace(/[^A-Za-z0-9_./:-]/gu, (character) => `\\${character}`);
}

/** The script for a target that this version knows, or undefined with what the board's entry advises. */
export function openocdTarget(
  version: string,
  board: FlashJob['board'],
): { target: string | undefined; remedy: string | undefined } {
  // The newest entry that is not newer than the tool, whatever order they stand in.
  const entry = (board.flash.openocd?.versions ?? [])
    .filter(({ from }) => compareVersions(from, version) <= 0)
    .sort((a, b) => compareVersions(b.from, a.from))[0];
  return { target: entry?.target ?? undefined, remedy: entry?.remedy };
}

/** Whether OpenOCD has a driver for this kind of probe. */
export function openocdKnows(kind: ProbeChoice['kind']): boolean {
  return kind !== 'other';
}

/**
 * The configuration for a version. In 0.12.0 each driver has a `vid_pid` of its own and ST-LINK's direct access is `dapdirect_swd`; newer
 * ones say `adapter usb vid_pid` and `swd`, and builds in between know either: so those are asked with the old spelling behind.
 * No server but Tcl's is opened: the usual ports may belong to somebody else, who would not be told.
 */
export function openocdConfig(version: string, board: FlashJob['board'], probe: ProbeChoice, target: string): string {
  const newer = compareVersions(version, '0.12.0') > 0;
  const either = (now: string, before: string): string => (newer ? `if {[catch {${now}}]} {${before}}` : before);
  const usbIds = (before: string, ids: string): string => either(`adapter usb vid_pid ${ids}`, `${before} ${ids}`);
  const transport = board.flash.openocd?.transport ?? 'swd';
  const usb = probe.usb && `0x${hex4(probe.usb.vendorId)} 0x${hex4(probe.usb.productId)}`;
  const lines = ['gdb_port disabled', 'telnet_port disabled', 'tcl_port 0', 'noinit'];
  if (probe.kind === 'stlink') {
    const direct = transport === 'swd' || transport === 'dapdirect_swd';
    lines.push(
      'adapter driver st-link',
      usbIds('st-link vid_pid', usb ?? stlinkProducts.map((product) => `0x0483 0x${product}`).join(' ')),
      ...(probe.remote ? [`st-link backend tcp ${probe.remote.stlinkPort}`] : []),
      direct
        ? either('transport select swd', 'transport select dapdirect_swd')
        : `transport select ${tclWord(transport)}`,
    );
  } else if (probe.kind === 'cmsisDap') {
    lines.push('adapter driver cmsis-dap', ...(usb ? [usbIds('cmsis_dap_vid_pid', usb)] : []), 'transport select swd');
  } else {
    lines.push('adapter driver jlink', 'transport select swd');
  }
  if (probe.serial !== '') lines.push(`adapter serial ${tclWord(probe.serial)}`);
  lines.push(`source [find ${tclWord(target)}]`);
  return `${lines.join('\n')}\n`;
}

function hex4(id: string): string {
  const digits = /^(?:0x)?([0-9a-f]{1,4})$/iu.exec(id.trim())?.[1] ?? '0';
  return digits.toLowerCase().padStart(4, '0');
}
