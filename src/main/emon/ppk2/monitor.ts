import { createHash } from 'node:crypto';
import type { Clock } from '../../../shared/clock/index.ts';
import type { InstrumentIdentity } from '../../../shared/domain/identity.ts';
import { Fault } from '../../../shared/fault/index.ts';
import type { ByteStream } from '../../transport/index.ts';
import { defaultMark } from '../edge-detector.ts';
import type { MarkOptions } from '../edge-detector.ts';
import type { Acquisition, AcquisitionProfile, EnergyMonitor, MonitorEvent, MonitorKind } from '../monitor.ts';
import { Ppk2Acquisition } from './acquisition.ts';
import { ppk2Commands, ppk2VoltageMv, voltageCommand } from './commands.ts';
import { Ppk2Converter } from './convert.ts';
import { ppk2Kind } from './kind.ts';
import { constantsText, metadataEnded, parseMetadata } from './metadata.ts';
import type { Ppk2Metadata } from './metadata.ts';
import { Ppk2Port } from './port.ts';

export interface OpenPpk2Options {
  /** The measuring port, with DTR on; the line rate does not matter. */
  stream: ByteStream;
  clock: Clock;
  /** What an operator calls it: `PPK2 on COM7`. */
  label: string;
  signal?: AbortSignal | undefined;
  /** Path of the port for the watchdog; null or absent where there is none. */
  path?: string | null;
  lockId: string;
  simulated: boolean;
  /** `source`: it powers the DUT; `ampere`: it sits in the line of another supply, whose voltage must be set as well since the formula uses it. */
  mode: 'source' | 'ampere';
  /** Digital input that carries the time mark; default D0, falling. */
  markBit?: number;
  mark?: Partial<MarkOptions>;
  /** From USB, where it is known: the instrument itself tells no serial number. */
  serial?: string;
  firmwareVersion?: string;
}

const staleQuietS = 0.1;
const mostStaleS = 3;
const metadataS = 2;
const mostTries = 3;
const mostText = 16_384;
const safeS = 1;

/**
 * Opens a PPK2: stops what an earlier program left running, reads the calibration, selects the mode, and leaves the supply off (energy
 * monitors, section 3.3). The user gains in the instrument are never changed.
 * @throws Fault `emon.notThisMonitor` when no calibration comes (the second port of the instrument is a text shell), `emon.silent`
 * when nothing comes at all, `emon.streamLost`, or the signal's reason. The stream is left open then.
 */
export async function openPpk2(options: OpenPpk2Options): Promise<EnergyMonitor> {
  const { stream, clock, label, signal } = options;
  const port = new Ppk2Port(stream, clock, label);
  await port.send(ppk2Commands.stop, signal);
  await port.send(ppk2Commands.powerOff, signal);
  await port.quiet(staleQuietS, mostStaleS, signal);
  const metadata = await readMetadata(port, signal);
  await port.send(options.mode === 'source' ? ppk2Commands.sourceMode : ppk2Commands.ampereMode, signal);
  return new Ppk2Monitor(port, metadata, options);
}

async function readMetadata(port: Ppk2Port, signal: AbortSignal | undefined): Promise<Ppk2Metadata> {
  let text = '';
  let anything = '';
  port.onBytes = (chunk) => {
    text = (text + Buffer.from(chunk).toString('latin1')).slice(-mostText);
  };
  try {
    for (let attempt = 1; attempt <= mostTries; attempt += 1) {
      text = '';
      await port.send(ppk2Commands.metadata, signal);
      const ended = await port.until(() => metadataEnded(text), metadataS, signal);
      const metadata = ended ? parseMetadata(text) : undefined;
      if (metadata) return metadata;
      anything += text;
      await port.quiet(staleQuietS, metadataS, signal);
    }
  } finally {
    port.onBytes = undefined;
  }
  const { instrument } = port;
  if (anything === '') {
    // What an operator reads: the command has no name but its byte.
    const command = 'metadata (0x19)';
    throw new Fault('emon.silent', { instrument, command, waitedS: metadataS * mostTries });
  }
  const found = anything
    .replaceAll(/[^ -~]+/g, ' ')
    .trim()
    .slice(0, 80);
  throw new Fault('emon.notThisMonitor', { instrument, expected: ppk2Kind.model, found });
}

