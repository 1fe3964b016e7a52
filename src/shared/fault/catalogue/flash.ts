import { z } from 'zod';
import { fault } from './define.ts';

/** Faults of flashing: one for each row of the table of what the tools really print (virtual probe, section E). */
export const flashFaults = {
  'flash.imageMissing': fault('data', z.object({ path: z.string() })),
  'flash.imageFormat': fault('data', z.object({ name: z.string() })),
  'flash.imageNoBase': fault('usage', z.object({ name: z.string() })),
  'flash.imageEmpty': fault('data', z.object({ name: z.string() })),
  'flash.imageTooLarge': fault('data', z.object({ name: z.string(), bytes: z.number(), maxBytes: z.number() })),
  'flash.imageOverlap': fault('data', z.object({ name: z.string(), address: z.string() })),
  'flash.imageAddress': fault('data', z.object({ name: z.string(), address: z.string() })),
  'flash.imageNotElf': fault('data', z.object({ name: z.string() })),
  'flash.imageMachine': fault(
    'data',
    z.object({ name: z.string(), bits: z.number(), order: z.enum(['little', 'big']), machine: z.number() }),
  ),
  'flash.imageNotLinked': fault('data', z.object({ name: z.string(), type: z.number() })),
  'flash.imageDamaged': fault(
    'data',
    z.object({ name: z.string(), offset: z.number(), neededBytes: z.number(), fileBytes: z.number() }),
  ),
  'flash.imageHexSyntax': fault('data', z.object({ name: z.string(), line: z.number() })),
  'flash.imageHexChecksum': fault(
    'data',
    z.object({ name: z.string(), line: z.number(), found: z.string(), expected: z.string() }),
  ),
  'flash.imageHexRecord': fault(
    'data',
    z.object({ name: z.string(), line: z.number(), type: z.string(), bytes: z.number() }),
  ),
  'flash.imageHexOverlap': fault('data', z.object({ name: z.string(), line: z.number(), address: z.string() })),
  'flash.imageHexAfterEnd': fault('data', z.object({ name: z.string(), line: z.number() })),
  'flash.imageHexNoEnd': fault('data', z.object({ name: z.string() })),
  'flash.layoutOutside': fault(
    'data',
    z.object({ name: z.string(), address: z.string(), bytes: z.number(), regions: z.array(z.string()) }),
  ),
  'flash.layoutRam': fault(
    'data',
    z.object({ name: z.string(), address: z.string(), bytes: z.number(), region: z.string() }),
  ),
  // The tools, their probes and what hangs on them. Addresses and bytes stand as people write them: `0x08000100`.
  'flash.toolMissing': fault('usage', z.object({ tool: z.string(), program: z.string() })),
  'flash.toolTooOld': fault('usage', z.object({ tool: z.string(), found: z.string(), needed: z.string() })),
  'flash.toolTooNew': fault('usage', z.object({ tool: z.string(), probe: z.string() })),
  /** The system refuses the program, or it never says its version: another one is to be named or installed. */
  'flash.toolNotStarted': fault('usage', z.object({ tool: z.string(), reason: z.string() })),
  /** It ended although it should have gone on, and said nothing that we know; `said` are its last words. */
  'flash.toolEnded': fault('instrument', z.object({ tool: z.string(), said: z.string() })),
  /** A step failed with words that no other fault covers. */
  'flash.toolFailed': fault('instrument', z.object({ tool: z.string(), board: z.string(), said: z.string() })),
  'flash.toolLacksBoard': fault('usage', z.object({ tool: z.string(), version: z.string(), board: z.string() })),
  'flash.toolLacksProbe': fault('usage', z.object({ tool: z.string(), probe: z.string() })),
  'flash.toolLacksUnlock': fault('usage', z.object({ tool: z.string(), board: z.string() })),
  'flash.toolPortInUse': fault('usage', z.object({ tool: z.string(), said: z.string() })),
  'flash.probeMissing': fault('instrument', z.object({ tool: z.string(), probe: z.string() })),
  'flash.probeBusy': fault('instrument', z.object({ probe: z.string() })),
  'flash.probeFirmwareOld': fault('instrument', z.object({ probe: z.string() })),
  'flash.probeStalled': fault('instrument', z.object({ tool: z.string(), probe: z.string(), silentS: z.number() })),
  'flash.probeUnplugged': fault('instrument', z.object({ probe: z.string(), board: z.string() })),
  'flash.probeLinkUnstable': fault('instrument', z.object({ probe: z.string(), board: z.string(), said: z.string() })),
  'flash.targetNoAck': fault('instrument', z.object({ probe: z.string(), board: z.string() })),
  'flash.targetNoPower': fault('instrument', z.object({ board: z.string(), foundV: z.number(), minV: z.number() })),
  'flash.targetWiring': fault('instrument', z.object({ board: z.string(), level: z.enum(['ones', 'zeroes']) })),
  /** The tool does not know the name of the target: a pack or a newer tool is missing. */
  'flash.targetUnknown': fault('usage', z.object({ tool: z.string(), board: z.string(), target: z.string() })),
  'flash.deviceLocked': fault('instrument', z.object({ board: z.string() })),
  /** It answers, and it is another chip. */
  'flash.deviceWrong': fault(
    'instrument',
    z.object({ board: z.string(), register: z.string(), found: z.string(), expected: z.string() }),
  ),
  'flash.deviceUnrecognised': fault('instrument', z.object({ board: z.string(), said: z.string() })),
  'flash.deviceOutside': fault('data', z.object({ board: z.string(), address: z.string() })),
  'flash.deviceTimeout': fault('instrument', z.object({ board: z.string() })),
  'flash.eraseFailed': fault('instrument', z.object({ board: z.string(), address: z.string() })),
  'flash.writeFailed': fault('instrument', z.object({ board: z.string(), address: z.string() })),
  'flash.writeProtected': fault('instrument', z.object({ board: z.string(), address: z.string() })),
  'flash.verifyMismatch': fault(
    'instrument',
    z.object({ board: z.string(), address: z.string(), found: z.string(), expected: z.string() }),
  ),
  /** The tool says that it does not agree, without an address. */
  'flash.verifyFailed': fault('instrument', z.object({ board: z.string(), said: z.string() })),
  'flash.boardUnknownFlash': fault('usage', z.object({ board: z.string(), title: z.string() })),
  'flash.probeNone': fault('instrument', z.object({ board: z.string() })),
  'flash.probeUnknown': fault('usage', z.object({ serial: z.string(), found: z.array(z.string()) })),
  'flash.probeSeveral': fault('usage', z.object({ board: z.string(), found: z.array(z.string()) })),
  'flash.probeOtherBoard': fault('usage', z.object({ board: z.string(), found: z.array(z.string()) })),
  'flash.boardNotForTool': fault(
    'usage',
    z.object({ board: z.string(), tool: z.string(), reason: z.string(), remedy: z.string() }),
  ),
  'flash.imageNeeded': fault('usage', z.object({ board: z.string() })),
} as const;
