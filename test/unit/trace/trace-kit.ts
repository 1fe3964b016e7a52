import { createTrace } from '../../../src/main/trace/index.ts';
import type { TraceBlock, TraceHeader, TraceReader, TraceRecorder } from '../../../src/main/trace/index.ts';
import { readTrace } from '../../../src/main/trace/reader.ts';
import type { GrowingFile, TraceFiles } from '../../../src/main/trace/trace-files.ts';

export const header: TraceHeader = {
  createdAt: '2026-11-24T10:00:00.000Z',
  program: 'joulebench test',
  instrument: { kind: 'lpm01a', model: 'X-NUCLEO-LPM01A', serial: '1', firmware: '1.0.6' },
  simulated: true,
  sampleRateHz: 1000,
  quantity: 'current',
  scale: 1,
  voltageV: 3,
  channels: { raw: false, ranges: false, digital: false },
  edgeResolutionS: 0.001,
  note: '',
};

export const allChannels = { raw: true, ranges: true, digital: true };

/** A disk in memory. After `capacity` bytes it is full; what fits is kept, as on a real one. */
export class MemoryDisk implements TraceFiles {
  readonly #parts: Uint8Array[] = [];
  #length = 0;
  capacity = Infinity;
  /** Calls of `append`, `sync` and `close` so far, and the one that fails. */
  calls = 0;
  failAt = Infinity;
  syncs = 0;
  closed = false;

  create(): Promise<GrowingFile> {
    return Promise.resolve({
      append: async (bytes: Uint8Array) => {
        const fits = Math.min(bytes.length, Math.max(0, this.capacity - this.#length));
        const full = this.#step() || fits < bytes.length;
        const kept = full ? Math.min(fits, bytes.length >> 1) : fits;
        this.#parts.push(bytes.slice(0, kept));
        this.#length += kept;
        if (full) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      },
      sync: async () => {
        this.syncs += 1;
        if (this.#step()) throw Object.assign(new Error('input/output error'), { code: 'EIO' });
      },
      close: async () => {
        this.closed = true;
        if (this.#step()) throw Object.assign(new Error('input/output error'), { code: 'EIO' });
      },
    });
  }

  #step(): boolean {
    this.calls += 1;
    return this.calls === this.failAt;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}

/** A trace of these bytes. */
export function readBytes(bytes: Uint8Array): Promise<TraceReader> {
  return readTrace({
    path: 'memory.jbt',
    size: bytes.length,
    read: (position, length) => Promise.resolve(new Uint8Array(bytes.slice(position, position + length))),
    close: () => Promise.resolve(),
  });
}

/** Records what `fill` does into memory; closed unless told otherwise. */
export async function recorded(
  changes: Partial<TraceHeader>,
  fill: (recorder: TraceRecorder) => void | Promise<void>,
  { close = true } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const disk = new MemoryDisk();
  const recorder = await createTrace('memory.jbt', { ...header, ...changes }, { files: disk });
  await fill(recorder);
  await (close ? recorder.close() : recorder.flush());
  return disk.bytes;
}

/** Repeatable noise: currents around 1 to 2 mA, with a gap now and then. */
export function noise(count: number, seed = 1, gapEvery = 0): Float32Array<ArrayBuffer> {
  const values = new Float32Array(count);
  let state = seed;
  for (let k = 0; k < count; k += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    values[k] = gapEvery > 0 && state % gapEvery === 0 ? NaN : 1e-3 + (state / 2 ** 32) * 1e-3;
  }
  return values;
}

/** The same with every channel. */
export function fullBlock(count: number, seed = 1, saturated = 0): TraceBlock {
  const values = noise(count, seed, 50);
  return {
    values,
    raw: values.map((value) => value * 2),
    ranges: Uint8Array.from(values, (_, k) => (k + seed) % 5),
    digital: Uint8Array.from(values, (_, k) => (k * seed) & 255),
    saturated,
  };
}
