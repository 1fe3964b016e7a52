import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  buildImage,
  listPorts,
  memoryFigures,
  readElfSections,
  systemTools,
} from '../../../src/main/firmware/index.ts';
import type { BuiltImage } from '../../../src/main/firmware/index.ts';
import { compileReference, firmwareDir, noArmCompilerReason, referenceModels } from '../../support/firmware-count.ts';

if (noArmCompilerReason) console.info(`images for all boards: ${noArmCompilerReason}`);

const [demo] = referenceModels();
if (!demo) throw new Error('no demo model');
const model = compileReference(demo);
const boards = await listPorts(firmwareDir);

function build(board: string, folder = firmwareDir): Promise<BuiltImage> {
  const runOps = (): Int8Array[] => model.plan.ops.map((_, index) => Int8Array.of(index));
  return buildImage({ firmwareDir: folder, board, model, runOps, run: systemTools(process.env) });
}

const bytesOf = (image: BuiltImage, name: string): Buffer =>
  Buffer.from(image.files.find((file) => file.name === name)?.bytes ?? []);

describe.skipIf(noArmCompilerReason)('images', () => {
  it.each(boards)('%s: compiles, links, and adds up to what the manifest says', async (board) => {
    const image = await build(board);
    const { memory } = image.manifest;
    expect(memoryFigures(readElfSections(bytesOf(image, 'image.elf')))).toEqual({
      flash: memory.flash,
      ram: memory.ram,
    });
    expect(memory.flash.weights).toBe(model.image.length);
    expect(memory.ram.arena).toBe(model.plan.arenaBytes);
    expect(memory.ram.payload).toBe(model.plan.input.payloadBytes);
    expect(memory.flash.total).toBeLessThan(memory.available.flash);
    expect(memory.ram.total).toBeLessThan(memory.available.ram);
    const bin = image.files.find(({ name }) => name === 'image.bin');
    // Vector table, instructions and constants, without holes: at most one alignment of 16 between sections.
    if (bin) expect(bin.bytes.length - memory.flash.total).toBeLessThan(5 * 16);
  });

  it('are the same bytes from another folder, and name no folder of this computer', async () => {
    const other = join(mkdtempSync(join(tmpdir(), 'jb-elsewhere-')), 'with another name');
    cpSync(firmwareDir, other, { recursive: true, filter: (path) => !path.includes('node_modules') });
    const [here, there] = [await build('nucleo-l4r5zi'), await build('nucleo-l4r5zi', other)];
    expect(there.manifest).toEqual(here.manifest);
    for (const { name } of here.files) expect(bytesOf(there, name).equals(bytesOf(here, name))).toBe(true);
    const text = bytesOf(here, 'image.elf').toString('latin1');
    for (const path of [firmwareDir, tmpdir()]) expect(text).not.toContain(path);
  });
});