class Ppk2Monitor implements EnergyMonitor {
  readonly identity: InstrumentIdentity;
  readonly kind: MonitorKind;
  readonly serial: string;
  readonly firmwareVersion: string;
  readonly constantsSha256: string;
  readonly panic: EnergyMonitor['panic'];
  readonly #port: Ppk2Port;
  readonly #metadata: Ppk2Metadata;
  readonly #converter: Ppk2Converter;
  readonly #mark: MarkOptions;
  #voltageV: number | null = null;
  #powered = false;
  #acquisition: Ppk2Acquisition | undefined;
  #closing: Promise<void> | undefined;

  constructor(port: Ppk2Port, metadata: Ppk2Metadata, options: OpenPpk2Options) {
    this.#port = port;
    this.#metadata = metadata;
    this.#converter = new Ppk2Converter(metadata.constants, metadata.vddMv ?? ppk2VoltageMv.min);
    this.#mark = {
      ...defaultMark,
      ...options.mark,
      ...(options.markBit === undefined ? {} : { bit: options.markBit }),
    };
    this.kind = { ...ppk2Kind, powersDut: options.mode === 'source' };
    this.serial = options.serial ?? '';
    this.firmwareVersion = options.firmwareVersion ?? '';
    this.constantsSha256 = createHash('sha256').update(constantsText(metadata.constants)).digest('hex');
    this.identity = {
      role: 'monitor',
      kind: ppk2Kind.kind,
      label: options.label,
      lockId: options.lockId,
      triedOnHardware: ppk2Kind.triedOnHardware,
      simulated: options.simulated,
    };
    const bytes = Uint8Array.of(...ppk2Commands.powerOff, ...ppk2Commands.stop);
    this.panic = { path: options.path ?? null, baud: 115_200, bytes };
  }

  get voltageV(): number | null {
    return this.#voltageV;
  }

  get powered(): boolean {
    return this.#powered;
  }

  async setVoltage(voltageV: number, signal?: AbortSignal): Promise<void> {
    const voltageMv = Math.round(voltageV * 1000);
    const { min, max } = ppk2VoltageMv;
    if (!(voltageMv >= min && voltageMv <= max)) {
      throw new Fault('emon.badSetting', {
        instrument: this.identity.label,
        setting: 'voltage',
        value: `${voltageV} V`,
        allowed: `${min / 1000}-${max / 1000} V`,
      });
    }
    await this.#port.send(voltageCommand(voltageMv), signal);
    this.#converter.setVdd(voltageMv);
    this.#voltageV = voltageMv / 1000;
  }

  async setPower(on: boolean, signal?: AbortSignal): Promise<void> {
    // The regulator would come up with whatever an earlier program had set.
    if (on && this.#voltageV === null) throw new Fault('emon.voltageNeeded', { instrument: this.identity.label });
    // Said before it is sent: after an error the supply counts as on.
    if (on) this.#powered = true;
    await this.#port.send(on ? ppk2Commands.powerOn : ppk2Commands.powerOff, signal);
    this.#powered = on;
  }

  async start(
    profile: AcquisitionProfile,
    listener: (event: MonitorEvent) => void,
    signal?: AbortSignal,
  ): Promise<Acquisition> {
    if (this.#acquisition) throw new Fault('emon.busy', { instrument: this.identity.label, state: 'acquiring' });
    if (this.#port.ended) throw this.#port.ended;
    const acquisition = new Ppk2Acquisition({
      port: this.#port,
      converter: this.#converter,
      mark: this.#mark,
      spikeFilter: profile.spikeFilter ?? true,
      remarks: this.#metadata.remarks,
      listener,
      onEnd: () => {
        this.#acquisition = undefined;
      },
    });
    this.#acquisition = acquisition;
    await acquisition.begin(signal);
    return acquisition;
  }

  readVoltage(): Promise<number | null> {
    return Promise.resolve(null);
  }

  readTemperature(): Promise<number | null> {
    return Promise.resolve(null);
  }

  selfTest(): Promise<null> {
    return Promise.resolve(null);
  }

  selfCalibrate(): Promise<null> {
    return Promise.resolve(null);
  }

  async safe(): Promise<void> {
    const { clock } = this.#port;
    const enough = new AbortController();
    const timer = clock.setTimer(safeS, () => enough.abort(new Error('safe')));
    try {
      await this.#port.send(ppk2Commands.powerOff, enough.signal);
      this.#powered = false;
      await (this.#acquisition?.stop(enough.signal) ?? this.#port.send(ppk2Commands.stop, enough.signal));
    } catch {
      // Nobody can be told: the instrument takes no more bytes. It switches off by itself when its port is closed.
    } finally {
      timer.cancel();
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.safe().then(() => this.#port.close());
    return this.#closing;
  }
}
