import type { Clock } from '../../../shared/clock/index.ts';
import type { InstrumentIdentity } from '../../../shared/domain/identity.ts';
import { Fault, isFault } from '../../../shared/fault/index.ts';
import type { ByteStream } from '../../transport/byte-stream.ts';
import type { Acquisition, AcquisitionProfile, EnergyMonitor, MonitorEvent, SelfCheck } from '../monitor.ts';
import { commonCommands, Lpm01aAcquisition, profiles, streamForm } from './acquisition.ts';
import { lpm01aBaud, lpm01aKind } from './kind.ts';
import { Lpm01aLink } from './link.ts';
import type { CommandOptions } from './exchange.ts';
import { handshake } from './handshake.ts';
import { currentArgument, milli, readValue } from './values.ts';

export interface OpenLpm01aOptions {
  stream: ByteStream;
  clock: Clock;
  /** What an operator calls it: `LPM01A on COM5`. */
  label: string;
  lockId: string;
  simulated: boolean;
  signal?: AbortSignal | undefined;
  /** Port for the watchdog; null or absent where there is none. */
  path?: string | null | undefined;
  usb?: InstrumentIdentity['usb'];
}

const deadlines = { volt: 10, calibrate: 20, selfTest: 60, stop: 3 } as const;
const selfTestQuietS = 1;
/** `safe` takes three such waits at most, so never longer than 2 s. */
const safeWaitS = 0.5;
/** How long a binary stream may take to acknowledge power off before its state is asked for. */
const binaryPowerGraceS = 0.3;
/** `currthre` is accepted by all firmware between these, in A (energy monitors, 2.3: two documents differ). */
const thresholdA = { min: 100e-9, max: 10e-3 };
/** Likewise `targrst`, in s. */
const resetS = { min: 0.01, max: 1 };

/**
 * Twice off, since a command of an earlier program may be half-sent and since `pwrend` may switch the supply on again after
 * `stop`. Text in both forms of the stream.
 */
const lpm01aPanicBytes = Uint8Array.from(Buffer.from('\r\npwr off\r\nstop\r\npwr off\r\n', 'latin1'));

/**
 * Opens an X-NUCLEO-LPM01A on a stream: ends what an earlier program left running, checks that it is one with firmware 1.0.6 or newer, takes
 * control and switches the supply off. The stream is the caller's until this resolves, and closed by `close` afterwards.
 * @throws Fault `emon.notThisMonitor`, `emon.firmwareTooOld`, `emon.silent`, `emon.refused`, `emon.streamLost`; the signal's reason.
 */
export async function openLpm01a(options: OpenLpm01aOptions): Promise<Lpm01a> {
  const monitor = new Lpm01a(options);
  try {
    await monitor.open(options.signal);
  } catch (error) {
    monitor.detach();
    throw error;
  }
  return monitor;
}

