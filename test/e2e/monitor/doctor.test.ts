import { describe, expect, it } from 'vitest';
import { noPtyReason } from '../../rig/dut/index.ts';
import { openMonitorPty } from '../../rig/monitor/index.ts';
import type { RigOptions } from '../../rig/monitor/index.ts';
import { cli, scratch } from '../../support/cli.ts';

if (noPtyReason) console.log(`skipped: ${noPtyReason}`);

describe.skipIf(noPtyReason)('the doctor asks a monitor', () => {
  async function ask(use: string, options: Omit<RigOptions, 'seed'>): Promise<{ code: number | null; said: string }> {
    const pty = await openMonitorPty({ seed: 3, load: { kind: 'resistor', ohm: 300 }, ...options });
    try {
      const { code, out, err } = await cli(['doctor', `${use}:${pty.path}`], scratch());
      expect(pty.rig.monitor.supplyOn).toBe(false);
      return { code, said: `${out}${err}` };
    } finally {
      await pty.close();
    }
  }

  it.concurrent.each([
    // What an earlier program had left on is off afterwards.
    [
      'lpm01a',
      { kind: 'lpm01a', faults: { staleStream: true } },
      0,
      /X-NUCLEO-LPM01A .*firmware 1\.0\.6.*supply is off/,
    ],
    ['ppk2', { kind: 'ppk2' }, 0, /The PPK2 at .* answers/],
    ['lpm01a', { kind: 'ppk2' }, 3, /did not answer powershield[^]*Another instrument/],
    [
      'lpm01a',
      { kind: 'lpm01a', faults: { oldFirmware: true } },
      3,
      /runs firmware 1\.0\.5; 1\.0\.6 or newer is needed/,
    ],
  ] as const)('named %s, %o', async (use, options, code, words) => {
    const found = await ask(use, options);
    expect(found).toEqual({ code, said: expect.stringMatching(words) as string });
  });
});
