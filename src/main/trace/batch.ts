import type { RecorderBatch } from './recorder-messages.ts';
import type { TraceBlock, TraceEvent } from './types.ts';
import type { Channels } from './layout.ts';

const firstCapacity = 4096;

/** Collects appended samples until they are sent to the worker. Copies, so that the caller keeps its arrays. */
export class BatchCollector {
  readonly #channels: Channels;
  #capacity = 0;
  #values = new Float32Array(0);
  #raw: Float32Array<ArrayBuffer> | undefined;
  #ranges: Uint8Array<ArrayBuffer> | undefined;
  #digital: Uint8Array<ArrayBuffer> | undefined;
  #runs: RecorderBatch['runs'] = [];
  #events: RecorderBatch['events'] = [];
  #runOpen = false;
  length = 0;

  constructor(channels: Channels) {
    this.#channels = channels;
  }

  get empty(): boolean {
    return this.length === 0 && this.#events.length === 0;
  }

  add({ values, raw, ranges, digital, saturated }: TraceBlock): void {
    const at = this.length;
    const end = at + values.length;
    if (end > this.#capacity) this.#grow(end);
    this.#values.set(values, at);
    if (raw) this.#raw?.set(raw, at);
    else this.#raw?.fill(NaN, at, end);
    if (ranges) this.#ranges?.set(ranges, at);
    else this.#ranges?.fill(255, at, end);
    if (digital) this.#digital?.set(digital, at);
    else this.#digital?.fill(0, at, end);
    this.length = end;
    const last = this.#runs.at(-1);
    if (last && this.#runOpen && last.saturated === 0 && saturated === 0) last.length += values.length;
    else this.#runs.push({ length: values.length, saturated });
    this.#runOpen = true;
  }

  addEvent(event: TraceEvent): void {
    this.#events.push({ at: this.length, event });
    // What follows is a run of its own, so that the event comes between the two.
    this.#runOpen = false;
  }

  /** The batch and the buffers to hand over with it; the collector is empty afterwards. */
  take(): { batch: RecorderBatch; transfer: ArrayBuffer[] } {
    const { length } = this;
    const batch: RecorderBatch = {
      kind: 'batch',
      values: this.#values.slice(0, length),
      raw: this.#raw?.slice(0, length),
      ranges: this.#ranges?.slice(0, length),
      digital: this.#digital?.slice(0, length),
      runs: this.#runs,
      events: this.#events,
    };
    this.length = 0;
    this.#runs = [];
    this.#events = [];
    const arrays = [batch.values, batch.raw, batch.ranges, batch.digital];
    return { batch, transfer: arrays.flatMap((array) => (array ? [array.buffer] : [])) };
  }

  #grow(needed: number): void {
    const capacity = Math.max(needed, firstCapacity, this.#capacity * 2);
    this.#capacity = capacity;
    const { raw, ranges, digital } = this.#channels;
    this.#values = grown(this.#values, new Float32Array(capacity), this.length);
    if (raw) this.#raw = grown(this.#raw, new Float32Array(capacity), this.length);
    if (ranges) this.#ranges = grown(this.#ranges, new Uint8Array(capacity), this.length);
    if (digital) this.#digital = grown(this.#digital, new Uint8Array(capacity), this.length);
  }
}

function grown<T extends Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(
  old: T | undefined,
  fresh: T,
  length: number,
): T {
  if (old) fresh.set(old.subarray(0, length));
  return fresh;
}
