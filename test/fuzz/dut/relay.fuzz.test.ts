import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openRelay } from '../../../src/main/dut/index.ts';
import type { ByteStream } from '../../../src/main/transport/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const numRuns = 10_000;

interface Heard {
  dut: string;
  laps: number[];
  lapsLost: number;
}

/** What a relay stream makes of these chunks; nobody has asked anything. */
function hear(chunks: readonly Uint8Array[]): Heard {
  let push: (chunk: Uint8Array) => void = () => undefined;
  const stream: ByteStream = {
    label: 'fuzz',
    baud: undefined,
    write: () => Promise.resolve(),
    onData: (listener) => {
      push = listener;
      return () => undefined;
    },
    onClose: () => () => undefined,
    close: () => Promise.resolve(),
  };
  const relay = openRelay(stream, new ManualClock());
  const heard: Heard = { dut: '', laps: [], lapsLost: 0 };
  relay.dut.onData((chunk) => (heard.dut += Buffer.from(chunk).toString('latin1')));
  relay.onLap((lap) => heard.laps.push(lap.us));
  for (const chunk of chunks) push(chunk);
  return { ...heard, lapsLost: relay.lapsLost };
}

const piece = fc.oneof(
  fc.constantFrom('[dut]: ', '[dut]:', 'm-ready', '\r\n', '\n', 'm-lap-us-', 'e-[Edges lost: ', ']', '\0', '[dut]'),
  fc.constantFrom('[dut]: m-ready\r\n', 'm-lap-us-12\r\n', 'm-dut-passthrough(name)\r\n', 'm-lap-us-99999999999\r\n'),
  fc.nat().map(String),
  fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);
const talk = fc.array(piece, { maxLength: 24 }).map((pieces) => Buffer.from(pieces.join(''), 'latin1'));

describe('fuzz: what a relay says', () => {
  it('any bytes: the DUT gets the marked lines and nothing else, however they are cut', () => {
    fc.assert(
      fc.property(talk, fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 }), (bytes, sizes) => {
        const whole = hear([bytes]);
        const chunks: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          chunks.push(new Uint8Array(bytes.subarray(at, at + size)));
          at += size;
        }
        expect(hear(chunks)).toEqual(whole);
        expect(whole.dut.length).toBeLessThanOrEqual(bytes.length * 2);
        expect(whole.dut === '' || whole.dut.endsWith('\r\n')).toBe(true);
        expect(whole.laps.every((us) => Number.isSafeInteger(us) && us >= 0)).toBe(true);
        expect(Number.isSafeInteger(whole.lapsLost)).toBe(true);
      }),
      { numRuns },
    );
  });

  it('after any bytes and a line end it is understood again', () => {
    fc.assert(
      fc.property(talk, (bytes) => {
        const before = hear([Buffer.concat([bytes, Buffer.from('\r\n')])]);
        const after = hear([Buffer.concat([bytes, Buffer.from('\r\n[dut]: m-ready\r\nm-lap-us-7\r\n')])]);
        expect(after.dut).toBe(`${before.dut}m-ready\r\n`);
        expect(after.laps).toEqual([...before.laps, 7]);
      }),
      { numRuns },
    );
  });
});
