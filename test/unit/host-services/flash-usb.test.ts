import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBoards } from '../../../src/main/bench/index.ts';
import { listProbes } from '../../../src/main/flash/index.ts';
import type { FlashTool } from '../../../src/main/flash/index.ts';
import { createBeginRun } from '../../../src/main/host-services/begin-run.ts';
import { Flashings } from '../../../src/main/host-services/flash.ts';
import type { StartOptions, StartedRun } from '../../../src/main/host.ts';
import { resourcesDir } from '../../../src/main/places.ts';
import type { ListedPort } from '../../../src/main/transport/index.ts';
import { runSettingsSchema } from '../../../src/shared/domain/run.ts';
import type { Probe } from '../../../src/shared/domain/flash.ts';
import { FakeSysfs } from '../../support/sysfs.ts';
import { testHost } from '../../support/test-host.ts';

const mine = '066DFF515049657187123456';
const other = '0670FF303431434E43105A17';
const stlink = { idVendor: '0483', idProduct: '374b', product: 'ST-LINK/V2.1' };

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'jb-flash-usb-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const tool: FlashTool = {
  id: 'openocd',
  find: () => Promise.resolve({ id: 'openocd', path: '/bin/openocd', version: '0.12.0' }),
  refusal: () => undefined,
  recover: () => Promise.resolve(),
  flash: async (_found, { plan }, { onState }) => {
    await onState('verified', plan.totalBytes);
    return { state: 'verified', chipId: 0x470, targetV: 3.3, confirmedBytes: plan.totalBytes };
  },
};

/** A board flashed through the probe `mine` among those that a list tells; and what a run that starts at a bench is given. */
async function flashed(
  probes: () => Promise<Probe[]>,
): Promise<{ benches: readonly string[]; runAt: (benchId: string) => Promise<StartOptions> }> {
  const imageFile = join(home, 'image.bin');
  writeFileSync(imageFile, Buffer.alloc(64, 1));
  const host = await testHost(home);
  const flashings = new Flashings(host, { tools: [tool], probes });
  const wish = { board: 'nucleo-l4r5zi', imageFile, baseAddress: 0x0800_0000, probe: mine, unlock: false };
  const { id } = await flashings.start(wish, await flashings.benchesOf(wish));
  await flashings.find(id)?.done;
  expect(flashings.topic(id).value).toMatchObject({ operation: { state: 'done' }, simulated: false });

  const started: StartOptions[] = [];
  const beginRun = createBeginRun({
    host: { startRun: (options) => (started.push(options), Promise.resolve({} as StartedRun)) },
    flashings,
    operations: { add: () => ({}) as never },
    benches: { pace: 'max' },
    ensureFree: () => undefined,
  });
  const runAt = async (benchId: string): Promise<StartOptions> => {
    await beginRun({
      bench: benchId,
      workload: 'demo01',
      modes: ['accuracy'],
      operator: '',
      dutUnit: {},
      settings: runSettingsSchema.parse({}),
    });
    const last = started.pop();
    if (!last) throw new Error('no run was started');
    return last;
  };
  return { benches: flashings.topic(id).value.benches, runAt };
}

const onto = { flashed: { record: { board: 'nucleo-l4r5zi', probeSerial: mine, simulated: false } } };

// Names of the kernel's folders hold colons, which Windows does not allow.
describe.skipIf(process.platform === 'win32')('Linux: a run at the serial port below the probe', () => {
  async function bench(): Promise<{ sys: FakeSysfs; probes: () => Promise<Probe[]> }> {
    const sys = await FakeSysfs.in(join(home, 'sys'));
    await sys.port(await sys.plugIn('1-1', { ...stlink, serial: other }), '1-1:1.2', 'ttyACM0');
    await sys.port(await sys.plugIn('1-2/1-2.4', { ...stlink, serial: mine }), '1-2.4:1.2', 'ttyACM1');
    const boards = await readBoards(resourcesDir());
    return { sys, probes: () => listProbes({ platform: 'linux', boards, sysFolder: sys.folder }) };
  }

  it('is given what was flashed, and a run at another port is not', async () => {
    const { probes } = await bench();
    const { benches, runAt } = await flashed(probes);
    expect(benches).toEqual(['serial:/dev/ttyACM1']);
    const run = await runAt('serial:/dev/ttyACM1');
    expect(run).toMatchObject({ ...onto, bench: 'serial:/dev/ttyACM1' });
    // A board that is there is not simulated.
    expect(run.simulated).toBeUndefined();
    for (const elsewhere of ['serial:/dev/ttyACM0', 'tcp:127.0.0.1:7000', 'virtual'])
      expect((await runAt(elsewhere)).flashed).toBeUndefined();
  });

  it('is given nothing once another board answers at that port', async () => {
    const { sys, probes } = await bench();
    const { runAt } = await flashed(probes);
    await sys.unplug('1-2/1-2.4', ['ttyACM1']);
    expect((await runAt('serial:/dev/ttyACM1')).flashed).toBeUndefined();
    await sys.port(await sys.plugIn('1-3', { ...stlink, serial: 'A'.repeat(24) }), '1-3:1.2', 'ttyACM1');
    expect((await runAt('serial:/dev/ttyACM1')).flashed).toBeUndefined();
  });

  it('is given it again when the same board is back at the same port', async () => {
    const { sys, probes } = await bench();
    const { runAt } = await flashed(probes);
    await sys.unplug('1-2/1-2.4', ['ttyACM1']);
    await sys.port(await sys.plugIn('1-5', { ...stlink, serial: mine }), '1-5:1.2', 'ttyACM1');
    expect(await runAt('serial:/dev/ttyACM1')).toMatchObject(onto);
  });
});

describe('Windows: a run at the port of the same parent instance', () => {
  const port = (path: string, instance: string, serialNumber: string): ListedPort => ({
    path,
    vendorId: '0483',
    productId: '374B',
    serialNumber,
    pnpId: `USB\\VID_0483&PID_374B&MI_02\\${instance}&0002`,
  });

  it('is given what was flashed, until another board has the port', async () => {
    let ports = [port('COM3', '6&11112222&0', other), port('COM7', '6&3A1B2C3D&0', mine)];
    const boards = await readBoards(resourcesDir());
    const probes = (): Promise<Probe[]> =>
      listProbes({ platform: 'win32', boards, listPorts: () => Promise.resolve(ports) });
    const { benches, runAt } = await flashed(probes);
    expect(benches).toEqual(['serial:COM7']);
    expect(await runAt('serial:COM7')).toMatchObject({ ...onto, bench: 'serial:COM7' });
    expect((await runAt('serial:COM3')).flashed).toBeUndefined();
    ports = [port('COM7', '6&11112222&0', other), port('COM3', '6&3A1B2C3D&0', mine)];
    expect((await runAt('serial:COM7')).flashed).toBeUndefined();
    ports = [];
    expect((await runAt('serial:COM7')).flashed).toBeUndefined();
  });

  it('is given nothing while the system does not list its ports', async () => {
    let broken = false;
    const boards = await readBoards(resourcesDir());
    const listPorts = (): Promise<ListedPort[]> =>
      broken ? Promise.reject(new Error('no registry')) : Promise.resolve([port('COM7', '6&3A1B2C3D&0', mine)]);
    const { runAt } = await flashed(() => listProbes({ platform: 'win32', boards, listPorts }));
    broken = true;
    expect((await runAt('serial:COM7')).flashed).toBeUndefined();
    broken = false;
    expect(await runAt('serial:COM7')).toMatchObject(onto);
  });
});
