import { Fault, isFault } from '../../../shared/fault/index.ts';
import type { Lpm01aLink } from './link.ts';
import { versionAtLeast } from './values.ts';

/** Older boards answer power commands with errors (energy monitors, 2.1). */
const oldestFirmware = '1.0.6';
const expectedName = 'X-NUCLEO-LPM01A';
/** A killed program leaves the board streaming: it is stopped, and what still comes is discarded until it is quiet. */
const drain = { quietS: 0.3, mostS: 3 } as const;
const probeDeadlineS = 1;

/**
 * From whatever state the board is in to host control with the supply off.
 * @throws Fault `emon.notThisMonitor`, `emon.firmwareTooOld`, `emon.silent`, `emon.refused`, `emon.streamLost`; the signal's reason.
 */
export async function handshake(link: Lpm01aLink, signal?: AbortSignal): Promise<{ serial: string; firmware: string }> {
  // The leading line end finishes a command that an earlier program left half-sent.
  if (!(await link.drain('\r\nstop', drain.quietS, drain.mostS, signal))) throw notThis(link, link.stray);
  const serial = await probe(link, signal);
  const { text: firmware } = await link.command('version', { signal });
  if (!versionAtLeast(firmware, oldestFirmware)) {
    throw new Fault('emon.firmwareTooOld', { instrument: link.label, found: firmware, needed: oldestFirmware });
  }
  await link.command('htc', { signal });
  await link.command('pwr off', { signal });
  return { serial, firmware };
}

/** Who answers `powershield` with a number is one. Asked twice: the first line may follow rubbish. */
async function probe(link: Lpm01aLink, signal?: AbortSignal): Promise<string> {
  try {
    return (await link.command('powershield', { signal, deadlineS: probeDeadlineS })).text;
  } catch (error) {
    if (!isFault(error, 'emon.silent')) throw error;
  }
  try {
    return (await link.command('powershield', { signal, deadlineS: probeDeadlineS })).text;
  } catch (error) {
    if (isFault(error, 'emon.silent') && link.stray.trim() !== '') throw notThis(link, link.stray);
    throw error;
  }
}

function notThis(link: Lpm01aLink, found: string): Fault {
  return new Fault('emon.notThisMonitor', {
    instrument: link.label,
    expected: expectedName,
    found: JSON.stringify(found.trim()),
  });
}
