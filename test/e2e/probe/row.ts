import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openVirtualProbe } from '../../rig/probe/index.ts';
import type { ProbeFaults, VirtualProbe, VirtualProbeOptions } from '../../rig/probe/index.ts';
import { openocd, openocdTargets, patternImage, pyocdRun, pyocdTargets } from './tools.ts';
import type { Ran } from './tools.ts';

/** A probe with a fault, and a small image that has nothing wrong. */
export interface Row {
  probe: VirtualProbe;
  image: Buffer;
  path: string;
}

export async function withFault<T>(
  faults: Partial<ProbeFaults>,
  action: (row: Row) => Promise<T>,
  options: Partial<VirtualProbeOptions> = {},
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'jb-row-'));
  const probe = await openVirtualProbe({ chip: 'stm32f4', ...options, faults });
  try {
    const image = patternImage(probe.flashAddress, 3096);
    const path = join(folder, 'image.bin');
    writeFileSync(path, image);
    return await action({ probe, image, path });
  } finally {
    await probe.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** OpenOCD's own `program` with everything it does. */
export function programByOpenocd(
  { probe, path }: Row,
  chip: keyof typeof openocdTargets = 'stm32f4',
  more = '',
): Promise<Ran> {
  return openocd(probe, openocdTargets[chip], `program ${path} ${probe.flashAddress} verify reset exit`, more);
}

export function loadByPyocd({ probe, path }: Row, chip: keyof typeof pyocdTargets = 'stm32f4'): Promise<Ran> {
  return pyocdRun(probe, pyocdTargets[chip], ['load', '--format', 'bin', '-a', String(probe.flashAddress), path]);
}
