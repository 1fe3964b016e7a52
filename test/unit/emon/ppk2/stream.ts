import { defaultMark } from '../../../../src/main/emon/edge-detector.ts';
import type { MonitorEvent, SampleBlock } from '../../../../src/main/emon/index.ts';
import { Ppk2Converter } from '../../../../src/main/emon/ppk2/convert.ts';
import { Ppk2Decoder } from '../../../../src/main/emon/ppk2/decoder.ts';
import type { Ppk2DecoderOptions } from '../../../../src/main/emon/ppk2/decoder.ts';
import type { Ppk2Constants } from '../../../../src/main/emon/ppk2/metadata.ts';

const all = (value: number): number[] => [value, value, value, value, value];

/** Calibration P of the specification's test vectors (energy monitors, section 9.3). */
export const calibrationP: Ppk2Constants = {
  r: [1000, 100, 10, 1, 0.05],
  gs: all(0),
  gi: all(1),
  o: all(0),
  s: all(0),
  i: all(0),
  ug: all(1),
};

/** One sample of the stream. */
export function word(counter: number, { code = 2048, range = 0, logic = 0 } = {}): number[] {
  const value = (code | (range << 14) | ((counter & 63) << 18) | (logic << 24)) >>> 0;
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24];
}

/** Samples with these counters, one after the other. */
export function stream(counters: readonly number[], sample: Parameters<typeof word>[1] = {}): Uint8Array {
  return Uint8Array.from(counters.flatMap((counter) => word(counter, sample)));
}

/** `count` counters from `first` on. */
export function counters(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => (first + index) & 63);
}

export interface Decoded {
  events: MonitorEvent[];
  blocks: SampleBlock[];
  values: number[];
  raw: number[];
  ranges: number[];
  digital: number[];
  saturated: number;
  /** All but the samples. */
  others: Exclude<MonitorEvent, SampleBlock>[];
}

/** What a decoder makes of these chunks. */
export function decode(chunks: readonly Uint8Array[], options: Partial<Ppk2DecoderOptions> = {}): Decoded {
  const events: MonitorEvent[] = [];
  const decoder = new Ppk2Decoder({
    converter: new Ppk2Converter(calibrationP, 3300),
    spikeFilter: false,
    mark: defaultMark,
    emit: (event) => events.push(event),
    ...options,
  });
  for (const chunk of chunks) decoder.push(chunk);
  decoder.finish();
  return gather(events);
}

export function gather(events: MonitorEvent[]): Decoded {
  const blocks = events.filter((event) => event.kind === 'samples');
  return {
    events,
    blocks,
    values: blocks.flatMap((block) => [...block.values]),
    raw: blocks.flatMap((block) => [...(block.raw ?? [])]),
    ranges: blocks.flatMap((block) => [...(block.ranges ?? [])]),
    digital: blocks.flatMap((block) => [...(block.digital ?? [])]),
    saturated: blocks.reduce((sum, block) => sum + block.saturated, 0),
    others: events.filter((event) => event.kind !== 'samples'),
  };
}
