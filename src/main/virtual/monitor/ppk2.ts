import type { ByteStream } from '../../transport/byte-stream.ts';
import { gaussian } from '../energy/gaussian.ts';
import { effectiveV, type EmulatedMonitor, type EmulatorSettings, type SampleGrid } from './emulator.ts';
import { EmulatorPort } from './port.ts';
import { ppk2Constants, ppk2Metadata, type Ppk2Constants } from './ppk2-code.ts';
import { Ppk2Sampler } from './ppk2-sampler.ts';
import { FaultSchedule } from './schedule.ts';

export interface Ppk2Options {
  constants?: Ppk2Constants;
  /** Ampere mode: what the DUT's own supply gives, in V. */
  externalV?: number;
}

const restartS = 1;
/** After the last client has gone the DUT's supply stays on so long (energy-monitors 3.3). */
const powerOffAfterS = 0.5;
const metadataS = 0.02;
const overCurrentA = 1.2;
const overCurrentS = 1e-3;
const extraPulseS = 1e-3;
/** Bytes of each command that takes arguments, its own included. */
const commandBytes = new Map([
  [0x0c, 2],
  [0x0d, 3],
  [0x11, 2],
  [0x25, 6],
]);

/** The emulated Power Profiler Kit II (energy-monitors, sections 3 and 10.2). The timestamp pin is D0. */
export class Ppk2Emulator implements EmulatedMonitor {
  readonly kind = 'ppk2';
  readonly serial: string;
  readonly firmwareVersion: string;
  readonly commands: string[] = [];
  readonly constants: Ppk2Constants;
  readonly #settings: EmulatorSettings;
  readonly #options: Ppk2Options;
  readonly #port: EmulatorPort;
  readonly #shell: EmulatorPort;
  readonly #schedule: FaultSchedule;
  readonly #noise: () => number;
  #pending: number[] = [];
  #shellLine = '';
  #supplyOn = false;
  #vddMv = 3000;
  #mode: 1 | 2 = 2;
  #sampler: Ppk2Sampler | undefined;
  #grid: SampleGrid | undefined;
  #counter = 0;
  #lastTaken = 0;
  // Between pulses the pin is high, also without power: the level shifter's side of the port has a pull-up.
  #level = 1;
  #hidesRise = false;
  #openings = 0;
  #lossesWaiting: ((sampler: Ppk2Sampler) => void)[] = [];
  #dropped = { samples: 0, blocks: 0 };

