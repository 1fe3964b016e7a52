/**
 * What can go wrong on purpose (virtual-bench 3.5). Everything is scripted by a count or by virtual time, never by wall
 * time, so a test that injects a fault repeats exactly.
 */
export interface InjectedFaults {
  line?: LineFaults;
  dut?: DutFaults;
}

/** Number of a byte in one direction, counted from 1 since the line was opened. */
export type ByteNumber = number;

export interface ByteFault {
  byte: ByteNumber;
  kind: 'lost' | 'doubled' | 'flipped';
  /** Bits that change when flipped; the lowest one by default. */
  mask?: number;
}

export interface LineFaults {
  /** The DUT sends back what it receives, in front of its reply (quirks Q01 and Q02). */
  echo?: 'withTerminator' | 'withoutTerminator';
  /** Text that vendors print, glued in front of each line that begins with `before` (quirk Q06). */
  glued?: readonly { before: string; text: string }[];
  toDut?: readonly ByteFault[];
  toHost?: readonly ByteFault[];
  /** Nothing arrives at the host during this time; then all of it at once. */
  stall?: { atS: number; forS: number };
  /** The cable is pulled: the line ends and the DUT loses its power. Back after `forS`, or never. */
  unplug?: { atS: number; forS?: number };
}

export interface DutFaults {
  /** Time from power to the first byte of the boot block, or never. */
  boot?: { afterS: number } | 'never';
  /** Answers this many commands since power-on, then does nothing any more. */
  silentAfterCommand?: number;
  /** Restarts after this many inferences since power-on; once. */
  rebootAfterInference?: number;
  /** Timestamp lines that are not printed, and those that are printed twice; counted from 1 since power-on, boot's first. */
  stampsMissing?: readonly number[];
  stampsDoubled?: readonly number[];
}
