import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { VirtualProbe } from '../../rig/probe/index.ts';
import { programByOpenocd, withFault } from './row.ts';
import type { Row } from './row.ts';
import * as tools from './tools.ts';

if (tools.noOpenocdReason) console.info(`OpenOCD that hangs: ${tools.noOpenocdReason}`);
if (tools.noPyocdReason) console.info(`pyOCD that hangs: ${tools.noPyocdReason}`);

/** How long a hanging tool is watched before it is ended. */
const watchMs = 2000;

async function happened(probe: VirtualProbe, words: RegExp): Promise<void> {
  while (!probe.log.some(({ what }) => words.test(what))) await pause(20);
}

function program({ probe, path }: Row): ReturnType<typeof tools.start> {
  const command = `program ${path} ${probe.flashAddress} verify reset exit`;
  return tools.start(
    tools.openocdPath ?? 'openocd',
    tools.openocdArguments(probe, tools.openocdTargets.stm32f4, command),
  );
}

function load({ probe, path }: Row): ReturnType<typeof tools.start> {
  const command = ['load', '--format', 'bin', '-a', String(probe.flashAddress), path];
  return tools.start(tools.pyocdPath ?? 'pyocd', tools.pyocdArguments(probe, tools.pyocdTargets.stm32f4, command));
}

/** Waits until the fault struck, and finds the tool still there a while later: only a kill ends it. */
async function hangs(row: Row, start: (row: Row) => ReturnType<typeof tools.start>, words: RegExp): Promise<void> {
  const { child, ended } = start(row);
  await happened(row.probe, words);
  expect(await Promise.race([ended, pause(watchMs, 'hangs')])).toBe('hangs');
  child.kill('SIGKILL');
  expect(await ended).toMatchObject({ signal: 'SIGKILL' });
  expect(row.image.equals(row.probe.flash().subarray(0, row.image.length))).toBe(false);
}

describe.skipIf(tools.noOpenocdReason)('OpenOCD', () => {
  it('row 27 the probe stalls: waits for ever; the probe comes back', async () => {
    await withFault({ stallAfterBytes: 1000 }, async (row) => {
      await hangs(row, program, /^stalls/);
      await row.probe.inject({ stallAfterBytes: null });
      expect(await programByOpenocd(row)).toMatchObject({ code: 0 });
    });
  });
});

describe.skipIf(tools.noPyocdReason)('pyOCD', () => {
  it('row 26 pulled out: waits for ever', async () => {
    await withFault({ unplugAfterBytes: 1000 }, (row) => hangs(row, load, /^unplugged/));
  });

  it('row 27 the probe stalls: waits for ever', async () => {
    await withFault({ stallAfterBytes: 1000 }, (row) => hangs(row, load, /^stalls/));
  });
});
