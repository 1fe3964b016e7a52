/**
 * What can go wrong on purpose (virtual-bench 3.5). Everything is scripted by a count or by virtual time, never by wall
 * time, so a test that injects a fault repeats exactly.
 */
export interface InjectedFaults {
  line?: LineFaults;
  dut?: DutFaults;
  monitor?: MonitorFaults;
  ioManager?: IoManagerFaults;
}

/**
 * When something happens to an emulated monitor: at a point of virtual time, or some time after the n-th falling edge of the
 * timestamp pin, counted from 1 since the bench was opened.
 */
export type FaultMoment = { atS: number } | { afterEdge: number; byS?: number };

export interface MonitorFaults {
  /** The plug is pulled: the stream ends and the DUT loses its supply. Back after `forS`, or never. */
  unplug?: FaultMoment & { forS?: number };
  /** Nothing is sent any more, neither samples nor replies. */
  silence?: FaultMoment;
  /** Nothing arrives during this time (1 s unless told otherwise); then all of it at once. */
  stall?: FaultMoment & { forS?: number };
  /**
   * Samples that are taken but never sent: 1000 for an LPM01A's block, 512 for a PPK2's. With `hidden` they are not even
   * counted by the instrument: its ticks or its counter go on as if no time had passed.
   */
  lostSamples?: readonly (FaultMoment & { count: number; hidden?: boolean })[];
  /** Bytes lost inside a sample, 1 to 3. */
  lostBytes?: readonly (FaultMoment & { count: number })[];
  /** The port is opened while the instrument streams for a program that was killed, in the middle of a sample. */
  staleStream?: boolean;
  /** LPM01A: a firmware before 1.0.6. PPK2: one before 1.2.0, whose metadata come in another order. */
  oldFirmware?: boolean;
  /** Falling edges that the monitor does not see, counted from 1 since the bench was opened. */
  missingEdges?: readonly number[];
  /** Edges that nobody made. */
  extraEdges?: readonly FaultMoment[];
  /** The supply's limit is exceeded: the LPM01A says so and stops; the PPK2's supply goes off. */
  overCurrent?: FaultMoment;
  /** For this time (0.1 s unless told otherwise) the current is beyond what the monitor can measure. */
  saturation?: FaultMoment & { forS?: number };
  /** By how much the effective voltage is below the set one, relative. */
  supplyLow?: number;
  /** True sampling rate / what the instrument says. */
  rateFactor?: number;
  /** PPK2: bytes in front of the metadata, metadata with `-nan`, or without their `END`. */
  metadata?: 'garbageBefore' | 'notANumber' | 'withoutEnd';
}

export interface IoManagerFaults {
  /** Answers this many commands since it was opened, then does nothing any more. */
  silentAfter?: number;
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
