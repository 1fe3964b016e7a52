import type { ClockTimer } from '../../../shared/clock/index.ts';
import { Fault } from '../../../shared/fault/index.ts';
import { ClockCheck } from '../clock-check.ts';
import type { MarkOptions } from '../edge-detector.ts';
import type { Acquisition, MonitorEvent } from '../monitor.ts';
import { ppk2Commands } from './commands.ts';
import type { Ppk2Converter } from './convert.ts';
import { Ppk2Decoder, ppk2SampleRateHz } from './decoder.ts';
import type { Ppk2Port } from './port.ts';

/** Longest time without a sample. */
const stallS = 1;
/** Bursts may still come after the stop command; this much silence ends them. */
const quietS = 0.1;
const mostDrainS = 1.5;
/**
 * Less than a block of 512 samples (5.12 ms), which the firmware drops whole when USB is too slow: the counter, modulo 64, goes on as if
 * nothing had happened (energy monitors, section 3.8).
 */
const lostBlockS = 0.0045;
/** Less than 64 samples, the smallest loss that the counter cannot show; seen where the host's timing is steady enough. */
const lostTurnS = 0.0005;

export interface Ppk2AcquisitionOptions {
  port: Ppk2Port;
  converter: Ppk2Converter;
  mark: MarkOptions;
  spikeFilter: boolean;
  /** Lines of the instrument that belong into the record. */
  remarks: readonly string[];
  listener(event: MonitorEvent): void;
  onEnd(): void;
}

/** One measurement of a PPK2, from the start command to the last event. */
export class Ppk2Acquisition implements Acquisition {
  readonly quantity = 'current';
  readonly sampleRateHz = ppk2SampleRateHz;
  readonly filter: 'none' | 'spike';
  readonly edgeResolutionS = 1 / ppk2SampleRateHz;
  readonly ended: Promise<void>;
  readonly #port: Ppk2Port;
  readonly #options: Ppk2AcquisitionOptions;
  readonly #decoder: Ppk2Decoder;
  readonly #check = new ClockCheck({ sampleRateHz: ppk2SampleRateHz, stepS: lostBlockS, fineStepS: lostTurnS });
  #resolve: () => void = () => undefined;
  #reject: (reason: Error) => void = () => undefined;
  #timer: ClockTimer | undefined;
  #lastSampleS: number;
  #stopping: Promise<void> | undefined;
  #done = false;

  constructor(options: Ppk2AcquisitionOptions) {
    const { port, converter, mark, spikeFilter } = options;
    this.#port = port;
    this.#options = options;
    this.filter = spikeFilter ? 'spike' : 'none';
    this.#decoder = new Ppk2Decoder({ converter, spikeFilter, mark, emit: (event) => this.#emit(event) });
    this.ended = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever stops it in the ordinary way need not look at it.
    this.ended.catch(() => undefined);
    this.#lastSampleS = port.clock.nowS();
  }

  /** Sends the start command; samples follow at once. */
  async begin(signal?: AbortSignal): Promise<void> {
    for (const text of this.#options.remarks) this.#emit({ kind: 'status', sampleIndex: 0, text });
    this.#port.onBytes = (chunk) => this.#onBytes(chunk);
    this.#port.onEnd = (reason) => this.#fail(reason);
    try {
      await this.#port.send(ppk2Commands.start, signal);
    } catch (error) {
      this.#fail(error as Error);
      throw error;
    }
    this.#lastSampleS = this.#port.clock.nowS();
    if (!this.#done) this.#watch(stallS);
  }

  stop(signal?: AbortSignal): Promise<void> {
    this.#stopping ??= this.#stop(signal).finally(() => {
      this.#stopping = undefined;
    });
    return this.#stopping;
  }

  async #stop(signal?: AbortSignal): Promise<void> {
    if (this.#done) return;
    this.#timer?.cancel();
    try {
      await this.#port.send(ppk2Commands.stop, signal);
      await this.#port.quiet(quietS, mostDrainS, signal);
    } catch (error) {
      if (signal?.aborted && !this.#done) this.#watch(stallS);
      // A stream that is lost while it is being stopped has ended, with all that was measured.
      if (!this.#done) throw error;
      return;
    }
    if (this.#finish('stopped')) this.#resolve();
  }

  #onBytes(chunk: Uint8Array): void {
    const nowS = this.#port.clock.nowS();
    const before = this.#decoder.samples;
    this.#decoder.push(chunk);
    const { samples } = this.#decoder;
    if (samples === before) return;
    this.#lastSampleS = nowS;
    const missing = this.#check.note(samples, nowS);
    if (missing !== undefined) this.#clockLoss(missing);
  }

  #clockLoss(count: number): void {
    const sampleIndex = this.#decoder.samples;
    this.#emit({ kind: 'loss', sampleIndex, count, cause: 'clock', exact: false });
  }

  #watch(delayS: number): void {
    this.#timer = this.#port.clock.setTimer(delayS, () => {
      const silentS = this.#port.clock.nowS() - this.#lastSampleS;
      if (silentS < stallS - 1e-9) {
        this.#watch(stallS - silentS);
        return;
      }
      const { instrument } = this.#port;
      this.#fail(new Fault('emon.streamStalled', { instrument, silentS: stallS }));
      // It may only be the way back that is broken.
      this.#port.send(ppk2Commands.stop).catch(() => undefined);
    });
  }

  #fail(reason: Error): void {
    if (this.#finish('aborted')) this.#reject(reason);
  }

  #finish(reason: 'stopped' | 'aborted'): boolean {
    if (this.#done) return false;
    this.#timer?.cancel();
    this.#port.onBytes = undefined;
    this.#port.onEnd = undefined;
    this.#decoder.finish();
    const missing = this.#check.finish();
    if (missing !== undefined) this.#clockLoss(missing);
    this.#emit({ kind: 'end', sampleIndex: this.#decoder.samples, reason });
    this.#done = true;
    this.#options.onEnd();
    return true;
  }

  #emit(event: MonitorEvent): void {
    if (!this.#done) this.#options.listener(event);
  }
}
