import { describe, expect, it } from 'vitest';
import { ConsoleAssembler } from '../../../src/main/host-services/console-lines.ts';
import type { LineDraft } from '../../../src/main/host-services/console-lines.ts';
import { Consoles } from '../../../src/main/host-services/consoles.ts';
import { createPipe } from '../../../src/main/transport/index.ts';
import type { Speech } from '../../../src/main/transport/index.ts';
import { consoleKept, consoleRead, consoleTail, consoleTailSchema } from '../../../src/shared/domain/bench-console.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

function heard(speech: Speech, talk: (one: ConsoleAssembler) => void): LineDraft[] {
  const lines: LineDraft[] = [];
  const one = new ConsoleAssembler(speech, (line) => lines.push(line));
  talk(one);
  one.end();
  return lines;
}
const short = (lines: LineDraft[]): string[] =>
  lines.map(({ direction, kind, text, count }) => `${direction} ${kind} ${count === undefined ? text : count}`);

describe('lines', () => {
  it('are the same wherever the bytes are cut, with what no screen shows as escapes', () => {
    const text = 'm-name-dut-[lab]\r\nm-\x1b[1m\\ready\xb5\r\nm-ready\r\ne-[Unknown command]\r\nm-lap-us-12\n';
    const whole = heard('dut', (one) => one.received(bytes(text)));
    expect(short(whole)).toEqual([
      'in text m-name-dut-[lab]',
      'in text m-\\x1b[1m\\\\ready\\xb5',
      'in ready m-ready',
      'in error e-[Unknown command]',
      'in mark m-lap-us-12',
    ]);
    for (let cut = 1; cut < text.length; cut += 1) {
      const parts = heard('dut', (one) => {
        one.received(bytes(text.slice(0, cut)));
        one.received(bytes(text.slice(cut)));
      });
      expect(parts).toEqual(whole);
    }
  });

  it('of commands end with their %, and what the instrument had begun stands before them', () => {
    const lines = heard('dut', (one) => {
      one.received(bytes('m-rea'));
      one.sent(bytes('name%profile%'));
      one.received(bytes('dy\r\n'));
    });
    expect(short(lines)).toEqual(['in text m-rea', 'out text name%', 'out text profile%', 'in text dy']);
  });

  it('of samples are one line a thousand', () => {
    const lines = heard('lpm01a', (one) => {
      one.sent(bytes('start\r\n'));
      one.received(bytes('\r\nPowerShield > ack start\r\n\r\n'));
      for (let k = 0; k < 2500; k += 1) one.received(bytes(k === 1200 ? 'event 00 ris\r\n' : '6409-07\r\n'));
      one.received(bytes('PowerShield > error volt 9\r\n'));
    });
    expect(short(lines)).toEqual([
      'out text start',
      'in text PowerShield > ack start',
      'in samples 1000',
      'in samples 200',
      'in mark event 00 ris',
      'in samples 1000',
      'in samples 299',
      'in error PowerShield > error volt 9',
    ]);
  });

  it('of a PPK2 are its commands in hex, its words, and bytes of samples', () => {
    const lines = heard('ppk2', (one) => {
      one.sent(Uint8Array.of(0x19));
      one.received(bytes('Calibrated: 0\nR0: 1003.35\n'));
      one.sent(Uint8Array.of(0x06));
      for (let k = 0; k < 300; k += 1) one.received(new Uint8Array(400).fill(0x80 + (k % 64)));
      one.sent(Uint8Array.of(0x07));
    });
    expect(short(lines)).toEqual([
      'out text 19',
      'in text Calibrated: 0',
      'in text R0: 1003.35',
      'out text 06',
      'in bytes 100000',
      'in bytes 20000',
      'out text 07',
    ]);
  });

  it('that are too long are cut, and their length is said', () => {
    const [line] = heard('dut', (one) => one.received(bytes(`${'x'.repeat(3000)}\r\n`)));
    expect(line?.text).toBe(`${'x'.repeat(400)} … (3000)`);
  });
});

describe('the console', () => {
  const line = (text: string): LineDraft => ({ direction: 'in', kind: 'text', text });

  it('keeps a bounded history that can be read piece by piece, and sends its end', () => {
    const consoles = new Consoles(() => undefined);
    for (let k = 1; k <= consoleKept + 5000; k += 1) consoles.add('dut', k, line(String(k)));
    consoles.flush();
    const { value } = consoles.topic('dut');
    expect(consoleTailSchema.parse(value)).toEqual(value);
    expect(value.lines).toHaveLength(consoleTail);
    expect(value.lines.at(-1)?.seq).toBe(consoleKept + 5000);
    let before = value.lines[0]?.seq ?? 0;
    let count = value.lines.length;
    for (let piece = consoles.read('dut', before); piece.length > 0; piece = consoles.read('dut', before)) {
      expect(piece.length).toBeLessThanOrEqual(consoleRead);
      expect(piece.at(-1)?.seq).toBe(before - 1);
      before = piece[0]?.seq ?? 0;
      count += piece.length;
    }
    expect(before).toBe(value.firstSeq);
    expect(count).toBeGreaterThanOrEqual(consoleKept);
    expect(count).toBeLessThan(consoleKept + 2500);
  });

  it('overhears a stream without changing what anybody gets', async () => {
    const clock = new ManualClock();
    const [near, far] = createPipe();
    const consoles = new Consoles(() => undefined);
    const tapped = consoles.tap(near, { channel: 'dut', speech: 'dut', clock });
    const got: string[][] = [[], []];
    await far.write(bytes('m-boot\r\n'));
    await clock.advance(1);
    const stops = got.map((texts) => tapped.onData((chunk) => texts.push(Buffer.from(chunk).toString())));
    far.onData(() => undefined);
    await tapped.write(bytes('name%'));
    await far.write(bytes('m-ready\r\n'));
    await clock.advance(1);
    stops[0]?.();
    await far.write(bytes('m-more\r\n'));
    await clock.advance(1);
    await tapped.close();
    expect(got[1]?.join('')).toContain('m-ready\r\nm-more\r\n');
    const said = consoles.all('dut').map(({ kind, text }) => `${kind} ${text}`);
    expect(said.filter((one) => one.includes('m-ready'))).toHaveLength(1);
    expect(said.filter((one) => one.includes('m-more'))).toHaveLength(1);
    expect(said).toContain('text name%');
    expect(said[0]).toMatch(/^opened /);
    expect(said.at(-1)).toMatch(/^closed /);
  });
});
