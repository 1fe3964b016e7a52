import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lpm01aDecoder } from '../../../src/main/emon/lpm01a/decoder.ts';
import type { Lpm01aReply } from '../../../src/main/emon/lpm01a/decoder.ts';
import type { MonitorEvent } from '../../../src/main/emon/index.ts';

type Item = MonitorEvent | Lpm01aReply;
type Format = 'ascii' | 'binary';

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const started = bytes('\r\nPowerShield > ack start\r\n\r\n');
/** Above the longest line, an unfinished message of the binary stream and a whole block of samples. */
const mostKept = 256 + 600 + 4 * 1024;

/** Feeds a stream in pieces and checks on the way what must hold whatever it contains. */
class Checked {
  readonly items: Item[] = [];
  readonly decoder: Lpm01aDecoder;
  #delivered = 0;

  constructor(format: Format, armed = true) {
    this.decoder = new Lpm01aDecoder({
      event: (event) => this.#event(event),
      reply: (reply) => this.items.push(reply),
    });
    const sampleRateHz = format === 'ascii' ? 1000 : 100_000;
    if (armed) this.decoder.arm({ format, sampleRateHz, edgeLevel: 'fall', fullScale: 0.05 });
    if (armed) this.decoder.push(started);
  }

  feed(input: Uint8Array, cuts: readonly number[] = []): void {
    let start = 0;
    for (const end of [...cuts.map((cut) => cut % (input.length + 1)).sort((a, b) => a - b), input.length]) {
      this.decoder.push(input.slice(start, end));
      if (this.decoder.keptBytes > mostKept) throw new Error(`${this.decoder.keptBytes} bytes are kept`);
      start = end;
    }
  }

  #event(event: MonitorEvent): void {
    this.items.push(event);
    // Every sample has its number, in order, without holes; every event stands behind the samples that came before it.
    if (event.kind === 'samples') {
      if (event.firstIndex !== this.#delivered) throw new Error(`sample ${event.firstIndex} after ${this.#delivered}`);
      if (event.values.length === 0 || event.values.length > 1024) throw new Error(`${event.values.length} samples`);
      for (const value of event.values) if (value === Infinity || value < 0) throw new Error(`value ${value}`);
      this.#delivered += event.values.length;
    } else if (event.sampleIndex !== this.#delivered) {
      throw new Error(`${event.kind} at ${event.sampleIndex} after ${this.#delivered} samples`);
    }
  }
}

const words = [
  '1675-08\r\n',
  '0002-08\r\n',
  '9999+99\r\n',
  'TimeStamp: 000s 000ms, buff 00%\r\n',
  'TimeStamp: 001s 000ms, buff 99%\r\n',
  'TimeStamp:>000s 004ms, buff 00%\r\n',
  'event 00 ris\r\n',
  'event 01 ris\r\n',
  'event 99 fal\r\n',
  '\r\nPowerShield > ack temp degc 28.0\r\n\r\n',
  '\r\nPowerShield > error x\r\nError detail: y\r\n',
  'error: overload\r\n',
  'pwr on\r\n',
  '\0',
  '\r\n',
  'end',
  'summary beg',
  '16',
  '-08',
  'TimeStamp',
  '\xff\xff',
];
const frames = [
  'f0f30000000000ffff',
  'f0f30000000a00ffff',
  'f0f37fffffff63ffff',
  'f0f38000000a63ffff',
  'f0f5ffff',
  'f0f6ffff',
  'f0f70ce4ffff',
  'f0f8ffffffff',
  'f0f901ffff',
  'f0fe00ffff',
  'f0f14142ffff',
  'f0f20d0affff',
  '52a0',
  '4ff0',
  'f0',
  'ff',
  'f3',
  '52a05ea131454ff0',
].map((text) => Uint8Array.from(Buffer.from(text, 'hex')));

const joined = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));
const textStream = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((parts) => bytes(parts.join('')));
const frameStream = fc.array(fc.constantFrom(...frames), { maxLength: 60 }).map(joined);

