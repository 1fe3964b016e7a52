import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { noPtyReason } from '../../rig/dut/index.ts';
import { finished, onlySession, scratch, startCli } from '../../support/cli.ts';
import type { CliResult } from '../../support/cli.ts';
import { kept } from './bench.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

if (noPtyReason) console.warn(`skipped: ${noPtyReason}`);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(20);
}

interface Running {
  desk: Desk;
  child: ChildProcess;
  ended: Promise<CliResult>;
  out: string;
}

describe.skipIf(noPtyReason)('the supply of an instrument on a port of this computer is off', () => {
  const open: { desk?: Desk; child?: ChildProcess } = {};

  afterEach(async () => {
    open.child?.kill('SIGKILL');
    await open.desk?.close();
  });

  /** `joulebench run` in a process of its own, in the middle of its measurement. */
  async function running(kind: 'lpm01a' | 'ppk2', { terminal = true } = {}): Promise<Running> {
    const desk = await openDesk(kind, { terminal });
    open.desk = desk;
    const home = scratch();
    const out = join(home, 'sessions');
    const child = startCli(
      [
        'run',
        'demo01',
        '--mode',
        'energy',
        '--inline',
        '--bench',
        desk.dut,
        '--simulated',
        '--board',
        'virtual',
        '--out',
      ]
        .concat(out)
        .concat(['--monitor', `${kind}:${terminal ? desk.monitorPath : desk.monitorSocket}`]),
      home,
    );
    open.child = child;
    const ended = finished(child);
    let gone: CliResult | undefined;
    void ended.then((result) => (gone = result));
    // The boot's edge, two of a calibration, the single mark: the trace has begun.
    await until(() => desk.bench.timestampEdgesS().length >= 4 || gone !== undefined);
    expect(gone).toBeUndefined();
    expect(desk.bench.monitor?.supplyOn).toBe(true);
    return { desk, child, ended, out };
  }

  it.each(['lpm01a', 'ppk2'] as const)('after a crash: %s', async (kind) => {
    const { desk, child, ended, out } = await running(kind);
    child.kill('SIGKILL');
    await ended;
    await until(() => desk.bench.monitor?.supplyOn === false);
    const { record, droppedBytes } = await kept(onlySession(out));
    expect([record.runs[0]?.status, droppedBytes]).toEqual(['interrupted', 0]);
  });

  it('after a crash, where it is at a network address', async () => {
    const { desk, child, ended } = await running('lpm01a', { terminal: false });
    child.kill('SIGKILL');
    await ended;
    await until(() => desk.bench.monitor?.supplyOn === false);
    // Told, not just left alone: this instrument goes on supplying when its client is gone.
    expect(desk.bench.monitor?.commands.at(-1)).toBe('pwr off');
  });

  it('after the end of the terminal', async () => {
    const { desk, child, ended } = await running('lpm01a');
    child.kill('SIGHUP');
    await ended;
    await until(() => desk.bench.monitor?.supplyOn === false);
    expect(desk.bench.monitor?.commands.at(-1)).toBe('pwr off');
  });

  it('after Ctrl+C', async () => {
    const { desk, child, ended, out } = await running('lpm01a');
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    await until(() => desk.bench.monitor?.supplyOn === false);
    expect((await kept(onlySession(out))).record.runs[0]?.status).toBe('cancelled');
  });

  it('when the line to it is back after it was lost', async () => {
    const { desk, ended, out } = await running('lpm01a');
    await desk.pull();
    await pause(500);
    expect(desk.bench.monitor?.supplyOn).toBe(true);
    await desk.plugAgain();
    await until(() => desk.bench.monitor?.supplyOn === false);
    const { code, err } = await ended;
    expect([code, err]).toEqual([3, expect.stringContaining(desk.monitorPath)]);
    expect((await kept(onlySession(out))).record.runs[0]?.status).toBe('failed');
  });
});
