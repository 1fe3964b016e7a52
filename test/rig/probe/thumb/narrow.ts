import type { ThumbCore } from './core.ts';
import { shift, shiftImmediate } from './shift.ts';

/** Runs a 16-bit instruction. @returns false when it is not known. */
export function runNarrow(core: ThumbCore, op: number): boolean {
  const { r } = core;
  const low = op & 7;
  const mid = (op >> 3) & 7;
  const high = (op >> 8) & 7;
  const byte = op & 0xff;
  const flags = core.outside;
  switch (op >> 11) {
    case 0:
    case 1:
    case 2: {
      const { value, carry } = shiftImmediate(op >> 11, r[mid] ?? 0, (op >> 6) & 31, core.c);
      r[low] = value;
      if (flags) {
        core.nz(value);
        core.c = carry;
      }
      return true;
    }
    case 3: {
      const other = (op >> 6) & 7;
      const operand = (op & 0x400) !== 0 ? other : (r[other] ?? 0);
      const minus = (op & 0x200) !== 0;
      r[low] = core.add(r[mid] ?? 0, minus ? ~operand : operand, minus ? 1 : 0, flags);
      return true;
    }
    case 4:
      r[high] = byte;
      if (flags) core.nz(byte);
      return true;
    case 5:
      core.add(r[high] ?? 0, ~byte, 1, true);
      return true;
    case 6:
      r[high] = core.add(r[high] ?? 0, byte, 0, flags);
      return true;
    case 7:
      r[high] = core.add(r[high] ?? 0, ~byte, 1, flags);
      return true;
    case 8:
      return (op & 0x400) !== 0 ? highRegisters(core, op) : dataProcessing(core, op);
    case 9:
      r[high] = core.load(((core.at + 4) & ~3) + byte * 4, 4);
      return true;
    case 10:
    case 11:
      return registerOffset(core, op);
    case 12:
      core.store((r[mid] ?? 0) + ((op >> 6) & 31) * 4, 4, r[low] ?? 0);
      return true;
    case 13:
      r[low] = core.load((r[mid] ?? 0) + ((op >> 6) & 31) * 4, 4);
      return true;
    case 14:
      core.store((r[mid] ?? 0) + ((op >> 6) & 31), 1, r[low] ?? 0);
      return true;
    case 15:
      r[low] = core.load((r[mid] ?? 0) + ((op >> 6) & 31), 1);
      return true;
    case 16:
      core.store((r[mid] ?? 0) + ((op >> 6) & 31) * 2, 2, r[low] ?? 0);
      return true;
    case 17:
      r[low] = core.load((r[mid] ?? 0) + ((op >> 6) & 31) * 2, 2);
      return true;
    case 18:
      core.store((r[13] ?? 0) + byte * 4, 4, r[high] ?? 0);
      return true;
    case 19:
      r[high] = core.load((r[13] ?? 0) + byte * 4, 4);
      return true;
    case 20:
      r[high] = ((core.at + 4) & ~3) + byte * 4;
      return true;
    case 21:
      r[high] = (r[13] ?? 0) + byte * 4;
      return true;
    case 22:
    case 23:
      return miscellaneous(core, op);
    case 24:
    case 25:
      return multiple(core, op);
    case 26:
    case 27: {
      const condition = (op >> 8) & 15;
      if (condition >= 14) return false; // UDF, SVC
      if (core.holds(condition)) core.branch(core.at + 4 + ((byte << 24) >> 23));
      return true;
    }
    case 28:
      core.branch(core.at + 4 + ((op << 21) >> 20));
      return true;
    default:
      return false;
  }
}

function dataProcessing(core: ThumbCore, op: number): boolean {
  const { r } = core;
  const d = op & 7;
  const a = r[d] ?? 0;
  const b = r[(op >> 3) & 7] ?? 0;
  const flags = core.outside;
  const logic = (value: number, write: boolean, always = false): true => {
    if (write) r[d] = value;
    if (flags || always) core.nz(value);
    return true;
  };
  const shifted = (kind: number): true => {
    const { value, carry } = shift(kind, a, b & 0xff, core.c);
    if (flags) core.c = carry;
    return logic(value, true);
  };
  switch ((op >> 6) & 15) {
    case 0:
      return logic(a & b, true);
    case 1:
      return logic(a ^ b, true);
    case 2:
      return shifted(0);
    case 3:
      return shifted(1);
    case 4:
      return shifted(2);
    case 5:
      r[d] = core.add(a, b, core.c, flags);
      return true;
    case 6:
      r[d] = core.add(a, ~b, core.c, flags);
      return true;
    case 7:
      return shifted(3);
    case 8:
      return logic(a & b, false, true);
    case 9:
      r[d] = core.add(0, ~b, 1, flags);
      return true;
    case 10:
      core.add(a, ~b, 1, true);
      return true;
    case 11:
      core.add(a, b, 0, true);
      return true;
    case 12:
      return logic(a | b, true);
    case 13:
      return logic(Math.imul(a, b), true);
    case 14:
      return logic(a & ~b, true);
    default:
      return logic(~b, true);
  }
}

