import { describe, expect, it } from 'vitest';
import type { Probe } from '../../../../src/shared/domain/flash.ts';
import { chooseProbe, requireProbe } from '../../../../src/main/flash/probes/index.ts';

function probe(serial: string, changes: Partial<Probe> = {}): Probe {
  return {
    serial,
    kind: 'stlink',
    product: 'ST-LINK/V2-1',
    usb: { vendorId: '0483', productId: '374b' },
    ports: [],
    boards: ['nucleo'],
    ...changes,
  };
}
const first = probe('57FF72066675575724431787', { ports: ['/dev/ttyACM0'] });
const second = probe('066EFF343334584143183927');
const kit = probe('001050012345', {
  kind: 'jlink',
  product: 'J-Link',
  usb: { vendorId: '1366', productId: '1051' },
  boards: ['kit'],
});
const free = probe('E6616408', {
  kind: 'cmsisDap',
  product: 'Debugprobe',
  usb: { vendorId: '2e8a', productId: '000c' },
  boards: [],
});

describe('chooseProbe', () => {
  it.each([
    ['the only probe on the board, whatever else is attached', [kit, first, free], { board: 'nucleo' }, first],
    ['the only probe that is on no board, where the board has none attached', [kit, free], { board: 'pico' }, free],
    ['the one that was named', [first, second], { board: 'nucleo', serial: second.serial }, second],
    [
      'the one that was named in small letters',
      [first, second],
      { board: 'nucleo', serial: '57ff72066675575724431787' },
      first,
    ],
    [
      'the one that was named by its raw bytes',
      [first, second],
      { board: 'nucleo', serial: '\x57\xff\x72\x06\x66\x75\x57\x57\x24\x43\x17\x87' },
      first,
    ],
    ['one of another board, if it was named', [kit], { board: 'nucleo', serial: '001050012345' }, kit],
  ])('takes %s', (_what, probes, wish, expected) => {
    expect(chooseProbe(probes, wish)).toEqual({ probe: expected });
    expect(requireProbe(probes, wish)).toBe(expected);
  });

  it.each([
    ['nothing is attached', [], { board: 'nucleo' }, 'none', 'flash.probeNone', { board: 'nucleo' }],
    [
      'nothing has the serial',
      [first],
      { board: 'nucleo', serial: 'ABC' },
      'unknownSerial',
      'flash.probeUnknown',
      { serial: 'ABC', found: ['ST-LINK/V2-1 57FF72066675575724431787 /dev/ttyACM0'] },
    ],
    [
      'two such boards are attached',
      [first, second],
      { board: 'nucleo' },
      'several',
      'flash.probeSeveral',
      { board: 'nucleo' },
    ],
    [
      'two free probes are attached',
      [free, { ...free, serial: 'E2' }],
      { board: 'pico' },
      'several',
      'flash.probeSeveral',
      {},
    ],
    [
      'two carry the named serial',
      [first, { ...first }],
      { board: 'nucleo', serial: first.serial },
      'several',
      'flash.probeSeveral',
      {},
    ],
    [
      'only another board is attached',
      [kit],
      { board: 'nucleo' },
      'otherBoards',
      'flash.probeOtherBoard',
      { found: ['J-Link 001050012345'] },
    ],
  ])('takes none when %s', (_what, probes, wish, reason, code, facts) => {
    expect(chooseProbe(probes, wish)).toEqual({ probe: undefined, reason, candidates: probes });
    expect(() => requireProbe(probes, wish)).toThrow(
      expect.objectContaining({ code, facts: expect.objectContaining(facts) as object }),
    );
  });
});
