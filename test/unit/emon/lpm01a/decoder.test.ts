import { describe, expect, it } from 'vitest';
import { ascii, collect, eventsOf, feed, hex, join, samplesOf, started } from './collect.ts';
import type { Item } from './collect.ts';

const f = Math.fround;
const sampleLines = (count: number, line = '1675-08'): string => `${line}\r\n`.repeat(count);

const streamA = ascii(
  '\r\nPowerShield > ack start\r\n\r\nTimeStamp: 000s 000ms, buff 00%\r\n␀1675-08\r\n1674-08\r\nevent 00 ris\r\n1676-08\r\n' +
    '\r\nPowerShield > ack pwr off\r\n\r\nevent 01 ris\r\n0002-08\r\n\r\nend\r\n\r\nsummary beg\r\n0002-08\r\n1676-08\r\nsummary end\r\n\r\nPowerShield > Acquisition completed\r\n',
);
const streamD = hex(
  'F0 F3 00 00 00 00 00 FF FF | 52 A0 | 31 45 | 4F F0 | F0 F3 00 00 FF FF 05 FF FF | 5E B1 | F0 F7 0C E4 FF FF | F0 F8 FF FF FF FF | ' +
    'F0 F9 01 FF FF | F0 F3 80 00 00 0A 63 FF FF | 3A B8 | F0 F4 FF FF',
);
const afterEnd = ascii('\r\nPowerShield > Acquisition completed\r\n');

function decode(bytes: Uint8Array, cuts: readonly number[], form: Parameters<typeof collect>[0] = {}): Item[] {
  const { decoder, items } = collect(form);
  feed(decoder, bytes, cuts);
  return items;
}

/** Cuts at every byte, and many random ones; all must give the very same items. */
function everyWay(bytes: Uint8Array, form: Parameters<typeof collect>[0] = {}): Item[] {
  const whole = decode(bytes, [], form);
  expect(decode(bytes, [...bytes.keys()], form)).toEqual(whole);
  let state = 12345;
  for (let round = 0; round < 200; round += 1) {
    const cuts = Array.from({ length: 1 + (round % 9) }, () => (state = (state * 1103515245 + 12345) & 0x7fffffff));
    expect(decode(bytes, cuts, form)).toEqual(whole);
  }
  return whole;
}

