import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { probeSchema } from '../../../../src/shared/domain/flash.ts';
import { listProbes } from '../../../../src/main/flash/probes/index.ts';
import type { ListedPort } from '../../../../src/main/transport/index.ts';
import { FakeSysfs } from '../../../support/sysfs.ts';

const boards = [
  { id: 'nucleo', flash: { probes: [{ vendorId: '0483', productId: '374b' }] } },
  { id: 'other-nucleo', flash: { probes: [{ vendorId: '0483', productId: '374b' }] } },
  { id: 'kit', flash: { probes: [{ vendorId: '1366', productId: '1051' }] } },
  { id: 'virtual', flash: null },
];
const raw = '\x57\xff\x72\x06\x66\x75\x57\x57\x24\x43\x17\x87';
const serial = '57FF72066675575724431787';

describe('probes from a list of serial ports', () => {
  const list = (platform: NodeJS.Platform, ports: ListedPort[]): ReturnType<typeof listProbes> =>
    listProbes({ platform, boards, sysFolder: '/nowhere', listPorts: () => Promise.resolve(ports) });

  it('macOS: ports of one location are those of one probe', async () => {
    const kit = { vendorId: '1366', productId: '1051', serialNumber: '001050012345' };
    const probes = await list('darwin', [
      { ...kit, path: '/dev/tty.usbmodem0010500123451', locationId: '01210000' },
      { ...kit, path: '/dev/tty.usbmodem0010500123453', locationId: '01210000' },
      { path: '/dev/tty.Bluetooth' },
      { path: '/dev/tty.usbserial', vendorId: '0403', productId: '6001', locationId: '01220000' },
    ]);
    expect(probes).toEqual([
      {
        serial: '001050012345',
        kind: 'jlink',
        product: 'J-Link',
        usb: { vendorId: '1366', productId: '1051' },
        ports: ['/dev/tty.usbmodem0010500123451', '/dev/tty.usbmodem0010500123453'],
        boards: ['kit'],
      },
    ]);
    for (const probe of probes) probeSchema.parse(probe);
  });

  it('Windows: interfaces of one parent instance are one probe; equal probes at two sockets are two', async () => {
    const port = (path: string, pnpId: string): ListedPort => ({ path, vendorId: '0483', productId: '374B', pnpId });
    const probes = await list('win32', [
      port('COM7', 'USB\\VID_0483&PID_374B&MI_02\\6&3A1B2C3D&0&0002'),
      port('COM8', 'USB\\VID_0483&PID_374B&MI_04\\6&3A1B2C3D&0&0004'),
      port('COM9', 'USB\\VID_0483&PID_374B&MI_02\\6&11112222&0&0002'),
      port('COM11', 'USB\\VID_0483&PID_374B\\066EFF343334'),
    ]);
    expect(probes.map(({ ports }) => ports)).toEqual([['COM7', 'COM8'], ['COM9'], ['COM11']]);
    expect(probes[0]).toMatchObject({ kind: 'stlink', product: 'ST-LINK/V2-1', boards: ['nucleo', 'other-nucleo'] });
  });

  it('without topology two spellings of one serial are one probe', async () => {
    const stlink = { vendorId: '0x0483', productId: '374B' };
    const probes = await list('linux', [
      { ...stlink, path: '/dev/ttyACM0', serialNumber: raw },
      { ...stlink, path: '/dev/ttyACM1', serialNumber: serial },
      { ...stlink, path: '/dev/ttyACM2', serialNumber: '066EFF343334584143' },
      { ...stlink, path: '/dev/ttyACM3' },
      { ...stlink, path: '/dev/ttyACM4' },
    ]);
    expect(probes.map(({ serial: found, ports }) => [found, ports])).toEqual([
      ['', ['/dev/ttyACM3']],
      ['', ['/dev/ttyACM4']],
      ['066EFF343334584143', ['/dev/ttyACM2']],
      [serial, ['/dev/ttyACM0', '/dev/ttyACM1']],
    ]);
  });

  it('tells of a list that cannot be had', async () => {
    const listPorts = (): Promise<ListedPort[]> => Promise.reject(new Error('no registry'));
    await expect(listProbes({ platform: 'win32', boards, listPorts })).rejects.toMatchObject({
      code: 'transport.listFailed',
      facts: { reason: 'no registry' },
    });
  });
});