/** A stream with bytes lost, doubled and changed. */
const mutated = (stream: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(
      stream,
      fc.array(fc.tuple(fc.nat(), fc.constantFrom('lose', 'double', 'flip'), fc.nat(255)), { maxLength: 6 }),
    )
    .map(([source, changes]) => {
      let list = [...source];
      for (const [at, kind, mask] of changes) {
        const index = list.length === 0 ? 0 : at % list.length;
        const byte = list[index] ?? 0;
        if (kind === 'lose') list = list.toSpliced(index, 1 + (mask % 12));
        else list.splice(index, kind === 'flip' ? 1 : 0, kind === 'flip' ? byte ^ mask : byte);
      }
      return Uint8Array.from(list);
    });

const inputs = (own: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    { weight: 4, arbitrary: mutated(own) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }) },
    { weight: 1, arbitrary: mutated(fc.oneof(textStream, frameStream)) },
  );
const cuts = fc.array(fc.nat(), { maxLength: 8 });

/** A good thousand between two time stamps, after whatever came before. */
const clean: Record<Format, Uint8Array> = {
  ascii: bytes(
    `TimeStamp: 702s 000ms, buff 00%\r\n\0${'1675-08\r\n'.repeat(1000)}` +
      'TimeStamp: 703s 000ms, buff 00%\r\nevent 07 ris\r\n',
  ),
  binary: joined(
    [7020, 7030].flatMap((ms) => [
      // In front of the first one bytes enough to end whatever message seems to go on.
      ms === 7020 ? new Uint8Array(600).fill(0x80) : new Uint8Array(0),
      Uint8Array.from(Buffer.from(`f0f3${ms.toString(16).padStart(8, '0')}00ffff`, 'hex')),
      ms === 7030 ? new Uint8Array(0) : new Uint8Array(2000).map((_, at) => (at % 2 === 0 ? 0x52 : 0xa0)),
    ]),
  ),
};

function expectRecovery(checked: Checked, format: Format): boolean {
  // The line that is pending may be the end itself.
  if (format === 'ascii') checked.feed(bytes('\r\n'));
  if (!checked.decoder.streaming) return false;
  const from = checked.items.length;
  checked.feed(clean[format]);
  const items = checked.items.slice(from);
  const ticks = items.flatMap((item, at) => (item.kind === 'tick' ? [at] : []));
  const [before, last] = ticks.slice(-2) as [number, number];
  const between = items.slice(before + 1, last);
  expect(between.every((item) => item.kind === 'samples')).toBe(true);
  const values = between.flatMap((item) => (item.kind === 'samples' ? [...item.values] : []));
  const expected = Math.fround(format === 'ascii' ? 1.675e-5 : 672 / 16 ** 5);
  expect(values.length).toBe(1000);
  expect(values.every((value) => value === expected)).toBe(true);
  if (format === 'ascii') expect(items.at(-1)).toMatchObject({ kind: 'edge' });
  return true;
}

describe.each([
  ['ascii', textStream],
  ['binary', frameStream],
] as const)('the %s stream', (format, own) => {
  it('never throws, keeps little, numbers every sample, does not care how it was cut (12,000 cases)', () => {
    fc.assert(
      fc.property(inputs(own), cuts, fc.boolean(), (input, at, armed) => {
        const whole = new Checked(format, armed);
        whole.feed(input);
        const cut = new Checked(format, armed);
        cut.feed(input, at);
        expect(cut.items).toEqual(whole.items);
        whole.decoder.abandon();
      }),
      { numRuns: 12_000 },
    );
  });

  it('recovers on a clean stream whatever came before (10,000 cases)', () => {
    let recovered = 0;
    fc.assert(
      fc.property(inputs(own), (input) => {
        const checked = new Checked(format);
        checked.feed(input);
        if (expectRecovery(checked, format)) recovered += 1;
      }),
      { numRuns: 10_000 },
    );
    // The others ended by a line or frame that says so.
    expect(recovered).toBeGreaterThan(2000);
  });
});
