import { readingA } from '../energy/errors.ts';
import { effectiveV, type EmulatorSettings, type SampleGrid } from './emulator.ts';
import { Lpm01aAcquisition } from './lpm01a-acquisition.ts';
import { asciiSample, frame } from './lpm01a-format.ts';
import { lpm01aDefaults, type Lpm01aConfiguration } from './lpm01a-settings.ts';

export interface Lpm01aOutput {
  send(bytes: Uint8Array): void;
  /** Somebody listens. */
  isOpen(): boolean;
  nulAfterTimeStamp: boolean;
}

/** Samples are handed over at least this often. */
const batchS = 0.05;
/** How long the static mode looks whether the current is constant. */
const settleS = 0.05;
const fullScaleStaticA = 0.2;
export const lpm01aPrompt = '\r\nPowerShield > ';

/** The measuring half of the emulated LPM01A: supply and acquisition, and what they send. It knows no commands. */
export class Lpm01aMeter {
  config: Lpm01aConfiguration = lpm01aDefaults;
  /** What `status` tells. */
  error: string | undefined;
  readonly #settings: EmulatorSettings;
  readonly #output: Lpm01aOutput;
  readonly #noise: () => number;
  #supplyOn = false;
  #supplyChanges = 0;
  #acquisition: Lpm01aAcquisition | undefined;
  #armed = false;
  #grid: SampleGrid | undefined;
  /** Counts acquisitions and restarts: an event of an earlier one is dropped. */
  #life = 0;
  #lossesWaiting: (() => void)[] = [];

  constructor(settings: EmulatorSettings, output: Lpm01aOutput, noise: () => number) {
    this.#settings = settings;
    this.#output = output;
    this.#noise = noise;
  }

  get supplyOn(): boolean {
    return this.#supplyOn;
  }

  /** Counts switchings, so that a delayed one can see that it came too late. */
  get supplyChanges(): number {
    return this.#supplyChanges;
  }

  get grid(): SampleGrid | undefined {
    return this.#grid;
  }

  get isAcquiring(): boolean {
    return this.#acquisition !== undefined;
  }

  get isArmed(): boolean {
    return this.#armed;
  }

  /** The bytes of now are those of the binary stream. */
  get isBinary(): boolean {
    return this.#acquisition?.isBinary ?? false;
  }

  /** As configured: at once, at the next edge of D7, or one static sample. */
  start(): void {
    if (this.config.power === 'auto') this.setSupply(true);
    if (this.config.acqMode === 'stat') this.#static();
    else if (this.config.trigger === 'd7') this.#armed = true;
    else this.begin();
  }

  /** No edge of D7 starts an acquisition any more. */
  disarm(): void {
    this.#armed = false;
  }

