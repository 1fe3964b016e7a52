import type { ByteStream } from '../../transport/byte-stream.ts';
import { gaussian } from '../energy/gaussian.ts';
import { effectiveV, type EmulatedMonitor, type EmulatorSettings, type SampleGrid } from './emulator.ts';
import { lpm01aFullScaleA } from './lpm01a-acquisition.ts';
import { readNumber, voltageText } from './lpm01a-format.ts';
import { Lpm01aMeter, lpm01aPrompt } from './lpm01a-meter.ts';
import { lpm01aChange, lpm01aStartRefusal } from './lpm01a-settings.ts';
import { EmulatorPort } from './port.ts';
import { FaultSchedule } from './schedule.ts';

export interface Lpm01aOptions {
  /** Default on, as boards do. */
  nulAfterTimeStamp?: boolean;
  temperatureC?: number;
}

/** How long a command takes: our choice; of a board only the order of magnitude is known. */
const durationS = { any: 0.0005, volt: 0.2, calib: 0.2, autotest: 0.3 } as const;
/** After `psrst` the port is away so long. */
const restartS = 5;

/**
 * The emulated X-NUCLEO-LPM01A (energy-monitors, sections 2 and 10.1). Where the specification marks a text of the board as
 * unknown, the text here is our own.
 */
export class Lpm01aEmulator implements EmulatedMonitor {
  readonly kind = 'lpm01a';
  readonly serial: string;
  readonly firmwareVersion: string;
  readonly commands: string[] = [];
  readonly #settings: EmulatorSettings;
  readonly #options: Lpm01aOptions;
  readonly #port: EmulatorPort;
  readonly #schedule: FaultSchedule;
  readonly #meter: Lpm01aMeter;
  #hostControl = false;
  #line = '';
  #queue: string[] = [];
  #busy = false;

