import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { expect } from 'vitest';
import { buildImage, systemTools } from '../../../src/main/firmware/index.ts';
import type { ProbeChip, VirtualProbe } from '../../rig/probe/index.ts';
import { compileReference, firmwareDir, referenceModels } from '../../support/firmware-count.ts';

/** A flash model on a machine that never had it is a test rig: QEMU has none of its own that a probe could drive. */
export const rigs: readonly { chip: ProbeChip; machine: string }[] = [
  { chip: 'stm32f4', machine: 'netduinoplus2' },
  { chip: 'stm32l4', machine: 'netduinoplus2' },
  { chip: 'nrf52', machine: 'mps2-an386' },
];
/** The demo firmware of a board as an ELF file, and what must be in the flash from its start. */
export async function demoImage(board: string, folder: string): Promise<{ path: string; bytes: Buffer }> {
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

/** Waits for the boot block, asks for the name and finds it right. */
export async function answersByName(probe: VirtualProbe, board: string): Promise<void> {
  const socket = connect({ host: '127.0.0.1', ...probe.uart, port: probe.uart?.port ?? 0 });
  try {
    await listen(socket, /m-ready\r?\n/);
    socket.write('name%');
    expect(await listen(socket, /m-ready\r?\n/)).toContain(`m-name-dut-[joulebench-${board}]`);
  } finally {
    socket.destroy();
  }
}
