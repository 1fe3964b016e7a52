import type { ThumbCore } from './core.ts';

/** LDM, STM with increment after or decrement before; PUSH.W and POP.W are among them. */
export function multiple(core: ThumbCore, first: number, second: number): boolean {
  const n = first & 15;
  const kind = (first >> 7) & 3;
  if (kind !== 1 && kind !== 2) return false;
  const loading = (first & 0x10) !== 0;
  let count = 0;
  for (let index = 0; index < 16; index += 1) if ((second & (1 << index)) !== 0) count += 1;
  const base = core.r[n] ?? 0;
  const end = kind === 1 ? base + count * 4 : base - count * 4;
  let address = kind === 1 ? base : end;
  if ((first & 0x20) !== 0 && loading) core.r[n] = end;
  for (let index = 0; index < 16; index += 1) {
    if ((second & (1 << index)) === 0) continue;
    if (loading) core.setReg(index, core.load(address, 4));
    else core.store(address, 4, core.r[index] ?? 0);
    address += 4;
  }
  if ((first & 0x20) !== 0 && !loading) core.r[n] = end;
  return true;
}

/** LDRD, STRD, exclusive accesses and table branches. */
export function dual(core: ThumbCore, first: number, second: number): boolean {
  const n = first & 15;
  const t = second >> 12;
  const t2 = (second >> 8) & 15;
  const loading = (first & 0x10) !== 0;
  if ((first & 0x120) === 0) {
    if ((first & 0x80) === 0) {
      const address = (core.r[n] ?? 0) + (second & 0xff) * 4;
      if (loading) core.setReg(t, core.load(address, 4));
      else {
        core.store(address, 4, core.r[t] ?? 0);
        core.r[t2] = 0; // the exclusive store succeeds: nobody else is there
      }
      return true;
    }
    const kind = (second >> 4) & 15;
    if (loading && kind <= 1) {
      const m = core.reg(second & 15);
      const entry = kind === 1 ? core.load(core.reg(n) + m * 2, 2) : core.load(core.reg(n) + m, 1);
      core.branch(core.at + 4 + entry * 2);
      return true;
    }
    const size = kind === 4 ? 1 : kind === 5 ? 2 : undefined;
    if (size === undefined) return false;
    if (loading) core.setReg(t, core.load(core.r[n] ?? 0, size));
    else {
      core.store(core.r[n] ?? 0, size, core.r[t] ?? 0);
      core.r[second & 15] = 0;
    }
    return true;
  }
  const base = n === 15 ? (core.at + 4) & ~3 : (core.r[n] ?? 0);
  const offset = (second & 0xff) * ((first & 0x80) !== 0 ? 4 : -4);
  const address = (first & 0x100) !== 0 ? base + offset : base;
  if (loading) {
    const low = core.load(address, 4);
    core.r[t2] = core.load(address + 4, 4);
    core.r[t] = low;
  } else {
    core.store(address, 4, core.r[t] ?? 0);
    core.store(address + 4, 4, core.r[t2] ?? 0);
  }
  if ((first & 0x20) !== 0) core.r[n] = base + offset;
  return true;
}

/** LDR, LDRH, LDRB, LDRSH, LDRSB, STR, STRH, STRB in their 32-bit forms, and PLD. */
export function single(core: ThumbCore, first: number, second: number): boolean {
  const n = first & 15;
  const t = second >> 12;
  const scale = (first >> 5) & 3;
  if (scale === 3) return false;
  const size = scale === 0 ? 1 : scale === 1 ? 2 : 4;
  const loading = (first & 0x10) !== 0;
  const signed = (first & 0x100) !== 0;
  if (signed && (!loading || size === 4)) return false;
  const base = n === 15 ? (core.at + 4) & ~3 : (core.r[n] ?? 0);
  let address: number;
  let back: number | undefined;
  if (n === 15) {
    if (!loading) return false;
    address = base + ((first & 0x80) !== 0 ? second & 0xfff : -(second & 0xfff));
  } else if ((first & 0x80) !== 0) address = base + (second & 0xfff);
  else if ((second & 0x800) !== 0) {
    const offset = (second & 0x200) !== 0 ? second & 0xff : -(second & 0xff);
    address = (second & 0x400) !== 0 ? base + offset : base;
    if ((second & 0x100) !== 0) back = base + offset;
  } else if ((second & 0xfc0) === 0) address = base + (core.reg(second & 15) << ((second >> 4) & 3));
  else return false;
  if (loading) {
    if (t === 15 && size !== 4) return true; // PLD, PLI
    const value = core.load(address, size);
    if (back !== undefined) core.setReg(n, back);
    const shift = 32 - size * 8;
    core.setReg(t, signed ? (value << shift) >> shift : value);
  } else {
    core.store(address, size, core.r[t] ?? 0);
    if (back !== undefined) core.setReg(n, back);
  }
  return true;
}