  constructor(settings: EmulatorSettings, options: Lpm01aOptions = {}) {
    this.#settings = settings;
    this.#options = options;
    const { clock, faults, label, seed } = settings;
    this.serial = `${String(540_619_864 + (seed >>> 0))}-1110659081-4784204`;
    this.firmwareVersion = faults?.oldFirmware ? '1.0.5' : '1.0.6';
    this.#schedule = new FaultSchedule(clock);
    this.#port = new EmulatorPort(clock, label, {
      opened: () => this.#meter.resume(),
      received: (bytes) => this.#received(bytes),
      closed: () => this.#closed(),
    });
    const output = {
      send: (bytes: Uint8Array) => this.#port.send(bytes),
      isOpen: () => this.#port.isOpen,
      nulAfterTimeStamp: options.nulAfterTimeStamp ?? true,
    };
    this.#meter = new Lpm01aMeter(settings, output, gaussian(seed));
    this.#script();
  }

  get supplyOn(): boolean {
    return this.#meter.supplyOn;
  }

  get voltageV(): number {
    return this.#meter.config.voltageV;
  }

  get grid(): SampleGrid | undefined {
    return this.#meter.grid;
  }

  open(): ByteStream {
    if (this.#settings.faults?.staleStream && this.commands.length === 0 && !this.#meter.isAcquiring) {
      this.#meter.config = { ...this.#meter.config, rateHz: 1000, quantity: 'energy', acqTimeS: Infinity, power: 'on' };
      this.#meter.setSupply(true);
      this.#meter.begin();
    }
    return this.#port.open();
  }

  pin(level: number): void {
    const isFall = level === 0;
    const number = isFall ? this.#schedule.edge() : 0;
    if (isFall && this.#settings.faults?.missingEdges?.includes(number)) return;
    if (this.#meter.config.event === (isFall ? 'fal' : 'ris')) this.#meter.event();
    if (isFall) this.#meter.trigger();
  }

  close(): void {
    this.#meter.close();
    this.#port.end();
  }

  get #nowNs(): number {
    return this.#settings.clock.nowNs();
  }

  #script(): void {
    const { faults, load } = this.#settings;
    const on = this.#schedule;
    if (!faults) return;
    on.on(faults.unplug, () => {
      this.#reset();
      this.#port.unplug(faults.unplug?.forS ?? Infinity);
    });
    on.on(faults.silence, () => this.#port.silence());
    on.on(faults.stall, () => this.#port.stall(faults.stall?.forS ?? 1));
    for (const loss of faults.lostSamples ?? []) {
      on.on(loss, () => this.#meter.disturb((running) => running.lose(loss.count, loss.hidden ?? false)));
    }
    for (const loss of faults.lostBytes ?? [])
      on.on(loss, () => this.#meter.disturb((running) => running.loseBytes(loss.count)));
    for (const extra of faults.extraEdges ?? []) on.on(extra, () => this.#meter.event());
    on.on(faults.overCurrent, () => this.#meter.overCurrent());
    on.on(faults.saturation, () => {
      this.#meter.flush();
      load.setFaultCurrent(this.#nowNs, 2 * lpm01aFullScaleA);
      this.#after(faults.saturation?.forS ?? 0.1, () => {
        this.#meter.flush();
        load.setFaultCurrent(this.#nowNs, 0);
      });
    });
  }

  #after(seconds: number, fire: () => void): void {
    this.#settings.clock.at(this.#nowNs + Math.round(seconds * 1e9), fire);
  }

  #closed(): void {
    this.#line = '';
    this.#queue = [];
  }

  #received(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte !== 0x0a) {
        if (byte !== 0x0d && this.#line.length < 200) this.#line += String.fromCharCode(byte);
        continue;
      }
      const command = this.#line;
      this.#line = '';
      if (command.trim() !== '') this.#queue.push(command);
    }
    this.#next();
  }

  /** Serially: one after another, each with its time. */
  #next(): void {
    if (this.#busy) return;
    const command = this.#queue.shift();
    if (command === undefined) return;
    this.commands.push(command);
    this.#busy = true;
    const words = command.trim().split(/ +/);
    this.#after(durationOf(words), () => {
      this.#busy = false;
      if (this.#port.isOpen) this.#execute(command, words);
      this.#next();
    });
  }

  #execute(command: string, words: readonly string[]): void {
    const [name = '', first] = words;
    if (this.#settings.faults?.oldFirmware && (command.startsWith('pwr off') || name === 'eventsrc')) {
      this.#refuse(command, 'unknown command');
      return;
    }
    if (this.#always(command, name)) return;
    if (!this.#hostControl) {
      this.#refuse(command, 'not in host control');
      return;
    }
    if (name === 'volt' && first === 'get') {
      const effective = effectiveV(this.#meter.config.voltageV, this.#settings);
      if (this.#meter.isBinary) this.#meter.sendFrame(0xf7, u16(Math.round(effective * 1000)));
      else this.#acknowledge(`${command} ${voltageText(effective)}`);
      return;
    }
    const change = lpm01aChange(words);
    if (change && 'refused' in change) {
      this.#refuse(command, change.refused);
    } else if (change) {
      if (this.#meter.isAcquiring) {
        this.#refuse(command, 'acquisition in progress');
        return;
      }
      this.#meter.config = { ...this.#meter.config, ...change };
      if (name === 'volt' && this.#meter.supplyOn) this.#meter.setSupply(true);
      this.#acknowledge(command);
    } else {
      this.#control(command, words);
    }
  }

  /** What works without host control. */
  #always(command: string, name: string): boolean {
    switch (name) {
      case 'help':
        this.#acknowledge(command);
        this.#meter.say('help echo powershield version range status htc hrc lcd psrst volt freq acqtime\r\n');
        return true;
      case 'echo':
        this.#meter.say(`${lpm01aPrompt}${command}\r\n`);
        return true;
      case 'powershield':
        this.#acknowledge(`powershield ${this.serial}`);
        return true;
      case 'version':
        this.#acknowledge(`version: ${this.firmwareVersion}`);
        return true;
      case 'range':
        this.#acknowledge(`range 100n ${String(lpm01aFullScaleA * 1000)}m`);
        return true;
      case 'status':
        this.#acknowledge(`status ${this.#meter.error === undefined ? 'ok' : `error: ${this.#meter.error}`}`);
        this.#meter.error = undefined;
        return true;
      case 'htc':
        this.#hostControl = true;
        this.#acknowledge(command);
        return true;
      case 'hrc':
        this.#hostControl = false;
        this.#acknowledge(command);
        return true;
      case 'stop':
        this.#stop(command);
        return true;
      default:
        return false;
    }
  }

  #control(command: string, words: readonly string[]): void {
    const [name = '', first, second] = words;
    if (name === 'lcd') {
      if (/^lcd [12] ".{0,16}"$/.test(command)) this.#acknowledge(command);
      else this.#refuse(command, 'line 1 or 2, then up to 16 characters in quotes');
    } else if (name === 'pwr') {
      this.#power(command, first, second);
    } else if (name === 'start') {
      this.#start(command);
    } else if (name === 'targrst') {
      this.#targetReset(command, first);
    } else if (name === 'temp') {
      this.#temperature(command, first ?? this.#meter.config.temperatureUnit);
    } else if (name === 'autotest') {
      this.#acknowledge(command);
      this.#meter.say('autotest: ok\r\n');
    } else if (name === 'calib') {
      this.#acknowledge(command);
    } else if (name === 'psrst') {
      this.#acknowledge(command);
      this.#reset();
      this.#port.unplug(restartS);
    } else {
      this.#refuse(command, 'unknown command');
    }
  }

  #power(command: string, first: string | undefined, second: string | undefined): void {
    if (first === 'get') {
      if (this.#meter.isBinary) this.#meter.sendFrame(0xf9, [this.#meter.supplyOn ? 1 : 0]);
      else this.#acknowledge(`${command} ${this.#meter.supplyOn ? 'on' : 'off'}`);
      return;
    }
    if (first !== 'auto' && first !== 'on' && first !== 'off') {
      this.#refuse(command, 'parameter out of range');
      return;
    }
    const powerStatus = second === undefined ? this.#meter.config.powerStatus : second === 'status';
    this.#meter.config = { ...this.#meter.config, power: first, powerStatus };
    if (first !== 'auto') this.#meter.setSupply(first === 'on');
    this.#acknowledge(command);
  }

  #targetReset(command: string, text: string | undefined): void {
    const seconds = text === undefined ? undefined : readNumber(text);
    if (seconds === undefined || (seconds !== 0 && (seconds < 1e-3 || seconds > 1))) {
      this.#refuse(command, 'parameter out of range');
      return;
    }
    const wasOn = this.#meter.supplyOn;
    this.#meter.setSupply(false);
    if (this.#meter.isBinary) this.#meter.sendFrame(0xf6);
    else this.#acknowledge(command);
    if (seconds > 0 && wasOn) {
      const changes = this.#meter.supplyChanges;
      this.#after(seconds, () => {
        if (changes === this.#meter.supplyChanges) this.#meter.setSupply(true);
      });
    }
  }

  #temperature(command: string, unit: string): void {
    if (unit !== 'degc' && unit !== 'degf') {
      this.#refuse(command, 'parameter out of range');
      return;
    }
    const celsius = this.#options.temperatureC ?? 28;
    const shown = unit === 'degc' ? celsius : celsius * 1.8 + 32;
    this.#meter.config = { ...this.#meter.config, temperatureUnit: unit };
    if (this.#meter.isBinary) this.#meter.sendFrame(0xf8, u16(Math.round(celsius) & 0xffff));
    else this.#acknowledge(`temp ${unit} ${shown.toFixed(1)}`);
  }

  #start(command: string): void {
    const refusal =
      this.#meter.isAcquiring || this.#meter.isArmed
        ? 'acquisition in progress'
        : lpm01aStartRefusal(this.#meter.config);
    if (refusal !== undefined) {
      this.#refuse(command, refusal);
      return;
    }
    this.#acknowledge(command);
    this.#meter.start();
  }

  #stop(command: string): void {
    this.#meter.disarm();
    this.#meter.flush();
    if (!this.#meter.isAcquiring) {
      this.#acknowledge(command);
      this.#meter.say(`${lpm01aPrompt}Acquisition completed\r\n`);
      return;
    }
    if (this.#meter.isBinary) {
      this.#meter.finish(command);
      return;
    }
    this.#acknowledge(command);
    this.#meter.finish();
  }

  /** As after power-up; the host has no control any more. */
  #reset(): void {
    this.#queue = [];
    this.#meter.reset();
    this.#hostControl = false;
  }

  #acknowledge(text: string): void {
    this.#meter.say(`${lpm01aPrompt}ack ${text}\r\n\r\n`);
  }

  #refuse(command: string, detail: string): void {
    this.#meter.say(`${lpm01aPrompt}error ${command}\r\nError detail: ${detail}\r\n\r\n`);
  }
}

function durationOf([name, first]: readonly string[]): number {
  if (name === 'volt' && first !== 'get') return durationS.volt;
  if (name === 'calib') return durationS.calib;
  return name === 'autotest' ? durationS.autotest : durationS.any;
}

const u16 = (value: number): number[] => [(value >> 8) & 0xff, value & 0xff];
