import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openVirtualProbe } from '../../rig/probe/index.ts';
import { noQemuReason } from '../../support/firmware-count.ts';
import { answersByName, demoImage, rigs } from './boot.ts';
import * as tools from './tools.ts';

const noPyocdReason = noQemuReason ?? tools.noPyocdReason;
if (noPyocdReason) console.info(`booting what pyOCD loaded: ${noPyocdReason}`);

const folder = mkdtempSync(join(tmpdir(), 'jb-boot-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(noPyocdReason)('what pyOCD loaded', () => {
  it.each(rigs)('boots and answers: $chip on $machine', async ({ chip, machine }) => {
    const { path, bytes } = await demoImage(machine, folder);
    const probe = await openVirtualProbe({ chip, qemu: { machine, uart: 'tcp' } });
    try {
      const target = tools.pyocdTargets[chip];
      const address = String(probe.flashAddress);
      const loaded = await tools.pyocdRun(probe, target, ['load', '--no-reset', '--format', 'elf', path]);
      expect(loaded).toMatchObject({ code: 0 });
      const back = join(folder, `back-${chip}.bin`);
      const commands = ['commander', '-c', `savemem ${address} ${bytes.length} ${back}`, '-c', 'reset'];
      expect(await tools.pyocdRun(probe, target, commands)).toMatchObject({ code: 0 });
      expect(bytes.equals(readFileSync(back))).toBe(true);
      await answersByName(probe, machine);
    } finally {
      await probe.close();
    }
  });
});
