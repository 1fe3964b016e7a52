import type { ThumbCore } from './core.ts';
import { swapBytes } from './narrow.ts';
import { shift } from './shift.ts';

/** Shifts by a register, extensions, reversals and CLZ. */
export function registerOperation(core: ThumbCore, first: number, second: number): boolean {
  if ((second & 0xf000) !== 0xf000) return false;
  const n = first & 15;
  const d = (second >> 8) & 15;
  const m = core.reg(second & 15);
  const kind = (first >> 4) & 15;
  if (kind < 8 && (second & 0xf0) === 0) {
    const { value, carry } = shift(kind >> 1, core.reg(n), m & 0xff, core.c);
    if ((kind & 1) !== 0) {
      core.nz(value);
      core.c = carry;
    }
    core.setReg(d, value);
    return true;
  }
  if (kind < 8 && (second & 0x80) !== 0) return extend(core, kind, n, d, rotate(m, ((second >> 4) & 3) * 8));
  if (kind === 9 && (second & 0xc0) === 0x80) {
    switch ((second >> 4) & 3) {
      case 0:
        core.setReg(d, swapBytes(m));
        return true;
      case 1:
        core.setReg(d, ((m & 0x00ff_00ff) << 8) | ((m >>> 8) & 0x00ff_00ff));
        return true;
      case 2:
        core.setReg(d, reverseBits(m));
        return true;
      default:
        core.setReg(d, ((((m & 0xff) << 8) | ((m >> 8) & 0xff)) << 16) >> 16);
        return true;
    }
  }
  if (kind === 11 && (second & 0xf0) === 0x80) {
    core.setReg(d, Math.clz32(m));
    return true;
  }
  return false;
}

function extend(core: ThumbCore, kind: number, n: number, d: number, value: number): boolean {
  const base = n === 15 ? 0 : core.reg(n);
  switch (kind) {
    case 0:
      core.setReg(d, base + ((value << 16) >> 16));
      return true;
    case 1:
      core.setReg(d, base + (value & 0xffff));
      return true;
    case 4:
      core.setReg(d, base + ((value << 24) >> 24));
      return true;
    case 5:
      core.setReg(d, base + (value & 0xff));
      return true;
    default:
      return false; // the 16-bit pairs of the DSP extension
  }
}

/** MUL, MLA, MLS, the long multiplications, and divisions. */
export function multiply(core: ThumbCore, first: number, second: number): boolean {
  const n = core.reg(first & 15);
  const m = core.reg(second & 15);
  const a = second >> 12;
  const d = (second >> 8) & 15;
  const kind = (first >> 4) & 7;
  const part = (second >> 4) & 15;
  if ((first & 0x80) === 0) {
    if (kind !== 0) return false;
    if (part === 0) core.setReg(d, (a === 15 ? 0 : core.reg(a)) + Math.imul(n, m));
    else if (part === 1) core.setReg(d, core.reg(a) - Math.imul(n, m));
    else return false;
    return true;
  }
  if (kind === 1 && part === 15) {
    core.setReg(d, m === 0 ? 0 : Math.trunc(n / m));
    return true;
  }
  if (kind === 3 && part === 15) {
    core.setReg(d, m === 0 ? 0 : Math.trunc((n >>> 0) / (m >>> 0)));
    return true;
  }
  if (part !== 0) return false;
  const sum = ((BigInt(core.r[d] ?? 0) & 0xffff_ffffn) << 32n) | (BigInt(core.r[a] ?? 0) & 0xffff_ffffn);
  const signed = BigInt(n) * BigInt(m);
  const unsigned = BigInt(n >>> 0) * BigInt(m >>> 0);
  const product =
    kind === 0 ? signed : kind === 2 ? unsigned : kind === 4 ? sum + signed : kind === 6 ? sum + unsigned : undefined;
  if (product === undefined) return false;
  core.r[a] = Number(BigInt.asIntN(32, product));
  core.r[d] = Number(BigInt.asIntN(32, product >> 32n));
  return true;
}

function rotate(value: number, by: number): number {
  return by === 0 ? value : (value >>> by) | (value << (32 - by));
}

function reverseBits(value: number): number {
  let result = 0;
  for (let bit = 0; bit < 32; bit += 1) if ((value & (1 << bit)) !== 0) result |= 1 << (31 - bit);
  return result;
}
