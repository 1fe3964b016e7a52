/** Something that runs code which is not a loader stub: QEMU. All calls but `halt` and `running` want it halted. */
export interface Machine {
  readonly running: boolean;
  /** It has died: QEMU ends when the code on it locks up the core. */
  readonly lost: boolean;
  /** Starts it anew, without memory, registers and breakpoints. */
  revive(): Promise<void>;
  /** End of its RAM, which may be larger than the chip's and begins with it. */
  readonly ramEnd: number;
  /** Undefined where the machine has no memory. */
  read(address: number, bytes: number): Promise<Uint8Array | undefined>;
  write(address: number, bytes: Uint8Array): Promise<void>;
  /** r0 to r15 and the xPSR. */
  readRegisters(): Promise<Uint32Array>;
  writeRegisters(values: Uint32Array): Promise<void>;
  setBreakpoint(address: number, on: boolean): Promise<void>;
  resume(): void;
  halt(): Promise<void>;
  step(): Promise<void>;
  /** Resets the machine and leaves it halted. */
  reset(): Promise<void>;
  close(): Promise<void>;
}
