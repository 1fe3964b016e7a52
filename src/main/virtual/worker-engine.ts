import { Worker } from 'node:worker_threads';
import { Fault, faultFromRecord } from '../../shared/fault/index.ts';
import type { DutEngine, PowerUp } from './engine.ts';
import { realWorld } from './real-world.ts';
import type { DutStep } from './virtual-dut.ts';
import type { WorkerAnswer, WorkerRequest } from './worker-messages.ts';
import { workerUrl } from '../../shared/worker-url/index.ts';

/** Starting a thread takes a tenth of a second, or several on a computer that is far too busy. */
const longestStartS = 30;

export interface WorkerEngineOptions {
  /** Real seconds that one step may take before the worker is ended; the largest model needs a few hundredths. */
  stepDeadlineS?: number;
  /** Entry of the worker; replaced in tests by one that hangs. */
  entry?: URL;
}

/**
 * Runs each DUT in a worker thread, so that neither a long inference nor a hung kernel blocks the main loop. The deadline of
 * a step is the one place where real time counts, and only to find a program that never comes back.
 */
export function workerEngine(module: WebAssembly.Module, options: WorkerEngineOptions = {}): PowerUp {
  return async (settings) => {
    const dut = new WorkerDut(options.entry ?? workerUrl('worker-dut', import.meta.url), options.stepDeadlineS ?? 30);
    await dut.ask({ kind: 'start', module, settings }, longestStartS);
    return dut;
  };
}

interface Pending {
  resolve: (answer: WorkerAnswer) => void;
  reject: (error: unknown) => void;
}

class WorkerDut implements DutEngine {
  readonly #worker: Worker;
  readonly #stepDeadlineS: number;
  #pending: Pending | undefined;
  #ended: Fault | undefined;

  constructor(entry: URL, stepDeadlineS: number) {
    this.#stepDeadlineS = stepDeadlineS;
    this.#worker = new Worker(entry);
    // A forgotten DUT must not keep the program alive; while an answer is awaited, the worker is referenced.
    this.#worker.unref();
    this.#worker.on('message', (answer: WorkerAnswer) => this.#settle()?.resolve(answer));
    this.#worker.on('error', (error) =>
      this.#fail(new Fault('virtual.dutCrashed', { reason: String(error) }, { cause: error })),
    );
    this.#worker.on('exit', (code) =>
      this.#fail(new Fault('virtual.dutCrashed', { reason: `worker ended (${code})` })),
    );
  }

  boot(cycle: number): Promise<DutStep> {
    return this.ask({ kind: 'boot', cycle });
  }

  step(feed?: { cycle: number; bytes: Uint8Array }): Promise<DutStep> {
    return this.ask({ kind: 'step', feed });
  }

  close(): void {
    this.#fail(new Fault('virtual.dutCrashed', { reason: 'power off' }));
    void this.#worker.terminate();
  }

  async ask(request: WorkerRequest, deadlineS = this.#stepDeadlineS): Promise<DutStep> {
    if (this.#ended) throw this.#ended;
    this.#worker.ref();
    const calmWatchdog = realWorld.after(deadlineS * 1000, () => {
      this.#fail(new Fault('virtual.dutHung', { seconds: deadlineS }));
      void this.#worker.terminate();
    });
    try {
      const answer = await new Promise<WorkerAnswer>((resolve, reject) => {
        this.#pending = { resolve, reject };
        this.#worker.postMessage(request);
      });
      if (answer.kind === 'failed') throw faultFromRecord(answer.fault);
      return answer.kind === 'done' ? answer.step : nothingDone;
    } finally {
      calmWatchdog();
      this.#worker.unref();
    }
  }

  #settle(): Pending | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    return pending;
  }

  #fail(fault: Fault): void {
    this.#ended ??= fault;
    this.#settle()?.reject(this.#ended);
  }
}

const nothingDone: DutStep = { more: false, rebooted: false, endCycle: 0, sent: [], activity: [] };
