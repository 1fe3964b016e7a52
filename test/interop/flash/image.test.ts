import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readImage } from '../../../src/main/flash/image/index.ts';
import type { FlashImage } from '../../../src/main/flash/types.ts';

const gnu = (tool: string): string => `arm-none-eabi-${tool}`;
const hasGcc = spawnSync(gnu('gcc'), ['--version']).status === 0;
const source = `
  .section .vectors, "a"
  .word 0x20001000, reset + 1
  .text
  .thumb
  .global reset
  reset: b reset
  .section .rodata, "a"
  .space 300, 0x5a
  .data
  .word 0x11223344, 0x55667788, 0x99
  .bss
  .space 64
`;

/** A linker script; a large page makes the linker put the file's header into the first segment, where there is room below it. */
function script(flash: number): string {
  return `MEMORY { FLASH (rx) : ORIGIN = ${flash}, LENGTH = 64K  RAM (rwx) : ORIGIN = 0x20000000, LENGTH = 64K }
  ENTRY(reset)
  SECTIONS {
    .vectors : { KEEP(*(.vectors)) } > FLASH
    .text : { *(.text) } > FLASH
    .rodata : ALIGN(64) { *(.rodata) } > FLASH
    .data : { *(.data) } > RAM AT > FLASH
    .bss (NOLOAD) : { *(.bss) } > RAM
  }`;
}

/** What GNU objcopy makes of an ELF file is what readImage makes of it. */
describe.skipIf(!hasGcc)('images of the GNU tools', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'jb-image-'));
    writeFileSync(join(folder, 'main.s'), source);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function build(flash: number, pageBytes: number): Record<'elf' | 'hex' | 'bin' | 'stripped', Uint8Array> {
    const file = (ending: string): string => join(folder, `image.${ending}`);
    writeFileSync(file('ld'), script(flash));
    execFileSync(gnu('gcc'), [
      ...['-mcpu=cortex-m4', '-mthumb', '-nostdlib', '-g', '-T', file('ld')],
      ...[`-Wl,-z,max-page-size=${pageBytes}`, join(folder, 'main.s'), '-o', file('elf')],
    ]);
    execFileSync(gnu('objcopy'), ['-O', 'ihex', file('elf'), file('hex')]);
    execFileSync(gnu('objcopy'), ['-O', 'binary', '--gap-fill=0xff', file('elf'), file('bin')]);
    execFileSync(gnu('strip'), ['-o', file('stripped'), file('elf')]);
    return {
      elf: readFileSync(file('elf')),
      hex: readFileSync(file('hex')),
      bin: readFileSync(file('bin')),
      stripped: readFileSync(file('stripped')),
    };
  }

  it.each([
    ['at the start of a page', 0x08000000, 0x1000],
    ['behind a boot loader, in a page that has room for the header', 0x08004000, 0x10000],
    ['at address 0', 0, 0x10000],
  ])('%s', (_where, flash, pageBytes) => {
    const files = build(flash, pageBytes);
    const elf = readImage(files.elf, { name: 'image.elf' });
    expect(elf.segments[0]?.address).toBe(flash);
    expect(readImage(files.hex, { name: 'image.hex' }).segments).toEqual(elf.segments);
    expect(readImage(files.stripped, { name: 'image' }).segments).toEqual(elf.segments);
    const bin = readImage(files.bin, { name: 'image.bin', baseAddress: flash });
    expect(flat(elf, flash, bin.segments[0]?.bytes.length ?? 0)).toEqual(bin.segments[0]?.bytes);
  });
});

function flat(image: FlashImage, from: number, length: number): Uint8Array {
  const whole = new Uint8Array(length).fill(0xff);
  for (const { address, bytes } of image.segments) whole.set(bytes, address - from);
  return whole;
}
