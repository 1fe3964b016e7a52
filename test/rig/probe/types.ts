/** What the virtual probe can be told to do wrong. Everything may be changed while a tool is connected. */
export interface ProbeFaults {
  /** Table row 1, 3: nothing answers on the wires. */
  noAck: boolean;
  /** Row 2: TDO of the JTAG path is stuck. */
  tdoStuck: 'high' | 'low' | null;
  /** Row 4: target voltage in V; 3.3 without a fault. */
  voltageV: number;
  /** Row 5, 6: the device is locked: no MEM-AP, and the CTRL-AP of an nRF52 says so. */
  locked: boolean;
  /** Row 7: the core's CPUID is nobody's. */
  unknownPart: boolean;
  /** Row 8: the chip's id register reads as no known chip. */
  unknownChip: boolean;
  /** Row 9: the chip's id register reads as another chip of the maker (an STM32F7 in place of an F4). */
  wrongChip: boolean;
  /** Row 10: the probe's server runs, but no probe is plugged in. */
  noProbe: boolean;
  /** Row 12: the attached probe has this serial instead. */
  serialMismatch: string | null;
  /** Row 13, 14: another program holds the probe. */
  probeBusy: boolean;
  /** Row 15, 16: the server is not there: its ports refuse. */
  noServer: boolean;
  /** Row 18 to 20: this byte reads as `value`, whatever is programmed. */
  corruptByte: { address: number; value: number } | null;
  /** Row 21, 22: every sector is protected; `program`: erasing still works. */
  writeProtected: boolean | 'program';
  /** Row 23, 24: the flash controller never becomes ready. */
  alwaysBusy: boolean;
  /** Row 25, 26: the probe is pulled out when this many bytes have been programmed since the fault was set: the connection breaks and nobody listens. */
  unplugAfterBytes: number | null;
  /** Row 26: the server stays when the probe is pulled out, and answers pyOCD with status 2. */
  unplugTold: boolean;
  /** Row 27: the probe stops answering when this many bytes have been programmed since the fault was set. */
  stallAfterBytes: number | null;
  /** Row 28: every access of an AP answers WAIT; `memory`: only those that go on to the bus. */
  persistentWait: boolean | 'memory';
  /** Row 29: ST-LINK firmware V2J20. */
  oldProbeFirmware: boolean;
  /** Row 30: the pyOCD protocol version is refused. */
  protocolRefused: boolean;
}

export type ProbeChip = 'stm32f4' | 'stm32l4' | 'nrf52';

export interface VirtualProbeOptions {
  chip: ProbeChip;
  /** The machine that boots what was programmed; null: bytes are kept, nothing boots. Its UART is served over TCP. */
  qemu?: { machine: string; uart: 'tcp' } | null;
  faults?: Partial<ProbeFaults>;
  /** Serial of the probe, 24 hex digits by default. */
  serial?: string;
  /** Serves JTAG by remote_bitbang too. */
  jtag?: boolean;
}

/** What started to run, and from which bytes. */
export interface Boot {
  atMs: number;
  /** Initial stack pointer and program counter, of the vector table. */
  stackPointer: number;
  entry: number;
  /** The whole flash at that moment. */
  flash: Uint8Array;
}

export interface VirtualProbe {
  /** ST-LINK server protocol on 127.0.0.1: `st-link backend tcp PORT` in OpenOCD. */
  readonly stlinkPort: number;
  /** Remote probe protocol: `pyocd -u remote:127.0.0.1:PORT`. */
  readonly pyocdPort: number;
  /** remote_bitbang, where asked for. */
  readonly jtagPort?: number;
  readonly serial: string;
  /** UART 0 of the machine. One client at a time; bytes since the last reset that nobody was there for wait for the next client. */
  readonly uart?: { host: string; port: number };
  /** What happened, in order: connections, resets, halts, erased and programmed sectors, faults that struck. */
  readonly log: readonly { atMs: number; what: string }[];
  /** A copy of the present content of the flash. */
  flash(): Uint8Array;
  /** Where the flash starts. */
  readonly flashAddress: number;
  /** Bytes of flash or RAM as a debugger would see them. */
  read(address: number, bytes: number): Promise<Uint8Array>;
  /** Changes faults; those not named stay. */
  inject(faults: Partial<ProbeFaults>): Promise<void>;
  /** The last start from reset with valid vectors; undefined when there was none. */
  bootedWith(): Boot | undefined;
  /** Bytes programmed since the probe was opened. */
  readonly programmedBytes: number;
  close(): Promise<void>;
}
