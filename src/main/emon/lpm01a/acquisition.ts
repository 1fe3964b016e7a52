import type { Clock, ClockTimer } from '../../../shared/clock/index.ts';
import { Fault } from '../../../shared/fault/index.ts';
import { ClockCheck } from '../clock-check.ts';
import type { Acquisition, AcquisitionProfile, MonitorEvent } from '../monitor.ts';
import type { Lpm01aReply, StreamForm } from './decoder.ts';
import { lpm01aKind } from './kind.ts';

type EndReason = Extract<MonitorEvent, { kind: 'end' }>['reason'];

/** A stream that brings no sample for so long has failed. */
const stallS = 2;

/**
 * Its ticks come with every 1000th sample and say what is missing since the one before; one of them may be missing as well (energy
 * monitors, 2.5).
 */
const samplesUntilSaid = 2000;

/** How the instrument is set for each way of measuring (energy monitors, 2.4). */
export const profiles: Readonly<
  Record<
    AcquisitionProfile['purpose'],
    { commands: readonly string[]; quantity: 'energy' | 'current'; form: Omit<StreamForm, 'fullScale'> }
  >
> = {
  score: {
    // The rate first: the other settings are refused at the rate of the waveform profile.
    commands: ['freq 1k', 'acqmode dyn', 'eventsrc d7 fal', 'output energy', 'format ascii_dec'],
    quantity: 'energy',
    form: { format: 'ascii', sampleRateHz: 1000, edgeLevel: 'fall' },
  },
  waveform: {
    // Without `eventsrc`: the form of a time mark in the binary stream is not public.
    commands: ['acqmode dyn', 'output current', 'funcmode optim', 'format bin_hexa', 'freq 100k'],
    quantity: 'current',
    form: { format: 'binary', sampleRateHz: 100_000, edgeLevel: 'unknown' },
  },
};

/** Readings are rounded to 12 bits, or to four digits: so little below the limit is at it. */
const rounding = 2e-4;

/** How the stream of a profile is to be read when the supply is set to `voltageV`. 50 mA and more is saturation (uncertainty, section 6). */
export function streamForm(purpose: AcquisitionProfile['purpose'], voltageV: number | null): StreamForm {
  const { form, quantity } = profiles[purpose];
  const limitA = lpm01aKind.maxCurrentA * (1 - rounding);
  const energyJ = voltageV === null ? Infinity : (limitA * voltageV) / form.sampleRateHz;
  return { ...form, fullScale: quantity === 'energy' ? energyJ : limitA };
}

/** Settings of both profiles. */
export const commonCommands: readonly string[] = ['trigsrc sw', 'trigdelay 0', 'acqtime inf'];

export interface AcquisitionParts {
  clock: Clock;
  label: string;
  purpose: AcquisitionProfile['purpose'];
  listener: (event: MonitorEvent) => void;
  /** Samples that the decoder has counted, kept ones included. */
  samples: () => number;
  /** Those of them that were handed over. */
  delivered: () => number;
  /** Gives up decoding and hands over what is kept. */
  abandon: () => void;
  /** Asks the instrument to stop; resolves when it has. */
  requestStop: (signal?: AbortSignal) => Promise<void>;
}

/** An acquisition under way: watches that samples keep coming at the clock's pace, and ends exactly once. */
export class Lpm01aAcquisition implements Acquisition {
  readonly quantity: 'energy' | 'current';
  readonly sampleRateHz: number;
  readonly filter = 'none';
  readonly edgeResolutionS: number;
  readonly ended: Promise<void>;
  readonly #parts: AcquisitionParts;
  readonly #clockCheck: ClockCheck;
  #settleEnded: { resolve: () => void; reject: (reason: Error) => void };
  #timer: ClockTimer | undefined;
  #progressS: number;
  #seen = 0;
  #done = false;
  /** The listener threw: it hears no more. */
  #broken = false;
  /** Whether the instrument may have been told to stop: its end then is no surprise, even when nobody waits for it any more. */
  #stopAsked = false;
  #stopping: Promise<void> | undefined;
  #halting: Promise<void> | undefined;

