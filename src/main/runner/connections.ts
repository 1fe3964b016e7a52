import type { Clock } from '../../shared/clock/index.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { Bench } from '../bench/index.ts';
import { DutClient } from '../dut/index.ts';
import type { DutLog } from '../dut/index.ts';
import type { Acquisition, EnergyMonitor, MonitorEvent } from '../emon/index.ts';
import type { OpenSession } from '../store/index.ts';
import type { ConductedEnergy, PlannedRun } from './conduct.ts';

export type OnMonitorEvent = (
  monitor: EnergyMonitor,
  event: MonitorEvent,
  acquisition: Acquisition | undefined,
) => void;

/** Makes the energy side of a run on an opened bench: monitor, supply guard, trace. The supply is off when it resolves. */
export type OpenEnergy = (where: {
  bench: Bench;
  session: OpenSession;
  clock: Clock;
  signal: AbortSignal;
  runId: string;
  run: PlannedRun;
  /** Hears everything that the monitor says. */
  onEvent?: OnMonitorEvent;
}) => Promise<ConductedEnergy & { close(): Promise<void> }>;

/** Largest chunk behind a relay (DUT protocol, 8.1). */
const relayedChunkBytes = 26;

export interface ConnectionOptions {
  bench: Bench;
  session: OpenSession;
  signal: AbortSignal;
  log?: DutLog;
  openEnergy?: OpenEnergy;
  onMonitor?: (runId: string, ...event: Parameters<OnMonitorEvent>) => void;
}

interface Connection {
  mode: 'performance' | 'energy';
  port: DutClient;
  energy?: Awaited<ReturnType<OpenEnergy>>;
}

/**
 * The line to the DUT in the mode that a run needs. Performance and accuracy share one connection; an energy run has its own, since
 * another build or strap of the DUT answers, at another rate, and the monitor powers it.
 */
export class Connections {
  readonly #options: ConnectionOptions;
  readonly #clock: Clock;
  #open: Connection | undefined;

  constructor(options: ConnectionOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  /** Opens what a run needs, after closing what it does not. @throws Fault of the areas `bench`, `emon`, `transport`. */
  async to(runId: string, run: PlannedRun): Promise<{ port: DutClient; energy?: ConductedEnergy }> {
    const mode = run.mode === 'energy' ? 'energy' : 'performance';
    if (this.#open?.mode !== mode || mode === 'energy') {
      await this.close();
      this.#open = mode === 'energy' ? await this.#energy(runId, run) : await this.#performance(run);
    }
    const { port, energy } = this.#open as Connection;
    return { port, ...(energy ? { energy } : {}) };
  }

  /** Never throws: what is behind a broken line is let go of all the same. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.energy?.close().catch(() => undefined);
    await open?.port.close().catch(() => undefined);
  }

  async #performance(run: PlannedRun): Promise<Connection> {
    const { bench, signal } = this.#options;
    const stream = await bench.openDut(signal);
    return { mode: 'performance', port: this.#client(stream, run.settings.chunkBytes) };
  }

  async #energy(runId: string, run: PlannedRun): Promise<Connection> {
    const { bench, session, signal, openEnergy, onMonitor } = this.#options;
    if (!openEnergy || !bench.openMonitor) throw new Fault('emon.noMonitor', { bench: bench.identity.name });
    const energy = await openEnergy({
      bench,
      session,
      clock: this.#clock,
      signal,
      runId,
      run,
      onEvent: (...event) => onMonitor?.(runId, ...event),
    });
    try {
      const stream = await bench.openDut(signal, { timestampMode: 'energy' });
      const { chunkBytes } = run.settings;
      const chunk = bench.energyPath === 'ioManager' ? Math.min(relayedChunkBytes, chunkBytes) : chunkBytes;
      return { mode: 'energy', port: this.#client(stream, chunk), energy };
    } catch (error) {
      await energy.close().catch(() => undefined);
      throw error;
    }
  }

  #client(stream: ConstructorParameters<typeof DutClient>[0]['stream'], chunkBytes: number): DutClient {
    const { log } = this.#options;
    return new DutClient({ stream, clock: this.#clock, chunkBytes, ...(log ? { log } : {}) });
  }
}
