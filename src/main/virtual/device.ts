import { Fault, toFault } from '../../shared/fault/index.ts';
import { ActivityLog } from './activity-log.ts';
import type { DutEngine, PowerUp } from './engine.ts';
import type { SimClock } from './sim-clock.ts';
import { activityKind, receiveRingBytes, type DutFeed, type DutStep, type VirtualDutSettings } from './virtual-dut.ts';

export interface DeviceSettings extends VirtualDutSettings {
  /** By how much the DUT's oscillator is slow: true time = cycles / cpuHz (1 + ppm / 10^6). */
  ppm: number;
  /** From power-on to the first byte of the boot block, by the DUT's own clock. */
  bootDelayS: number;
}

/** Where the DUT's line ends: what arrives there, and that the DUT is broken beyond repair. */
export interface DeviceOutput {
  toHost(bytes: Uint8Array): void;
  crashed(fault: Fault): void;
  /** The timestamp output changes its level now. */
  pin?(level: number): void;
}

/** What a power-on may change, until the next one that says otherwise. */
export interface PowerOnOptions {
  /** Bytes that come before the DUT listens are kept for it instead of being lost. */
  keepEarly?: boolean;
}

const terminator = 0x25;

/**
 * The virtual DUT on the bench's clock: power, boot, receiver and the sequence of its steps (virtual-bench 3.4). A step is
 * executed at its beginning; what it sent arrives by events at the right times, and the next step waits for the DUT's own
 * time. Nothing that would happen after a power cut is delivered.
 */
export class DutDevice {
  readonly activity = new ActivityLog();
  readonly #clock: SimClock;
  readonly #powerUp: PowerUp;
  #settings: DeviceSettings;
  readonly #output: DeviceOutput;
  readonly #nsPerCycle: number;
  #engine: DutEngine | undefined;
  /** Counts power cycles: an event of an earlier one is dropped. */
  #life = 0;
  #poweredAtNs = 0;
  #state: 'off' | 'dead' | 'starting' | 'booting' | 'idle' | 'busy' = 'off';
  #keepEarly = false;
  #ring: Uint8Array[] = [];
  #ringBytes = 0;

  constructor(clock: SimClock, powerUp: PowerUp, settings: DeviceSettings, output: DeviceOutput) {
    this.#clock = clock;
    this.#powerUp = powerUp;
    this.#settings = settings;
    this.#output = output;
    this.#nsPerCycle = (1e9 / settings.cpuHz) * (1 + settings.ppm * 1e-6);
  }

  /** Another build or strap: in force from the next power-on. */
  configure(change: Partial<Pick<DeviceSettings, 'mode' | 'baud'>>): void {
    this.#settings = { ...this.#settings, ...change };
  }