// Names of the kernel's folders hold colons, which Windows does not allow.
describe.skipIf(process.platform === 'win32')('probes from sysfs', () => {
  let sys = '';
  let fake: FakeSysfs;
  beforeEach(async () => {
    sys = await mkdtemp(join(tmpdir(), 'jb-sysfs-'));
    fake = await FakeSysfs.in(sys);
  });
  afterEach(() => rm(sys, { recursive: true }));

  const plugIn: FakeSysfs['plugIn'] = (place, attributes) => fake.plugIn(place, attributes);
  const port: FakeSysfs['port'] = (device, interfaceName, name) => fake.port(device, interfaceName, name);
  const list = (): ReturnType<typeof listProbes> =>
    listProbes({ platform: 'linux', boards, sysFolder: sys, listPorts: () => Promise.reject(new Error('not asked')) });

  it('pairs each probe with the serial ports below it, however its serial is spelled', async () => {
    await plugIn('1-2', { idVendor: '0424', idProduct: '2514', product: 'Hub' });
    const stlink = await plugIn('1-2/1-2.1', {
      idVendor: '0483',
      idProduct: '374B',
      serial: raw,
      product: 'STM32 STLink',
    });
    const kit = await plugIn('1-2/1-2.10', {
      idVendor: '1366',
      idProduct: '1051',
      serial: '001050012345',
      product: 'J-Link',
    });
    await port(kit, '1-2.10:1.2', 'ttyACM10');
    await port(kit, '1-2.10:1.0', 'ttyACM2');
    await port(stlink, '1-2.1:1.2', 'ttyACM0');
    expect(await list()).toEqual([
      {
        serial: '001050012345',
        kind: 'jlink',
        product: 'J-Link',
        usb: { vendorId: '1366', productId: '1051' },
        ports: ['/dev/ttyACM2', '/dev/ttyACM10'],
        boards: ['kit'],
      },
      {
        serial,
        kind: 'stlink',
        product: 'STM32 STLink',
        usb: { vendorId: '0483', productId: '374b' },
        ports: ['/dev/ttyACM0'],
        boards: ['nucleo', 'other-nucleo'],
      },
    ]);
  });

  it('sees a probe without serial port, knows CMSIS-DAP by its name, and passes over everything else', async () => {
    await plugIn('1-1', {
      idVendor: '2e8a',
      idProduct: '000c',
      serial: 'e6616408',
      product: 'Debug Probe (CMSIS-DAP)',
    });
    await plugIn('1-3', { idVendor: '1234', idProduct: 'ABCD', product: 'Bench cmsis-dap v2' });
    await plugIn('1-4', { idVendor: '0483', idProduct: '5740', serial: 'X', product: 'STM32 Virtual ComPort' });
    await plugIn('1-5', { idVendor: '2e8a', idProduct: '0004', serial: 'E66' });
    await plugIn('1-6', { product: 'nameless' });
    await symlink(join(sys, 'gone'), join(sys, 'bus/usb/devices/1-7'));
    expect((await list()).map(({ serial: found, kind, product, ports }) => [found, kind, product, ports])).toEqual([
      ['', 'cmsisDap', 'Bench cmsis-dap v2', []],
      ['E66', 'other', 'Picoprobe', []],
      ['E6616408', 'cmsisDap', 'Debug Probe (CMSIS-DAP)', []],
    ]);
  });

  it('keeps two probes apart that carry one serial', async () => {
    await plugIn('1-1', { idVendor: '0483', idProduct: '374b', serial });
    await plugIn('1-2', { idVendor: '0483', idProduct: '374b', serial: raw });
    expect((await list()).map((probe) => probe.serial)).toEqual([serial, serial]);
  });
});
