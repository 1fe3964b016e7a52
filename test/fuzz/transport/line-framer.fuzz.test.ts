import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LineFramer } from '../../../src/main/transport/index.ts';
import type { FramedLine } from '../../../src/main/transport/index.ts';

/** Bytes in which line ends, NUL, CR and cut characters are frequent. */
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc
    .array(fc.constantFrom(0x0a, 0x0d, 0x00, 0x41, 0xc3, 0xa4, 0xf0, 0x9f, 0x8c, 0xa1, 0xff), { maxLength: 200 })
    .map((list) => Uint8Array.from(list)),
  fc
    .array(
      fc.oneof(
        fc.constantFrom('m-ready\r\n', 'm-lap-us-12\n', '\n', '\r', '\0'),
        fc.string({ unit: 'grapheme', maxLength: 40 }),
      ),
      { maxLength: 12 },
    )
    .map((parts) => new Uint8Array(Buffer.from(parts.join('')))),
);

function frame(input: Uint8Array, cuts: readonly number[], max: number): { lines: FramedLine[]; rest: Uint8Array } {
  const framer = new LineFramer(max);
  const lines: FramedLine[] = [];
  let start = 0;
  for (const end of [...cuts.map((cut) => cut % (input.length + 1)).sort((a, b) => a - b), input.length]) {
    for (const line of framer.push(input.subarray(start, end))) lines.push({ ...line, raw: new Uint8Array(line.raw) });
    if (framer.pendingBytes > max + 2) throw new Error(`${framer.pendingBytes} bytes are kept`);
    start = end;
  }
  return { lines, rest: framer.reset() };
}

it('loses no byte, keeps to its limit, and does not care how the stream was cut (12,000 cases)', () => {
  fc.assert(
    fc.property(bytes, fc.array(fc.nat(), { maxLength: 8 }), fc.integer({ min: 4, max: 80 }), (input, cuts, max) => {
      const framed = frame(input, cuts, max);
      expect(Buffer.concat([...framed.lines.map((line) => line.raw), framed.rest]).equals(input)).toBe(true);
      for (const line of framed.lines) {
        expect(line.raw.length).toBeLessThanOrEqual(max + 2);
        expect(line.text).not.toMatch(/[\n\r\0]/);
        expect(line.end === 'overflow').toBe(line.raw.at(-1) !== 0x0a);
      }
      expect(frame(input, [], max)).toEqual(framed);
    }),
    { numRuns: 12_000 },
  );
});
