import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openVirtualProbe } from '../../rig/probe/index.ts';
import { noQemuReason } from '../../support/firmware-count.ts';
import * as tools from './tools.ts';

const noOpenocdReason = noQemuReason ?? tools.noOpenocdReason;
if (noOpenocdReason) console.info(`steps and breakpoints by OpenOCD: ${noOpenocdReason}`);

describe.skipIf(noOpenocdReason)('OpenOCD steps and sets breakpoints', () => {
  it('with code run by QEMU', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jb-step-'));
    const probe = await openVirtualProbe({ chip: 'stm32f4', qemu: { machine: 'netduinoplus2', uart: 'tcp' } });
    try {
      const image = Buffer.alloc(0x200);
      image.writeUInt32LE(0x2001_0000, 0);
      image.writeUInt32LE(probe.flashAddress + 0x101, 4);
      for (let at = 0x100; at < 0x11e; at += 2) image.writeUInt16LE(0x3001, at); // adds r0, 1
      image.writeUInt16LE(0xe7fe, 0x11e); // b .
      const path = join(folder, 'steps.bin');
      writeFileSync(path, image);
      const steps = 'reset halt; reg r0 0; step; step; echo [reg r0]';
      const run = '; bp 0x0800011e 2 hw; resume; wait_halt; echo [reg r0]';
      const command = `program ${path} ${probe.flashAddress} verify; ${steps}${run}; exit`;
      const { code, stderr } = await tools.openocd(probe, tools.openocdTargets.stm32f4, command);
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(stderr).toMatch(/single-step[^]*pc: 0x08000104/);
      expect(stderr).toMatch(/r0 \(\/32\): 0x00000002/);
      expect(stderr).toMatch(/breakpoint[^]*pc: 0x0800011e/);
      expect(stderr).toMatch(/r0 \(\/32\): 0x0000000f/);
    } finally {
      await probe.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
