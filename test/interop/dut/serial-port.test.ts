import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/main/bench/index.ts';
import { DutClient, diagnose } from '../../../src/main/dut/index.ts';
import { openSerial, openTcp } from '../../../src/main/transport/index.ts';
import type { SerialStream } from '../../../src/main/transport/index.ts';
import type { DoctorReport } from '../../../src/shared/domain/doctor.ts';
import type { Fault } from '../../../src/shared/fault/index.ts';
import { noPtyReason, openPty, serveDut } from '../../rig/dut/index.ts';
import type { Pty, ScriptedDutOptions, ServedDut } from '../../rig/dut/index.ts';

if (noPtyReason) console.warn(`skipped: ${noPtyReason}`);

const clock = systemClock();
const payload = Uint8Array.from({ length: 490 }, (_, index) => (index * 31) & 0xff);
const { platform } = process;

async function measure(client: DutClient): Promise<void> {
  expect(await client.identify({ expect: { model: 'kws01' } })).toMatchObject({
    model: 'kws01',
    timestampMode: 'performance',
  });
  expect(await client.load(payload, { verify: true })).toMatchObject({ attempts: 1, verified: 'ok' });
  const report = await client.infer(20, 1, { deadlineS: 20 });
  expect(report).toMatchObject({ iterations: 20, stampCount: 2, results: [490], warnings: [] });
  const hostS = (report.hostEndS ?? 0) - (report.hostStartS ?? 0);
  expect(hostS / (report.dutElapsedS ?? 1)).toBeGreaterThan(0.5);
  expect(await client.results()).toEqual([490]);
}

const options: ScriptedDutOptions = { bootS: 0.05, inferenceS: 0.005, results: (input) => String(input.length) };

it('a DUT behind TCP', async () => {
  const served = await serveDut(clock, options);
  const client = new DutClient({ stream: await openTcp({ host: '127.0.0.1', port: served.port, clock }), clock });
  await measure(client);
  await client.close();
  await served.close();
});

describe.skipIf(noPtyReason)('a DUT behind a serial port (pseudo terminal)', () => {
  let served: ServedDut;
  let pty: Pty;
  const open = (extra: { dtr?: boolean; deadlineS?: number } = {}): Promise<SerialStream> =>
    openSerial({ path: pty.path, baud: 115_200, clock, platform, ...extra });

  beforeEach(async () => {
    served = await serveDut(clock, options);
    pty = await openPty(`tcp:127.0.0.1:${served.port},nodelay`);
  });
  afterEach(async () => {
    await pty.close();
    await served.close();
  });

  it('is measured, twice in a row', async () => {
    for (let session = 0; session < 2; session += 1) {
      const client = new DutClient({ stream: await open(), clock });
      await measure(client);
      await client.close();
    }
  });

  it('is healthy in the eyes of the doctor; held by somebody, it is busy', async () => {
    const examine = (): Promise<DoctorReport> =>
      diagnose({ port: pty.path, baud: 115_200, clock, open: () => open(), bauds: [115_200, 9600] });
    const report = await examine();
    expect(report.diagnosis.code).toMatch(/^(healthy|resetOnOpen)$/);
    expect(report.identity).toMatchObject({ model: 'kws01' });
    const holder = await open();
    expect((await examine()).diagnosis.code).toMatch(/^busy/);
    await holder.close();
  });

  it('takes a VWW input, 27,648 bytes both ways', async () => {
    const client = new DutClient({ stream: await open(), clock });
    await client.identify();
    const big = Uint8Array.from({ length: 27_648 }, (_, index) => (index * 7) & 0xff);
    expect(await client.load(big, { verify: true })).toMatchObject({ bytes: 27_648, attempts: 1, verified: 'ok' });
    await client.close();
  });

  it('that is pulled out in the middle of a window: one fault, no crash', async () => {
    const client = new DutClient({ stream: await open(), clock });
    await client.identify();
    const outcome = client.infer(10_000, 0, { deadlineS: 60 }).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await pty.unplug();
    expect(await outcome).toMatchObject({ code: 'transport.unplugged', facts: { port: pty.path } });
    await expect(client.timestamp()).rejects.toMatchObject({ code: 'transport.unplugged' });
    await client.close();
  });

  it('that another program holds: its name is told', async () => {
    const holder = spawn(process.execPath, [join(import.meta.dirname, 'hold-port.mjs'), pty.path]);
    const [said] = (await once(holder.stdout, 'data')) as [Buffer];
    expect(said.toString().trim()).toBe('open');
    const fault: unknown = await open().catch((error: unknown) => error);
    if (platform === 'linux') {
      // socat keeps its terminal open as well, so either may be found first.
      expect(fault).toMatchObject({ code: 'transport.busyHeld', facts: { port: pty.path } });
      const { program, pid } = (fault as Fault<'transport.busyHeld'>).facts;
      expect(program === 'socat' || pid === holder.pid).toBe(true);
    } else expect(fault).toMatchObject({ code: 'transport.busy', facts: { port: pty.path } });
    holder.kill();
    await once(holder, 'exit');
    await (await open()).close();
  });

  it('that this process holds already', async () => {
    const first = await open();
    await expect(open()).rejects.toMatchObject({ code: expect.stringMatching(/^transport\.busy/) as string });
    await first.close();
    await (await open()).close();
  });

  it('that has no control lines says so when they are asked for', async () => {
    await expect(open({ dtr: false })).rejects.toMatchObject({ code: 'transport.linesUnsupported' });
    await (await open()).close();
  });

  it('that is not there', async () => {
    await pty.unplug();
    await expect(open()).rejects.toMatchObject({ code: 'transport.notFound', facts: { port: pty.path } });
  });

  it('that the user may not open', async () => {
    const device = await realpath(pty.path);
    await chmod(device, 0o000);
    // The superuser may open anything, so for the while of this call the process is somebody else.
    const root = process.geteuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    try {
      const opening = openSerial({ path: device, baud: 115_200, clock, platform });
      await expect(opening).rejects.toMatchObject({ code: expect.stringMatching(/^transport\.permission/) as string });
    } finally {
      if (root) process.seteuid?.(0);
    }
  });
});
