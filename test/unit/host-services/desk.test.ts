import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ListedSerial } from '../../../src/main/bench/index.ts';
import { Desk } from '../../../src/main/host-services/desk.ts';
import type { DeskWorld } from '../../../src/main/host-services/desk-world.ts';
import { openBenchFile } from '../../../src/main/store/index.ts';
import type { LockHolder } from '../../../src/shared/domain/bench-state.ts';
import type { DeskDevice } from '../../../src/shared/domain/bench-desk.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const board = (path: string): ListedSerial => ({
  path,
  usb: { vendorId: '0483', productId: '374b' },
  serial: '0669FF',
  manufacturer: 'STMicroelectronics',
  location: undefined,
});
const meter = (path: string): ListedSerial => ({
  path,
  usb: { vendorId: '1915', productId: 'c00a' },
  serial: 'E3A1',
  manufacturer: 'Nordic',
  location: undefined,
});

/** A computer whose ports the test plugs. */
class Bench {
  readonly clock = new ManualClock();
  readonly path = join(mkdtempSync(join(tmpdir(), 'jb-desk-')), 'bench.json');
  ports: ListedSerial[] = [];
  named = new Set<string>();
  holders = new Map<string, LockHolder>();
  access: Pick<DeskDevice, 'access' | 'group'> = { access: 'ok' };
  listFault: Fault | undefined;

  async desk(): Promise<Desk> {
    const world: DeskWorld = {
      listPorts: () => (this.listFault ? Promise.reject(this.listFault) : Promise.resolve(this.ports)),
      listProbes: () => Promise.resolve([]),
      exists: (path) => Promise.resolve(this.named.has(path)),
      access: () => Promise.resolve(this.access),
    };
    const desk = new Desk({
      clock: this.clock,
      platform: 'linux',
      file: await openBenchFile(this.path),
      world,
      locks: {
        claim: () => Promise.reject(new Error('not asked for')),
        holder: (lockId) => Promise.resolve(this.holders.get(lockId)),
      },
    });
    await desk.refresh();
    return desk;
  }

  hold(lockId: string, change: Partial<LockHolder> = {}): void {
    this.holders.set(lockId, {
      pid: 4242,
      host: 'bench-pc',
      program: 'joulebench run',
      purpose: 'demo01 energy',
      sinceEpochMs: 0,
      ours: false,
      ...change,
    });
  }
}

let bench: Bench;
beforeEach(() => (bench = new Bench()));
const byRole = (desk: Desk): unknown =>
  desk.value.devices.map(({ role, use, port, state }) => [role, use, port, state]);

describe('roles', () => {
  it('are remembered by the USB serial: the bench is there again next time, at other ports', async () => {
    bench.ports = [board('/dev/ttyACM0'), meter('/dev/ttyACM1')];
    const desk = await bench.desk();
    expect(desk.value.devices.map(({ proposal }) => proposal)).toEqual([{ role: 'monitor', use: 'ppk2' }, null]);
    await desk.assign({ key: 'usb:0483:374b:0669FF', role: 'dut', use: null });
    await desk.assign({ key: 'usb:1915:c00a:E3A1', role: 'monitor', use: 'ppk2-ampere' });
    await desk.change({ kind: 'real', name: 'Lab 2', board: 'nucleo-l4r5zi' });
    expect(desk.value).toMatchObject({ kind: 'real', name: 'Lab 2', benchId: 'serial:/dev/ttyACM0' });

    bench.ports = [meter('/dev/ttyACM0'), board('/dev/ttyACM5')];
    const next = await bench.desk();
    expect(byRole(next)).toEqual([
      ['dut', null, '/dev/ttyACM5', 'ready'],
      ['monitor', 'ppk2-ampere', '/dev/ttyACM0', 'ready'],
    ]);
    expect(next.value).toMatchObject({ name: 'Lab 2', board: 'nucleo-l4r5zi', benchId: 'serial:/dev/ttyACM5' });
    expect(next.instruments().map(({ identity }) => identity.label)).toEqual(['/dev/ttyACM5', 'PPK2 (/dev/ttyACM0)']);
  });

  it('are played by one device each', async () => {
    bench.ports = [board('/dev/ttyACM0'), meter('/dev/ttyACM1')];
    const desk = await bench.desk();
    await desk.assign({ key: 'usb:0483:374b:0669FF', role: 'dut', use: null });
    await desk.assign({ key: 'usb:1915:c00a:E3A1', role: 'dut', use: null });
    expect(byRole(desk)).toEqual([
      ['dut', null, '/dev/ttyACM1', 'ready'],
      [null, null, '/dev/ttyACM0', 'ready'],
    ]);
    await expect(desk.assign({ key: 'usb:1915:c00a:E3A1', role: 'probe', use: null })).rejects.toMatchObject({
      code: 'bench.roleUnfit',
    });
    await expect(desk.assign({ key: 'usb:none', role: 'dut', use: null })).rejects.toMatchObject({
      code: 'bench.deviceUnknown',
    });
  });
});

