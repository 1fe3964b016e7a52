import type { ProbeFaults } from './types.ts';

/** A probe and a target in order. */
export const noFaults: Readonly<ProbeFaults> = {
  noAck: false,
  tdoStuck: null,
  voltageV: 3.3,
  locked: false,
  unknownPart: false,
  unknownChip: false,
  wrongChip: false,
  noProbe: false,
  serialMismatch: null,
  probeBusy: false,
  noServer: false,
  corruptByte: null,
  writeProtected: false,
  alwaysBusy: false,
  unplugAfterBytes: null,
  unplugTold: false,
  stallAfterBytes: null,
  persistentWait: false,
  oldProbeFirmware: false,
  protocolRefused: false,
};

/** What the parts of the probe share: present faults, and the log. */
export interface Bridge {
  readonly faults: ProbeFaults;
  note(what: string): void;
}

/** An access that the bus or the core refuses: the debug port answers FAULT. */
export class BusFault extends Error {
  readonly address: number;

  constructor(address: number, why = 'no memory') {
    super(`${why} at ${hex(address)}`);
    this.address = address;
  }
}

export const hex = (value: number): string => `0x${(value >>> 0).toString(16).padStart(8, '0')}`;