describe('text stream', () => {
  it.each([
    ['6409-07', 6.409e-4],
    ['1958-09', 1.958e-6],
    ['0023-10', 2.3e-9],
    ['1675-08', 1.675e-5],
    ['6856-08', 6.856e-5],
    ['0000-10', 0],
  ])('%s', (line, value) => {
    expect(samplesOf(decode(join(ascii(`${started}${line}\r\nend\r\n`)), []))).toEqual([f(value)]);
  });

  it('stream A of the specification, cut in any way', () => {
    const items = everyWay(streamA);
    expect(items).toEqual([
      { kind: 'prompt', text: 'ack start' },
      { kind: 'tick', deviceTimeS: 0, bufferPercent: 0, sampleIndex: 0 },
      { kind: 'samples', firstIndex: 0, values: Float32Array.of(1.675e-5, 1.674e-5), saturated: 0 },
      { kind: 'edge', channel: 7, level: 'fall', sampleIndex: 2, resolutionS: 0.001, sequence: 0 },
      { kind: 'samples', firstIndex: 2, values: Float32Array.of(1.676e-5), saturated: 0 },
      { kind: 'status', sampleIndex: 3, powered: false },
      { kind: 'prompt', text: 'ack pwr off' },
      { kind: 'edge', channel: 7, level: 'fall', sampleIndex: 3, resolutionS: 0.001, sequence: 1 },
      { kind: 'samples', firstIndex: 3, values: Float32Array.of(2e-8), saturated: 0 },
      { kind: 'ended', overcurrent: false, complaint: undefined },
      { kind: 'completed' },
    ]);
  });

  it('stream B: samples glued after a loss', () => {
    const items = everyWay(ascii(`${started}TimeStamp: 000s 000ms, buff 00%\r\n16751675-08-08\r\nend\r\n`));
    expect(samplesOf(items)).toEqual([NaN, f(1.675e-5), NaN]);
    expect(eventsOf(items, 'loss')).toEqual([
      { kind: 'loss', sampleIndex: 0, count: 1, cause: 'malformed', exact: false },
      { kind: 'loss', sampleIndex: 2, count: 1, cause: 'malformed', exact: false },
    ]);
  });

  it('stream C: two samples missing between two time stamps', () => {
    const items = everyWay(
      ascii(
        `${started}TimeStamp: 000s 000ms, buff 00%\r\n${sampleLines(998)}TimeStamp: 001s 000ms, buff 03%\r\n1676-08\r\nend\r\n`,
      ),
    );
    const samples = samplesOf(items);
    expect(samples).toHaveLength(1001);
    expect(samples.slice(997)).toEqual([f(1.675e-5), NaN, NaN, f(1.676e-5)]);
    expect(eventsOf(items, 'loss', 'tick')).toEqual([
      { kind: 'tick', deviceTimeS: 0, bufferPercent: 0, sampleIndex: 0 },
      { kind: 'loss', sampleIndex: 998, count: 2, cause: 'tick', exact: true },
      { kind: 'tick', deviceTimeS: 1, bufferPercent: 3, sampleIndex: 1000 },
    ]);
    const last = items.filter((item) => item.kind === 'samples').at(-1);
    expect(last).toMatchObject({ firstIndex: 1000 });
  });

  it('blocks are short enough: 50 ms, and 1024 samples', () => {
    for (const [sampleRateHz, longest] of [
      [1000, 50],
      [5000, 250],
      [10, 1],
    ] as const) {
      const items = decode(ascii(`${started}${sampleLines(600)}`), [], { sampleRateHz });
      const lengths = items.flatMap((item) => (item.kind === 'samples' ? [item.values.length] : []));
      expect(Math.max(...lengths)).toBe(longest);
    }
  });

  it('more samples than time stamps allow are reported, never taken back', () => {
    const items = decode(
      ascii(
        `${started}TimeStamp: 000s 000ms, buff 00%\r\n${sampleLines(1003)}TimeStamp: 001s 000ms, buff 00%\r\n` +
          `${sampleLines(1000)}TimeStamp: 002s 000ms, buff 00%\r\nend\r\n`,
      ),
      [],
    );
    expect(samplesOf(items)).toHaveLength(2003);
    expect(eventsOf(items, 'loss')).toEqual([
      { kind: 'loss', sampleIndex: 1003, count: null, cause: 'tick', exact: false },
    ]);
  });

  it('a wrong guess about a damaged line is made good by the next loss', () => {
    const items = decode(
      ascii(
        // Two samples were damaged into three places, so 1001 stand where 1000 were; later three are lost.
        `${started}TimeStamp: 000s 000ms, buff 00%\r\n16751675-08-08\r\n${sampleLines(998)}TimeStamp: 001s 000ms, buff 00%\r\n` +
          `${sampleLines(997)}TimeStamp: 002s 000ms, buff 00%\r\n1676-08\r\nend\r\n`,
      ),
      [],
    );
    const samples = samplesOf(items);
    expect(samples).toHaveLength(2001);
    expect(samples[2000]).toBe(f(1.676e-5));
    expect(eventsOf(items, 'loss').slice(2)).toEqual([
      { kind: 'loss', sampleIndex: 1998, count: 2, cause: 'tick', exact: false },
    ]);
  });

  it('a lost time stamp is no loss of samples, a thousand lost with theirs are', () => {
    const at = (s: number): string => `TimeStamp: 00${s}s 000ms, buff 00%\r\n`;
    const good = decode(ascii(`${started}${at(0)}${sampleLines(2000)}${at(2)}${sampleLines(1000)}${at(3)}end\r\n`), []);
    expect(eventsOf(good, 'loss')).toEqual([]);
    const bad = decode(ascii(`${started}${at(0)}${sampleLines(1000)}${at(2)}${sampleLines(1000)}${at(3)}end\r\n`), []);
    expect(eventsOf(bad, 'loss')).toEqual([
      { kind: 'loss', sampleIndex: 1000, count: 1000, cause: 'tick', exact: true },
    ]);
    expect(samplesOf(bad)).toHaveLength(3000);
  });

  it('the first time stamp lost: the second is measured against the beginning', () => {
    const items = decode(ascii(`${started}${sampleLines(990)}TimeStamp: 001s 000ms, buff 00%\r\nend\r\n`), []);
    expect(eventsOf(items, 'loss')).toEqual([
      { kind: 'loss', sampleIndex: 990, count: 10, cause: 'tick', exact: true },
    ]);
  });

  it.each([
    ['begins anew', 'TimeStamp: 000s 000ms, buff 00%', 1000],
    ['has an unknown mark', 'TimeStamp:>000s 000ms, buff 00%', 1000],
    ['stays at its end', 'TimeStamp:>999s 000ms, buff 00%', 1000],
    ['has a fourth digit', 'TimeStamp: 1000s 000ms, buff 00%', 1000],
  ])('after 999 s the printed time %s: numbers go on', (_, stamp, deviceTimeS) => {
    const items = decode(
      ascii(`${started}TimeStamp: 999s 000ms, buff 00%\r\n${sampleLines(1000)}${stamp}\r\n1675-08\r\nend\r\n`),
      [],
    );
    expect(eventsOf(items, 'loss')).toEqual([]);
    expect(eventsOf(items, 'tick')[1]).toMatchObject({ deviceTimeS, sampleIndex: 1000 });
    expect(samplesOf(items)).toHaveLength(1001);
  });

  it('an absurd time stamp fills no hole and does no lasting harm', () => {
    const items = decode(
      ascii(
        `${started}TimeStamp: 000s 000ms, buff 00%\r\n${sampleLines(600)}TimeStamp: 700s 000ms, buff 00%\r\n` +
          `${sampleLines(1000)}TimeStamp: 701s 000ms, buff 00%\r\n${sampleLines(999)}TimeStamp: 702s 000ms, buff 00%\r\nend\r\n`,
      ),
      [],
    );
    expect(eventsOf(items, 'loss')).toEqual([
      { kind: 'loss', sampleIndex: 600, count: null, cause: 'tick', exact: false },
      { kind: 'loss', sampleIndex: 2599, count: 1, cause: 'tick', exact: true },
    ]);
  });

  it('time marks: the same line twice is one; a jump of the count is a lost mark; the count may wrap or stay', () => {
    const mark = (count: string): string => `event ${count} ris\r\n`;
    const items = decode(
      ascii(
        `${started}${mark('97')}${mark('97')}${sampleLines(1)}${mark('99')}${sampleLines(1)}${mark('99')}` +
          `${sampleLines(1)}${mark('00')}${mark('01')}event 02 fal\r\nend\r\n`,
      ),
      [],
    );
    expect(
      eventsOf(items, 'edge').map((item) => (item.kind === 'edge' ? [item.sequence, item.sampleIndex] : [])),
    ).toEqual([
      [97, 0],
      [99, 1],
      [100, 2],
      [101, 3],
      [102, 3],
      [103, 3],
    ]);
    expect(eventsOf(items, 'loss')).toEqual([
      { kind: 'loss', sampleIndex: 1, count: null, cause: 'counter', exact: false },
    ]);
  });

  it('what is whole in a damaged line is saved, in order', () => {
    const items = decode(
      ascii(
        `${started}TimeStamp: 000s 000ms, buff 00%\r\n167ent 00 ris\r\n08event 01 ris\r\n1675-08event 02 ris\r\n` +
          `1675-08PowerShield > ack targrst 100m\r\n1675-0TimeStamp: 001s 000ms, buff 00%\r\n1675-08end\r\n`,
      ),
      [],
    );
    expect(eventsOf(items, 'edge').map((item) => (item.kind === 'edge' ? item.sequence : -1))).toEqual([0, 1, 2]);
    expect(eventsOf(items, 'prompt').at(-1)).toEqual({ kind: 'prompt', text: 'ack targrst 100m' });
    expect(eventsOf(items, 'tick')).toHaveLength(2);
    expect(eventsOf(items, 'ended')).toHaveLength(1);
  });

  it('messages and answers inside the stream are status events', () => {
    const items = decode(
      ascii(
        `${started}error: voltage drop\r\nPowerShield > ack temp degc 28.0\r\nPowerShield > ack volt get 3292-03\r\npwr on\r\n` +
          `TimeStamp: 000s 000ms, buff 81%\r\nTimeStamp: 000s 000ms, buff 82%\r\nerror overcurrent\r\nend\r\n`,
      ),
      [],
    );
    expect(eventsOf(items, 'status')).toEqual([
      { kind: 'status', sampleIndex: 0, text: 'error: voltage drop' },
      { kind: 'status', sampleIndex: 0, temperatureC: 28 },
      { kind: 'status', sampleIndex: 0, voltageV: 3.292 },
      { kind: 'status', sampleIndex: 0, powered: true },
      { kind: 'status', sampleIndex: 0, text: 'buff 81%' },
      { kind: 'status', sampleIndex: 0, text: 'error overcurrent', overcurrent: true },
    ]);
    expect(eventsOf(items, 'ended')).toEqual([{ kind: 'ended', overcurrent: true, complaint: 'error overcurrent' }]);
  });

  it('a stream that nobody asked for is no acquisition', () => {
    const { decoder, items } = collect();
    decoder.disarm();
    decoder.push(streamA);
    expect(eventsOf(items, 'samples', 'edge', 'tick', 'loss')).toEqual([]);
  });
});

