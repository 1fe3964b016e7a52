import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openVirtualProbe } from '../../rig/probe/index.ts';
import type { ProbeChip } from '../../rig/probe/index.ts';
import * as tools from './tools.ts';

if (tools.noOpenocdReason) console.info(`programming by OpenOCD: ${tools.noOpenocdReason}`);
if (tools.noPyocdReason) console.info(`programming by pyOCD: ${tools.noPyocdReason}`);

const folder = mkdtempSync(join(tmpdir(), 'jb-probe-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const small = 3096;
const large = 453_096;
const chips: readonly ProbeChip[] = ['stm32f4', 'stm32l4', 'nrf52'];

function imageFile(name: string, flashAddress: number, bytes: number): { path: string; image: Buffer } {
  const path = join(folder, `${name}-${bytes}.bin`);
  const image = tools.patternImage(flashAddress, bytes);
  writeFileSync(path, image);
  return { path, image };
}

describe.skipIf(tools.noOpenocdReason)('OpenOCD on the virtual probe', () => {
  it.each(chips.flatMap((chip) => [small, large].map((bytes) => ({ chip, bytes }))))(
    '$chip: programs and verifies $bytes bytes',
    async ({ chip, bytes }) => {
      const probe = await openVirtualProbe({ chip });
      try {
        const { path, image } = imageFile(`openocd-${chip}`, probe.flashAddress, bytes);
        const command = `program ${path} ${probe.flashAddress} verify reset exit`;
        const { code, stderr } = await tools.openocd(probe, tools.openocdTargets[chip], command);
        expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('** Verified OK **') });
        expect(image.equals(probe.flash().subarray(0, bytes))).toBe(true);
        expect(image.equals(probe.bootedWith()?.flash.subarray(0, bytes) ?? Buffer.alloc(0))).toBe(true);
        expect(probe.programmedBytes).toBeGreaterThanOrEqual(bytes);
      } finally {
        await probe.close();
      }
    },
  );
});

describe.skipIf(tools.noOpenocdReason)('OpenOCD by hla_swd', () => {
  it('programs and verifies', async () => {
    const probe = await openVirtualProbe({ chip: 'stm32f4' });
    try {
      const { path, image } = imageFile('hla', probe.flashAddress, small);
      const command = `program ${path} ${probe.flashAddress} verify reset exit`;
      const args = tools.openocdHlaArguments(probe, tools.openocdTargets.stm32f4, command);
      const ran = await tools.start(tools.openocdPath ?? 'openocd', args).ended;
      expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining('** Verified OK **') });
      expect(image.equals(probe.flash().subarray(0, small))).toBe(true);
    } finally {
      await probe.close();
    }
  });
});

describe.skipIf(tools.noPyocdReason)('pyOCD on the virtual probe', () => {
  it.each(chips)('%s: loads 3 KB, and reads the same back', async (chip) => {
    const probe = await openVirtualProbe({ chip });
    try {
      const target = tools.pyocdTargets[chip];
      const { path, image } = imageFile(`pyocd-${chip}`, probe.flashAddress, small);
      const load = ['load', '--format', 'bin', '-a', String(probe.flashAddress), path];
      const loaded = await tools.pyocdRun(probe, target, load);
      expect(loaded).toMatchObject({ code: 0, stderr: expect.stringMatching(/programmed \d+ bytes/) });
      expect(image.equals(probe.flash().subarray(0, small))).toBe(true);
      const back = join(folder, `back-${chip}.bin`);
      const saved = await tools.pyocdRun(probe, target, [
        'commander',
        '-c',
        `savemem ${probe.flashAddress} ${small} ${back}`,
      ]);
      expect(saved).toMatchObject({ code: 0 });
      expect(image.equals(readFileSync(back))).toBe(true);
    } finally {
      await probe.close();
    }
  });
});
