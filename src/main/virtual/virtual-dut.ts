import type { PlanCost } from './cost.ts';
import type { DutFaults } from './faults.ts';
import { instantiateFirmware, type FirmwareInstance } from './instance.ts';
import { seededRandom } from './random.ts';

/** Kinds of entries of the activity log. Up to 5 they are the firmware's marks (`firmware/harness/jb_port.h`). */
export const activityKind = {
  /** Argument: number of the operator that is done. */
  operator: 1,
  /** Argument: bytes of the command received. */
  command: 2,
  /** Argument: 0 idle, 1 active, 2 sleep. */
  state: 3,
  /** Argument: number of the inference since boot. */
  inference: 4,
  /** Argument: bytes of the payload that was turned into the input tensor. */
  input: 5,
  /** Argument: level of the timestamp output. */
  pin: 16,
  /** A transmission begins; argument: bytes. Ends with an entry of argument 0. */
  transmit: 17,
  /** Argument: bytes that have fully arrived from the host. */
  receive: 18,
  /** Argument: bytes that came while the receive buffer was full. */
  overrun: 19,
  /** Argument: 1 power on, 0 power off. */
  power: 20,
  /** The boot block begins. */
  boot: 21,
  /** Argument: number of the operator that begins. */
  operatorBegin: 22,
  /** A payload begins to be turned into the input tensor. */
  inputBegin: 23,
  /** Argument: 1 while bytes from the host arrive; logged where an instrument sees the DUT's current. */
  receiving: 24,
  /** The DUT starts anew without having lost its power; its boot delay begins. */
  restart: 25,
} as const;

export type TimestampMode = 'performance' | 'energy';

export interface VirtualDutSettings {
  /** Plan image and the model's name for messages. */
  image: Uint8Array;
  model: string;
  cost: PlanCost;
  cpuHz: number;
  /** Rate of the DUT's UART. */
  baud: number;
  mode: TimestampMode;
  /** Value of the microsecond counter at power-on, so that its 32-bit wrap can be met. */
  clockStartUs: number;
  /** Length of the timestamp pulse in energy mode. */
  pulseS: number;
  /** Each operator's cost varies by up to 0.05 % when given. */
  jitterSeed?: number | undefined;
  faults?: DutFaults | undefined;
}

/** Bytes for the DUT, and the cycle at which the last one has arrived. */
export interface DutFeed {
  cycle: number;
  bytes: Uint8Array;
}

/** What one step did. Cycles count from power-on and never go backwards. */
export interface DutStep {
  /** More to do at once, without input. */
  more: boolean;
  /** The DUT has restarted at `endCycle`: `boot` is to be called when its boot delay is over. */
  rebooted: boolean;
  /** The DUT's own time when the step was over. */
  endCycle: number;
  /** Pieces sent to the host, each with the cycle at which its last byte had left. */
  sent: { bytes: Uint8Array; endCycle: number }[];
  /** Triples (cycle, kind, argument) in order of time, see `activityKind`. */
  activity: number[];
}

/** The receiver's own buffer; what comes on top while the DUT is busy is lost, as in an interrupt-driven ring. */
export const receiveRingBytes = 1024;

/** Cycles for parsing a command: plausible, not measured (virtual-bench 3.3). */
const commandCycles = { base: 200, perByte: 30 } as const;
const lapPrefix = 'm-lap-us-';
const wrap32 = 2 ** 32;

/** Cycles of one byte on the DUT's UART: whole ones, since real dividers are integers too. */
export function byteCycles(cpuHz: number, baud: number): number {
  return Math.round((10 * cpuHz) / baud);
}

/**
 * The virtual DUT: an instance of the firmware and a cycle counter. Synchronous and pure: it knows no clock and no
 * transport; whoever owns it decides when the next step happens. Steps are what the firmware's `jb_step` does: at most one
 * command or one inference. Time passes only as virtual-bench 3.3 lists it.
 */
export class VirtualDut {
  readonly #settings: VirtualDutSettings;
  readonly #firmware: FirmwareInstance;
  readonly #byteCycles: number;
  readonly #random: (() => number) | undefined;
  #cycle = 0;
  /** Where the microsecond counter was at its start value: at power-on and after a restart. */
  #counterZero = 0;
  #commands = 0;
  #inferences = 0;
  #stamps = 0;
  #restart = false;
  #sent: DutStep['sent'] = [];
  #activity: number[] = [];