describe('binary stream', () => {
  const binary = { format: 'binary', sampleRateHz: 100_000 } as const;

  it.each([
    ['52 A0', 6.40869140625e-4],
    ['31 45', 0.079345703125],
    ['3A B8', 0.669921875],
    ['4F F0', 0.062255859375],
    ['5E B1', 3.5867691040039062e-3],
    ['00 01', 1],
    ['E0 00', 0],
  ])('%s', (pair, value) => {
    const bytes = join(ascii(started), hex(`F0F3 00000000 00 FFFF ${pair} F0F4 FFFF`));
    // 12 bits fit into a float32, so nothing is rounded.
    expect(samplesOf(decode(bytes, [], binary))).toEqual([value]);
  });

  it('stream D of the specification, cut in any way, behind 0 to 3 stray bytes', () => {
    for (const stray of ['', '00', '0D0A', '000D0A']) {
      const items = everyWay(join(ascii(started), hex(stray), streamD, afterEnd), binary);
      expect(samplesOf(items)).toEqual([
        6.40869140625e-4, 0.079345703125, 0.062255859375, 3.5867691040039062e-3, 0.669921875,
      ]);
      expect(eventsOf(items, 'tick')).toEqual([
        { kind: 'tick', deviceTimeS: 0, bufferPercent: 0, sampleIndex: 0 },
        expect.objectContaining({ bufferPercent: 5, sampleIndex: 3 }),
        expect.objectContaining({ bufferPercent: 99, sampleIndex: 4 }),
      ]);
      expect(eventsOf(items, 'frame')).toEqual([
        { kind: 'frame', of: 'volt', value: 3.3 },
        { kind: 'frame', of: 'temp', value: -1 },
        { kind: 'frame', of: 'pwr', value: 1 },
      ]);
      // Its time stamps are absurd for so few samples; nothing is misaligned.
      expect(eventsOf(items, 'loss').every((item) => item.kind === 'loss' && item.cause === 'tick')).toBe(true);
      expect(items.slice(-2).map((item) => item.kind)).toEqual(['ended', 'completed']);
    }
  });

  const tick = (ms: number): Uint8Array => hex(`F0F3 ${ms.toString(16).padStart(8, '0')} 00 FFFF`);
  const pairs = (count: number): Uint8Array => new Uint8Array(count * 2).map((_, at) => (at % 2 === 0 ? 0x52 : 0xa0));
  const good = 6.40869140625e-4;

  it.each([1, 3, 5, 1999])('a loss of %d bytes between two time stamps costs that thousand, and no other', (lost) => {
    const damaged = pairs(1000).slice(lost);
    const items = everyWay(
      join(ascii(started), tick(0), pairs(1000), tick(10), damaged, tick(20), pairs(1000), tick(30), hex('F0F4FFFF')),
      binary,
    );
    const samples = samplesOf(items);
    expect(samples).toHaveLength(3000);
    expect(samples.slice(0, 1000).every((value) => value === good)).toBe(true);
    expect(samples.slice(1000, 2000).every(Number.isNaN)).toBe(true);
    expect(samples.slice(2000).every((value) => value === good)).toBe(true);
    expect(eventsOf(items, 'loss')).toEqual([
      { kind: 'loss', sampleIndex: 1000, count: 1000, cause: 'framing', exact: true },
    ]);
  });

  it('a loss of whole samples keeps the rest', () => {
    const items = everyWay(
      join(ascii(started), tick(0), pairs(936), tick(10), pairs(1000), tick(20), hex('F0F4FFFF')),
      binary,
    );
    expect(samplesOf(items).filter(Number.isNaN)).toHaveLength(64);
    expect(eventsOf(items, 'loss')).toEqual([
      { kind: 'loss', sampleIndex: 936, count: 64, cause: 'tick', exact: true },
    ]);
  });

  it('a damaged time stamp is found out at the next', () => {
    const broken = tick(10).slice(0, 6);
    const items = everyWay(
      join(ascii(started), tick(0), pairs(1000), broken, pairs(1000), tick(20), pairs(5), hex('F0F4FFFF')),
      binary,
    );
    const samples = samplesOf(items);
    expect(samples).toHaveLength(2005);
    expect(eventsOf(items, 'loss')).toEqual([
      { kind: 'loss', sampleIndex: 0, count: 2000, cause: 'framing', exact: true },
    ]);
  });

  it('messages, over-current and unknown frames', () => {
    const message = (kind: string, text: string): Uint8Array => join(hex(`F0 ${kind}`), ascii(text), hex('FFFF'));
    const items = everyWay(
      join(
        ascii(started),
        tick(0),
        message('F1', 'error: overload\r\n'),
        message('F2', 'PowerShield > ack pwr off\r\n'),
        hex('F0 F5 FFFF F0 F6 FFFF F0 FA 01 FFFF F0F4FFFF'),
        afterEnd,
      ),
      binary,
    );
    expect(eventsOf(items, 'status', 'frame', 'ended', 'prompt').slice(1)).toEqual([
      { kind: 'status', sampleIndex: 0, text: 'error: overload' },
      { kind: 'status', sampleIndex: 0, text: 'PowerShield > ack pwr off' },
      { kind: 'prompt', text: 'ack pwr off' },
      { kind: 'status', sampleIndex: 0, overcurrent: true },
      { kind: 'frame', of: 'targrst', value: 0 },
      { kind: 'status', sampleIndex: 0, text: 'f0fa01ffff' },
      { kind: 'ended', overcurrent: true, complaint: 'error: overload' },
    ]);
  });
});
