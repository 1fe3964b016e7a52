import type { ThumbCore } from './core.ts';
import { shiftImmediate } from './shift.ts';

/** ThumbExpandImm_C: the constant and the carry that logic operations take from it. */
function expand(imm12: number, carry: number): { value: number; carry: number } {
  const byte = imm12 & 0xff;
  if (imm12 >> 10 === 0) {
    switch ((imm12 >> 8) & 3) {
      case 0:
        return { value: byte, carry };
      case 1:
        return { value: (byte << 16) | byte, carry };
      case 2:
        return { value: (byte << 24) | (byte << 8), carry };
      default:
        return { value: (byte << 24) | (byte << 16) | (byte << 8) | byte, carry };
    }
  }
  const value = 0x80 | (imm12 & 0x7f);
  const by = imm12 >> 7;
  const rotated = (value >>> by) | (value << (32 - by));
  return { value: rotated, carry: rotated >>> 31 };
}

/** Data processing with a modified immediate. */
export function dataImmediate(core: ThumbCore, first: number, second: number): boolean {
  const imm12 = ((first & 0x400) << 1) | ((second & 0x7000) >> 4) | (second & 0xff);
  const { value, carry } = expand(imm12, core.c);
  return operate(core, first, second, value, carry);
}

/** Data processing with a shifted register. */
export function dataRegister(core: ThumbCore, first: number, second: number): boolean {
  const amount = ((second & 0x7000) >> 10) | ((second >> 6) & 3);
  const kind = (second >> 4) & 3;
  const operand = core.reg(second & 15);
  if (((first >> 5) & 15) === 6) return pack(core, first, second, kind, amount);
  const { value, carry } =
    kind === 0 && amount === 0 ? { value: operand, carry: core.c } : shiftImmediate(kind, operand, amount, core.c);
  return operate(core, first, second, value, carry);
}

/** PKHBT, PKHTB. */
function pack(core: ThumbCore, first: number, second: number, kind: number, amount: number): boolean {
  if ((kind & 1) !== 0) return false;
  const n = core.reg(first & 15);
  const { value } =
    kind === 0 && amount === 0
      ? { value: core.reg(second & 15) }
      : shiftImmediate(kind, core.reg(second & 15), amount, 0);
  const result = kind === 2 ? (n & 0xffff_0000) | (value & 0xffff) : (value & 0xffff_0000) | (n & 0xffff);
  core.setReg((second >> 8) & 15, result);
  return true;
}

function operate(core: ThumbCore, first: number, second: number, b: number, carry: number): boolean {
  const flags = (first & 0x10) !== 0;
  const n = first & 15;
  const d = (second >> 8) & 15;
  const a = core.reg(n);
  const test = flags && d === 15;
  const logic = (value: number): true => {
    if (flags) {
      core.nz(value);
      core.c = carry;
    }
    if (!test) core.setReg(d, value);
    return true;
  };
  const arithmetic = (x: number, y: number, in1: number): true => {
    const value = core.add(x, y, in1, flags);
    if (!test) core.setReg(d, value);
    return true;
  };
  switch ((first >> 5) & 15) {
    case 0:
      return logic(a & b);
    case 1:
      return logic(a & ~b);
    case 2:
      return logic(n === 15 ? b : a | b);
    case 3:
      return logic(n === 15 ? ~b : a | ~b);
    case 4:
      return logic(a ^ b);
    case 8:
      return arithmetic(a, b, 0);
    case 10:
      return arithmetic(a, b, core.c);
    case 11:
      return arithmetic(a, ~b, core.c);
    case 13:
      return arithmetic(a, ~b, 1);
    case 14:
      return arithmetic(~a, b, 1);
    default:
      return false;
  }
}

/** ADDW, SUBW, ADR, MOVW, MOVT, bit fields and saturation. */
export function plainImmediate(core: ThumbCore, first: number, second: number): boolean {
  const n = first & 15;
  const d = (second >> 8) & 15;
  const imm12 = ((first & 0x400) << 1) | ((second & 0x7000) >> 4) | (second & 0xff);
  const low = ((second & 0x7000) >> 10) | ((second >> 6) & 3);
  const base = n === 15 ? (core.at + 4) & ~3 : core.reg(n);
  switch ((first >> 4) & 31) {
    case 0:
      core.setReg(d, base + imm12);
      return true;
    case 10:
      core.setReg(d, base - imm12);
      return true;
    case 4:
      core.setReg(d, (n << 12) | imm12);
      return true;
    case 12:
      core.setReg(d, (core.reg(d) & 0xffff) | (((n << 12) | imm12) << 16));
      return true;
    case 16:
    case 18:
    case 24:
    case 26:
      return saturate(core, first, second, low);
    case 20:
    case 28: {
      const width = (second & 31) + 1;
      const up = 32 - width - low;
      if (up < 0) return false;
      const moved = core.reg(n) << up;
      core.setReg(d, (first & 0x80) !== 0 ? (moved >>> (32 - width)) | 0 : moved >> (32 - width));
      return true;
    }
    case 22: {
      const width = (second & 31) + 1 - low;
      if (width <= 0) return false;
      const mask = (width === 32 ? -1 : (1 << width) - 1) << low;
      const value = n === 15 ? 0 : core.reg(n) << low;
      core.setReg(d, (core.reg(d) & ~mask) | (value & mask));
      return true;
    }
    default:
      return false;
  }
}

/** SSAT, USAT; a shift of the halfword forms is not known here. */
function saturate(core: ThumbCore, first: number, second: number, amount: number): boolean {
  const right = (first & 0x20) !== 0;
  if (right && amount === 0) return false; // SSAT16, USAT16
  const { value } = right
    ? shiftImmediate(2, core.reg(first & 15), amount, 0)
    : { value: core.reg(first & 15) << amount };
  const unsigned = (first & 0x80) !== 0;
  const bits = second & 31;
  const top = unsigned ? 2 ** bits - 1 : 2 ** bits - 1;
  const bottom = unsigned ? 0 : -(2 ** bits);
  const result = Math.min(Math.max(value, bottom), top);
  if (result !== value) core.q = 1;
  core.setReg((second >> 8) & 15, result);
  return true;
}
