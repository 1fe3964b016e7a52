import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildImage, systemTools } from '../../../src/main/firmware/index.ts';
import { openVirtualProbe } from '../../rig/probe/index.ts';
import type { ProbeChip, VirtualProbe } from '../../rig/probe/index.ts';
import { compileReference, firmwareDir, noQemuReason, referenceModels } from '../../support/firmware-count.ts';
import * as tools from './tools.ts';

/** A flash model on a machine that never had it is a test rig: QEMU has none of its own that a probe could drive. */
const rigs: readonly { chip: ProbeChip; machine: string }[] = [
  { chip: 'stm32f4', machine: 'netduinoplus2' },
  { chip: 'stm32l4', machine: 'netduinoplus2' },
  { chip: 'nrf52', machine: 'mps2-an386' },
];
const noOpenocdReason = noQemuReason ?? tools.noOpenocdReason;
const noPyocdReason = noQemuReason ?? tools.noPyocdReason;
if (noOpenocdReason) console.info(`booting what OpenOCD programmed: ${noOpenocdReason}`);
if (noPyocdReason) console.info(`booting what pyOCD programmed: ${noPyocdReason}`);

const folder = mkdtempSync(join(tmpdir(), 'jb-boot-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The demo firmware of a board as an ELF file, and what must be in the flash from its start. */
async function demoImage(board: string): Promise<{ path: string; bytes: Buffer }> {
  const [demo] = referenceModels();
  if (!demo) throw new Error('no demo model');
  const model = compileReference(demo);
  const runOps = (): Int8Array[] => model.plan.ops.map((_, index) => Int8Array.of(index));
  const image = await buildImage({ firmwareDir, board, model, runOps, run: systemTools(process.env) });
  const elf = Buffer.from(image.files.find(({ name }) => name === 'image.elf')?.bytes ?? []);
  const path = join(folder, `${board}.elf`);
  writeFileSync(path, elf);
  const flat = join(folder, `${board}.bin`);
  const objcopy = spawnSync('arm-none-eabi-objcopy', ['-O', 'binary', path, flat]);
  if (objcopy.status !== 0) throw new Error(String(objcopy.stderr));
  const bytes = readFileSync(flat);
  return { path, bytes };
}

/** What the DUT says until a line matches. */
function listen(socket: Socket, until: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const take = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      if (!until.test(text)) return;
      socket.off('data', take);
      resolve(text);
    };
    socket.on('data', take);
    socket.once('close', () => reject(new Error(`the UART closed after: ${text}`)));
  });
}

async function answersByName(probe: VirtualProbe, board: string): Promise<void> {
  const socket = connect({ host: '127.0.0.1', ...probe.uart, port: probe.uart?.port ?? 0 });
  try {
    await listen(socket, /m-ready\r?\n/);
    socket.write('name%');
    expect(await listen(socket, /m-ready\r?\n/)).toContain(`m-name-dut-[joulebench-${board}]`);
  } finally {
    socket.destroy();
  }
}

describe.skipIf(noOpenocdReason)('what OpenOCD programmed', () => {
  it.each(rigs)('boots and answers: $chip on $machine', async ({ chip, machine }) => {
    const { path, bytes } = await demoImage(machine);
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
    const { path } = await demoImage(machine);
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

describe.skipIf(noPyocdReason)('what pyOCD loaded', () => {
  it.each(rigs)('boots and answers: $chip on $machine', async ({ chip, machine }) => {
    const { path, bytes } = await demoImage(machine);
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
