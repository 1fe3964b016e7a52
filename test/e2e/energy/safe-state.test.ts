import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createSupplyGuard } from '../../../src/main/bench/index.ts';
import { Operations } from '../../../src/main/host-services/operations.ts';
import { readSources, writeSources } from '../../../src/main/runner/index.ts';
import { openOn } from '../../../src/main/open-monitor.ts';
import { openCalibrationRig } from '../../../src/main/virtual/index.ts';
import { kept, openLab, resume, start } from './bench.ts';
import { describeEndings, monitors, told } from './endings.ts';

const limits = { minV: 1.8, nominalV: 3, maxV: 3.6 };

describe('the supply of a board', () => {
  it.each([
    ['above', 3.61, 'emon.voltageAboveLimit'],
    ['below', 1.79, 'emon.voltageBelowLimit'],
  ])('is not set %s its limits', async (_where, voltageV, code) => {
    const lab = await openLab();
    const { operation } = await start(lab, { energy: { voltageV } });
    const { status, fault } = await operation.done;
    expect([status, fault?.code, fault?.facts]).toEqual(['failed', code, expect.objectContaining({ voltageV })]);
    expect(lab.bench.monitor?.commands.filter((command) => /^(volt \d|pwr on|start)/.test(command))).toEqual([]);
    expect((await kept(operation.folder)).steps).toHaveLength(1);
  });

  it('is not set above its limits by a session that is taken up again', async () => {
    const lab = await openLab();
    const { operation } = await start(lab);
    lab.bench.clock.at(20e9, () => operation.cancel());
    expect((await operation.done).status).toBe('cancelled');
    // Somebody wrote another voltage into what the session was started with.
    const sources = await readSources(operation.folder);
    if (!sources?.energy) throw new Error('no sources');
    await writeSources(operation.folder, { ...sources, energy: { ...sources.energy, voltageV: 5 } });
    const { status, fault } = await (await resume(lab, operation.folder)).operation.done;
    expect([status, fault?.code]).toEqual(['failed', 'emon.voltageAboveLimit']);
    expect(lab.bench.monitor?.commands.filter((command) => /^(volt \d|pwr on|start)/.test(command))).toEqual([]);
  });

  it('that reads too high is not switched on', async () => {
    const lab = await openLab();
    lab.use({ monitor: { kind: 'lpm01a', seed: 1, errors: { voltage: 0.3 } } });
    const { operation } = await start(lab);
    const { status, fault } = await operation.done;
    expect([status, fault?.code]).toEqual(['failed', 'emon.supplyTooHigh']);
    expect(new Set(told(lab))).toEqual(new Set(['off']));
    expect((await kept(operation.folder)).steps).toHaveLength(1);
  });

  it.each(monitors)('is changed while it is on only when that is confirmed: %s', async (kind) => {
    const rig = openCalibrationRig({ kind, seed: 1 });
    const { clock } = rig;
    const how = { clock, signal: new AbortController().signal, label: kind, lockId: kind, path: null, simulated: true };
    const monitor = await openOn(rig.openMonitorStream(), kind, how);
    const guard = createSupplyGuard(monitor, { board: 'virtual', limits, clock });
    await guard.setVoltage(3);
    await guard.setPower(true);
    await expect(guard.setVoltage(3.2)).rejects.toMatchObject({ code: 'emon.changeWhilePowered' });
    await expect(guard.setVoltage(3.7, { confirmedWhilePowered: true })).rejects.toMatchObject({
      code: 'emon.voltageAboveLimit',
    });
    expect([rig.monitor.supplyOn, rig.monitor.voltageV]).toEqual([true, 3]);
    await guard.setVoltage(3.2, { confirmedWhilePowered: true });
    expect([rig.monitor.supplyOn, rig.monitor.voltageV]).toEqual([true, 3.2]);
    await monitor.close();
    expect(rig.monitor.supplyOn).toBe(false);
    rig.close();
  });
});

describe('a run that stands paused with the supply on', () => {
  it('waits as long as a page shows it; then it ends, and the supply goes off', async () => {
    const lab = await openLab();
    const operations = new Operations(lab.host.clock, { mostS: 0.3, everyS: 0.02 });
    const { operation } = await start(lab);
    operations.add({ operation, bench: lab.bench });
    const leave = operation.feed.topic.subscribe(() => undefined);
    lab.bench.clock.at(20e9, () => operation.pause());
    await operation.atGate();
    await pause(600);
    expect([operation.feed.operation.state, lab.bench.monitor?.supplyOn]).toEqual(['paused', true]);
    leave();
    await operation.done;
    expect(operation.feed.operation).toMatchObject({ state: 'failed', fault: { code: 'runner.unattended' } });
    expect(lab.bench.monitor?.supplyOn).toBe(false);
    const { record } = await kept(operation.folder);
    expect(record.runs[0]?.status).toBe('cancelled');
    expect((await (await resume(lab, operation.folder)).operation.done).status).toBe('completed');
  });
});

describeEndings('lpm01a');
