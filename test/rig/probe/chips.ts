import type { Bridge } from './faults.ts';
import { FlashArray } from './flash/array.ts';
import type { FlashController } from './flash/array.ts';
import { Nrf52Flash } from './flash/nrf52.ts';
import { Stm32f4Flash } from './flash/stm32f4.ts';
import { Stm32l4Flash } from './flash/stm32l4.ts';
import type { ProbeChip } from './types.ts';

/** A chip's memory, ids and flash interface. */
export interface Chip {
  readonly name: ProbeChip;
  readonly flash: FlashArray;
  readonly controller: FlashController;
  /** The flash is seen at 0 too. */
  readonly aliasAtZero: boolean;
  readonly ram: { address: number; bytes: number };
  /** Words of ROM and of configuration memory, by address. Faults may change them. */
  word(address: number): number | undefined;
  /** An nRF52: a CTRL-AP stands beside the memory AP. */
  readonly controlAp: boolean;
}

const kib = 1024;

/** An id word: true, of a chip that nobody knows, or of another chip of the maker. */
function idWord(bridge: Bridge, own: number, other: number, unknown: number): number {
  if (bridge.faults.unknownChip) return unknown;
  return bridge.faults.wrongChip ? other : own;
}

export function openChip(name: ProbeChip, bridge: Bridge): Chip {
  switch (name) {
    case 'stm32f4': {
      const flash = new FlashArray(0x0800_0000, 1024 * kib, bridge);
      return {
        name,
        flash,
        controller: new Stm32f4Flash(flash, bridge),
        aliasAtZero: true,
        ram: { address: 0x2000_0000, bytes: 128 * kib },
        controlAp: false,
        word: (address) => {
          // DBGMCU_IDCODE of the F405/407; the other one is an STM32F74x. Flash size in KiB at 0x1FFF7A22.
          if (address === 0xe004_2000) return idWord(bridge, 0x1007_6413, 0x1001_6449, 0x1007_6fff);
          if (address === 0x1fff_7a20) return 0x0400_ffff;
          if (address === 0x1ff0_f440 && bridge.faults.wrongChip) return 0x0400_ffff; // where an F7 has it
          return address >= 0x1fff_0000 && address < 0x2000_0000 ? 0xffff_ffff : undefined;
        },
      };
    }
    case 'stm32l4': {
      const flash = new FlashArray(0x0800_0000, 1024 * kib, bridge);
      return {
        name,
        flash,
        controller: new Stm32l4Flash(flash, bridge),
        aliasAtZero: true,
        ram: { address: 0x2000_0000, bytes: 96 * kib },
        controlAp: false,
        word: (address) => {
          // The other one is an STM32L43x.
          if (address === 0xe004_2000) return idWord(bridge, 0x1007_6415, 0x1007_6435, 0x1007_6fff);
          if (address === 0x1fff_75e0) return 0xffff_0400;
          return address >= 0x1fff_0000 && address < 0x2000_0000 ? 0xffff_ffff : undefined;
        },
      };
    }
    case 'nrf52': {
      const flash = new FlashArray(0, 1024 * kib, bridge);
      const ficr = new Map([
        [0x10, 4096],
        [0x14, 256],
        [0x104, 0x4141_4430],
        [0x108, 0x2004],
        [0x10c, 256],
        [0x110, 1024],
        [0x130, 8],
      ]);
      return {
        name,
        flash,
        controller: new Nrf52Flash(flash, bridge),
        aliasAtZero: false,
        ram: { address: 0x2000_0000, bytes: 256 * kib },
        controlAp: true,
        word: (address) => {
          // FICR.INFO.PART; the other one is an nRF52832.
          if (address === 0x1000_0100) return idWord(bridge, 0x52840, 0x52832, 0x5_ffff);
          if (address >= 0x1000_0000 && address < 0x1000_1000) return ficr.get(address - 0x1000_0000) ?? 0xffff_ffff;
          return address >= 0x1000_1000 && address < 0x1000_2000 ? 0xffff_ffff : undefined;
        },
      };
    }
  }
}
