import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readPlanImage } from '../../../src/main/model/index.ts';
import { compileFirmware, planCost } from '../../../src/main/virtual/index.ts';
import { DutDevice, type DeviceSettings } from '../../../src/main/virtual/device.ts';
import { SimClock } from '../../../src/main/virtual/sim-clock.ts';
import { workerEngine } from '../../../src/main/virtual/worker-engine.ts';
import { costTable, demo, firmware } from './support.ts';

const module = compileFirmware(firmware);
const settings: DeviceSettings = {
  image: demo.image,
  model: 'demo01',
  cost: planCost(demo.image, readPlanImage(demo.image), costTable, 1.25),
  cpuHz: 80e6,
  baud: 115_200,
  mode: 'performance',
  clockStartUs: 0,
  pulseS: 1e-3,
  ppm: 0,
  bootDelayS: 0.1,
};

function entry(source: string): URL {
  const file = join(mkdtempSync(join(tmpdir(), 'joulebench-worker-')), 'worker.mjs');
  writeFileSync(file, source);
  return pathToFileURL(file);
}

const answering = (onStep: string): URL =>
  entry(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', (request) => {
      if (request.kind === 'start') parentPort.postMessage({ kind: 'started' });
      else { ${onStep} }
    });
  `);

describe('the DUT in a worker', () => {
  it('boots and steps as in line', async () => {
    const dut = await workerEngine(module)(settings);
    const boot = await dut.boot(8_000_000);
    expect(boot.sent.map(({ bytes }) => Buffer.from(bytes).toString()).join('')).toContain('m-init-done');
    expect(boot.sent[0]?.endCycle).toBe(8_000_000 + 30 * 6_944);
    const step = await dut.step({ cycle: 20_000_000, bytes: Buffer.from('name%') });
    expect(step.more).toBe(false);
    expect(step.endCycle).toBeGreaterThan(20_000_000);
    dut.close();
    await expect(dut.step()).rejects.toThrow('virtual.dutCrashed');
  });

  it('passes on why the firmware did not take the model', async () => {
    const damaged = demo.image.slice(0, 200);
    await expect(workerEngine(module)({ ...settings, image: damaged })).rejects.toThrow('virtual.modelRefused');
  });

  it('is ended when a step never comes back', async () => {
    const hanging = answering('for (;;) {}');
    const dut = await workerEngine(module, { entry: hanging, stepDeadlineS: 0.2 })(settings);
    await expect(dut.boot(0)).rejects.toThrow('virtual.dutHung');
    await expect(dut.step()).rejects.toThrow('virtual.dutHung');
  });

  it('says so when the worker dies', async () => {
    const dying = await workerEngine(module, { entry: answering('process.exit(3);') })(settings);
    await expect(dying.boot(0)).rejects.toThrow('virtual.dutCrashed');
    const throwing = await workerEngine(module, { entry: answering('throw new Error("trap");') })(settings);
    await expect(throwing.boot(0)).rejects.toThrow(/virtual\.dutCrashed.*trap/);
  });

  it('brings a crash to whoever holds the line, and loses its power', async () => {
    const clock = new SimClock();
    const crashes: Error[] = [];
    const powerUp = workerEngine(module, { entry: answering('process.exit(3);') });
    const output = { toHost: () => undefined, crashed: (fault: Error) => void crashes.push(fault) };
    const device = new DutDevice(clock, powerUp, settings, output);
    await device.powerOn();
    await new Promise<void>((resolve) => clock.setTimer(1, resolve));
    expect(crashes.map(({ message }) => message)).toEqual([expect.stringContaining('virtual.dutCrashed')]);
    expect(device.isPowered).toBe(false);
    clock.close();
  });

  it('is dropped in the middle of a step by a power cut', async () => {
    const clock = new SimClock();
    const output = { toHost: () => undefined, crashed: (fault: Error) => expect.fail(fault.message) };
    const device = new DutDevice(clock, workerEngine(module, { entry: answering('') }), settings, output);
    await device.powerOn();
    // The step that boots never answers and holds the clock; the cut comes from outside.
    while (clock.nowNs() < 100_000_000) await new Promise((resolve) => setImmediate(resolve));
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(clock.nowNs()).toBe(100_000_000);
    device.powerOff();
    await new Promise<void>((resolve) => clock.setTimer(1, resolve));
    expect(clock.nowNs()).toBe(1_100_000_000);
    clock.close();
  });
});