  /** An edge of D7 that is a trigger. */
  trigger(): void {
    if (!this.#armed) return;
    this.#armed = false;
    this.begin();
  }

  /** Starts an acquisition, whatever the trigger. */
  begin(): void {
    const { rateHz, quantity, format, acqTimeS, triggerDelayS } = this.config;
    const startNs = this.#nowNs + Math.round(triggerDelayS * 1e9);
    const profile = {
      rateHz,
      quantity,
      format,
      samples: acqTimeS === Infinity ? Infinity : Math.max(1, Math.round(acqTimeS * rateHz)),
      nulAfterTimeStamp: this.#output.nulAfterTimeStamp,
    };
    const state = { powered: () => this.#supplyOn, setV: () => this.config.voltageV };
    this.#life++;
    this.#acquisition = new Lpm01aAcquisition(this.#settings, state, profile, startNs, this.#noise);
    this.#grid = this.#acquisition.grid;
    for (const loss of this.#lossesWaiting.splice(0)) loss();
    this.#pump();
  }

  /** Somebody listens again: what was sent meanwhile is gone, and what arrives first is the rest of a line. */
  resume(): void {
    if (!this.#acquisition) return;
    this.#acquisition.flush(this.#nowNs);
    this.#output.send(Buffer.from('-08\r\n'));
    this.#pump();
  }

  /** Hands over what is there and comes back at the end of a later sample. Sleeps while nobody listens. */
  #pump(): void {
    const running = this.#acquisition;
    if (!running || !this.#output.isOpen()) return;
    const life = this.#life;
    const samples = Math.max(1, Math.round(batchS * running.profile.rateHz));
    this.#settings.clock.at(running.endOf(samples), () => {
      if (life !== this.#life || this.#acquisition !== running) return;
      this.flush();
      if (running.isDone) this.finish();
      else this.#pump();
    });
  }

  /** Hands over the samples that are over. */
  flush(): void {
    if (this.#acquisition) this.#output.send(this.#acquisition.flush(this.#nowNs));
  }

  /** An edge of D7 that is to be reported. */
  event(): void {
    if (!this.#acquisition) return;
    this.flush();
    this.#output.send(this.#acquisition.edge());
  }

  /** In binary the answer to `stop` can only be text behind the end of the stream. */
  finish(stopCommand?: string): void {
    const running = this.#acquisition;
    if (!running) return;
    this.#life++;
    this.#acquisition = undefined;
    this.#output.send(running.end());
    if (stopCommand !== undefined) this.say(`${lpm01aPrompt}ack ${stopCommand}\r\n\r\n`);
    this.say(`${lpm01aPrompt}Acquisition completed\r\n`);
    if (this.config.power === 'auto') this.setSupply(this.config.powerEnd);
  }

  /** The supply's limit is exceeded: says so, switches off, ends. */
  overCurrent(): void {
    if (!this.#acquisition) return;
    this.flush();
    this.error = 'overcurrent';
    if (this.isBinary) this.sendFrame(0xf5);
    else this.say('error: overcurrent\r\n');
    this.setSupply(false);
    this.finish();
  }

  /** One sample of a current that must be constant within 10 % while it is measured. */
  #static(): void {
    const startNs = this.#nowNs + Math.round(this.config.triggerDelayS * 1e9);
    const life = ++this.#life;
    this.#after(this.config.triggerDelayS + settleS, () => {
      if (life !== this.#life) return;
      const { load, errors, noise } = this.#settings;
      load.advance(this.#nowNs);
      const { min, max } = load.timeline.extremes(startNs, this.#nowNs);
      if (max - min > 0.1 * max) {
        this.error = 'static acquisition: current not constant';
        this.say(`error: ${this.error}\r\n`);
      } else {
        const readA = readingA(errors, 0, fullScaleStaticA, max) * (1 + 0.1 * noise.relative * this.#noise());
        this.say(`${asciiSample(Math.min(fullScaleStaticA, readA), 'current')}\r\n\r\nend\r\n`);
      }
      this.say(`${lpm01aPrompt}Acquisition completed\r\n`);
    });
  }

  /** Also for a new voltage while it is on. */
  setSupply(on: boolean): void {
    const changed = this.#supplyOn !== on;
    this.flush();
    this.#supplyChanges++;
    this.#supplyOn = on;
    this.#settings.load.setSupply(this.#nowNs, on ? effectiveV(this.config.voltageV, this.#settings) : 0);
    if (!changed || !this.config.powerStatus || !this.#acquisition) return;
    if (this.isBinary) this.sendFrame(0xf9, [on ? 1 : 0]);
    else this.say(`pwr ${on ? 'on' : 'off'}\r\n`);
  }

  /** A loss that comes before the acquisition waits for it. */
  disturb(loss: (running: Lpm01aAcquisition) => void): void {
    this.flush();
    const running = this.#acquisition;
    if (running) loss(running);
    else this.#lossesWaiting.push(() => this.#acquisition && loss(this.#acquisition));
  }

  /** As after power-up: nothing runs, nothing is supplied. */
  reset(): void {
    this.#life++;
    this.#acquisition = undefined;
    this.#armed = false;
    this.setSupply(false);
    this.config = lpm01aDefaults;
  }

  /** The bench is closed: nothing comes any more. */
  close(): void {
    this.#life++;
    this.#acquisition = undefined;
  }

  /** Text among samples; in the binary stream inside an information frame. */
  say(text: string): void {
    this.flush();
    const bytes = Buffer.from(text, 'latin1');
    this.#output.send(this.isBinary ? frame(0xf2, [...bytes]) : bytes);
  }

  /** A frame of the binary stream. */
  sendFrame(type: number, payload: readonly number[] = []): void {
    this.flush();
    this.#output.send(frame(type, payload));
  }

  get #nowNs(): number {
    return this.#settings.clock.nowNs();
  }

  #after(seconds: number, fire: () => void): void {
    this.#settings.clock.at(this.#nowNs + Math.round(seconds * 1e9), fire);
  }
}
