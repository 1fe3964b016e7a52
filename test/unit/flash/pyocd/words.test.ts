import { describe, expect, it } from 'vitest';
import { BarReader } from '../../../../src/main/flash/pyocd/bars.ts';
import type { BarProgress } from '../../../../src/main/flash/pyocd/bars.ts';
import { pyocdFault, pyocdVersion, readWord, saysLocked } from '../../../../src/main/flash/pyocd/words.ts';
import type { FaultCode } from '../../../../src/shared/fault/index.ts';

const about = { version: '0.46.0', needed: '0.36.0', probe: 'ST-LINK 1', board: 'Board', target: 'stm32f412xg' };

/** Row of the specification's table, what pyOCD printed, and what it means. */
const rows: [row: string, lines: string[], code: FaultCode, facts?: object][] = [
  [
    '3 no ACK',
    ['0000612 C Error received from server for command read_dp (status code 10): No ACK [__main__]'],
    'flash.targetNoAck',
  ],
  [
    '6 locked',
    ['0000900 W NRF52840 APPROTECT enabled: not automatically unlocking [target_nRF52]'],
    'flash.deviceLocked',
  ],
  [
    '11 no probe',
    ['No connected debug probes', '0000500 E No target device available [load_cmd]'],
    'flash.probeMissing',
  ],
  ['11 other probe', ["No connected debug probe matches unique ID '066D'"], 'flash.probeMissing'],
  [
    '14 busy',
    ['0000612 C Error received from server for command open (status code 3): busy [__main__]'],
    'flash.probeBusy',
  ],
  ['16 no server', ['0000612 C Error: [Errno 111] Connection refused [__main__]'], 'flash.probeMissing'],
  [
    '22 protected',
    ['0000612 C flash program page failure (address 0x08000000; result code 0x1) [__main__]'],
    'flash.writeFailed',
    { address: '0x08000000' },
  ],
  [
    '24 busy controller',
    ['0000612 C flash erase sector failure (address 0x08004000; result code 0xaaaa) [__main__]'],
    'flash.eraseFailed',
    { address: '0x08004000' },
  ],
  ['24 timed out', ['0000612 C flash erase sector timed out [__main__]'], 'flash.deviceTimeout'],
  [
    '26 unplugged',
    ['0000612 C Error received from server for command write_mem (status code 2): gone'],
    'flash.probeUnplugged',
  ],
  [
    '28 waits',
    ['0000612 E Error reading AP#0 IDR: WAIT [discovery]', '0000613 C No cores were discovered! [__main__]'],
    'flash.probeLinkUnstable',
  ],
  [
    '30 protocol',
    ['0000612 C Error received from server for command hello (status code 1): version [__main__]'],
    'flash.toolTooNew',
  ],
  [
    '31 target',
    [
      "0000612 C Target type stm32l4r5xx not recognized. Use 'pyocd list --targets' to see currently available target types. [__main__]",
    ],
    'flash.targetUnknown',
    { target: 'stm32l4r5xx', tool: 'pyOCD' },
  ],
  [
    '32 outside',
    ['0000612 C no memory region defined for address 0x09000000 [__main__]'],
    'flash.deviceOutside',
    { address: '0x09000000' },
  ],
  [
    '35 option',
    ['usage: pyocd load', 'pyocd: error: unrecognized arguments: --no-reset'],
    'flash.toolTooOld',
    { found: '0.46.0', needed: '0.36.0' },
  ],
  [
    'unknown words',
    ['0000612 C the moon is full [__main__]', 'more'],
    'flash.toolFailed',
    { said: '0000612 C the moon is full [__main__]' },
  ],
  ['no words', [], 'flash.toolFailed', { said: '' }],
];

describe('what pyOCD prints', () => {
  it.each(rows)('row %s', (_, lines, code, facts = {}) => {
    const fault = pyocdFault(lines, about);
    expect(fault.code).toBe(code);
    expect(fault.facts).toMatchObject(facts);
  });

  it('a lock is seen although it goes on', () => {
    expect(saysLocked(['0000900 W NRF52840 APPROTECT enabled: will try to unlock via mass erase'])).toBe(true);
    expect(saysLocked(["Warning: Target is locked, limited operations available. Use 'unlock'"])).toBe(true);
    expect(saysLocked(['NRF52840 not in secure state'])).toBe(false);
  });

  it('a word of memory', () => {
    expect(readWord(['x', 'e0042000:  10076413                               |..d.|'], 0xe0042000)).toBe(0x10076413);
    expect(readWord(['e0042004:  10076413'], 0xe0042000)).toBeUndefined();
    expect(readWord(['Error: memory transfer failed'], 0xe0042000)).toBeUndefined();
    expect(readWord(['10000100:  ffffffff'], 0x10000100)).toBe(0xffffffff);
  });

  it.each([
    ['0.46.0\n', '0.46.0'],
    ['0.36.1.dev3\n', '0.36.1'],
    ['warning: x\n0.45.0', '0.45.0'],
    ['pyocd 1', undefined],
    ['', undefined],
  ])('the version in %j', (said, version) => expect(pyocdVersion(said)).toBe(version));
});

describe('the bars', () => {
  const bar = `[---|---|---|---|---|---|---|---|---|----]\n[${'='.repeat(40)}]\n`;
  const read = (pieces: string[]): BarProgress[] => {
    const seen: BarProgress[] = [];
    const reader = new BarReader((progress) => seen.push(progress));
    for (const piece of pieces) reader.push(piece);
    return seen;
  };

  it('are the same however they are cut', () => {
    const whole = read([bar + bar]);
    expect(whole).toHaveLength(82);
    expect(whole[0]).toEqual({ bar: 0, fraction: 0 });
    expect(whole[40]).toEqual({ bar: 0, fraction: 1 });
    expect(whole[81]).toEqual({ bar: 1, fraction: 1 });
    for (let cut = 0; cut < bar.length; cut += 1)
      expect(read([bar.slice(0, cut), bar.slice(cut), ...bar])).toEqual(whole);
  });

  it('as Windows ends its lines', () => expect(read([bar.replaceAll('\n', '\r\n')])).toHaveLength(41));

  it('nothing else is one', () => expect(read(['[====]\n=====[---|\n[===', 'Saved 3 bytes\n'])).toEqual([]));

  it('never more than whole', () => {
    expect(read([bar.replace(']\n[', ']\n[==========')]).at(-1)).toEqual({ bar: 0, fraction: 1 });
  });
});
