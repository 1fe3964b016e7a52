import { Lpm01aDecoder } from '../../../../src/main/emon/lpm01a/decoder.ts';
import type { Lpm01aReply, StreamForm } from '../../../../src/main/emon/lpm01a/decoder.ts';
import type { MonitorEvent } from '../../../../src/main/emon/index.ts';

export type Item = MonitorEvent | Lpm01aReply;

/** A decoder that was told to expect a stream, with all that comes out of it. */
export function collect(form: Partial<StreamForm> = {}): { decoder: Lpm01aDecoder; items: Item[] } {
  const items: Item[] = [];
  const decoder = new Lpm01aDecoder({
    event: (event) => items.push(event),
    reply: (reply) => items.push(reply),
  });
  decoder.arm({ format: 'ascii', sampleRateHz: 1000, edgeLevel: 'fall', fullScale: Infinity, ...form });
  return { decoder, items };
}

export const started = '\r\nPowerShield > ack start\r\n\r\n';

/** Text to the instrument's bytes; NUL is written as U+2400. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll('\u2400', '\0'), 'latin1'));
}

export function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll(/[^0-9A-Fa-f]/g, ''), 'hex'));
}

export function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** All samples in order, as doubles of their float32 values. */
export function samplesOf(items: readonly Item[]): number[] {
  return items.flatMap((item) => (item.kind === 'samples' ? [...item.values] : []));
}

export function eventsOf(items: readonly Item[], ...kinds: Item['kind'][]): Item[] {
  return items.filter((item) => kinds.includes(item.kind));
}

/** Feeds bytes cut at the given places. */
export function feed(decoder: Lpm01aDecoder, bytes: Uint8Array, cuts: readonly number[]): void {
  let start = 0;
  for (const end of [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    decoder.push(bytes.slice(start, end));
    start = end;
  }
}
