import type { ByteStream } from '../../transport/byte-stream.ts';
import { gaussian } from '../energy/gaussian.ts';
import { readingA } from '../energy/errors.ts';
import { effectiveV, type EmulatedMonitor, type EmulatorSettings, type SampleGrid } from './emulator.ts';
import { Lpm01aAcquisition, lpm01aFullScaleA } from './lpm01a-acquisition.ts';
import { asciiSample, frame, readNumber, voltageText } from './lpm01a-format.ts';
import { lpm01aChange, lpm01aDefaults, lpm01aStartRefusal, type Lpm01aConfiguration } from './lpm01a-settings.ts';
import { EmulatorPort } from './port.ts';
import { FaultSchedule } from './schedule.ts';

export interface Lpm01aOptions {
  /** Default on, as boards do. */
  nulAfterTimeStamp?: boolean;
  temperatureC?: number;
}

/** Samples are handed over at least this often. */
const batchS = 0.05;
/** How long a command takes: our choice; of a board only the order of magnitude is known. */
const durationS = { any: 0.0005, volt: 0.2, calib: 0.2, autotest: 0.3, settle: 0.05 } as const;
/** After `psrst` the port is away so long. */
const restartS = 5;
const fullScaleStaticA = 0.2;
const prompt = '\r\nPowerShield > ';

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
  readonly #noise: () => number;
  #config: Lpm01aConfiguration = lpm01aDefaults;
  #hostControl = false;
  #error: string | undefined;
  #supplyOn = false;
  #supplyChanges = 0;
  #line = '';
  #queue: string[] = [];
  #busy = false;
  #acquisition: Lpm01aAcquisition | undefined;
  #armed = false;
  #grid: SampleGrid | undefined;
  /** Counts acquisitions and restarts: an event of an earlier one is dropped. */
  #life = 0;
  #lossesWaiting: (() => void)[] = [];

  constructor(settings: EmulatorSettings, options: Lpm01aOptions = {}) {
    this.#settings = settings;
    this.#options = options;
    this.#noise = gaussian(settings.seed);
    const { clock, faults, label, seed } = settings;
    this.serial = `${String(540_619_864 + (seed >>> 0))}-1110659081-4784204`;
    this.firmwareVersion = faults?.oldFirmware ? '1.0.5' : '1.0.6';
    this.#schedule = new FaultSchedule(clock);
    this.#port = new EmulatorPort(clock, label, {
      opened: () => this.#opened(),
      received: (bytes) => this.#received(bytes),
      closed: () => this.#closed(),
    });
    this.#script();
  }

  get supplyOn(): boolean {
    return this.#supplyOn;
  }

  get voltageV(): number {
    return this.#config.voltageV;
  }

  get grid(): SampleGrid | undefined {
    return this.#grid;
  }

  open(): ByteStream {
    if (this.#settings.faults?.staleStream && this.commands.length === 0 && !this.#acquisition) {
      this.#config = { ...this.#config, rateHz: 1000, quantity: 'energy', acqTimeS: Infinity, power: 'on' };
      this.#setSupply(true);
      this.#begin();
    }
    return this.#port.open();
  }

  pin(level: number): void {
    const isFall = level === 0;
    const number = isFall ? this.#schedule.edge() : 0;
    if (isFall && this.#settings.faults?.missingEdges?.includes(number)) return;
    if (this.#config.event === (isFall ? 'fal' : 'ris')) this.#event();
    if (isFall && this.#armed) {
      this.#armed = false;
      this.#begin();
    }
  }

  close(): void {
    this.#life++;
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
      on.on(loss, () => this.#disturb((running) => running.lose(loss.count, loss.hidden ?? false)));
    }
    for (const loss of faults.lostBytes ?? [])
      on.on(loss, () => this.#disturb((running) => running.loseBytes(loss.count)));
    for (const extra of faults.extraEdges ?? []) on.on(extra, () => this.#event());
    on.on(faults.overCurrent, () => this.#overCurrent());
    on.on(faults.saturation, () => {
      this.#flush();
      load.setFaultCurrent(this.#nowNs, 2 * lpm01aFullScaleA);
      this.#after(faults.saturation?.forS ?? 0.1, () => {
        this.#flush();
        load.setFaultCurrent(this.#nowNs, 0);
      });
    });
  }

  #after(seconds: number, fire: () => void): void {
    this.#settings.clock.at(this.#nowNs + Math.round(seconds * 1e9), fire);
  }

  /** A loss that comes before the acquisition waits for it. */
  #disturb(loss: (running: Lpm01aAcquisition) => void): void {
    this.#flush();
    const running = this.#acquisition;
    if (running) loss(running);
    else this.#lossesWaiting.push(() => this.#acquisition && loss(this.#acquisition));
  }

  #opened(): void {
    if (!this.#acquisition) return;
    // What was sent while nobody listened is gone; the first thing that arrives is the rest of a line.
    this.#acquisition.flush(this.#nowNs);
    this.#port.send(Buffer.from('-08\r\n'));
    this.#pump();
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
      const effective = effectiveV(this.#config.voltageV, this.#settings);
      if (this.#isBinary) this.#sendFrame(0xf7, u16(Math.round(effective * 1000)));
      else this.#acknowledge(`${command} ${voltageText(effective)}`);
      return;
    }
    const change = lpm01aChange(words);
    if (change && 'refused' in change) {
      this.#refuse(command, change.refused);
    } else if (change) {
      if (this.#acquisition) {
        this.#refuse(command, 'acquisition in progress');
        return;
      }
      this.#config = { ...this.#config, ...change };
      if (name === 'volt' && this.#supplyOn) this.#setSupply(true);
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
        this.#say('help echo powershield version range status htc hrc lcd psrst volt freq acqtime\r\n');
        return true;
      case 'echo':
        this.#say(`${prompt}${command}\r\n`);
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
        this.#acknowledge(`status ${this.#error === undefined ? 'ok' : `error: ${this.#error}`}`);
        this.#error = undefined;
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
      this.#temperature(command, first ?? this.#config.temperatureUnit);
    } else if (name === 'autotest') {
      this.#acknowledge(command);
      this.#say('autotest: ok\r\n');
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
      if (this.#isBinary) this.#sendFrame(0xf9, [this.#supplyOn ? 1 : 0]);
      else this.#acknowledge(`${command} ${this.#supplyOn ? 'on' : 'off'}`);
      return;
    }
    if (first !== 'auto' && first !== 'on' && first !== 'off') {
      this.#refuse(command, 'parameter out of range');
      return;
    }
    const powerStatus = second === undefined ? this.#config.powerStatus : second === 'status';
    this.#config = { ...this.#config, power: first, powerStatus };
    if (first !== 'auto') this.#setSupply(first === 'on');
    this.#acknowledge(command);
  }

  #targetReset(command: string, text: string | undefined): void {
    const seconds = text === undefined ? undefined : readNumber(text);
    if (seconds === undefined || (seconds !== 0 && (seconds < 1e-3 || seconds > 1))) {
      this.#refuse(command, 'parameter out of range');
      return;
    }
    const wasOn = this.#supplyOn;
    this.#setSupply(false);
    if (this.#isBinary) this.#sendFrame(0xf6);
    else this.#acknowledge(command);
    if (seconds > 0 && wasOn) {
      const changes = this.#supplyChanges;
      this.#after(seconds, () => {
        if (changes === this.#supplyChanges) this.#setSupply(true);
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
    this.#config = { ...this.#config, temperatureUnit: unit };
    if (this.#isBinary) this.#sendFrame(0xf8, u16(Math.round(celsius) & 0xffff));
    else this.#acknowledge(`temp ${unit} ${shown.toFixed(1)}`);
  }

  #start(command: string): void {
    const refusal = this.#acquisition || this.#armed ? 'acquisition in progress' : lpm01aStartRefusal(this.#config);
    if (refusal !== undefined) {
      this.#refuse(command, refusal);
      return;
    }
    this.#acknowledge(command);
    if (this.#config.power === 'auto') this.#setSupply(true);
    if (this.#config.acqMode === 'stat') this.#static();
    else if (this.#config.trigger === 'd7') this.#armed = true;
    else this.#begin();
  }

  #begin(): void {
    const { rateHz, quantity, format, acqTimeS, triggerDelayS } = this.#config;
    const startNs = this.#nowNs + Math.round(triggerDelayS * 1e9);
    const profile = {
      rateHz,
      quantity,
      format,
      samples: acqTimeS === Infinity ? Infinity : Math.max(1, Math.round(acqTimeS * rateHz)),
      nulAfterTimeStamp: this.#options.nulAfterTimeStamp ?? true,
    };
    const state = { powered: () => this.#supplyOn, setV: () => this.#config.voltageV };
    this.#life++;
    this.#acquisition = new Lpm01aAcquisition(this.#settings, state, profile, startNs, this.#noise);
    this.#grid = this.#acquisition.grid;
    for (const loss of this.#lossesWaiting.splice(0)) loss();
    this.#pump();
  }

  /** Hands over what is there and comes back at the end of a later sample. Sleeps while nobody listens. */
  #pump(): void {
    const running = this.#acquisition;
    if (!running || !this.#port.isOpen) return;
    const life = this.#life;
    const samples = Math.max(1, Math.round(batchS * running.profile.rateHz));
    this.#settings.clock.at(running.endOf(samples), () => {
      if (life !== this.#life || this.#acquisition !== running) return;
      this.#flush();
      if (running.isDone) this.#finish();
      else this.#pump();
    });
  }

  #flush(): void {
    if (this.#acquisition) this.#port.send(this.#acquisition.flush(this.#nowNs));
  }

  #event(): void {
    if (!this.#acquisition) return;
    this.#flush();
    this.#port.send(this.#acquisition.edge());
  }

  #stop(command: string): void {
    this.#armed = false;
    this.#flush();
    if (!this.#acquisition) {
      this.#acknowledge(command);
      this.#say(`${prompt}Acquisition completed\r\n`);
      return;
    }
    if (this.#isBinary) {
      this.#finish(command);
      return;
    }
    this.#acknowledge(command);
    this.#finish();
  }

  /** In binary the answer to `stop` can only be text behind the end of the stream. */
  #finish(stopCommand?: string): void {
    const running = this.#acquisition;
    if (!running) return;
    this.#life++;
    this.#acquisition = undefined;
    this.#port.send(running.end());
    if (stopCommand !== undefined) this.#acknowledge(stopCommand);
    this.#say(`${prompt}Acquisition completed\r\n`);
    if (this.#config.power === 'auto') this.#setSupply(this.#config.powerEnd);
  }

  #overCurrent(): void {
    if (!this.#acquisition) return;
    this.#flush();
    this.#error = 'overcurrent';
    if (this.#isBinary) this.#sendFrame(0xf5);
    else this.#say('error: overcurrent\r\n');
    this.#setSupply(false);
    this.#finish();
  }

  /** One sample of a current that must be constant within 10 % while it is measured. */
  #static(): void {
    const startNs = this.#nowNs + Math.round(this.#config.triggerDelayS * 1e9);
    const life = ++this.#life;
    this.#after(this.#config.triggerDelayS + durationS.settle, () => {
      if (life !== this.#life) return;
      const { load, errors, noise } = this.#settings;
      load.advance(this.#nowNs);
      const { min, max } = load.timeline.extremes(startNs, this.#nowNs);
      if (max - min > 0.1 * max) {
        this.#error = 'static acquisition: current not constant';
        this.#say(`error: ${this.#error}\r\n`);
      } else {
        const readA = readingA(errors, 0, fullScaleStaticA, max) * (1 + 0.1 * noise.relative * this.#noise());
        this.#say(`${asciiSample(Math.min(fullScaleStaticA, readA), 'current')}\r\n\r\nend\r\n`);
      }
      this.#say(`${prompt}Acquisition completed\r\n`);
    });
  }

  #setSupply(on: boolean): void {
    const changed = this.#supplyOn !== on;
    this.#flush();
    this.#supplyChanges++;
    this.#supplyOn = on;
    this.#settings.load.setSupply(this.#nowNs, on ? effectiveV(this.#config.voltageV, this.#settings) : 0);
    if (!changed || !this.#config.powerStatus || !this.#acquisition) return;
    if (this.#isBinary) this.#sendFrame(0xf9, [on ? 1 : 0]);
    else this.#say(`pwr ${on ? 'on' : 'off'}\r\n`);
  }

  /** As after power-up: nothing runs, nothing is supplied, the host has no control. */
  #reset(): void {
    this.#life++;
    this.#acquisition = undefined;
    this.#armed = false;
    this.#queue = [];
    this.#setSupply(false);
    this.#config = lpm01aDefaults;
    this.#hostControl = false;
  }

  get #isBinary(): boolean {
    return this.#acquisition?.isBinary ?? false;
  }

  #acknowledge(text: string): void {
    this.#say(`${prompt}ack ${text}\r\n\r\n`);
  }

  #refuse(command: string, detail: string): void {
    this.#say(`${prompt}error ${command}\r\nError detail: ${detail}\r\n\r\n`);
  }

  /** Text among samples; in the binary stream inside an information frame. */
  #say(text: string): void {
    this.#flush();
    const bytes = Buffer.from(text, 'latin1');
    this.#port.send(this.#isBinary ? frame(0xf2, [...bytes]) : bytes);
  }

  #sendFrame(type: number, payload: readonly number[] = []): void {
    this.#flush();
    this.#port.send(frame(type, payload));
  }
}

function durationOf([name, first]: readonly string[]): number {
  if (name === 'volt' && first !== 'get') return durationS.volt;
  if (name === 'calib') return durationS.calib;
  return name === 'autotest' ? durationS.autotest : durationS.any;
}

const u16 = (value: number): number[] => [(value >> 8) & 0xff, value & 0xff];
