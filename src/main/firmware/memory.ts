import type { ElfSection } from './elf.ts';

/** What an image needs of a board's memory, in bytes; the sections are those of `firmware/ports/common/sections.ld`. */
export interface MemoryFigures {
  flash: {
    /** Vector table and instructions. */
    code: number;
    /** The plan: weights, tables and operator records. */
    weights: number;
    /** All other constants, the known answers of the self-check and initial values of variables. */
    constants: number;
    total: number;
  };
  ram: {
    /** Variables with an initial value. */
    data: number;
    /** All other variables of harness and port. */
    bss: number;
    arena: number;
    /** The buffer that `db` fills. */
    payload: number;
    /** Reserved; how much of it is used is known by running (`memory%`). */
    stack: number;
    total: number;
  };
}

/** Adds up an image's sections. Gaps between them, at most 15 bytes each, are not counted. */
export function memoryFigures(sections: readonly ElfSection[]): MemoryFigures {
  const sum = (...names: string[]): number =>
    sections
      .filter((section) => section.allocated && names.includes(section.name))
      .reduce((total, section) => total + section.bytes, 0);
  const data = sum('.data');
  const flash = { code: sum('.vectors', '.text'), weights: sum('.model'), constants: sum('.rodata', '.known') + data };
  const ram = { data, bss: sum('.bss'), arena: sum('.arena'), payload: sum('.payload'), stack: sum('.stack') };
  return {
    flash: { ...flash, total: flash.code + flash.weights + flash.constants },
    ram: { ...ram, total: ram.data + ram.bss + ram.arena + ram.payload + ram.stack },
  };
}
