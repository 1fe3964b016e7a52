import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrame, encodeFrame, largestFrameBytes, measureMessage } from '../../../src/shared/contract/index.ts';
import { isFault } from '../../../src/shared/fault/index.ts';
import { message } from './message-arbitrary.ts';

const samples: unknown[] = [
  null,
  true,
  'two words',
  { t: 'chunk', bytes: Uint8Array.of(1, 2, 255) },
  { columns: [Float32Array.of(Number.NaN, -0, 1e-9), { at: new Float64Array(0) }], raw: Uint8Array.of(9).buffer },
  { ints: Int16Array.of(-1), more: BigInt64Array.of(-1n), clamped: Uint8ClampedArray.of(300) },
  { ['__proto__']: Uint8Array.of(7), hasOwnProperty: 1 },
];

describe('the frame of the WebSocket carrier', () => {
  it.each(samples.map((sample, index) => [index, sample]))('brings back sample %i', (_index, sample) => {
    expect(decodeFrame(encodeFrame(sample))).toStrictEqual(sample);
  });

  it('brings back every message, with its binary values in their own kinds', () => {
    fc.assert(
      fc.property(message, (value) => {
        expect(decodeFrame(encodeFrame(value))).toStrictEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  it('sends the part of a buffer that a view shows, not the buffer', () => {
    const pool = new Uint8Array(100).fill(5);
    const view = pool.subarray(10, 13);
    expect(encodeFrame({ view }).length).toBeLessThan(100);
    const decoded = decodeFrame(encodeFrame({ view })) as { view: Uint8Array };
    expect(decoded.view.buffer.byteLength).toBe(3);
  });

  it('leaves out what is undefined', () => {
    expect(decodeFrame(encodeFrame({ a: undefined, b: 1 }))).toStrictEqual({ b: 1 });
  });

  it('does not let a place reach a prototype', () => {
    const text = JSON.stringify({ v: {}, b: [[1, 1, '__proto__', 'polluted']] });
    expect(() => decodeFrame(frameOf(text, [1]))).toThrow(/api.badFrame/);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  const bad: [string, Uint8Array][] = [
    ['nothing', new Uint8Array(0)],
    ['another version', Uint8Array.of(0x4a, 0x42, 0x32, 0x0a, 0, 0, 0, 0)],
    ['text beyond the frame', Uint8Array.of(0x4a, 0x42, 0x31, 0x0a, 255, 255, 255, 255)],
    ['no JSON', frameOf('{', [])],
    ['broken UTF-8', Uint8Array.of(0x4a, 0x42, 0x31, 0x0a, 1, 0, 0, 0, 0xff)],
    ['a bare value', frameOf('1', [])],
    ['no list', frameOf('{"v":1}', [])],
    ['an unknown kind', frameOf('{"v":null,"b":[[99,0]]}', [])],
    ['half an element', frameOf('{"v":null,"b":[[9,3]]}', [0, 0, 0])],
    ['too few bytes', frameOf('{"v":null,"b":[[1,3]]}', [0])],
    ['too many bytes', frameOf('{"v":null,"b":[[1,1]]}', [0, 0])],
    ['a place that is taken', frameOf('{"v":1,"b":[[1,1]]}', [0])],
    ['the same place twice', frameOf('{"v":null,"b":[[1,1],[1,1]]}', [0, 0])],
    ['no such place', frameOf('{"v":[],"b":[[1,1,0]]}', [0])],
    ['deep nesting', frameOf(`{"v":${'['.repeat(5000)}${']'.repeat(5000)},"b":[]}`, [])],
    ['too long a frame', new Uint8Array(largestFrameBytes + 1)],
  ];
  it.each(bad)('refuses %s', (_what, frame) => {
    let thrown: unknown;
    try {
      decodeFrame(frame);
    } catch (error) {
      thrown = error;
    }
    expect(isFault(thrown, 'api.badFrame')).toBe(true);
  });
});

describe('measureMessage', () => {
  it('never says less than the JSON text and the binary values take', () => {
    fc.assert(
      fc.property(message, (value) => {
        const frame = encodeFrame(value);
        const list = new DataView(frame.buffer).getUint32(4, true);
        const head = JSON.parse(new TextDecoder().decode(frame.subarray(8, 8 + list))) as { v: unknown; b: unknown[] };
        const needed =
          new TextEncoder().encode(JSON.stringify(head.v)).length - 4 * head.b.length + (frame.length - 8 - list);
        expect(measureMessage(value)).toBeGreaterThanOrEqual(needed);
      }),
      { numRuns: 300 },
    );
  });

  const unsendable: [string, unknown, string][] = [
    ['a function', { a: [() => 1] }, 'a.0'],
    ['NaN as a plain number', { a: Number.NaN }, 'a'],
    ['infinity', [Infinity], '0'],
    ['a date', { at: new Date(0) }, 'at'],
    ['a map', new Map(), '.'],
    ['a big integer', 1n, '.'],
    ['a symbol', { s: Symbol('s') }, 's'],
    ['undefined in an array', [undefined], '0'],
    ['an error', new Error('x'), '.'],
    ['shared memory', { m: new SharedArrayBuffer(4) }, 'm'],
  ];
  it.each(unsendable)('refuses %s', (_what, value, place) => {
    let thrown: unknown;
    try {
      measureMessage(value);
    } catch (error) {
      thrown = error;
    }
    expect(isFault(thrown, 'api.notSendable')).toBe(true);
    if (isFault(thrown, 'api.notSendable')) expect(thrown.facts.place).toBe(place);
  });

  it('refuses a circle', () => {
    const circle: Record<string, unknown> = {};
    circle['again'] = circle;
    expect(() => measureMessage(circle)).toThrow(/too deep/);
  });
});

function frameOf(text: string, rest: number[]): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const frame = new Uint8Array(8 + bytes.length + rest.length);
  frame.set([0x4a, 0x42, 0x31, 0x0a]);
  new DataView(frame.buffer).setUint32(4, bytes.length, true);
  frame.set(bytes, 8);
  frame.set(rest, 8 + bytes.length);
  return frame;
}
