import { describe, expect, it } from 'vitest';
import { attachedDevices } from '../../../src/main/bench/index.ts';
import type { ListedSerial } from '../../../src/main/bench/index.ts';
import type { Probe } from '../../../src/shared/domain/flash.ts';

const port = (path: string, change: Partial<ListedSerial> = {}): ListedSerial => ({
  path,
  usb: undefined,
  serial: undefined,
  manufacturer: undefined,
  location: undefined,
  ...change,
});
const ppk2 = { vendorId: '1915', productId: 'c00a' };

describe('the key of a device', () => {
  it('is the same at another port where the device has a USB serial', () => {
    const keys = ['/dev/ttyACM0', '/dev/ttyACM7'].map(
      (path) => attachedDevices([port(path, { usb: ppk2, serial: 'E3A1' })], [])[0]?.key,
    );
    expect(new Set(keys)).toEqual(new Set(['usb:1915:c00a:E3A1']));
  });

  it('is its place where it has none, so that two of a kind are told apart', () => {
    const usb = { vendorId: '1a86', productId: '7523' };
    const found = attachedDevices(
      [port('COM3', { usb, location: 'hub1.2' }), port('COM4', { usb, location: 'hub1.3' }), port('COM1')],
      [],
    );
    expect(found.map(({ key, knownBy }) => [key, knownBy])).toEqual([
      ['place:1a86:7523:hub1.2', 'place'],
      ['place:1a86:7523:hub1.3', 'place'],
      ['port:COM1', 'place'],
    ]);
  });

  it('differs between the ports of one device; only the first of a PPK2 measures', () => {
    const found = attachedDevices(
      ['/dev/ttyACM1', '/dev/ttyACM2'].map((path) => port(path, { usb: ppk2, serial: 'E3A1' })),
      [],
    );
    expect(found.map(({ key }) => key)).toEqual(['usb:1915:c00a:E3A1', 'usb:1915:c00a:E3A1#2']);
    expect(found.map(({ proposal }) => proposal)).toEqual([{ role: 'monitor', use: 'ppk2' }, null]);
  });
});

it('proposes the port of a probe as the DUT, an Arduino UNO as the IO manager, and lists the probe itself', () => {
  const probe: Probe = {
    serial: '0669FF',
    kind: 'stlink',
    product: 'STLINK-V3',
    usb: { vendorId: '0483', productId: '374e' },
    ports: ['/dev/ttyACM0'],
    boards: [],
  };
  const found = attachedDevices(
    [
      port('/dev/ttyACM0', { usb: { vendorId: '0483', productId: '374e' }, serial: '0669FF' }),
      port('/dev/ttyACM3', { usb: { vendorId: '2341', productId: '0043' }, serial: '7573' }),
      port('/dev/ttyACM4', { usb: { vendorId: '0483', productId: '5740' }, serial: '2063' }),
    ],
    [probe],
  );
  expect(found.map(({ medium, proposal }) => [medium, proposal])).toEqual([
    ['serial', { role: 'dut', use: null }],
    ['serial', { role: 'ioManager', use: null }],
    ['serial', { role: 'monitor', use: 'lpm01a' }],
    ['probe', { role: 'probe', use: null }],
  ]);
  expect(found.at(-1)).toMatchObject({ key: 'probe:0483:374e:0669FF', ports: ['/dev/ttyACM0'] });
});
