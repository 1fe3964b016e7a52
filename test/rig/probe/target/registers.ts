/** Debug registers of ARMv7-M (ARM DDI 0403, C1) and their bits. */
export const dhcsr = 0xe000_edf0;
export const dcrsr = 0xe000_edf4;
export const dcrdr = 0xe000_edf8;
export const demcr = 0xe000_edfc;
export const aircr = 0xe000_ed0c;
export const dfsr = 0xe000_ed30;
export const cpuid = 0xe000_ed00;
export const debugKey = 0xa05f;
export const cDebugEn = 1;
export const cHalt = 2;
export const cStep = 4;
export const sRegRdy = 1 << 16;
export const sHalt = 1 << 17;
export const sLockup = 1 << 19;
export const sRetire = 1 << 24;
export const sReset = 1 << 25;
export const dfsrHalted = 1;
export const dfsrBkpt = 2;
export const dfsrVcatch = 8;
export const vcCoreReset = 1;
/** Breakpoint unit: FP_CTRL says six comparators. */
export const fpCtrl = 0xe000_2000;
export const fpCount = 6;
export const fpFirst = 0xe000_2008;

/** PIDR0 to 4 and the class nibble of CIDR1 by component: what ARM's Cortex-M4 reads as. */
const components: readonly { base: number; part: number; kind: number }[] = [
  { base: 0xe000_e000, part: 0x00c, kind: 0xe },
  { base: 0xe000_1000, part: 0x002, kind: 0xe },
  { base: 0xe000_2000, part: 0x003, kind: 0xe },
  { base: 0xe00f_f000, part: 0x4c4, kind: 0x1 },
];
const romTable = [0xfff0_f003, 0xfff0_2003, 0xfff0_3003, 0];

/** Words of the ROM table and the identification registers of the components; undefined elsewhere. */
export function componentWord(address: number): number | undefined {
  const component = components.find(({ base }) => address >= base && address < base + 0x1000);
  if (!component) return undefined;
  const at = address - component.base;
  if (at < 0xfd0) return component.base === 0xe00f_f000 ? (romTable[at / 4] ?? (at === 0xfcc ? 1 : 0)) : undefined;
  switch (at) {
    case 0xfd0:
      return 4; // JEP106 continuation: ARM
    case 0xfe0:
      return component.part & 0xff;
    case 0xfe4:
      return 0xb0 | (component.part >> 8);
    case 0xfe8:
      return 0x0b;
    case 0xff0:
      return 0x0d;
    case 0xff4:
      return component.kind << 4;
    case 0xff8:
      return 0x05;
    case 0xffc:
      return 0xb1;
    default:
      return 0;
  }
}
