import { describe, expect, it } from 'vitest';
import type { ProbeFaults } from '../../rig/probe/index.ts';
import { withFault } from './row.ts';
import type { Row } from './row.ts';
import { noOpenocdReason, openocdPath, openocdTargets, start } from './tools.ts';
import type { Ran } from './tools.ts';

if (noOpenocdReason) console.info(`OpenOCD by JTAG: ${noOpenocdReason}`);

function byJtag({ probe, path }: Row): Promise<Ran> {
  const adapter = `adapter driver remote_bitbang; remote_bitbang host 127.0.0.1; remote_bitbang port ${probe.jtagPort ?? 0}`;
  const quiet = 'gdb_port disabled; telnet_port disabled; tcl_port disabled';
  const command = `program ${path} ${probe.flashAddress} verify reset exit`;
  return start(openocdPath ?? 'openocd', ['-c', `${adapter}; ${quiet}`, '-f', openocdTargets.stm32f4, '-c', command])
    .ended;
}

describe.skipIf(noOpenocdReason)('OpenOCD by JTAG', () => {
  it('programs and verifies 3 KB', async () => {
    await withFault(
      {},
      async (row) => {
        expect(await byJtag(row)).toMatchObject({ code: 0, stderr: expect.stringContaining('** Verified OK **') });
        expect(row.image.equals(row.probe.flash().subarray(0, row.image.length))).toBe(true);
      },
      { jtag: true },
    );
  });

  const wires: readonly { name: string; faults: Partial<ProbeFaults>; says: RegExp }[] = [
    { name: 'high', faults: { tdoStuck: 'high' }, says: /JTAG scan chain interrogation failed: all ones/ },
    { name: 'low', faults: { tdoStuck: 'low' }, says: /JTAG scan chain interrogation failed: all zeroes/ },
    { name: 'high, nothing answers', faults: { noAck: true }, says: /JTAG scan chain interrogation failed: all ones/ },
  ];
  it.each(wires)('row 2 TDO stuck $name', async ({ faults, says }) => {
    await withFault(
      faults,
      async (row) => {
        const ran = await byJtag(row);
        expect(ran.stderr).toMatch(says);
        expect(ran.code).toBe(1);
        expect(row.probe.programmedBytes).toBe(0);
      },
      { jtag: true },
    );
  });

  it('row 15 nobody listens', async () => {
    await withFault(
      { noServer: true },
      async (row) => {
        const ran = await byJtag(row);
        expect(ran.stderr).toMatch(/Failed to connect/);
        expect(ran.code).toBe(1);
      },
      { jtag: true },
    );
  });
});
