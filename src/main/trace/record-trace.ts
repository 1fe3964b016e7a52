import { Worker } from 'node:worker_threads';
import { faultFromRecord } from '../../shared/fault/index.ts';
import type { Fault } from '../../shared/fault/index.ts';
import { workerUrl } from '../../shared/worker-url/index.ts';
import { BatchCollector } from './batch.ts';
import type { RecorderReport, RecorderRequest } from './recorder-messages.ts';
import { writeFault } from './recorder.ts';
import type { ClosedTrace } from './recorder.ts';
import type { TraceBlock, TraceEvent, TraceHeader, TraceRecorder } from './types.ts';
import { Waiters } from './waiters.ts';

/** A batch is sent at the latest when it holds this many samples; otherwise at the end of the current turn of the event loop. */
const batchSamples = 16_384;

export interface RecordTraceOptions {
  /** Entry of the worker; replaced in tests by one whose disk fills up. */
  entry?: URL;
}

/**
 * Records a trace in a worker thread. `append` and `event` copy and return; nothing of the file is done in this thread.
 * @throws Fault `trace.writeFailed` when the file cannot be made; an existing file is never written over.
 */
export async function recordTrace(
  path: string,
  header: TraceHeader,
  options: RecordTraceOptions = {},
): Promise<TraceRecorder> {
  const recorder = new WorkerRecorder(path, header, options.entry ?? workerUrl('worker-trace', import.meta.url));
  await recorder.open(header);
  return recorder;
}

interface Asked {
  resolve: (report: { closed?: ClosedTrace }) => void;
  reject: (fault: Fault) => void;
}

class WorkerRecorder implements TraceRecorder {
  readonly path: string;
  readonly failed: Promise<never>;
  readonly #worker: Worker;
  readonly #batch: BatchCollector;
  readonly #waiters = new Waiters();
  readonly #asked: Asked[] = [];
  #fail: (fault: Fault) => void = () => undefined;
  #fault: Fault | undefined;
  #samples = 0;
  #settled = 0;
  #scheduled = false;
  #closing: Promise<ClosedTrace> | undefined;
  #ended = false;

  constructor(path: string, header: TraceHeader, entry: URL) {
    this.path = path;
    this.#batch = new BatchCollector(header.channels);
    this.failed = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    this.failed.catch(() => undefined);
    this.#worker = new Worker(entry);
    // A forgotten recorder must not keep the program alive; while somebody waits for it, the worker is referenced.
    this.#worker.unref();
    this.#worker.on('message', (report: RecorderReport) => {
      this.#take(report);
    });
    this.#worker.on('error', (error) => {
      this.#break(writeFault(this.path, error, this.#settled));
    });
    this.#worker.on('exit', (code) => {
      if (!this.#ended) this.#break(writeFault(this.path, new Error(`worker ended (${code})`), this.#settled));
    });
  }

  get samples(): number {
    return this.#samples;
  }

  get pendingSamples(): number {
    return this.#fault ? 0 : this.#samples - this.#settled;
  }

  async open(header: TraceHeader): Promise<void> {
    try {
      await this.#ask({ kind: 'open', path: this.path, header });
    } catch (error) {
      await this.#end();
      throw error;
    }
  }

  append(block: TraceBlock): void {
    if (this.#fault || this.#closing) return;
    this.#batch.add(block);
    this.#samples += block.values.length;
    this.#schedule();
  }

  event(event: TraceEvent): void {
    if (this.#fault || this.#closing) return;
    this.#batch.addEvent(event);
    this.#schedule();
  }

  async drained(belowSamples: number): Promise<void> {
    if (this.#fault) throw this.#fault;
    if (this.pendingSamples <= belowSamples) return;
    this.#send();
    this.#worker.ref();
    try {
      await this.#waiters.wait(belowSamples);
    } finally {
      this.#letGo();
    }
  }

  async flush(): Promise<void> {
    if (this.#closing) {
      await this.#closing;
      return;
    }
    this.#send();
    await this.#ask({ kind: 'flush' });
  }

  close(): Promise<ClosedTrace> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  async #finish(): Promise<ClosedTrace> {
    try {
      this.#send();
      // Asked even after a failure, so that the worker lets go of the file.
      const { closed } = await this.#ask({ kind: 'close' });
      if (!closed) throw writeFault(this.path, new Error('no answer'), this.#settled);
      return closed;
    } catch (error) {
      throw this.#fault ?? error;
    } finally {
      await this.#end();
    }
  }

  #schedule(): void {
    if (this.#batch.length >= batchSamples) this.#send();
    else if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => {
        this.#scheduled = false;
        this.#send();
      });
    }
  }

  #send(): void {
    if (this.#batch.empty || this.#fault || this.#ended) return;
    const { batch, transfer } = this.#batch.take();
    this.#worker.postMessage(batch satisfies RecorderRequest, transfer);
  }

  async #ask(request: RecorderRequest): Promise<{ closed?: ClosedTrace }> {
    if (this.#ended) throw this.#fault ?? writeFault(this.path, new Error('closed'), this.#settled);
    this.#worker.ref();
    try {
      return await new Promise((resolve, reject) => {
        this.#asked.push({ resolve, reject });
        this.#worker.postMessage(request);
      });
    } finally {
      this.#letGo();
    }
  }

  #letGo(): void {
    if (this.#asked.length === 0 && this.#waiters.length === 0) this.#worker.unref();
  }

  #take(report: RecorderReport): void {
    switch (report.kind) {
      case 'settled':
        this.#settled = Math.max(this.#settled, report.samples);
        this.#waiters.settle(this.pendingSamples);
        break;
      case 'answer':
        this.#asked.shift()?.resolve(report);
        break;
      case 'failed':
        this.#asked.shift()?.reject(faultFromRecord(report.fault));
        break;
      case 'broken':
        this.#refuse(faultFromRecord(report.fault));
    }
  }

  /** Writing failed; the worker still answers. */
  #refuse(fault: Fault): void {
    this.#fault ??= fault;
    this.#fail(this.#fault);
    this.#waiters.reject(this.#fault);
  }

  /** The worker is gone. */
  #break(fault: Fault): void {
    this.#ended = true;
    this.#refuse(fault);
    for (const { reject } of this.#asked.splice(0)) reject(this.#fault ?? fault);
  }

  async #end(): Promise<void> {
    this.#ended = true;
    await this.#worker.terminate();
  }
}
