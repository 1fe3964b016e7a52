import type { Clock } from '../../shared/clock/index.ts';
import type { LiveTopic } from '../../shared/contract/index.ts';
import type { LiveOperation } from '../../shared/domain/live-run.ts';
import type { Operation } from '../../shared/domain/operation.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { Pace } from '../bench/index.ts';
import type { RunOperation } from '../runner/index.ts';
import type { StartedRun } from '../host.ts';
import { endUnattended, unattendedLimits } from './unattended.ts';
import type { UnattendedLimits } from './unattended.ts';

/** Finished operations that are still shown when a page asks for the list. */
const keptOperations = 20;

/** The operations of this process, running and lately ended. */
export class Operations {
  readonly #started = new Map<string, StartedRun>();
  readonly #listeners = new Set<() => void>();
  readonly #clock: Clock;
  readonly #unattended: UnattendedLimits;

  constructor(clock: Clock, limits: UnattendedLimits = unattendedLimits) {
    this.#clock = clock;
    this.#unattended = limits;
  }

  add(started: StartedRun): Operation {
    const { operation } = started;
    this.#started.set(operation.id, started);
    this.#changed();
    // A run goes on without a page; one that waits for a person must not supply the DUT for ever.
    endUnattended(this.#clock, this.#unattended, {
      alone: () =>
        operation.feed.topic.viewers === 0 &&
        operation.feed.operation.state === 'paused' &&
        operation.power.topic.value.powered,
      end: (waitedS) => operation.cancel(new Fault('runner.unattended', { waitedS })),
      done: operation.done,
    });
    void operation.done.then(() => {
      this.#changed();
      const ended = [...this.#started.values()].filter((entry) => !isActive(entry.operation));
      for (const entry of ended.slice(0, -keptOperations)) this.#started.delete(entry.operation.id);
    });
    return operation.feed.operation;
  }

  list(): Operation[] {
    return [...this.#started.values()].map((entry) => entry.operation.feed.operation);
  }

  /** The run under way on a bench, with that bench. */
  running(benchId: string): StartedRun | undefined {
    return [...this.#started.values()].find(({ operation }) => operation.benchId === benchId && isActive(operation));
  }

  active(benchId?: string): RunOperation[] {
    return [...this.#started.values()]
      .map((entry) => entry.operation)
      .filter((operation) => isActive(operation) && (benchId === undefined || operation.benchId === benchId));
  }

  /** @throws Fault `app.operationUnknown`. */
  get(id: string): RunOperation {
    return this.#entry(id).operation;
  }

  topic(id: string): LiveTopic<LiveOperation> {
    return this.get(id).feed.topic;
  }

  setPace(benchId: string, pace: Pace): void {
    for (const { operation, bench } of this.#started.values()) {
      if (operation.benchId === benchId && isActive(operation)) bench.setPace?.(pace);
    }
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #entry(id: string): StartedRun {
    const entry = this.#started.get(id);
    if (!entry) throw new Fault('app.operationUnknown', { id });
    return entry;
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function isActive(operation: RunOperation): boolean {
  return ['running', 'paused', 'cancelling'].includes(operation.feed.operation.state);
}
