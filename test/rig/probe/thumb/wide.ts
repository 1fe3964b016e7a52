import type { ThumbCore } from './core.ts';
import { dataImmediate, dataRegister, plainImmediate } from './wide-data.ts';
import { dual, multiple, single } from './wide-memory.ts';
import { multiply, registerOperation } from './wide-register.ts';

/** Runs a 32-bit instruction. @returns false when it is not known. */
export function runWide(core: ThumbCore, first: number, second: number): boolean {
  switch ((first >> 9) & 15) {
    case 4: // 1110100
      return (first & 0x40) !== 0 ? dual(core, first, second) : multiple(core, first, second);
    case 5: // 1110101
      return dataRegister(core, first, second);
    case 8:
    case 9:
    case 10:
    case 11: // 11110
      if ((second & 0x8000) !== 0) return branchOrControl(core, first, second);
      return (first & 0x200) !== 0 ? plainImmediate(core, first, second) : dataImmediate(core, first, second);
    case 12: // 1111100
      return single(core, first, second);
    case 13: // 1111101
      return (first & 0x100) !== 0 ? multiply(core, first, second) : registerOperation(core, first, second);
    default:
      return false; // coprocessor, floating point
  }
}

function branchOrControl(core: ThumbCore, first: number, second: number): boolean {
  const s = (first >> 10) & 1;
  const j1 = (second >> 13) & 1;
  const j2 = (second >> 11) & 1;
  const low = (second & 0x7ff) << 1;
  if ((second & 0x1000) !== 0) {
    // B.W (T4) and BL: I1 = NOT(J1 EOR S)
    const i1 = 1 - (j1 ^ s);
    const i2 = 1 - (j2 ^ s);
    const offset = (((s << 24) | (i1 << 23) | (i2 << 22) | ((first & 0x3ff) << 12) | low) << 7) >> 7;
    if ((second & 0x4000) !== 0) core.r[14] = (core.at + 4) | 1;
    core.branch(core.at + 4 + offset);
    return true;
  }
  if ((second & 0x4000) !== 0) return false; // UDF
  const condition = (first >> 6) & 15;
  if (condition < 14) {
    const offset = (((s << 20) | (j2 << 19) | (j1 << 18) | ((first & 0x3f) << 12) | low) << 11) >> 11;
    if (core.holds(condition)) core.branch(core.at + 4 + offset);
    return true;
  }
  if ((first & 0xffe0) === 0xf380) {
    const number = second & 0xff;
    if (number >> 3 === 0) core.xpsr = ((core.r[first & 15] ?? 0) & 0xf800_0000) | (core.xpsr & 0x07ff_ffff);
    else if (number === 8) core.r[13] = core.r[first & 15] ?? 0;
    else core.special.set(number, core.r[first & 15] ?? 0);
    return true;
  }
  if ((first & 0xffe0) === 0xf3e0) {
    const number = second & 0xff;
    const value = number >> 3 === 0 ? core.xpsr & 0xf800_0000 : number === 8 ? core.r[13] : core.special.get(number);
    core.setReg((second >> 8) & 15, value ?? 0);
    return true;
  }
  return first === 0xf3bf || first === 0xf3af; // barriers, hints
}