  constructor(parts: AcquisitionParts) {
    const { form, quantity } = profiles[parts.purpose];
    this.#parts = parts;
    this.quantity = quantity;
    this.sampleRateHz = form.sampleRateHz;
    this.edgeResolutionS = 1 / form.sampleRateHz;
    const { sampleRateHz } = form;
    this.#clockCheck = new ClockCheck({ sampleRateHz, stretchS: (samplesUntilSaid * 1.1) / sampleRateHz });
    this.#progressS = parts.clock.nowS();
    const settle = Promise.withResolvers<void>();
    this.#settleEnded = settle;
    this.ended = settle.promise;
    // Whoever does not look at it must not be ended by it.
    this.ended.catch(() => undefined);
  }

  get isDone(): boolean {
    return this.#done;
  }

  /** The instrument has begun: from now on samples must come. */
  begin(): void {
    this.#progressS = this.#parts.clock.nowS();
    this.#watch();
  }

  event(event: MonitorEvent): void {
    if (this.#done || this.#broken) return;
    try {
      this.#parts.listener(event);
    } catch (error) {
      this.#broken = true;
      this.fail(error as Error, 'aborted');
    }
  }

  /** After each chunk. */
  heard(): void {
    if (this.#done) return;
    const samples = this.#parts.samples();
    if (samples === this.#seen) return;
    this.#seen = samples;
    this.#progressS = this.#parts.clock.nowS();
    this.#reportMissing(this.#clockCheck.note(samples, this.#progressS));
  }

  stop(signal?: AbortSignal): Promise<void> {
    if (this.#done) return Promise.resolve();
    this.#stopAsked = true;
    this.#stopping ??= this.#stop(signal);
    return this.#stopping;
  }

  /** The instrument says that the stream is over. */
  onEnded(reply: Extract<Lpm01aReply, { kind: 'ended' }>): void {
    if (this.#done) return;
    if (this.#stopAsked) return this.#finish('stopped', undefined);
    const { label: instrument } = this.#parts;
    if (reply.overcurrent) return this.#finish('aborted', new Fault('emon.overcurrent', { instrument }));
    const said = reply.complaint ?? 'end';
    const overload = /overl|overfl|overrun|buff/i.test(said);
    this.#finish(overload ? 'overload' : 'aborted', new Fault('emon.endedItself', { instrument, said }));
  }

  /** Ends it because of a fault; what is kept back is handed over first. */
  fail(fault: Error, reason: EndReason = 'aborted'): void {
    if (this.#done) return;
    this.#parts.abandon();
    this.#finish(reason, fault);
  }

  /** Ends it by another sequence, in place of a `stop` under way. Never rejects: `ended` does when the sequence fails. */
  halt(sequence: () => Promise<void>): Promise<void> {
    if (this.#done) return Promise.resolve();
    this.#stopAsked = true;
    this.#halting ??= sequence().then(
      () => this.#stopped(),
      (error: unknown) => this.fail(error as Error),
    );
    return this.#halting;
  }

  async #stop(signal?: AbortSignal): Promise<void> {
    try {
      await this.#parts.requestStop(signal);
    } catch (error) {
      if (this.#halting) return this.#halting;
      if (this.#done) return;
      // It may be stopped again.
      if (signal?.aborted) this.#stopping = undefined;
      else this.fail(error as Error);
      throw error;
    }
    this.#stopped();
  }

  /** Also where the end of the stream was lost on the way. */
  #stopped(): void {
    if (this.#done) return;
    this.#parts.abandon();
    this.#finish('stopped', undefined);
  }

  #watch(): void {
    const { clock, label } = this.#parts;
    const leftS = this.#progressS + stallS - clock.nowS();
    this.#timer = clock.setTimer(Math.max(leftS, 0.001), () => {
      if (this.#done) return;
      const silentS = clock.nowS() - this.#progressS;
      if (silentS < stallS - 1e-6) return this.#watch();
      this.fail(new Fault('emon.streamStalled', { instrument: label, silentS: Math.round(silentS * 10) / 10 }));
      // So that it does not go on unheard, should it come back.
      this.#parts.requestStop().catch(() => undefined);
    });
  }

  #reportMissing(count: number | undefined): void {
    if (count === undefined) return;
    this.event({ kind: 'loss', sampleIndex: this.#parts.delivered(), count, cause: 'clock', exact: false });
  }

  #finish(reason: EndReason, fault: Error | undefined): void {
    if (reason === 'stopped') this.#reportMissing(this.#clockCheck.finish());
    if (this.#done) return;
    this.event({ kind: 'end', sampleIndex: this.#parts.delivered(), reason });
    this.#done = true;
    this.#timer?.cancel();
    if (fault) this.#settleEnded.reject(fault);
    else this.#settleEnded.resolve();
  }
}
