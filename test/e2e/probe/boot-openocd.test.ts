import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openVirtualProbe } from '../../rig/probe/index.ts';
import { noQemuReason } from '../../support/firmware-count.ts';
import { answersByName, demoImage, rigs } from './boot.ts';
import * as tools from './tools.ts';

const noOpenocdReason = noQemuReason ?? tools.noOpenocdReason;
if (noOpenocdReason) console.info(`booting what OpenOCD programmed: ${noOpenocdReason}`);

const folder = mkdtempSync(join(tmpdir(), 'jb-boot-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(noOpenocdReason)('what OpenOCD programmed', () => {
  it.each(rigs)('boots and answers: $chip on $machine', async ({ chip, machine }) => {
    const { path, bytes } = await demoImage(machine, folder);
    const probe = await openVirtualProbe({ chip, qemu: { machine, uart: 'tcp' } });
    try {
      const command = `program ${path} verify reset exit`;
      const ran = await tools.openocd(probe, tools.openocdTargets[chip], command);
      expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining('** Verified OK **') });
      expect(bytes.equals(probe.bootedWith()?.flash.subarray(0, bytes.length) ?? Buffer.alloc(0))).toBe(true);
      await answersByName(probe, machine);
      // The same firmware again after a reset by the tool, and flashed once more over itself while it runs.
      const again = await tools.openocd(probe, tools.openocdTargets[chip], command);
      expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('** Verified OK **') });
      await answersByName(probe, machine);
    } finally {
      await probe.close();
    }
  });
});

describe.skipIf(noOpenocdReason)('code that crashes', () => {
  it('locks the core up, and another image is programmed and boots', async () => {
    const machine = 'netduinoplus2';
    const { path } = await demoImage(machine, folder);
    const probe = await openVirtualProbe({ chip: 'stm32f4', qemu: { machine, uart: 'tcp' } });
    try {
      const junk = join(folder, 'junk.bin');
      writeFileSync(junk, tools.patternImage(probe.flashAddress, 3096));
      const target = tools.openocdTargets.stm32f4;
      const command = `program ${junk} ${probe.flashAddress} verify reset exit`;
      expect(await tools.openocd(probe, target, command)).toMatchObject({ code: 0 });
      expect(probe.bootedWith()).toMatchObject({ entry: probe.flashAddress + 0x101 });
      expect(await tools.openocd(probe, target, `program ${path} verify reset exit`)).toMatchObject({ code: 0 });
      await answersByName(probe, machine);
      expect(probe.log.some(({ what }) => what.startsWith('the code crashed'))).toBe(true);
    } finally {
      await probe.close();
    }
  });
});
