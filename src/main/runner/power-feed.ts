import { LiveTopic } from '../../shared/contract/index.ts';
import type { LivePower } from '../../shared/domain/live-power.ts';
import type { SampleQuantity } from '../../shared/domain/energy.ts';
import type { EnergyMonitor, MonitorEvent } from '../emon/index.ts';

/** Width of a column in s, and how many are kept: one minute. */
const stepS = 0.1;
const mostColumns = 600;
const mostEdges = 2000;

/** How samples become watts. */
export interface SampleMeaning {
  quantity: SampleQuantity;
  sampleRateHz: number;
}

const nothing: LivePower = {
  runId: null,
  monitor: null,
  voltageV: null,
  powered: false,
  samples: 0,
  lostSamples: 0,
  saturatedSamples: 0,
  edges: 0,
  stepS,
  fromS: 0,
  edgesS: [],
  minW: new Float32Array(),
  meanW: new Float32Array(),
  maxW: new Float32Array(),
};

/** What viewers follow of the monitor: the last minute as min, mean and max, however fast the samples come. */
export class PowerFeed {
  readonly topic = new LiveTopic<LivePower>(nothing);
  readonly #defer: (work: () => void) => void;
  #scheduled = false;
  #runId: string | null = null;
  #monitor: EnergyMonitor | undefined;
  #counts = { samples: 0, lostSamples: 0, saturatedSamples: 0, edges: 0 };
  /** Number of the column under way since the acquisition began, and what is in it. */
  #column = 0;
  #open = { min: Infinity, max: -Infinity, sum: 0, count: 0 };
  #first = 0;
  #min: number[] = [];
  #mean: number[] = [];
  #max: number[] = [];
  #edgesS: number[] = [];

  /** @param defer Runs the work a little later, so that many blocks make one message. */
  constructor(defer: (work: () => void) => void) {
    this.#defer = defer;
  }

  /** Samples of this run that the monitor has lost so far. */
  get lostSamples(): number {
    return this.#counts.lostSamples;
  }

  /** Takes in an event of the monitor of a run. */
  take(runId: string, monitor: EnergyMonitor, event: MonitorEvent, meaning: SampleMeaning | undefined): void {
    if (runId !== this.#runId || monitor !== this.#monitor) this.#begin(runId, monitor);
    if (event.kind === 'edge') this.#edge(event.sampleIndex, meaning);
    else if (event.kind === 'loss') this.#counts.lostSamples += event.count ?? 0;
    else if (event.kind === 'samples') {
      this.#counts.samples = event.firstIndex + event.values.length;
      this.#counts.saturatedSamples += event.saturated;
      if (meaning) this.#columns(event.firstIndex, event.values, meaning, monitor.voltageV ?? 0);
    }
    this.#schedule();
  }

  /** The monitor was let go of: its supply is off. */
  ended(): void {
    this.#monitor = undefined;
    this.#schedule();
  }

  #begin(runId: string, monitor: EnergyMonitor): void {
    this.#runId = runId;
    this.#monitor = monitor;
    this.#counts = { samples: 0, lostSamples: 0, saturatedSamples: 0, edges: 0 };
    this.#column = 0;
    this.#first = 0;
    this.#open = { min: Infinity, max: -Infinity, sum: 0, count: 0 };
    this.#min = [];
    this.#mean = [];
    this.#max = [];
    this.#edgesS = [];
  }

  #edge(sampleIndex: number, meaning: SampleMeaning | undefined): void {
    this.#counts.edges += 1;
    if (meaning) this.#edgesS.push(sampleIndex / meaning.sampleRateHz);
    if (this.#edgesS.length > mostEdges) this.#edgesS.splice(0, this.#edgesS.length - mostEdges);
  }

  #columns(
    firstIndex: number,
    values: Float32Array,
    { quantity, sampleRateHz }: SampleMeaning,
    voltageV: number,
  ): void {
    const toW = quantity === 'current' ? voltageV : quantity === 'energy' ? sampleRateHz : 1;
    const perColumn = Math.max(1, Math.round(stepS * sampleRateHz));
    for (let k = 0; k < values.length; k += 1) {
      const column = Math.floor((firstIndex + k) / perColumn);
      while (this.#column < column) this.#close();
      const powerW = (values[k] as number) * toW;
      if (Number.isNaN(powerW)) continue;
      const open = this.#open;
      open.min = Math.min(open.min, powerW);
      open.max = Math.max(open.max, powerW);
      open.sum += powerW;
      open.count += 1;
    }
  }

  #close(): void {
    const { min, max, sum, count } = this.#open;
    this.#min.push(count > 0 ? min : Number.NaN);
    this.#max.push(count > 0 ? max : Number.NaN);
    this.#mean.push(count > 0 ? sum / count : Number.NaN);
    this.#open = { min: Infinity, max: -Infinity, sum: 0, count: 0 };
    this.#column += 1;
    if (this.#min.length <= mostColumns) return;
    const surplus = this.#min.length - mostColumns;
    for (const list of [this.#min, this.#mean, this.#max]) list.splice(0, surplus);
    this.#first += surplus;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#defer(() => {
      this.#scheduled = false;
      this.topic.replace(this.#value());
    });
  }

  #value(): LivePower {
    const monitor = this.#monitor;
    return {
      runId: this.#runId,
      monitor: monitor
        ? {
            label: monitor.identity.label,
            model: monitor.kind.model,
            acceptance: monitor.kind.acceptance,
            triedOnHardware: monitor.kind.triedOnHardware,
            simulated: monitor.identity.simulated,
          }
        : this.topic.value.monitor,
      voltageV: monitor?.voltageV ?? null,
      powered: monitor?.powered ?? false,
      ...this.#counts,
      stepS,
      fromS: this.#first * stepS,
      edgesS: this.#edgesS.filter((atS) => atS >= this.#first * stepS),
      minW: Float32Array.from(this.#min),
      meanW: Float32Array.from(this.#mean),
      maxW: Float32Array.from(this.#max),
    };
  }
}
