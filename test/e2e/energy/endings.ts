import { describe, expect, it } from 'vitest';
import { kept, openLab, start } from './bench.ts';
import type { BenchOptions, EnergyLab } from './bench.ts';

const supplies = { lpm01a: /^pwr (on|off)/, ppk2: /^0c0[01]$/ } as const;

/** Switchings of the supply in the order in which the instrument was told. */
export function told(lab: EnergyLab): ('on' | 'off')[] {
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

export const monitors = ['lpm01a', 'ppk2'] as const;
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

export function describeEndings(kind: (typeof monitors)[number]): void {
  describe(`the supply of a ${kind} is off`, () => {
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
}