  constructor(settings: EmulatorSettings, options: Ppk2Options = {}) {
    this.#settings = settings;
    this.#options = options;
    const { clock, faults, label, seed } = settings;
    this.#noise = gaussian(seed);
    this.constants = options.constants ?? ppk2Constants(seed);
    this.serial = (0xe000_0000 + (seed >>> 4)).toString(16).toUpperCase();
    this.firmwareVersion = faults?.oldFirmware ? '1.1.0' : '1.2.4';
    this.#schedule = new FaultSchedule(clock);
    this.#port = new EmulatorPort(clock, label, {
      opened: () => this.#opened(),
      received: (bytes) => this.#received(bytes),
      closed: () => this.#closed(),
    });
    this.#shell = new EmulatorPort(clock, `${label}, shell`, {
      opened: () => this.#shell.send(Buffer.from('shell:~$ ')),
      received: (bytes) => this.#shellReceived(bytes),
      closed: () => undefined,
    });
    this.#script();
  }

  get supplyOn(): boolean {
    return this.#supplyOn;
  }

  get voltageV(): number {
    return this.#vddMv / 1000;
  }

  get grid(): SampleGrid | undefined {
    return this.#grid;
  }

  open(): ByteStream {
    if (this.#settings.faults?.staleStream && this.#openings === 0) this.#start();
    return this.#port.open();
  }

  /** The text shell on the second port. */
  openShell(): ByteStream {
    return this.#shell.open();
  }

  pin(level: number): void {
    if (level === 0) {
      const number = this.#schedule.edge();
      this.#hidesRise = this.#settings.faults?.missingEdges?.includes(number) ?? false;
      if (!this.#hidesRise) this.#setLevel(0);
    } else if (!this.#hidesRise) {
      this.#setLevel(1);
    }
  }

  close(): void {
    this.#sampler = undefined;
    this.#port.end();
    this.#shell.end();
  }

  get #nowNs(): number {
    return this.#settings.clock.nowNs();
  }

  #script(): void {
    const { faults, load } = this.#settings;
    if (!faults) return;
    const on = this.#schedule;
    on.on(faults.unplug, () => {
      this.#reset();
      this.#port.unplug(faults.unplug?.forS ?? Infinity);
    });
    on.on(faults.silence, () => this.#port.silence());
    on.on(faults.stall, () => this.#port.stall(faults.stall?.forS ?? 1));
    for (const { count, hidden = false, ...moment } of faults.lostSamples ?? []) {
      on.on(moment, () => {
        this.#dropped.samples += count;
        this.#dropped.blocks += Math.floor(count / 512);
        this.#disturb((sampler) => sampler.lose(count, hidden));
      });
    }
    for (const loss of faults.lostBytes ?? [])
      on.on(loss, () => this.#disturb((sampler) => sampler.loseBytes(loss.count)));
    for (const extra of faults.extraEdges ?? []) {
      on.on(extra, () => {
        this.#setLevel(0);
        this.#after(extraPulseS, () => this.#setLevel(1));
      });
    }
    on.on(faults.saturation, () => {
      this.#disturb((sampler) => (sampler.saturated = true));
      this.#after(faults.saturation?.forS ?? 0.1, () => this.#disturb((sampler) => (sampler.saturated = false)));
    });
    on.on(faults.overCurrent, () => {
      load.setFaultCurrent(this.#nowNs, overCurrentA);
      this.#after(overCurrentS, () => {
        this.#setSupply(false);
        load.setFaultCurrent(this.#nowNs, 0);
      });
    });
  }

  #after(seconds: number, fire: () => void): void {
    this.#settings.clock.at(this.#nowNs + Math.round(seconds * 1e9), fire);
  }

  /** What comes before the stream has begun waits for it. */
  #disturb(disturb: (sampler: Ppk2Sampler) => void): void {
    this.#sampler?.advance(this.#nowNs);
    if (this.#sampler) disturb(this.#sampler);
    else this.#lossesWaiting.push(disturb);
  }

  #setLevel(level: number): void {
    this.#level = level;
    this.#sampler?.pin(this.#nowNs, level);
  }

  #opened(): void {
    this.#openings++;
    if (!this.#sampler) return;
    // What was taken while nobody listened is gone; what arrives first is the rest of a sample.
    this.#sampler.advance(this.#nowNs);
    this.#port.send(Uint8Array.of(0x04, 0x18, 0x01));
    this.#pump();
  }

  #closed(): void {
    this.#pending = [];
    const openings = this.#openings;
    this.#after(powerOffAfterS, () => {
      if (openings === this.#openings && !this.#port.isOpen) this.#setSupply(false);
    });
  }

  #received(bytes: Uint8Array): void {
    this.#pending.push(...bytes);
    for (;;) {
      const [code] = this.#pending;
      const length = code === undefined ? 1 : (commandBytes.get(code) ?? 1);
      if (this.#pending.length < length) return;
      const command = this.#pending.splice(0, length);
      this.commands.push(Buffer.from(command).toString('hex'));
      this.#execute(command);
    }
  }

  #execute([code = 0, first = 0, second = 0, ...rest]: readonly number[]): void {
    switch (code) {
      case 0x06:
        this.#stop();
        this.#start();
        this.#pump();
        break;
      case 0x07:
        this.#stop();
        break;
      case 0x0c:
        this.#setSupply(first === 1);
        break;
      case 0x0d:
        this.#vddMv = Math.min(5000, Math.max(800, first * 256 + second));
        if (this.#supplyOn) this.#setSupply(true);
        break;
      case 0x11:
        if (first === 1 || first === 2) this.#mode = first;
        break;
      case 0x19:
        this.#sayMetadata();
        break;
      case 0x20:
        this.#reset();
        this.#port.unplug(restartS);
        break;
      case 0x25:
        if (first <= 4) this.constants.UG[first] = Buffer.from([second, ...rest]).readFloatLE(0);
        break;
      default:
        break;
    }
  }

  /** In one piece, as a public host program needs it. */
  #sayMetadata(): void {
    const { faults } = this.#settings;
    const old = faults?.oldFirmware ?? false;
    this.#after(metadataS, () => {
      const text = ppk2Metadata({
        constants: this.constants,
        vddMv: this.#vddMv,
        mode: this.#mode,
        old,
        fault: faults?.metadata,
      });
      this.#port.send(Buffer.from(text, 'latin1'));
    });
  }

  #start(): void {
    const start = {
      timeNs: this.#nowNs,
      counter: this.#counter,
      level: this.#level,
      powered: this.#supplyOn,
      vddV: this.#vddMv / 1000,
    };
    const send = (bytes: Uint8Array): void => this.#port.send(bytes);
    this.#sampler = new Ppk2Sampler(this.#settings, this.constants, start, this.#noise, send);
    this.#grid = this.#sampler.grid;
    for (const loss of this.#lossesWaiting.splice(0)) loss(this.#sampler);
  }

  #stop(): void {
    const sampler = this.#sampler;
    if (!sampler) return;
    sampler.advance(this.#nowNs);
    sampler.flush();
    this.#counter = sampler.counter;
    this.#lastTaken = sampler.taken;
    this.#sampler = undefined;
  }

  #pump(): void {
    const sampler = this.#sampler;
    if (!sampler || !this.#port.isOpen) return;
    this.#settings.clock.at(sampler.nextBurstNs, () => {
      if (this.#sampler !== sampler) return;
      sampler.advance(this.#nowNs);
      this.#pump();
    });
  }

  #setSupply(on: boolean): void {
    this.#sampler?.advance(this.#nowNs);
    this.#supplyOn = on;
    if (this.#sampler) this.#sampler.powered = on;
    const ampereMode = this.#mode === 1;
    const setV = ampereMode ? (this.#options.externalV ?? 3) : this.#vddMv / 1000;
    this.#settings.load.setSupply(this.#nowNs, on ? effectiveV(setV, this.#settings) : 0);
  }

  #reset(): void {
    this.#sampler = undefined;
    this.#pending = [];
    this.#setSupply(false);
  }

  #shellReceived(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte !== 0x0a && byte !== 0x0d) {
        this.#shellLine += String.fromCharCode(byte);
        continue;
      }
      const line = this.#shellLine.trim();
      this.#shellLine = '';
      if (line === '') continue;
      const { samples, blocks } = this.#dropped;
      const taken = this.#sampler?.taken ?? this.#lastTaken;
      const text =
        line === 'metrics'
          ? `Metrics:\n  Samples in session=${String(taken)}\n  Samples dropped=${String(samples)} (+0)\n  Blocks dropped=${String(blocks)} (+0)\n`
          : `${line}: command not found\n`;
      this.#shell.send(Buffer.from(`${text}shell:~$ `));
    }
  }
}
