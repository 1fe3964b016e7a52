import { describe, expect, it } from 'vitest';
import { calloutPath, formatAddress, parseAddress } from '../../../src/main/transport/index.ts';

describe('parseAddress', () => {
  it.each([
    ['COM1', 'win32', 'COM1'],
    ['com10', 'win32', 'COM10'],
    ['\\\\.\\COM10', 'win32', 'COM10'],
    ['COM256', 'win32', 'COM256'],
    ['/dev/ttyACM0', 'linux', '/dev/ttyACM0'],
    ['ttyUSB3', 'linux', '/dev/ttyUSB3'],
    ['/tmp/dut', 'linux', '/tmp/dut'],
    [' /dev/serial/by-id/usb-ST_LINK-if02 ', 'linux', '/dev/serial/by-id/usb-ST_LINK-if02'],
    ['/dev/tty.usbmodem1101', 'darwin', '/dev/cu.usbmodem1101'],
    ['cu.usbserial-A50285BI', 'darwin', '/dev/cu.usbserial-A50285BI'],
  ] as const)('%s on %s is the port %s', (text, platform, path) => {
    expect(parseAddress(text, platform)).toEqual({ kind: 'serial', path });
  });

  it.each([
    ['tcp:127.0.0.1:7000', '127.0.0.1', 7000],
    ['tcp://bench-pc:65535', 'bench-pc', 65_535],
    ['TCP:[::1]:7000', '::1', 7000],
  ] as const)('%s is an address on every system', (text, host, port) => {
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      expect(parseAddress(text, platform)).toEqual({ kind: 'tcp', host, port });
    }
  });

  it.each([
    ['COM0', 'win32'],
    ['COM257', 'win32'],
    ['COM', 'win32'],
    ['/dev/ttyACM0', 'win32'],
    ['LPT1', 'win32'],
    ['', 'linux'],
    ['COM7', 'linux'],
    ['/dev/', 'linux'],
    ['../ttyACM0', 'linux'],
    ['tcp:host', 'linux'],
    ['tcp:host:0', 'linux'],
    ['tcp:host:70000', 'win32'],
    ['tcp::7000', 'darwin'],
  ] as const)('%s on %s is refused with what was given', (text, platform) => {
    expect(() => parseAddress(text, platform)).toThrow(
      expect.objectContaining({ code: 'transport.badAddress', facts: { address: text } }),
    );
  });

  it('gives back what it reads', () => {
    for (const text of ['tcp:127.0.0.1:7000', 'tcp:[::1]:7000', '/dev/ttyACM0']) {
      expect(formatAddress(parseAddress(text, 'linux'))).toBe(text);
    }
    expect(formatAddress(parseAddress('com12', 'win32'))).toBe('COM12');
  });

  it('maps only the tty half of a pair', () => {
    expect(calloutPath('/dev/tty.usbmodem1')).toBe('/dev/cu.usbmodem1');
    expect(calloutPath('/dev/cu.usbmodem1')).toBe('/dev/cu.usbmodem1');
    expect(calloutPath('/dev/ttyS0')).toBe('/dev/ttyS0');
  });
});