  /** Bytes from the host begin or cease to arrive. */
  receiving(isReceiving: boolean): void {
    if (this.#state === 'off') return;
    const nowNs = this.#clock.nowNs();
    const argument = isReceiving ? 1 : 0;
    this.activity.append({ timeNs: nowNs, cycle: this.#cycleAt(nowNs), kind: activityKind.receiving, argument });
  }

  get isPowered(): boolean {
    return this.#state !== 'off';
  }

  /** Power-on, or a reset when it is on already. Rejects when the firmware does not take the model. */
  async powerOn(options: PowerOnOptions = {}): Promise<void> {
    this.powerOff();
    const life = ++this.#life;
    this.#poweredAtNs = this.#clock.nowNs();
    this.#state = 'starting';
    this.#keepEarly = options.keepEarly ?? false;
    this.#log(0, activityKind.power, 1);
    const release = this.#clock.hold();
    try {
      const engine = await this.#powerUp(this.#settings);
      if (life !== this.#life) {
        engine.close();
        return;
      }
      this.#engine = engine;
      this.#bootAt(Math.round(this.#settings.bootDelayS * this.#settings.cpuHz));
    } finally {
      release();
    }
  }

  powerOff(): void {
    if (this.#state === 'off') return;
    this.#life++;
    this.#state = 'off';
    this.#engine?.close();
    this.#engine = undefined;
    this.#emptyRing();
    const nowNs = this.#clock.nowNs();
    this.activity.cut(nowNs);
    this.activity.append({ timeNs: nowNs, cycle: this.#cycleAt(nowNs), kind: activityKind.power, argument: 0 });
  }

  /** Bytes whose last one arrives now. */
  receive(bytes: Uint8Array): void {
    if (this.#state === 'off' || this.#state === 'dead') return;
    if (this.#state === 'starting' && !this.#keepEarly) return;
    this.activity.append({
      timeNs: this.#clock.nowNs(),
      cycle: this.#cycleAt(this.#clock.nowNs()),
      kind: activityKind.receive,
      argument: bytes.length,
    });
    this.#intoRing(bytes);
    if (this.#state === 'booting' && !this.#keepEarly) this.#dropIgnoredCommands();
    if (this.#state === 'idle') this.#pump();
  }

  /** The reference's parser is off until the boot block is out: a command that ends before is forgotten, its successor's beginning kept. */
  #dropIgnoredCommands(): void {
    const all = concat(this.#ring);
    const rest = all.subarray(all.lastIndexOf(terminator) + 1);
    this.#emptyRing();
    if (rest.length > 0) this.#intoRing(rest);
  }

  #intoRing(bytes: Uint8Array): void {
    const room = receiveRingBytes - this.#ringBytes;
    const kept = bytes.length > room ? bytes.subarray(0, room) : bytes;
    if (kept.length > 0) this.#ring.push(kept);
    this.#ringBytes += kept.length;
    const nowNs = this.#clock.nowNs();
    const lost = bytes.length - kept.length;
    if (lost > 0) {
      this.activity.append({ timeNs: nowNs, cycle: this.#cycleAt(nowNs), kind: activityKind.overrun, argument: lost });
    }
  }

  #emptyRing(): void {
    this.#ring = [];
    this.#ringBytes = 0;
  }

  #bootAt(cycle: number): void {
    if (this.#settings.faults?.boot === 'never') {
      this.#state = 'dead';
      return;
    }
    this.#at(cycle, () => {
      this.#state = 'booting';
      this.#run((engine) => engine.boot(cycle));
    });
  }

  /** Gives the DUT what it has received, if it waits for input. */
  #pump(): void {
    if (this.#ring.length === 0) {
      this.#state = 'idle';
      return;
    }
    const feed: DutFeed = { cycle: this.#cycleAt(this.#clock.nowNs()), bytes: concat(this.#ring) };
    this.#emptyRing();
    this.#state = 'busy';
    this.#run((engine) => engine.step(feed));
  }

  #run(work: (engine: DutEngine) => DutStep | Promise<DutStep>): void {
    const engine = this.#engine;
    if (!engine) return;
    const life = this.#life;
    let step: DutStep | Promise<DutStep>;
    try {
      step = work(engine);
    } catch (error) {
      this.#crash(error);
      return;
    }
    if (!(step instanceof Promise)) {
      this.#apply(step);
      return;
    }
    const release = this.#clock.hold();
    step
      .then(
        (done) => {
          if (life === this.#life) this.#apply(done);
        },
        (error: unknown) => {
          if (life === this.#life) this.#crash(error);
        },
      )
      .finally(release);
  }

  #apply(step: DutStep): void {
    for (let i = 0; i + 2 < step.activity.length; i += 3) {
      const cycle = step.activity[i] as number;
      const kind = step.activity[i + 1] as number;
      const argument = step.activity[i + 2] as number;
      this.#log(cycle, kind, argument);
      if (kind === activityKind.pin && this.#output.pin) this.#at(cycle, () => this.#output.pin?.(argument));
    }
    for (const { bytes, endCycle } of step.sent) this.#at(endCycle, () => this.#output.toHost(bytes));
    this.#at(step.endCycle, () => {
      if (step.rebooted) {
        this.#emptyRing();
        this.#state = 'starting';
        this.#log(step.endCycle, activityKind.restart, 1);
        this.#bootAt(step.endCycle + Math.round(this.#settings.bootDelayS * this.#settings.cpuHz));
      } else if (step.more) {
        this.#run((engine) => engine.step());
      } else {
        this.#pump();
      }
    });
  }

  #crash(error: unknown): void {
    this.powerOff();
    this.#output.crashed(error instanceof Fault ? error : toFault(error));
  }

  #at(cycle: number, fire: () => void): void {
    const life = this.#life;
    this.#clock.at(this.#timeNs(cycle), () => {
      if (life === this.#life) fire();
    });
  }

  #log(cycle: number, kind: number, argument: number): void {
    this.activity.append({ timeNs: this.#timeNs(cycle), cycle, kind, argument });
  }

  #timeNs(cycle: number): number {
    return this.#poweredAtNs + Math.round(cycle * this.#nsPerCycle);
  }

  /** The first whole cycle that is not before a time; the small term takes up the division's rounding. */
  #cycleAt(timeNs: number): number {
    return Math.ceil((timeNs - this.#poweredAtNs) / this.#nsPerCycle - 1e-6);
  }
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0] as Uint8Array;
  const joined = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}
