import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildIoManager, noAvrReason, startUno } from '../../rig/avr/index.ts';
import type { IoManagerBuild, Uno } from '../../rig/avr/index.ts';

if (noAvrReason) console.info(`IO manager: ${noAvrReason}`);

let build: IoManagerBuild;
let uno: Uno;

describe.skipIf(noAvrReason)('the relay', () => {
  beforeAll(() => {
    build = buildIoManager();
  });
  beforeEach(() => {
    uno = startUno(build);
    uno.runFor(0.01);
    uno.host = '';
  });

  it('answers, sends the command on with its terminator, and marks the lines of the DUT', () => {
    uno.onDutCommand = (command) => {
      uno.fromDut(command === 'name' ? 'm-name-dut-[unspecified]\r\nm-ready\r\n' : 'e-[no]\r\n');
    };
    uno.fromHost('dut name%');
    expect(uno.runUntil(() => uno.host.includes('\r\nm-ready\r\n'), 0.01)).toBe(true);
    expect(uno.host).toBe('m-dut-passthrough(name)\r\nm-ready\r\n');
    uno.runFor(0.2);
    expect(uno.dut).toBe('name%');
    expect(uno.host.slice(34)).toBe('[dut]: m-name-dut-[unspecified]\r\n[dut]: m-ready\r\n');
  });

  it.each([9_600, 9_600 * 1.02, 9_600 * 0.98])('at %d baud: every byte both ways, in long texts', (baud) => {
    uno.dutBaud = baud;
    // All bytes but the line end, NUL and CR, in lines of 60; upward only printable ones, since % ends a command.
    const bytes = Array.from({ length: 255 }, (_, index) => index + 1).filter((byte) => byte !== 10 && byte !== 13);
    const lines = [0, 60, 120, 180, 240].map((start) => String.fromCharCode(...bytes.slice(start, start + 60)));
    uno.fromDut(lines.map((line) => `${line}\r\n`).join(''));
    const text = bytes
      .filter((byte) => byte >= 32 && byte <= 126 && byte !== 37)
      .map((byte) => String.fromCharCode(byte));
    uno.fromHost(`dut ${text.join('')}%`);
    uno.runFor(0.6);
    expect(uno.dut).toBe(`${text.join('')}%`);
    expect(uno.framingErrors).toBe(0);
    expect(uno.host.replace(`m-dut-passthrough(${text.join('')})\r\nm-ready\r\n`, '')).toBe(
      lines.map((line) => `[dut]: ${line}\r\n`).join(''),
    );
  });

  it('passes 490 bytes of payload in commands of 26, one in flight', () => {
    const payload = Uint8Array.from({ length: 490 }, (_, index) => (index * 37 + 11) & 0xff);
    const received: number[] = [];
    uno.onDutCommand = (command) => {
      if (command === 'db load 490') {
        uno.fromDut('m-[Expecting 490 bytes]\r\nm-ready\r\n');
        return;
      }
      received.push(...Buffer.from(command.replace(/^db /, ''), 'hex'));
      uno.fromDut(received.length === 490 ? 'm-load-done\r\nm-ready\r\n' : 'm-ready\r\n');
    };
    const commands = ['db load 490'];
    for (let at = 0; at < 490; at += 26) commands.push(`db ${Buffer.from(payload.slice(at, at + 26)).toString('hex')}`);
    const start = uno.cycles;
    for (const command of commands) {
      uno.host = '';
      uno.fromHost(`dut ${command}%`);
      expect(uno.runUntil(() => uno.host.endsWith('[dut]: m-ready\r\n'), 0.5)).toBe(true);
      expect(uno.host.startsWith(`m-dut-passthrough(${command})\r\nm-ready\r\n`)).toBe(true);
    }
    expect(uno.host).toContain('[dut]: m-load-done\r\n');
    expect(Uint8Array.from(received)).toEqual(payload);
    expect([uno.overruns, uno.framingErrors]).toEqual([0, 0]);
    // Observed with the EEMBC IO manager: 1.6 s.
    expect((uno.cycles - start) / 16e6).toBeLessThan(1.6);
  });

  it('loses nothing when the host sends commands without waiting', () => {
    // 340 characters: more than either ring holds.
    const commands = Array.from({ length: 5 }, (_, index) => `db ${String(index).repeat(60)}`);
    uno.fromHost(commands.map((command) => `dut ${command}%`).join(''));
    uno.runFor(1);
    expect(uno.dut).toBe(commands.map((command) => `${command}%`).join(''));
    expect(uno.host).toBe(commands.map((command) => `m-dut-passthrough(${command})\r\nm-ready\r\n`).join(''));
  });

  it('splits at LF, drops CR and NUL, keeps empty lines', () => {
    uno.fromDut('one\ntwo\0\r\n\r\n\r\rthree\n');
    uno.runFor(0.1);
    expect(uno.host).toBe('[dut]: one\r\n[dut]: two\r\n[dut]: \r\n[dut]: three\r\n');
  });

  it('does not mix its own lines into those of the DUT, and shortens no long line', () => {
    uno.fromDut('x'.repeat(30));
    uno.runFor(0.02);
    uno.fromHost('%');
    uno.runFor(0.1);
    expect(uno.host).toBe('m-ready\r\n');
    uno.fromDut(`${'y'.repeat(470)}\r\n`);
    uno.runFor(0.6);
    expect(uno.host).toBe(`m-ready\r\n[dut]: ${'x'.repeat(30)}${'y'.repeat(470)}\r\n`);
    uno.host = '';
    // In the middle of a line that is too long to hold back: the line is parted, nothing is lost.
    uno.fromDut('z'.repeat(250));
    uno.runFor(0.3);
    uno.fromHost('%');
    uno.runFor(0.01);
    uno.fromDut('end\r\n');
    uno.runFor(0.01);
    expect(uno.host).toBe(`[dut]: ${'z'.repeat(250)}\r\nm-ready\r\n[dut]: end\r\n`);
  });

  it('ignores spikes and a DUT without power, and shows a byte it could not read', () => {
    let cycle = uno.cycles + 100;
    for (let spike = 0; spike < 50; spike++, cycle += 3_000) {
      uno.dutLevel(false, cycle);
      uno.dutLevel(true, cycle + 400); // 25 us, a quarter of a bit
    }
    uno.dutLevel(false, cycle);
    uno.dutLevel(true, cycle + 800_000); // 50 ms without power
    uno.runFor(0.1);
    uno.fromDut('m-ready\r\n');
    uno.runFor(0.05);
    expect(uno.host).toBe('[dut]: m-ready\r\n');
    uno.host = '';
    // Half the rate: neither a break nor a byte.
    uno.dutBaud = 4_800;
    uno.fromDut('\x01');
    uno.runFor(0.01);
    uno.dutBaud = 9_600;
    uno.fromDut('m-ready\r\n');
    uno.runFor(0.05);
    expect(uno.host).toBe('[dut]: ?m-ready\r\n');
  });
});
