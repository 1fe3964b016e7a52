import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listSerialPorts } from '../../../src/main/transport/index.ts';
import type { ListedPort, SerialDriver } from '../../../src/main/transport/index.ts';
import { devicePortGroup, findPortHolder } from '../../../src/main/transport/port-holder.ts';
import { listBySysfs } from '../../../src/main/transport/sysfs.ts';

const driverWith = (ports: readonly ListedPort[]): SerialDriver => ({
  list: () => Promise.resolve([...ports]),
  open: () => Promise.reject(new Error('not here')),
});

describe('listSerialPorts', () => {
  it('counts as people do and writes USB ids in one way', async () => {
    const ports = await listSerialPorts(
      'win32',
      driverWith([
        {
          path: 'COM10',
          vendorId: '0483',
          productId: '374B',
          serialNumber: '066EFF343334',
          manufacturer: ' STMicroelectronics ',
        },
        { path: 'COM2', vendorId: '0x2A03', productId: '43' },
        { path: 'COM1', manufacturer: '(Standard port types)', serialNumber: '' },
      ]),
    );
    expect(ports).toEqual([
      { path: 'COM1', usb: undefined, serial: undefined, manufacturer: '(Standard port types)', location: undefined },
      {
        path: 'COM2',
        usb: { vendorId: '2a03', productId: '0043' },
        serial: undefined,
        manufacturer: undefined,
        location: undefined,
      },
      {
        path: 'COM10',
        usb: { vendorId: '0483', productId: '374b' },
        serial: '066EFF343334',
        manufacturer: 'STMicroelectronics',
        location: undefined,
      },
    ]);
  });

  it('shows a pair of macOS once, as the callout device', async () => {
    const ports = await listSerialPorts(
      'darwin',
      driverWith([
        { path: '/dev/tty.usbmodem1' },
        { path: '/dev/cu.usbmodem1', vendorId: '0483', productId: '374e' },
        { path: '/dev/tty.Bluetooth' },
      ]),
    );
    expect(ports.map((port) => [port.path, port.usb?.productId])).toEqual([
      ['/dev/cu.Bluetooth', undefined],
      ['/dev/cu.usbmodem1', '374e'],
    ]);
  });

  it('turns a failing list into a fault', async () => {
    const driver: SerialDriver = { ...driverWith([]), list: () => Promise.reject(new Error('spawn udevadm ENOENT')) };
    await expect(listSerialPorts('linux', driver)).rejects.toMatchObject({ code: 'transport.listFailed' });
  });
});

describe.skipIf(process.platform === 'win32')('who has a port', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'joulebench-holder-'));
    await writeFile(join(folder, 'ttyACM0'), '');
    await symlink(join(folder, 'ttyACM0'), join(folder, 'by-id'));
    for (const [pid, program, file] of [
      ['12', 'bash', '/dev/null'],
      ['345', 'minicom', join(folder, 'ttyACM0')],
    ] as const) {
      await mkdir(join(folder, 'proc', pid, 'fd'), { recursive: true });
      await writeFile(join(folder, 'proc', pid, 'comm'), `${program}\n`);
      await symlink(file, join(folder, 'proc', pid, 'fd', '3'));
    }
    await mkdir(join(folder, 'proc', 'self'), { recursive: true });
    // A process that may not be looked into.
    await mkdir(join(folder, 'proc', '99'), { recursive: true });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('finds the process in the process table, also behind a link', async () => {
    expect(await findPortHolder(join(folder, 'by-id'), join(folder, 'proc'))).toEqual({ program: 'minicom', pid: 345 });
  });

  it('knows nothing when nobody has it', async () => {
    await writeFile(join(folder, 'ttyACM1'), '');
    expect(await findPortHolder(join(folder, 'ttyACM1'), join(folder, 'proc'))).toBeUndefined();
  });

  it('names the group of the device file', async () => {
    const { gid } = await stat(join(folder, 'ttyACM0'));
    await writeFile(join(folder, 'group'), `daemon:x:9999:\ndialout:x:${gid}:anna\n`);
    expect(await devicePortGroup(join(folder, 'ttyACM0'), join(folder, 'group'))).toBe('dialout');
    await writeFile(join(folder, 'group'), `root:x:${gid}:\n`);
    expect(await devicePortGroup(join(folder, 'ttyACM0'), join(folder, 'group'))).toBeUndefined();
  });
});

describe.skipIf(process.platform === 'win32')('listBySysfs', () => {
  it('finds the ports of USB devices, whatever stands between', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'joulebench-sysfs-'));
    const usb = join(folder, 'devices/pci/usb1/1-2');
    await mkdir(join(usb, '1-2:1.2'), { recursive: true });
    await mkdir(join(usb, '1-2:1.0/ttyUSB0'), { recursive: true });
    await mkdir(join(folder, 'devices/platform/serial8250'), { recursive: true });
    for (const [name, text] of [
      ['idVendor', '0483\n'],
      ['idProduct', '374b\n'],
      ['serial', '066EFF\n'],
      ['manufacturer', 'STMicroelectronics\n'],
    ] as const) {
      await writeFile(join(usb, name), text);
    }
    for (const [name, device] of [
      ['ttyACM0', join(usb, '1-2:1.2')],
      ['ttyUSB0', join(usb, '1-2:1.0/ttyUSB0')],
      ['ttyS0', join(folder, 'devices/platform/serial8250')],
    ] as const) {
      await mkdir(join(folder, 'class/tty', name), { recursive: true });
      await symlink(device, join(folder, 'class/tty', name, 'device'));
    }
    await mkdir(join(folder, 'class/tty/console'));
    const ports = await listBySysfs(folder);
    const facts = { vendorId: '0483', productId: '374b', serialNumber: '066EFF', manufacturer: 'STMicroelectronics' };
    expect(ports.sort((a, b) => a.path.localeCompare(b.path))).toEqual([
      { path: '/dev/ttyACM0', ...facts },
      { path: '/dev/ttyUSB0', ...facts },
    ]);
    await rm(folder, { recursive: true });
  });
});
