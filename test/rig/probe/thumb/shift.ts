/** Result and carry of a shift; the carry is the given one when nothing is shifted. */
export interface Shifted {
  value: number;
  carry: number;
}

/** Shift by an amount of 0 to 255, as LSL_C, LSR_C, ASR_C and ROR_C of the architecture. */
export function shift(kind: number, value: number, amount: number, carry: number): Shifted {
  if (amount === 0) return { value, carry };
  switch (kind) {
    case 0:
      if (amount > 32) return { value: 0, carry: 0 };
      return { value: amount === 32 ? 0 : value << amount, carry: (value >>> (32 - amount)) & 1 };
    case 1:
      if (amount > 32) return { value: 0, carry: 0 };
      return { value: amount === 32 ? 0 : (value >>> amount) | 0, carry: (value >>> (amount - 1)) & 1 };
    case 2: {
      const by = Math.min(amount, 32);
      return { value: value >> Math.min(by, 31), carry: (value >> (by - 1)) & 1 };
    }
    default: {
      const by = amount & 31;
      const rotated = by === 0 ? value : (value >>> by) | (value << (32 - by));
      return { value: rotated | 0, carry: rotated >>> 31 };
    }
  }
}

/** Shift by an immediate of an instruction: 0 means 32 for LSR and ASR, and RRX for ROR. */
export function shiftImmediate(kind: number, value: number, amount: number, carry: number): Shifted {
  if (kind === 3 && amount === 0) return { value: (value >>> 1) | (carry << 31), carry: value & 1 };
  return shift(kind, value, amount === 0 && kind !== 0 ? 32 : amount, carry);
}
