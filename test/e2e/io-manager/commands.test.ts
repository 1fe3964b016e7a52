import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildIoManager, clockHz, noAvrReason, startUno } from '../../rig/avr/index.ts';
import type { IoManagerBuild, Uno } from '../../rig/avr/index.ts';

if (noAvrReason) console.info(`IO manager: ${noAvrReason}`);

let build: IoManagerBuild;
let uno: Uno;

/** What the host reads between its command and the end of everything that follows within a tenth of a second. */
function ask(command: string | Uint8Array): string {
  uno.host = '';
  uno.fromHost(command);
  uno.runFor(0.1);
  return uno.host;
}

describe.skipIf(noAvrReason)('commands of the IO manager', () => {
  beforeAll(() => {
    build = buildIoManager();
  });
  beforeEach(() => {
    uno = startUno(build);
    uno.runFor(0.01);
  });

  it('boots: says who it is and that it is ready, with D9 at rest and the USART near 115200', () => {
    expect(uno.host).toBe('m-[Joulebench IO manager 0.1.0]\r\nm-ready\r\n');
    expect(uno.sendPin).toBe(true);
    expect(uno.framingErrors).toBe(0);
    expect(Math.abs(uno.hostBaud / 115_200 - 1)).toBeLessThan(0.025);
  });

  it.each([
    ['name%', 'm-name-joulebench-io-manager-[arduino-uno]\r\nm-ready\r\n'],
    ['version%', 'm-version-[Joulebench IO manager 0.1.0]\r\nm-ready\r\n'],
    ['tm 0%', 'm-timestmp-mode-FALLING\r\nm-[Timer disabled after mode change]\r\nm-ready\r\n'],
    ['tm 1%', 'm-timestmp-mode-CHANGE\r\nm-[Timer disabled after mode change]\r\nm-ready\r\n'],
    ['tm%', "e-[Command 'tm' requires 0 or 1]\r\nm-ready\r\n"],
    ['tm 2%', "e-[Command 'tm' requires 0 or 1]\r\nm-ready\r\n"],
    ['tm 01%', "e-[Command 'tm' requires 0 or 1]\r\nm-ready\r\n"],
    ['enable-timer%', 'm-timer-enabled\r\nm-ready\r\n'],
    ['disable-timer%', 'm-timer-disabled\r\nm-ready\r\n'],
    ['dut%', "e-[Command 'dut' requires a command]\r\nm-ready\r\n"],
    ['dut  %', "e-[Command 'dut' requires a command]\r\nm-ready\r\n"],
    ['%', 'm-ready\r\n'],
    ['%%', 'm-ready\r\nm-ready\r\n'],
    ['\r\nname  %', 'm-name-joulebench-io-manager-[arduino-uno]\r\nm-ready\r\n'],
    ['Name%', 'e-[Unknown command: Name]\r\nm-ready\r\n'],
    ['names%', 'e-[Unknown command: names]\r\nm-ready\r\n'],
    ['res 1 2%', 'e-[Unknown command: res]\r\nm-ready\r\n'],
    ['\x1b[2J\x07%', 'e-[Unknown command: ?[2J?]\r\nm-ready\r\n'],
  ])('%j', (command, reply) => {
    expect(ask(command)).toBe(reply);
    expect(uno.dut).toBe('');
  });

  it('help tells every command, and whose firmware this is', () => {
    const lines = ask('help%').split('\r\n');
    expect(lines[0]).toBe('Joulebench IO manager 0.1.0');
    expect(lines.slice(2, -2).map((line) => line.split(/[ :]/)[0])).toEqual([
      'name',
      'version',
      'dut',
      'tm',
      'enable-timer',
      'disable-timer',
    ]);
    expect(lines.slice(-2)).toEqual(['m-ready', '']);
  });

  it('cuts a command to 128 characters and stays sane', () => {
    expect(ask(`${'x'.repeat(700)}%`)).toBe(`e-[Unknown command: ${'x'.repeat(128)}]\r\nm-ready\r\n`);
    expect(ask('version%')).toBe('m-version-[Joulebench IO manager 0.1.0]\r\nm-ready\r\n');
  });

  it('refuses a command of which characters were lost, and only that', () => {
    // A break, a wrong baud rate: the port puts FF where it could not read. No text has it.
    expect(ask(Buffer.from('na\xffme%name%', 'latin1'))).toBe(
      'e-[Characters were lost]\r\nm-ready\r\nm-name-joulebench-io-manager-[arduino-uno]\r\nm-ready\r\n',
    );
  });

  it('does not fall asleep over a command that arrives while it wakes', () => {
    for (let before = 0; before < 300; before += 2) {
      uno.dutLevel(false, uno.cycles + 1);
      uno.runFor(0.005);
      uno.host = '';
      // The wire's rise wakes the processor for nothing; then nothing else happens until the timer overflows.
      const arrival = uno.cycles + (10 * clockHz) / 115_200;
      uno.fromHost('%');
      uno.dutLevel(true, arrival - before);
      uno.runFor(0.003);
      expect(uno.host).toBe('m-ready\r\n');
    }
  });

  it('survives a second of binary noise on all wires', () => {
    let state = 1;
    const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
    uno.fromHost(Uint8Array.from({ length: 10_000 }, () => random() * 256));
    ask('enable-timer%');
    let cycle = uno.cycles;
    for (let edge = 0; edge < 20_000; edge++) {
      cycle += 20 + random() * 1_600;
      uno.dutLevel(random() < 0.5, cycle);
      if (edge % 40 === 0) uno.stampLevel(random() < 0.5, cycle);
    }
    uno.dutLevel(true, cycle + 100);
    uno.stampLevel(true, cycle + 100);
    uno.runFor(2);
    ask('%disable-timer%');
    uno.runFor(2);
    expect(ask('name%')).toBe('m-name-joulebench-io-manager-[arduino-uno]\r\nm-ready\r\n');
    // Static data ends below 0x100 + 1536.
    expect(uno.stackLow).toBeGreaterThan(0x100 + 1_536);
  });
});
