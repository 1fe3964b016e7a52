import type { Probe } from '../../../shared/domain/flash.ts';
import { Fault } from '../../../shared/fault/index.ts';
import { normaliseSerial } from './serial-number.ts';

export interface ProbeWish {
  /** The board that is to be flashed. */
  board: string;
  /** The probe that the operator named, in any spelling. */
  serial?: string | undefined;
}

/** The one probe there is for it, or why none was chosen. */
export type ChosenProbe =
  | { probe: Probe }
  | {
      probe: undefined;
      reason:
        | 'none'
        /** No probe has the serial that was asked for. */
        | 'unknownSerial'
        /** More than one could be meant: nothing is flashed until one is named. */
        | 'several'
        /** Only probes that are soldered to other boards are attached. */
        | 'otherBoards';
      candidates: readonly Probe[];
    };

/**
 * Which probe to use. A serial that was named decides; else the probe on the board itself; else the only one that is on no board. Never one of
 * several, and never without being named one that belongs to another board.
 */
export function chooseProbe(probes: readonly Probe[], { board, serial }: ProbeWish): ChosenProbe {
  if (probes.length === 0) return { probe: undefined, reason: 'none', candidates: [] };
  if (serial !== undefined) {
    const named = probes.filter((probe) => probe.serial === normaliseSerial(serial, probe.usb?.vendorId));
    return named.length === 0 ? { probe: undefined, reason: 'unknownSerial', candidates: probes } : only(named);
  }
  const onBoard = probes.filter(({ boards }) => boards.includes(board));
  if (onBoard.length > 0) return only(onBoard);
  const free = probes.filter(({ boards }) => boards.length === 0);
  return free.length > 0 ? only(free) : { probe: undefined, reason: 'otherBoards', candidates: probes };
}

/** As `chooseProbe`. @throws Fault `flash.probeNone`, `flash.probeUnknown`, `flash.probeSeveral`, `flash.probeOtherBoard`. */
export function requireProbe(probes: readonly Probe[], wish: ProbeWish): Probe {
  const choice = chooseProbe(probes, wish);
  if (choice.probe) return choice.probe;
  const found = choice.candidates.map(probeName);
  const { board } = wish;
  switch (choice.reason) {
    case 'none':
      throw new Fault('flash.probeNone', { board });
    case 'unknownSerial':
      throw new Fault('flash.probeUnknown', { serial: wish.serial ?? '', found });
    case 'several':
      throw new Fault('flash.probeSeveral', { board, found });
    case 'otherBoards':
      throw new Fault('flash.probeOtherBoard', { board, found });
  }
}

function only(candidates: readonly Probe[]): ChosenProbe {
  const [probe] = candidates;
  return probe && candidates.length === 1 ? { probe } : { probe: undefined, reason: 'several', candidates };
}

function probeName({ product, serial, ports }: Probe): string {
  return [product, serial, ...ports].filter((part) => part !== '').join(' ');
}
