import { createHash } from 'node:crypto';
import { Fault } from '../../shared/fault/index.ts';
import { TraceEncoder } from './encoder.ts';
import { diskFiles } from './trace-files.ts';
import type { GrowingFile, TraceFiles } from './trace-files.ts';
import type { TraceBlock, TraceEvent, TraceHeader, TraceRecorder } from './types.ts';
import { Waiters } from './waiters.ts';

/** What `close` answers. */
export type ClosedTrace = Awaited<ReturnType<TraceRecorder['close']>>;

/**
 * Records a trace in this thread: encoding happens inside `append`, writing behind it. Used inside the worker of `recordTrace`, by imports
 * and in tests.
 * @throws Fault `trace.writeFailed` when the file cannot be made; an existing file is never written over.
 */
export async function createTrace(
  path: string,
  header: TraceHeader,
  { files = diskFiles }: { files?: TraceFiles } = {},
): Promise<TraceRecorder> {
  let file: GrowingFile;
  try {
    file = await files.create(path);
  } catch (error) {
    throw writeFault(path, error, 0);
  }
  return new FileRecorder(path, header, file);
}

export function writeFault(path: string, error: unknown, samples: number): Fault<'trace.writeFailed'> {
  const known = error as NodeJS.ErrnoException | undefined;
  const reason = known?.code ?? (error instanceof Error ? error.message : String(error));
  return new Fault('trace.writeFailed', { path, reason, samples }, { cause: error });
}

class FileRecorder implements TraceRecorder {
  readonly path: string;
  readonly failed: Promise<never>;
  readonly #file: GrowingFile;
  readonly #encoder: TraceEncoder;
  readonly #hash = createHash('sha256');
  readonly #waiters = new Waiters();
  #queue: { bytes: Uint8Array; samples: number }[] = [];
  #writing: Promise<void> = Promise.resolve();
  #busy = false;
  #fault: Fault | undefined;
  #fail: (fault: Fault) => void = () => undefined;
  /** Samples that are readable in the file. */
  #written = 0;
  #bytes = 0;
  #closing: Promise<ClosedTrace> | undefined;

  constructor(path: string, header: TraceHeader, file: GrowingFile) {
    this.path = path;
    this.#file = file;
    this.failed = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    this.failed.catch(() => undefined);
    this.#encoder = new TraceEncoder(header, (bytes, samples) => {
      this.#enqueue(bytes, samples);
    });
  }

  get samples(): number {
    return this.#encoder.samples;
  }

  get pendingSamples(): number {
    return this.#fault ? 0 : this.samples - this.#encoder.unwritten - this.#written;
  }

  append(block: TraceBlock): void {
    if (this.#fault || this.#closing) return;
    this.#encoder.append(block);
  }

  event(event: TraceEvent): void {
    if (this.#fault || this.#closing) return;
    this.#encoder.event(event);
  }

  drained(belowSamples: number): Promise<void> {
    if (this.#fault) return Promise.reject(this.#fault);
    return this.pendingSamples <= belowSamples ? Promise.resolve() : this.#waiters.wait(belowSamples);
  }

  async flush(): Promise<void> {
    if (this.#closing) {
      await this.#closing;
      return;
    }
    this.#encoder.cut();
    await this.#settled();
    await this.#attempt(() => this.#file.sync());
  }

  close(): Promise<ClosedTrace> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  async #finish(): Promise<ClosedTrace> {
    try {
      if (!this.#fault) this.#encoder.finish();
      await this.#settled();
      await this.#attempt(() => this.#file.sync());
    } catch (error) {
      await this.#file.close().catch(() => undefined);
      throw error;
    }
    await this.#attempt(() => this.#file.close());
    return { sha256: this.#hash.digest('hex'), bytes: this.#bytes, samples: this.samples };
  }

  #enqueue(bytes: Uint8Array, samples: number): void {
    if (this.#fault) return;
    this.#queue.push({ bytes, samples });
    if (this.#busy) return;
    this.#busy = true;
    this.#writing = this.#drain();
  }

  async #drain(): Promise<void> {
    // The first step waits for a turn, so that blocks encoded in one call are written together.
    await Promise.resolve();
    while (this.#queue.length > 0 && !this.#fault) {
      const batch = this.#queue;
      this.#queue = [];
      for (const { bytes, samples } of batch) {
        try {
          await this.#file.append(bytes);
        } catch (error) {
          this.#give(writeFault(this.path, error, this.#written));
          break;
        }
        this.#hash.update(bytes);
        this.#bytes += bytes.length;
        this.#written = samples;
        this.#waiters.settle(this.pendingSamples);
      }
    }
    this.#busy = false;
  }

  async #settled(): Promise<void> {
    await this.#writing;
    if (this.#fault) throw this.#fault;
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw this.#give(writeFault(this.path, error, this.#written));
    }
  }

  #give(fault: Fault): Fault {
    this.#fault ??= fault;
    this.#queue = [];
    this.#fail(this.#fault);
    this.#waiters.reject(this.#fault);
    return this.#fault;
  }
}
