import { sleep } from '../../shared/clock/index.ts';
import type { Clock } from '../../shared/clock/index.ts';
import type { EdgeMarks } from '../../shared/domain/journal.ts';
import { Fault, toFault } from '../../shared/fault/index.ts';
import type { SupplyGuard } from '../bench/index.ts';
import type { Acquisition, EnergyMonitor, MonitorEvent, SampleBlock } from '../emon/index.ts';
import type { TraceBlock, TraceEvent, TraceRecorder } from '../trace/index.ts';

export interface EnergyRigOptions {
  monitor: EnergyMonitor;
  /** Knows the board's limits; the rig sets voltage and power through it alone. */
  guard: SupplyGuard;
  voltageV: number;
  spikeFilter: boolean;
  clock: Clock;
  /** Opens the next trace file of the run; the path is that inside the session. */
  openTrace: (acquisition: Acquisition) => Promise<{ recorder: TraceRecorder; file: string }>;
  /** Called with everything that the monitor says, for the live view. */
  onEvent?: (event: MonitorEvent, acquisition: Acquisition | undefined) => void;
}

/** What recording gave that is not in the trace itself. */
export interface RecordingReadings {
  voltageV: number | null;
  temperatureC: number | null;
  hostDurationS: number;
}

/** An edge reaches the host a little after the DUT's text; USB and emulators gather samples for up to 50 ms. */
const edgeLatencyS = 0.25;
/** How long an edge that must come is waited for beyond that: by then a stream that stands still has been given up. */
const edgePatienceS = 2;
/** Recorded before the first and after the last time mark (rule NRG-12). */
const marginS = 1;
/** Samples that may wait for the disk before a simulated clock is held. */
const mostPending = 4_000_000;

/**
 * The energy side of a run: supply, acquisition and trace. Events of the monitor come in at any time; what the script asks for is
 * taken from what has come. When the stream ends on its own or the disk is full, `signal` is aborted with the fault, so that whoever waits
 * for the DUT hears of it at once; what was recorded stays.
 */
export class EnergyRig {
  readonly #options: EnergyRigOptions;
  readonly #broken = new AbortController();
  #acquisition: Acquisition | undefined;
  #recorder: TraceRecorder | undefined;
  #file: string | null = null;
  /** Sample of the acquisition at which the trace under way begins. */
  #offset = 0;
  #total = 0;
  #lastBlockS = 0;
  #recordedFromS = 0;
  /** Edges of the trace under way, or of the acquisition before one. */
  #edges: number[] = [];