/** The X-NUCLEO-LPM01A behind the interface of all monitors (energy monitors, section 2). Tried against its emulator only. */
export class Lpm01a implements EnergyMonitor {
  readonly kind = lpm01aKind;
  readonly constantsSha256 = null;
  readonly panic: EnergyMonitor['panic'];
  readonly #options: OpenLpm01aOptions;
  readonly #link: Lpm01aLink;
  #serial = '';
  #firmware = '';
  #voltageV: number | null = null;
  #powered = false;
  #acquisition: Lpm01aAcquisition | undefined;
  #starting = false;
  #safing: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: OpenLpm01aOptions) {
    this.#options = options;
    const { stream, clock, label } = options;
    this.panic = { path: options.path ?? null, baud: stream.baud ?? lpm01aBaud, bytes: lpm01aPanicBytes };
    this.#link = new Lpm01aLink(stream, clock, label, {
      event: (event) => this.#acquisition?.event(event),
      ended: (reply) => this.#acquisition?.onEnded(reply),
      heard: () => this.#acquisition?.heard(),
      closed: (reason) => this.#acquisition?.fail(reason),
    });
  }

  /** For `openLpm01a` alone. */
  async open(signal?: AbortSignal): Promise<void> {
    const found = await handshake(this.#link, signal);
    this.#serial = found.serial;
    this.#firmware = found.firmware;
  }

  /** Lets go of the stream without closing it. */
  detach(): void {
    this.#link.detach();
  }

  get identity(): InstrumentIdentity {
    const { label, lockId, simulated, usb } = this.#options;
    return {
      role: 'monitor',
      kind: this.kind.kind,
      label,
      lockId,
      ...(usb === undefined ? {} : { usb }),
      firmware: { name: 'PowerShield', version: this.#firmware },
      triedOnHardware: this.kind.triedOnHardware,
      simulated,
    };
  }

  get serial(): string {
    return this.#serial;
  }

  get firmwareVersion(): string {
    return this.#firmware;
  }

  get voltageV(): number | null {
    return this.#voltageV;
  }

  get powered(): boolean {
    return this.#powered;
  }

  async setVoltage(voltageV: number, signal?: AbortSignal): Promise<void> {
    const { min, max } = this.kind.voltageV;
    const roundedV = Math.round(voltageV * 1000) / 1000;
    if (!(roundedV >= min && roundedV <= max))
      throw this.#badSetting('voltage', `${voltageV} V`, `${min} V to ${max} V`);
    this.#mustBeIdle();
    await this.#command(`volt ${milli(roundedV)}`, { deadlineS: deadlines.volt, signal });
    this.#voltageV = roundedV;
  }

  async setPower(on: boolean, signal?: AbortSignal): Promise<void> {
    // Until the instrument has said otherwise, the supply counts as on.
    if (on) this.#powered = true;
    const command = on ? 'pwr on nostatus' : 'pwr off';
    try {
      if (this.#inBinary) await this.#powerInBinary(command, on, signal);
      else await this.#command(command, { signal });
    } catch (error) {
      if (on && isFault(error, 'emon.refused')) this.#powered = false;
      throw error;
    }
    this.#powered = on;
  }

  async start(
    profile: AcquisitionProfile,
    listener: (event: MonitorEvent) => void,
    signal?: AbortSignal,
  ): Promise<Acquisition> {
    this.#mustBeIdle();
    const { commands } = profiles[profile.purpose];
    const { decoder } = this.#link;
    this.#starting = true;
    const acquisition = new Lpm01aAcquisition({
      clock: this.#options.clock,
      label: this.#options.label,
      purpose: profile.purpose,
      listener,
      samples: () => decoder.samples,
      delivered: () => decoder.delivered,
      abandon: () => decoder.abandon(),
      requestStop: (stopSignal) => this.#requestStop(stopSignal),
    });
    try {
      for (const command of [...commonCommands, ...commands]) await this.#command(command, { signal });
      decoder.arm(streamForm(profile.purpose, this.#voltageV));
      this.#acquisition = acquisition;
      await this.#command('start', { signal });
    } catch (error) {
      this.#acquisition = undefined;
      if (decoder.streaming) decoder.abandon();
      decoder.disarm();
      this.#link.urgent('stop', { untilCompleted: true, deadlineS: deadlines.stop }).catch(() => undefined);
      throw error;
    } finally {
      this.#starting = false;
    }
    acquisition.begin();
    return acquisition;
  }

  async readVoltage(signal?: AbortSignal): Promise<number | null> {
    return this.#read('volt get', 'volt', signal);
  }

  /** Of the board's sensor; the board warms itself by about 3 K, which is not taken off. */
  async readTemperature(signal?: AbortSignal): Promise<number | null> {
    return this.#read('temp degc', 'temp', signal);
  }

  async selfTest(signal?: AbortSignal): Promise<SelfCheck> {
    this.#mustBeIdle();
    const answer = await this.#command('autotest', {
      deadlineS: deadlines.selfTest,
      linesUntilQuietS: selfTestQuietS,
      signal,
    });
    return checked([answer.text, ...answer.lines]);
  }

  async selfCalibrate(signal?: AbortSignal): Promise<SelfCheck> {
    this.#mustBeIdle();
    const answer = await this.#command('calib', { deadlineS: deadlines.calibrate, signal });
    return checked([answer.text, ...answer.lines]);
  }

  /** Takes the supply from the DUT for `offS` seconds, also while acquiring. */
  async resetTarget(offS: number, signal?: AbortSignal): Promise<void> {
    const { min, max } = resetS;
    if (!(offS >= min && offS <= max)) throw this.#badSetting('reset', `${offS} s`, `${min} s to ${max} s`);
    await this.#command(`targrst ${milli(offS)}`, { frame: { of: 'targrst' }, signal });
  }

  /** The current above which the board raises its threshold outputs; 0 for never. Its name differs by firmware. */
  async setThreshold(currentA: number, signal?: AbortSignal): Promise<void> {
    const { min, max } = thresholdA;
    if (!(currentA === 0 || (currentA >= min && currentA <= max))) {
      throw this.#badSetting('threshold', `${currentA} A`, `0, ${min} A to ${max} A`);
    }
    const argument = currentArgument(currentA);
    try {
      await this.#command(`currthre ${argument}`, { signal });
    } catch (error) {
      if (!isFault(error, 'emon.refused')) throw error;
      await this.#command(`currthres ${argument}`, { signal });
    }
  }

  safe(): Promise<void> {
    this.#safing ??= this.#makeSafe().finally(() => {
      this.#safing = undefined;
    });
    return this.#safing;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  get #acquiring(): boolean {
    return this.#acquisition !== undefined && !this.#acquisition.isDone;
  }

  get #inBinary(): boolean {
    return this.#acquiring && this.#acquisition?.quantity === 'current';
  }

  /** Whatever the instrument answers, it was told; three waits at most. */
  async #makeSafe(): Promise<void> {
    const link = this.#link;
    const wait = { deadlineS: safeWaitS };
    const off = (): Promise<boolean> =>
      link.urgent('pwr off', wait).then(
        () => true,
        () => false,
      );
    let isOff = false;
    const sequence = async (): Promise<void> => {
      link.interrupt();
      isOff = await off();
      await link.urgent('stop', { ...wait, untilCompleted: true });
    };
    const acquisition = this.#acquiring ? this.#acquisition : undefined;
    await (acquisition ? acquisition.halt(sequence) : sequence().catch(() => undefined));
    // Again: `pwrend` may have switched it on with the end of the acquisition.
    if ((await off()) || isOff) this.#powered = false;
  }

  async #close(): Promise<void> {
    await this.safe();
    await this.#link.urgent('hrc', { deadlineS: safeWaitS }).catch(() => undefined);
    this.#link.detach();
    await this.#options.stream.close();
  }

  async #requestStop(signal?: AbortSignal): Promise<void> {
    await this.#link.command('stop', { untilCompleted: true, deadlineS: deadlines.stop, signal });
  }

  async #command(text: string, options: CommandOptions = {}): ReturnType<Lpm01aLink['command']> {
    if (this.#safing) throw new Fault('operation.cancelled', {});
    return this.#link.command(text, options);
  }

  /** The binary stream is not known to acknowledge `pwr`: when it does not, the state is asked for. */
  async #powerInBinary(command: string, on: boolean, signal?: AbortSignal): Promise<void> {
    const frame = { of: 'pwr', value: on ? 1 : 0 } as const;
    try {
      await this.#command(command, { frame, deadlineS: binaryPowerGraceS, signal });
    } catch (error) {
      if (!isFault(error, 'emon.silent')) throw error;
      await this.#command('pwr get', { frame, signal });
    }
  }

  /** Null when the instrument does not answer it while acquiring. */
  async #read(command: string, of: 'volt' | 'temp', signal?: AbortSignal): Promise<number | null> {
    try {
      const { text, value } = await this.#command(command, { frame: { of }, signal });
      return value ?? readValue(text) ?? null;
    } catch (error) {
      if (this.#acquiring && isFault(error, 'emon.refused')) return null;
      throw error;
    }
  }

  #mustBeIdle(): void {
    if (!this.#acquiring && !this.#starting) return;
    throw new Fault('emon.busy', { instrument: this.#options.label, state: 'acquiring' });
  }

  #badSetting(setting: string, value: string, allowed: string): Fault {
    return new Fault('emon.badSetting', { instrument: this.#options.label, setting, value, allowed });
  }
}

/** The texts of a real board are not public: what does not complain counts as passed. */
function checked(lines: readonly string[]): SelfCheck {
  const said = lines.filter((line) => line !== '');
  return { ok: !said.some((line) => /fail|error|\bko\b|not ok/i.test(line)), lines: said };
}