function highRegisters(core: ThumbCore, op: number): boolean {
  const m = (op >> 3) & 15;
  const d = (op & 7) | ((op >> 4) & 8);
  switch ((op >> 8) & 3) {
    case 0:
      core.setReg(d, (core.reg(d) + core.reg(m)) | 0);
      return true;
    case 1:
      core.add(core.reg(d), ~core.reg(m), 1, true);
      return true;
    case 2:
      core.setReg(d, core.reg(m));
      return true;
    default: {
      const target = core.reg(m);
      if ((op & 0x80) !== 0) core.r[14] = (core.at + 2) | 1;
      core.branch(target);
      return true;
    }
  }
}

function registerOffset(core: ThumbCore, op: number): boolean {
  const { r } = core;
  const address = (r[(op >> 3) & 7] ?? 0) + (r[(op >> 6) & 7] ?? 0);
  const t = op & 7;
  switch ((op >> 9) & 7) {
    case 0:
      core.store(address, 4, r[t] ?? 0);
      return true;
    case 1:
      core.store(address, 2, r[t] ?? 0);
      return true;
    case 2:
      core.store(address, 1, r[t] ?? 0);
      return true;
    case 3:
      r[t] = (core.load(address, 1) << 24) >> 24;
      return true;
    case 4:
      r[t] = core.load(address, 4);
      return true;
    case 5:
      r[t] = core.load(address, 2);
      return true;
    case 6:
      r[t] = core.load(address, 1);
      return true;
    default:
      r[t] = (core.load(address, 2) << 16) >> 16;
      return true;
  }
}

function miscellaneous(core: ThumbCore, op: number): boolean {
  const { r } = core;
  const low = op & 7;
  const b = r[(op >> 3) & 7] ?? 0;
  if ((op & 0xff00) === 0xb000) {
    const by = (op & 0x7f) * 4;
    r[13] = (r[13] ?? 0) + ((op & 0x80) !== 0 ? -by : by);
    return true;
  }
  if ((op & 0xf500) === 0xb100) {
    const zero = (r[low] ?? 0) === 0;
    if (zero === ((op & 0x800) === 0)) core.branch(core.at + 4 + (((op >> 3) & 31) | ((op >> 4) & 32)) * 2);
    return true;
  }
  switch (op & 0xffc0) {
    case 0xb200:
      r[low] = (b << 16) >> 16;
      return true;
    case 0xb240:
      r[low] = (b << 24) >> 24;
      return true;
    case 0xb280:
      r[low] = b & 0xffff;
      return true;
    case 0xb2c0:
      r[low] = b & 0xff;
      return true;
    case 0xba00:
      r[low] = swapBytes(b);
      return true;
    case 0xba40:
      r[low] = ((b & 0x00ff_00ff) << 8) | ((b >>> 8) & 0x00ff_00ff);
      return true;
    case 0xbac0:
      r[low] = ((((b & 0xff) << 8) | ((b >> 8) & 0xff)) << 16) >> 16;
      return true;
  }
  if ((op & 0xfe00) === 0xb400) {
    push(core, (op & 0xff) | ((op & 0x100) << 6));
    return true;
  }
  if ((op & 0xfe00) === 0xbc00) {
    pop(core, (op & 0xff) | ((op & 0x100) << 7));
    return true;
  }
  if ((op & 0xffe8) === 0xb660) {
    core.special.set(16, (op & 0x10) !== 0 ? 1 : 0); // CPSIE, CPSID
    return true;
  }
  if ((op & 0xff00) === 0xbf00) {
    if ((op & 15) !== 0) core.it = op & 0xff;
    return true; // else a hint
  }
  return false;
}

function multiple(core: ThumbCore, op: number): boolean {
  const { r } = core;
  const base = (op >> 8) & 7;
  const list = op & 0xff;
  let address = r[base] ?? 0;
  const loading = (op & 0x800) !== 0;
  for (let index = 0; index < 8; index += 1) {
    if ((list & (1 << index)) === 0) continue;
    if (loading) r[index] = core.load(address, 4);
    else core.store(address, 4, r[index] ?? 0);
    address += 4;
  }
  if (!loading || (list & (1 << base)) === 0) r[base] = address;
  return true;
}

/** Stores the registers of a bit list below the stack pointer. */
export function push(core: ThumbCore, list: number): void {
  const { r } = core;
  let count = 0;
  for (let index = 0; index < 16; index += 1) if ((list & (1 << index)) !== 0) count += 1;
  const bottom = (r[13] ?? 0) - count * 4;
  let address = bottom;
  for (let index = 0; index < 15; index += 1) {
    if ((list & (1 << index)) === 0) continue;
    core.store(address, 4, r[index] ?? 0);
    address += 4;
  }
  r[13] = bottom;
}

/** Loads the registers of a bit list from the stack. */
export function pop(core: ThumbCore, list: number): void {
  const { r } = core;
  let address = r[13] ?? 0;
  let target: number | undefined;
  for (let index = 0; index < 16; index += 1) {
    if ((list & (1 << index)) === 0) continue;
    const value = core.load(address, 4);
    if (index === 15) target = value;
    else r[index] = value;
    address += 4;
  }
  r[13] = address;
  if (target !== undefined) core.branch(target);
}

export function swapBytes(value: number): number {
  return (value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24);
}
