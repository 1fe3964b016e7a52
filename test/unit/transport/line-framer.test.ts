import { describe, expect, it } from 'vitest';
import { LineFramer } from '../../../src/main/transport/index.ts';
import type { FramedLine } from '../../../src/main/transport/index.ts';

function frame(chunks: readonly Uint8Array[], max?: number): { lines: FramedLine[]; rest: Uint8Array } {
  const framer = new LineFramer(max);
  const lines = chunks.flatMap((chunk) =>
    framer.push(chunk).map((line) => ({ ...line, raw: new Uint8Array(line.raw) })),
  );
  return { lines, rest: framer.reset() };
}

const sample = Buffer.concat([
  Buffer.from('m-timestamp-mode-performance\r\n'),
  Buffer.from('\n\r\n\0\0m-lap-us-12\0\r\n'),
  Buffer.from('Temp 21 \u00b0C \u{1f321} ok\n'),
  Buffer.from([0xff, 0xfe, 0x41, 0x0d, 0x0a]),
  Buffer.from(
    'a very long line that exceeds the limit of this test by far \u00e4\u00f6\u00fc \u{1f321}\u{1f321} and ends\r\n',
  ),
  Buffer.from('m-ready\r\n> '),
]);

describe('LineFramer', () => {
  it('splits at LF, strips CR and NUL, and flags what is no text', () => {
    const { lines, rest } = frame([sample]);
    expect(lines.map((line) => line.text)).toEqual([
      'm-timestamp-mode-performance',
      '',
      '',
      'm-lap-us-12',
      'Temp 21 \u00b0C \u{1f321} ok',
      '\ufffd\ufffdA',
      expect.stringMatching(/^a very long line .* and ends$/),
      'm-ready',
    ]);
    expect(lines.map((line) => line.end)).toEqual(['crlf', 'lf', 'crlf', 'crlf', 'lf', 'crlf', 'crlf', 'crlf']);
    expect(lines.map((line) => line.undecodable)).toEqual([false, false, false, false, false, true, false, false]);
    expect(Buffer.from(rest).toString()).toBe('> ');
  });

  it.each([65_536, 40, 20, 7])('gives the same lines wherever its input is cut in two (limit %i)', (max) => {
    const whole = frame([sample], max);
    for (let cut = 0; cut <= sample.length; cut += 1) {
      expect(frame([sample.subarray(0, cut), sample.subarray(cut)], max), `cut at ${cut}`).toEqual(whole);
    }
  });

  it('gives the same lines when its input comes byte by byte', () => {
    const bytes = [...sample].map((byte) => Uint8Array.of(byte));
    expect(frame(bytes, 20)).toEqual(frame([sample], 20));
  });

  it('keeps every byte, also of lines that are too long', () => {
    const { lines, rest } = frame([sample], 16);
    expect(Buffer.concat([...lines.map((line) => line.raw), rest])).toEqual(sample);
    expect(lines.filter((line) => line.end === 'overflow').length).toBeGreaterThan(3);
    // No character is cut in two.
    expect(lines.filter((line) => line.undecodable).map((line) => line.text)).toEqual(['\ufffd\ufffdA']);
  });

  it('does not make an empty line of the line end behind a text of exactly the limit', () => {
    const text = 'x'.repeat(16);
    expect(frame([Buffer.from(`${text}\r\n`)], 16).lines.map((line) => [line.text, line.end])).toEqual([
      [text, 'crlf'],
    ]);
    const longer = frame([Buffer.from(`${text}yz\r\n`)], 16).lines.map((line) => [line.text, line.end]);
    expect(longer).toEqual([
      [text, 'overflow'],
      ['yz', 'crlf'],
    ]);
  });

  it('holds no more than the limit of a line that never ends', () => {
    const framer = new LineFramer(1024);
    let pieces = 0;
    for (let chunk = 0; chunk < 1000; chunk += 1) {
      pieces += framer.push(Buffer.alloc(997, 0x41)).length;
      expect(framer.pendingBytes).toBeLessThanOrEqual(1024 + 2);
    }
    expect(pieces).toBe(Math.floor((997 * 1000 - 2) / 1024));
  });

  it('shows an unfinished line without taking it', () => {
    const framer = new LineFramer();
    framer.push(Buffer.from('dut: '));
    expect(framer.pending()).toBe('dut: ');
    expect(framer.push(Buffer.from('m-ready\r\n')).map((line) => line.text)).toEqual(['dut: m-ready']);
    expect(framer.pendingBytes).toBe(0);
  });

  it('refuses a limit that makes no sense', () => {
    expect(() => new LineFramer(0)).toThrow(RangeError);
    expect(() => new LineFramer(12.5)).toThrow(RangeError);
  });
});