  /** Throws what `instantiateFirmware` throws. */
  constructor(module: WebAssembly.Module, settings: VirtualDutSettings) {
    this.#settings = settings;
    this.#byteCycles = byteCycles(settings.cpuHz, settings.baud);
    this.#random = settings.jitterSeed === undefined ? undefined : seededRandom(settings.jitterSeed);
    this.#firmware = instantiateFirmware(module, settings.image, settings.model, {
      nowUs: () => this.#counterUs(),
      tx: (bytes) => this.#transmit(bytes),
      mark: (kind, argument) => this.#mark(kind, argument),
      pin: (level) => this.#pin(level),
    });
  }

  /** Prints the boot block, beginning at a cycle. */
  boot(cycle: number): DutStep {
    this.#cycle = Math.max(this.#cycle, cycle);
    this.#log(activityKind.boot, 0);
    this.#firmware.boot(this.#settings.mode);
    return this.#finish(false);
  }

  /**
   * One command or one inference. Bytes are to be given only when the last step has answered that there is no more to do,
   * and at most `receiveRingBytes` of them.
   */
  step(feed?: DutFeed): DutStep {
    if (feed) {
      this.#cycle = Math.max(this.#cycle, feed.cycle);
      this.#firmware.feed(feed.bytes);
    }
    return this.#finish(this.#firmware.step());
  }

  #finish(more: boolean): DutStep {
    const silent = this.#isSilent;
    const step: DutStep = {
      more: more && !silent && !this.#restart,
      rebooted: this.#restart,
      endCycle: this.#cycle,
      sent: this.#sent,
      activity: this.#activity,
    };
    if (this.#restart) this.#counterZero = this.#cycle;
    this.#restart = false;
    this.#sent = [];
    this.#activity = [];
    return step;
  }

  get #isSilent(): boolean {
    return this.#commands > (this.#settings.faults?.silentAfterCommand ?? Infinity);
  }

  #log(kind: number, argument: number): void {
    this.#activity.push(this.#cycle, kind, argument);
  }

  #counterUs(): number {
    const us = Math.floor((this.#cycle - this.#counterZero) / (this.#settings.cpuHz / 1e6));
    return (us + this.#settings.clockStartUs) % wrap32;
  }

  #mark(kind: number, argument: number): void {
    // What the firmware still does in the step after which it has restarted did not happen.
    if (this.#restart) return;
    const { cost, faults } = this.#settings;
    if (kind === activityKind.operator) {
      this.#log(activityKind.operatorBegin, argument);
      this.#cycle += this.#withJitter(cost.operatorCycles[argument] ?? 0);
    }
    if (kind === activityKind.input) {
      this.#log(activityKind.inputBegin, argument);
      this.#cycle += cost.inputCycles;
    }
    if (kind === activityKind.command) {
      this.#commands++;
      if (this.#isSilent) return;
      this.#cycle += commandCycles.base + commandCycles.perByte * argument;
    }
    this.#log(kind, argument);
    if (kind === activityKind.inference) {
      this.#inferences++;
      if (this.#inferences === faults?.rebootAfterInference) this.#restart = true;
    }
  }

  #withJitter(cycles: number): number {
    if (!this.#random) return cycles;
    const deviation = (this.#random() / wrap32 - 0.5) * 0.001;
    return Math.round(cycles * (1 + deviation));
  }

  #pin(level: number): void {
    if (this.#restart || this.#isSilent) return;
    this.#log(activityKind.pin, level);
    if (level === 0) this.#cycle += Math.round(this.#settings.pulseS * this.#settings.cpuHz);
  }

  #transmit(bytes: Uint8Array): void {
    if (this.#restart || this.#isSilent) return;
    const copies = startsWith(bytes, lapPrefix) ? this.#stampCopies() : 1;
    for (let copy = 0; copy < copies; copy++) {
      this.#log(activityKind.transmit, bytes.length);
      this.#cycle += bytes.length * this.#byteCycles;
      this.#log(activityKind.transmit, 0);
      this.#sent.push({ bytes: bytes.slice(), endCycle: this.#cycle });
    }
  }

  #stampCopies(): number {
    this.#stamps++;
    if (this.#settings.faults?.stampsMissing?.includes(this.#stamps)) return 0;
    return this.#settings.faults?.stampsDoubled?.includes(this.#stamps) ? 2 : 1;
  }
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (bytes[i] !== text.charCodeAt(i)) return false;
  }
  return true;
}
