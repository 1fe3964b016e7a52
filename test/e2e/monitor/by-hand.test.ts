import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/main/bench/index.ts';
import { HandLines } from '../../../src/main/host-services/hand-lines.ts';
import { openSerial } from '../../../src/main/transport/index.ts';
import { benchProcedures } from '../../../src/shared/contract/areas/bench.ts';
import { noPtyReason } from '../../rig/dut/index.ts';
import { openMonitorPty } from '../../rig/monitor/index.ts';
import { scratch } from '../../support/cli.ts';
import { testHost } from '../../support/test-host.ts';
import { eventually, openDriver } from './bench.ts';

if (noPtyReason) console.log(`skipped: ${noPtyReason}`);

const { input } = benchProcedures['console.send'];
const allowed = (channel: string, text: string): boolean => input.safeParse({ channel, text }).success;

it('nothing is sent to a monitor by hand, and nothing but printable text to a DUT', () => {
  expect(allowed('dut', 'profile')).toBe(true);
  expect(allowed('ioManager', 'io dut profile%')).toBe(true);
  expect(allowed('monitor', 'pwr on')).toBe(false);
  for (const text of ['', 'volt 3300m\r\npwr on\n', '\x0c\x01', '\x0d\x13\x88', 'pwr on\r', 'ä', 'x'.repeat(401)])
    expect(allowed('dut', text)).toBe(false);
});

describe.skipIf(noPtyReason)('a monitor that was taken for a DUT', () => {
  it.each(['lpm01a', 'ppk2'] as const)('keeps its supply off and its voltage: %s', async (kind) => {
    const pty = await openMonitorPty({ kind, seed: 3, load: { kind: 'resistor', ohm: 300 } });
    const { consoles, locks } = await testHost(scratch());
    const clock = systemClock();
    const lines = new HandLines({ consoles, locks, clock, platform: process.platform });
    try {
      const { monitor } = pty.rig;
      const { voltageV } = monitor;
      const printable = Array.from({ length: 95 }, (_, k) => String.fromCharCode(32 + k)).join('');
      for (const text of ['htc', 'volt 3300m', 'pwr on', 'start', printable, printable.repeat(4)]) {
        expect(allowed('dut', text)).toBe(true);
        await lines.send('dut', pty.path, text, new AbortController().signal);
      }
      // Until everything has arrived.
      await eventually(clock, () => kind === 'ppk2' && monitor.commands.length > 0, 0.3);
      await lines.closeAll();
      expect([monitor.supplyOn, monitor.voltageV]).toEqual([false, voltageV]);
      expect(monitor.commands.filter((command) => /^(0c01|0d|volt|pwr)/.test(command))).toEqual([]);
      // A PPK2 takes a blank for a reset: its port is gone for a moment.
      if (kind === 'ppk2') return;
      // What stands in its buffer is no command for the next program either.
      const stream = await openSerial({ path: pty.path, baud: 115_200, clock, platform: process.platform });
      const driver = await openDriver(kind, stream, clock);
      expect([monitor.supplyOn, monitor.voltageV]).toEqual([false, voltageV]);
      await driver.close();
    } finally {
      await lines.closeAll();
      await pty.close();
    }
  });
});