describe('hot-plug', () => {
  it('shows at the next look, and says what is missing from the bench', async () => {
    const desk = await bench.desk();
    desk.start();
    bench.ports = [board('/dev/ttyACM0')];
    await bench.clock.advance(1.5);
    expect(byRole(desk)).toEqual([[null, null, '/dev/ttyACM0', 'ready']]);
    await desk.assign({ key: 'usb:0483:374b:0669FF', role: 'dut', use: null });
    bench.ports = [];
    await bench.clock.advance(1.5);
    expect(byRole(desk)).toEqual([['dut', null, '/dev/ttyACM0', 'absent']]);
    expect(desk.value.losses).toEqual([]);
    desk.stop();
  });

  it('names an instrument that goes away while it is in use, and forgives it when it is back', async () => {
    bench.ports = [meter('/dev/ttyACM1')];
    const desk = await bench.desk();
    await desk.assign({ key: 'usb:1915:c00a:E3A1', role: 'monitor', use: 'ppk2' });
    bench.hold('serial:/dev/ttyACM1', { ours: true });
    await desk.refresh();
    expect(desk.value.devices[0]).toMatchObject({ state: 'busy' });
    bench.ports = [];
    bench.holders.clear();
    await desk.refresh();
    expect(desk.value.losses).toMatchObject([{ id: 1, role: 'monitor', label: 'Nordic E3A1', port: '/dev/ttyACM1' }]);
    await desk.refresh();
    expect(desk.value.devices[0]).toMatchObject({
      state: 'absent',
      error: { fault: { code: 'bench.instrumentLost' } },
    });
    bench.ports = [meter('/dev/ttyACM2')];
    await desk.refresh();
    expect(desk.value.devices[0]).toMatchObject({ state: 'ready', port: '/dev/ttyACM2' });
    expect(desk.value.losses).toHaveLength(1);
  });

  it('keeps what is remembered when the system cannot list, and says why', async () => {
    bench.ports = [board('/dev/ttyACM0')];
    const desk = await bench.desk();
    await desk.assign({ key: 'usb:0483:374b:0669FF', role: 'dut', use: null });
    bench.listFault = new Fault('transport.listFailed', { reason: 'no udev' });
    await desk.refresh();
    expect(byRole(desk)).toEqual([['dut', null, '/dev/ttyACM0', 'absent']]);
    expect(desk.value.fault).toMatchObject({ code: 'transport.listFailed' });
    bench.listFault = undefined;
    await desk.refresh();
    expect(desk.value.fault).toBeUndefined();
    expect(byRole(desk)).toEqual([['dut', null, '/dev/ttyACM0', 'ready']]);
  });
});

describe('a device', () => {
  it('that another program holds is named, one that may not be opened is a fault', async () => {
    bench.ports = [board('/dev/ttyACM0')];
    bench.hold('serial:/dev/ttyACM0');
    const desk = await bench.desk();
    expect(desk.value.devices[0]).toMatchObject({ state: 'busy', holder: { program: 'joulebench run', pid: 4242 } });
    bench.holders.clear();
    bench.access = { access: 'refused', group: 'dialout' };
    await desk.refresh();
    expect(desk.value.devices[0]).toMatchObject({ state: 'fault', access: 'refused', group: 'dialout' });
  });

  it('can be named by hand, is watched, and forgotten', async () => {
    const desk = await bench.desk();
    bench.named.add('/tmp/dut');
    const key = await desk.add('/tmp/dut');
    await desk.assign({ key, role: 'dut', use: null });
    expect(byRole(desk)).toEqual([['dut', null, '/tmp/dut', 'ready']]);
    bench.named.clear();
    await desk.refresh();
    expect(byRole(desk)).toEqual([['dut', null, '/tmp/dut', 'absent']]);
    await desk.forget(key);
    expect(desk.value.devices).toEqual([]);
    expect(await desk.add('tcp:127.0.0.1:7000')).toBe('tcp:127.0.0.1:7000');
    expect(desk.value.devices).toMatchObject([{ medium: 'tcp', state: 'ready', knownBy: 'address' }]);
    await expect(desk.add('not a port')).rejects.toMatchObject({ code: 'transport.badAddress' });
  });

  it('that is attached is not forgotten', async () => {
    bench.ports = [board('/dev/ttyACM0')];
    const desk = await bench.desk();
    await expect(desk.forget('usb:0483:374b:0669FF')).rejects.toMatchObject({ code: 'bench.deviceAttached' });
  });

  it('keeps what the doctor heard, and the fault that ended a run until the doctor finds it well', async () => {
    bench.ports = [meter('/dev/ttyACM1')];
    const desk = await bench.desk();
    await desk.assign({ key: 'usb:1915:c00a:E3A1', role: 'monitor', use: 'ppk2' });
    const fault = new Fault('emon.silent', { instrument: 'PPK2 (/dev/ttyACM1)', command: '19', waitedS: 2 });
    desk.noteEnded('op-1', fault.toRecord());
    expect(desk.value.devices[0]).toMatchObject({ state: 'fault', error: { fault: { code: 'emon.silent' } } });
    await desk.noteWell('/dev/ttyACM1', { name: 'PPK2', serial: 'E3A1' });
    desk.noteEnded('op-1', fault.toRecord());
    expect(desk.value.devices[0]).toMatchObject({ state: 'ready', says: { name: 'PPK2', serial: 'E3A1' } });
    expect((await bench.desk()).value.devices[0]?.says).toMatchObject({ name: 'PPK2' });
  });
});
