import { describe, expect, it } from 'vitest';
import { createSupplyGuard } from '../../../src/main/bench/index.ts';
import { openOn } from '../../../src/main/open-monitor.ts';
import { openCalibrationRig } from '../../../src/main/virtual/index.ts';
import { kept, openLab, start } from './bench.ts';
import type { BenchOptions, EnergyLab } from './bench.ts';

const supplies = { lpm01a: /^pwr (on|off)/, ppk2: /^0c0[01]$/ } as const;

/** Switchings of the supply in the order in which the instrument was told. */
function told(lab: EnergyLab): ('on' | 'off')[] {
  const { monitor } = lab.bench;
  if (!monitor) throw new Error('no monitor');
  return monitor.commands
    .filter((command) => supplies[monitor.kind].test(command))
    .map((command) => (/^pwr on|^0c01/.test(command) ? 'on' : 'off'));
}

/** Off before anything, on once, and off from then on. */
function expectSwitched(lab: EnergyLab): void {
  expect(lab.bench.monitor?.supplyOn).toBe(false);
  const order = told(lab);
  expect(order.filter((state) => state === 'on')).toEqual(['on']);
  expect(order.at(-1)).toBe('off');
}

interface Ending {
  name: string;
  status: string;
  minWindowS?: number;
  bench?: BenchOptions;
  /** At 20 s of virtual time, in the second window. */
  then?: (operation: { cancel(): void }) => void;
}

const monitors = ['lpm01a', 'ppk2'] as const;
const endings: readonly Ending[] = [
  // With short windows; how it ends does not depend on them.
  { name: 'the end of a run', status: 'completed', minWindowS: 2 },
  { name: 'a stop', status: 'cancelled', then: (operation) => operation.cancel() },
  {
    name: 'a fault of the DUT',
    status: 'failed',
    bench: { faults: { dut: { silentAfterCommand: 30 } } },
  },
  { name: 'an unplugged DUT', status: 'failed', bench: { faults: { line: { unplug: { atS: 20 } } } } },
  {
    name: 'a monitor that falls silent',
    status: 'failed',
    bench: { faults: { monitor: { silence: { atS: 20 } } } },
  },
  {
    name: 'a monitor whose stream stalls',
    status: 'failed',
    bench: { faults: { monitor: { stall: { atS: 20, forS: 4 } } } },
  },
  {
    name: 'an unplugged monitor that comes back',
    status: 'failed',
    bench: { faults: { monitor: { unplug: { atS: 20, forS: 0.3 } } } },
  },
];

describe.each(monitors)('the supply of a %s is off', (kind) => {
  it.each(endings)('after $name', async ({ status, bench = {}, minWindowS = 10, then }) => {
    const lab = await openLab();
    lab.use(bench);
    const { operation } = await start(lab, { energy: { monitor: kind }, settings: { restS: 0, minWindowS } });
    let wasOn = false;
    lab.bench.clock.at(8e9, () => (wasOn = lab.bench.monitor?.supplyOn ?? false));
    if (then) lab.bench.clock.at(20e9, () => then(operation));
    const result = await operation.done;
    expect([result.status, result.fault === undefined]).toEqual([status, status !== 'failed']);
    expect(wasOn).toBe(true);
    expect(lab.bench.monitor?.supplyOn).toBe(false);
    expect((await kept(operation.folder)).droppedBytes).toBe(0);
    // One that is unplugged cannot be told; it has lost its own power.
    if (!bench.faults?.monitor?.unplug) expectSwitched(lab);
  });
});

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
