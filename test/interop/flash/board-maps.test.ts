import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBoard } from '../../../src/main/bench/index.ts';
import type { ChipId, MemoryRegion } from '../../../src/shared/domain/flash.ts';
import { openocdPath as openocd, pyocdPath as pyocd } from '../../e2e/probe/tools.ts';
import { openVirtualProbe } from '../../rig/probe/index.ts';
import type { ProbeChip, VirtualProbe } from '../../rig/probe/index.ts';

const root = resolve(import.meta.dirname, '../../..');

const onProbe: [string, ProbeChip][] = [
  ['netduinoplus2', 'stm32f4'],
  ['mps2-an386', 'nrf52'],
  ['nrf52840-dk', 'nrf52'],
];

async function said(program: string, args: string[]): Promise<string> {
  return new Promise((done, fail) => {
    execFile(program, args, { timeout: 30_000 }, (error, stdout, stderr) => {
      if (error) fail(new Error(`${stdout}${stderr}`, { cause: error }));
      else done(stdout + stderr);
    });
  });
}

async function withProbe<T>(chip: ProbeChip, use: (probe: VirtualProbe) => Promise<T>): Promise<T> {
  const probe = await openVirtualProbe({ chip, qemu: null });
  try {
    return await use(probe);
  } finally {
    await probe.close();
  }
}

/** Address and size of each sector, as an entry has them. */
function sectors(memory: readonly MemoryRegion[]): [number, number][] {
  return memory.flatMap((region) => {
    let address = region.address;
    return region.sectors.flatMap(({ count, bytes }) =>
      Array.from({ length: count }, (): [number, number] => {
        address += bytes;
        return [address - bytes, bytes];
      }),
    );
  });
}

function fits(chipId: ChipId | null | undefined, word: number): boolean {
  return chipId?.values.includes((word & chipId.mask) >>> 0) ?? false;
}

/** The memory maps of the catalogue against those of the tools' own drivers, which ask the chip for its size. */
describe.skipIf(!openocd)('sectors as the drivers of OpenOCD know them', () => {
  it.each(onProbe)('%s', async (id, chip) => {
    const { flash } = await findBoard(join(root, 'resources'), id);
    const text = await withProbe(chip, ({ stlinkPort }) =>
      said(openocd ?? '', [
        ...['-c', 'gdb_port disabled; telnet_port disabled; tcl_port disabled', '-c', 'adapter driver st-link'],
        ...['-c', `st-link vid_pid 0x0483 0x374b; st-link backend tcp ${stlinkPort}; transport select dapdirect_swd`],
        ...['-f', flash?.openocd?.versions.at(-1)?.target ?? '', '-c', 'init; reset halt; flash probe 0'],
        ...['-c', 'echo [flash info 0]', '-c', `echo "id [read_memory ${flash?.chipId?.address ?? 0} 32 1]"`],
        ...['-c', 'shutdown'],
      ]),
    );
    const base = Number(/#0 : \w+ at (0x[0-9a-f]+)/.exec(text)?.[1]);
    const found = [...text.matchAll(/#\s*\d+: (0x[0-9a-f]+) \((0x[0-9a-f]+) /g)];
    expect(found.map(([, at, bytes]) => [base + Number(at), Number(bytes)])).toEqual(sectors(flash?.memory ?? []));
    expect(fits(flash?.chipId, Number(/^id (0x[0-9a-f]+)/m.exec(text)?.[1]))).toBe(true);
  });
});

describe.skipIf(!pyocd)('sectors as the targets of pyOCD know them', () => {
  it.each(onProbe)('%s', async (id, chip) => {
    const { flash } = await findBoard(join(root, 'resources'), id);
    const address = `0x${(flash?.chipId?.address ?? 0).toString(16)}`;
    const text = await withProbe(chip, ({ pyocdPort }) =>
      said(pyocd ?? '', [
        ...['commander', '-W', '-u', `remote:127.0.0.1:${pyocdPort}`, '-t', flash?.pyocd?.target ?? ''],
        ...['-O', 'auto_unlock=false', '-c', 'show map', '-c', `read32 ${address} 4`],
      ]),
    );
    const wanted = sectors(flash?.memory ?? []);
    const end = Math.max(...wanted.map(([at, bytes]) => at + bytes));
    const found = [...text.matchAll(/ Flash\s+(0x[0-9a-f]+)\s+(0x[0-9a-f]+)\s+0x[0-9a-f]+\s+\S+\s+(0x[0-9a-f]+)/g)]
      .map(([, from, last, bytes]) => [Number(from), Number(last) + 1, Number(bytes)] as const)
      // What lies elsewhere is configuration memory, which nobody programs.
      .filter(([from]) => from < end)
      .flatMap(([from, to, bytes]) =>
        Array.from({ length: (to - from) / bytes }, (_, index): [number, number] => [from + index * bytes, bytes]),
      );
    expect(found).toEqual(wanted);
    const word = /^[0-9a-f]{8}:\s+([0-9a-f]{8})/m.exec(text)?.[1] ?? '';
    expect(fits(flash?.chipId, Number.parseInt(word, 16))).toBe(true);
  });
});