  constructor(options: EnergyRigOptions) {
    this.#options = options;
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  /** What an operator calls the monitor. */
  get label(): string {
    return this.#options.monitor.identity.label;
  }

  /** Shortest time mark that the monitor never misses, in s. */
  get shortestPulseS(): number {
    return this.#options.monitor.kind.shortestPulseS;
  }

  /** Aborted, with a fault as its reason, when nothing more can be measured. */
  get signal(): AbortSignal {
    return this.#broken.signal;
  }

  /** Sets the voltage, powers the DUT and starts to measure. Resolves with the voltage that the instrument reads back. */
  async supplyOn(signal: AbortSignal): Promise<number | null> {
    const { monitor, guard, voltageV, spikeFilter } = this.#options;
    await guard.setVoltage(voltageV, { signal });
    await guard.setPower(true, { signal });
    if (!this.#acquisition) {
      const acquisition = await monitor.start(
        { purpose: 'score', spikeFilter },
        (event) => this.#onEvent(event),
        signal,
      );
      this.#acquisition = acquisition;
      acquisition.ended.catch((error: unknown) => this.#break(error));
    }
    return monitor.readVoltage(signal);
  }

  async supplyOff(signal: AbortSignal): Promise<number | null> {
    await this.#acquisition?.stop(signal);
    this.#acquisition = undefined;
    await this.#options.guard.setPower(false, { signal });
    return null;
  }

  /** From here on everything is written to the trace; returns its path inside the session after the margin has passed. */
  async recordOn(signal: AbortSignal): Promise<string> {
    const acquisition = this.#acquired();
    const { clock, openTrace } = this.#options;
    const release = clock.hold();
    try {
      const { recorder, file } = await openTrace(acquisition);
      recorder.failed.catch((error: unknown) => this.#break(error));
      this.#offset = this.#total;
      this.#edges = [];
      this.#recordedFromS = this.#lastBlockS;
      this.#file = file;
      this.#recorder = recorder;
      recorder.event({ kind: 'mark', sampleIndex: 0, name: 'recording', hostS: clock.nowS() });
    } finally {
      release();
    }
    await sleep(clock, marginS, signal);
    return file(this.#file);
  }

  /** Ends the trace after the margin and makes sure that it is on the disk. */
  async recordOff(signal: AbortSignal): Promise<RecordingReadings> {
    const { clock, monitor } = this.#options;
    await sleep(clock, marginS, signal);
    const voltageV = await monitor.readVoltage(signal);
    const temperatureC = await monitor.readTemperature(signal);
    const hostDurationS = Math.max(0, this.#lastBlockS - this.#recordedFromS);
    await this.#closeTrace();
    return { voltageV, temperatureC, hostDurationS };
  }

  /** How many edges there have been, for `edgesSince`. */
  get edgeCount(): number {
    return this.#edges.length;
  }

  /** The edges after the first `before`, once those of a command that has just ended must have come. */
  async edgesSince(before: number, expected: number, signal: AbortSignal): Promise<EdgeMarks> {
    const { clock } = this.#options;
    const untilS = clock.nowS() + edgeLatencyS + edgePatienceS;
    do await sleep(clock, edgeLatencyS, signal);
    while (this.#edges.length - before < expected && clock.nowS() < untilS);
    return {
      before,
      edges: this.#edges.slice(before, before + 1000),
      sampleRateHz: this.#acquired().sampleRateHz,
    };
  }

  /** Leaves the DUT alone for a while; gives the samples of that time. */
  async rest(durationS: number, signal: AbortSignal): Promise<{ startSample: number; endSample: number }> {
    const { clock } = this.#options;
    // What the DUT still does after its answer is not its rest.
    await sleep(clock, 2 * edgeLatencyS, signal);
    const startSample = this.#sample();
    await sleep(clock, durationS, signal);
    return { startSample, endSample: this.#sample() };
  }

  /** A named place in the trace. */
  mark(name: string): void {
    this.#recorder?.event({ kind: 'mark', sampleIndex: this.#sample(), name, hostS: this.#options.clock.nowS() });
  }

  /** Everything recorded so far is on the disk. @throws Fault of area `trace`. */
  async flush(): Promise<void> {
    const release = this.#options.clock.hold();
    try {
      await this.#recorder?.flush();
    } finally {
      release();
    }
  }

  /** Why the rig cannot go on; undefined while it can. */
  get fault(): Fault | undefined {
    return this.#broken.signal.aborted ? toFault(this.#broken.signal.reason) : undefined;
  }

  /** Supply off, trace closed as far as it got. Never throws: it is the end of every run, good or bad. */
  async makeSafe(): Promise<void> {
    await this.#options.guard.makeSafe().catch(() => undefined);
    this.#acquisition = undefined;
    await this.#closeTrace().catch(() => undefined);
  }

  #acquired(): Acquisition {
    if (!this.#acquisition) throw this.fault ?? new Fault('emon.streamLost', { instrument: this.label, reason: 'end' });
    return this.#acquisition;
  }

  #sample(): number {
    return this.#total - this.#offset;
  }

  async #closeTrace(): Promise<void> {
    const recorder = this.#recorder;
    this.#recorder = undefined;
    if (!recorder) return;
    const release = this.#options.clock.hold();
    try {
      await recorder.close();
    } finally {
      release();
    }
  }

  #break(error: unknown): void {
    if (!this.#broken.signal.aborted) this.#broken.abort(toFault(error));
  }

  #onEvent(event: MonitorEvent): void {
    this.#options.onEvent?.(event, this.#acquisition);
    if (event.kind === 'samples') this.#onSamples(event);
    else if (event.kind !== 'end') {
      const sampleIndex = Math.max(0, event.sampleIndex - this.#offset);
      if (event.kind === 'edge') this.#edges.push(sampleIndex);
      this.#recorder?.event(traceEvent(event, sampleIndex));
      if (event.kind === 'status' && event.overcurrent === true)
        this.#break(new Fault('emon.overcurrent', { instrument: this.label }));
    }
  }

  #onSamples(block: SampleBlock): void {
    const { clock } = this.#options;
    this.#total = block.firstIndex + block.values.length;
    this.#lastBlockS = clock.nowS();
    const recorder = this.#recorder;
    if (recorder) {
      recorder.append(traceBlock(block));
      if (recorder.pendingSamples > mostPending) {
        // A simulated clock waits for the disk; a real instrument does not.
        const release = clock.hold();
        void recorder.drained(mostPending / 2).then(release, release);
      }
    }
  }
}

function file(name: string | null): string {
  if (name === null) throw new Error('no trace is being recorded');
  return name;
}

function traceBlock({ values, raw, ranges, digital, saturated }: SampleBlock): TraceBlock {
  return { values, saturated, ...(raw && { raw }), ...(ranges && { ranges }), ...(digital && { digital }) };
}

function traceEvent(
  event: Exclude<MonitorEvent, { kind: 'samples' } | { kind: 'end' }>,
  sampleIndex: number,
): TraceEvent {
  switch (event.kind) {
    case 'edge':
      return {
        kind: 'edge',
        sampleIndex,
        channel: event.channel,
        level: event.level,
        ...(event.sequence === undefined ? {} : { sequence: event.sequence }),
      };
    case 'tick':
      return {
        kind: 'tick',
        sampleIndex,
        deviceTimeS: event.deviceTimeS,
        ...(event.bufferPercent === undefined ? {} : { bufferPercent: event.bufferPercent }),
      };
    case 'loss':
      return { kind: 'loss', sampleIndex, count: event.count, cause: event.cause, exact: event.exact };
    case 'status':
      return {
        kind: 'status',
        sampleIndex,
        text: statusText(event),
        ...(event.overcurrent === undefined ? {} : { overcurrent: event.overcurrent }),
      };
  }
}

function statusText({ text, powered, voltageV, temperatureC }: Extract<MonitorEvent, { kind: 'status' }>): string {
  return [
    text,
    powered === undefined ? undefined : `power ${powered ? 'on' : 'off'}`,
    voltageV === undefined ? undefined : `${voltageV} V`,
    temperatureC === undefined ? undefined : `${temperatureC} C`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}
