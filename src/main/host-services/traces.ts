import { basename, join } from 'node:path';
import type { Clock, ClockTimer } from '../../shared/clock/index.ts';
import type { TraceColumnsView, TraceFacts, TraceStatisticsView } from '../../shared/domain/trace-view.ts';
import { Fault } from '../../shared/fault/index.ts';
import { foldSession } from '../session/index.ts';
import type { RunRecord } from '../session/index.ts';
import { readSession } from '../store/index.ts';
import { openTrace } from '../trace/index.ts';
import type { TraceHeader, TraceReader } from '../trace/index.ts';

/** Readers that stay open between two looks at a trace, and for how long nobody has to ask until they are closed. */
const mostOpen = 4;
const idleS = 60;
const mostEdges = 4000;
const mostLosses = 1000;

interface Opened {
  reader: Promise<TraceReader>;
  run: RunRecord;
  timer: ClockTimer | undefined;
  /** Looks at it that are not answered yet: it is not closed under them. */
  busy: number;
}

/** The traces of finished runs, as pages look at them: a few readers are kept open, since a zoom asks many times. */
export class Traces {
  readonly #clock: Clock;
  readonly #open = new Map<string, Opened>();

  /** @param clock Of the real time: it closes what nobody looks at. */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What is known of the trace of a run. @throws Fault `trace.none`, and of the areas `trace` and `store`. */
  facts(folder: string, runId: string): Promise<TraceFacts> {
    return this.#use(folder, runId, async (reader, { trace }) => {
      const { header, samples, durationS, closed } = reader;
      const rate = header.sampleRateHz;
      const events = await reader.events();
      const edges = events.filter((event) => event.kind === 'edge');
      const losses = events.filter((event) => event.kind === 'loss');
      return {
        sampleRateHz: rate,
        samples,
        durationS,
        quantity: header.quantity,
        voltageV: header.voltageV,
        simulated: header.simulated,
        closed,
        windows: (trace?.windows ?? []).map(({ number, startEdge, endEdge }) => ({
          number,
          startS: startEdge / rate,
          endS: endEdge / rate,
        })),
        rests: (trace?.rest ?? []).map(({ state, stretch }) => ({
          state,
          startS: stretch.firstSample / rate,
          endS: stretch.endSample / rate,
        })),
        edgesS: edges.slice(0, mostEdges).map(({ sampleIndex }) => sampleIndex / rate),
        edgeCount: edges.length,
        losses: losses
          .slice(0, mostLosses)
          .map(({ sampleIndex, count, cause, exact }) => ({ sampleIndex, count, cause, exact })),
      };
    });
  }

  /** Power over [fromS, toS), in at most so many columns. */
  columns(folder: string, runId: string, fromS: number, toS: number, columns: number): Promise<TraceColumnsView> {
    return this.#use(folder, runId, async (reader) => {
      const [first, end] = sampleRange(reader, fromS, toS);
      const rate = reader.header.sampleRateHz;
      const found = await reader.columns(first, end, Math.min(columns, end - first));
      const toW = wattsPer(reader.header);
      const power = (values: Float32Array): Float32Array<ArrayBuffer> =>
        Float32Array.from(values, (value) => value * toW);
      return {
        edgesS: found.edges.map((sample) => sample / rate),
        minW: power(found.min),
        meanW: power(found.mean),
        maxW: power(found.max),
      };
    });
  }

  /** Statistics of [fromS, toS). */
  statistics(folder: string, runId: string, fromS: number, toS: number): Promise<TraceStatisticsView> {
    return this.#use(folder, runId, async (reader) => {
      const [first, end] = sampleRange(reader, fromS, toS);
      const rate = reader.header.sampleRateHz;
      const found = await reader.statistics(first, end);
      const toW = wattsPer(reader.header);
      const watts = (value: number): number | null => (found.count > 0 ? value * toW : null);
      return {
        fromS: first / rate,
        toS: end / rate,
        samples: found.count,
        lostSamples: found.gaps,
        saturatedSamples: found.saturated,
        minW: watts(found.min),
        meanW: watts(found.mean),
        maxW: watts(found.max),
        rmsW: watts(found.rms),
        energyJ: found.energyJ,
        chargeC: found.chargeC,
      };
    });
  }

  /** Closes the readers of a session that is about to be moved: Windows moves no folder with an open file in it. */
  async forget(folder: string): Promise<void> {
    const keys = [...this.#open.keys()].filter((key) => key.startsWith(`${folder}\n`));
    await Promise.all(keys.map((key) => this.#close(key)));
  }

  /** Closes all readers. */
  async close(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((key) => this.#close(key)));
  }

  async #use<T>(folder: string, runId: string, look: (reader: TraceReader, run: RunRecord) => Promise<T>): Promise<T> {
    const key = `${folder}\n${runId}`;
    const opened = this.#open.get(key) ?? (await this.#openOne(key, folder, runId));
    opened.busy += 1;
    opened.timer?.cancel();
    try {
      return await look(await opened.reader, opened.run);
    } finally {
      opened.busy -= 1;
      opened.timer = this.#clock.setTimer(idleS, () => void this.#close(key));
    }
  }

  async #openOne(key: string, folder: string, runId: string): Promise<Opened> {
    const run = foldSession((await readSession(folder)).entries)?.runs.find((one) => one.runId === runId);
    const file = run && traceFile(run);
    if (!run || file === undefined) throw new Fault('trace.none', { sessionId: basename(folder), runId });
    // Two looks at once: the second one finds what the first one opened.
    const known = this.#open.get(key);
    if (known) return known;
    for (const [other, { busy }] of this.#open) {
      if (this.#open.size < mostOpen) break;
      if (busy === 0) void this.#close(other);
    }
    const opened: Opened = { reader: openTrace(join(folder, ...file.split('/'))), run, timer: undefined, busy: 0 };
    this.#open.set(key, opened);
    opened.reader.catch(() => this.#open.delete(key));
    return opened;
  }

  async #close(key: string): Promise<void> {
    const opened = this.#open.get(key);
    if (!opened || opened.busy > 0) return;
    this.#open.delete(key);
    opened.timer?.cancel();
    await opened.reader.then(
      (reader) => reader.close(),
      () => undefined,
    );
  }
}

/** The trace that was summed up; for a run that ended before, the last one that was recorded. */
function traceFile({ trace, steps }: RunRecord): string | undefined {
  if (trace) return trace.file;
  for (const { outcome } of steps.toReversed()) {
    if (outcome?.kind === 'recording' && outcome.traceFile !== null) return outcome.traceFile;
  }
  return undefined;
}

function sampleRange(reader: TraceReader, fromS: number, toS: number): [first: number, end: number] {
  const { sampleRateHz } = reader.header;
  const clamp = (sample: number): number => Math.min(reader.samples, Math.max(0, sample));
  const first = clamp(Math.floor(Math.min(fromS, toS) * sampleRateHz));
  return [first, Math.max(clamp(Math.ceil(Math.max(fromS, toS) * sampleRateHz)), Math.min(reader.samples, first + 1))];
}

/** What turns a sample in SI units (A, J, W) into W at the set voltage. */
function wattsPer({ quantity, voltageV, sampleRateHz }: TraceHeader): number {
  if (quantity === 'current') return voltageV ?? Number.NaN;
  return quantity === 'energy' ? sampleRateHz : 1;
}
