import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startQemu } from '../../rig/probe/qemu/machine.ts';
import type { QemuMachine } from '../../rig/probe/qemu/machine.ts';
import { ThumbCore } from '../../rig/probe/thumb/index.ts';
import type { Bus } from '../../rig/probe/thumb/index.ts';
import { noQemuReason } from '../../support/firmware-count.ts';

if (noQemuReason) console.info(`the interpreter against QEMU: ${noQemuReason}`);

const code = 0x2000_0100;
const scratch = 0x2000_1000;
const scratchBytes = 1024;
const cases = 150;

/** Numbers that are the same in each run. */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  word(): number {
    this.#state = (Math.imul(this.#state ^ (this.#state >>> 15), 0x2c1b_3c6d) + 0x9e37_79b9) >>> 0;
    const mixed = Math.imul(this.#state ^ (this.#state >>> 12), 0x297a_2d39);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  below(limit: number): number {
    return this.word() % limit;
  }

  /** A register that is neither the base r7, nor the stack pointer, nor the program counter. */
  reg(): number {
    return this.below(7);
  }
}

const wide = (first: number, second: number): number[] => [first, second];
const shifted = (dice: Dice): number => (dice.below(8) << 12) | (dice.below(4) << 6) | (dice.below(4) << 4);
/** Bits of a modified immediate: i in the first halfword, imm3 and imm8 in the second. */
const constant = (dice: Dice): [number, number] => {
  let imm12 = dice.below(4096);
  // A splat of a zero byte is unpredictable.
  if (imm12 >> 10 === 0 && (imm12 & 0x300) !== 0 && (imm12 & 0xff) === 0) imm12 |= 0x55;
  return [(imm12 & 0x800) >> 1, ((imm12 & 0x700) << 4) | (imm12 & 0xff)];
};
const pick = <T>(dice: Dice, list: readonly T[]): T => {
  const item = list[dice.below(list.length)];
  if (item === undefined) throw new Error('empty list');
  return item;
};

/** Encodings by kind. r7 holds an address in the scratch memory, r6 a small number. */
const kinds: Readonly<Record<string, (dice: Dice) => number[]>> = {
  'shift, add, subtract, move, compare': (dice) => [dice.below(0x4000)],
  'data processing': (dice) => [0x4000 | dice.below(0x400)],
  'high registers': (dice) => [
    0x4400 | (dice.below(3) << 8) | (dice.below(2) << 7) | ((8 + dice.below(5)) << 3) | dice.below(5),
  ],
  'load and store': (dice) =>
    pick(dice, [
      () => [0x5000 | (dice.below(8) << 9) | (6 << 6) | (7 << 3) | dice.below(6)],
      () => [0x6000 | (dice.below(4) << 11) | (dice.below(32) << 6) | (7 << 3) | dice.reg()],
      () => [0x8000 | (dice.below(2) << 11) | (dice.below(32) << 6) | (7 << 3) | dice.reg()],
      () => [0x9000 | (dice.below(2) << 11) | (dice.reg() << 8) | dice.below(32)],
      () => [0xc000 | (dice.below(2) << 11) | (7 << 8) | (1 + dice.below(127))],
    ])(),
  'stack, addresses, extensions': (dice) =>
    pick(dice, [
      () => [0xa000 | (dice.below(2) << 11) | (dice.reg() << 8) | dice.below(256)],
      () => [0xb000 | dice.below(256)],
      () => [0xb200 | dice.below(256)],
      () => [0xb400 | (dice.below(2) << 8) | (1 + dice.below(255))],
      () => [0xbc00 | (1 + dice.below(255))],
      () => [0xba00 | pick(dice, [0, 0x40, 0xc0]) | dice.below(64)],
      () => [0xb100 | (dice.below(2) << 11) | (dice.below(2) << 9) | dice.below(256)],
    ])(),
  branches: (dice) =>
    pick(dice, [
      () => [0xd000 | (dice.below(14) << 8) | dice.below(256)],
      () => [0xe000 | dice.below(0x800)],
      () => wide(0xf000 | dice.below(0x800), 0xd000 | dice.below(0x1000) | (dice.below(2) << 13)),
      () => wide(0xf000 | dice.below(0x800), 0x9000 | dice.below(0x1000) | (dice.below(2) << 13)),
      () =>
        wide(
          0xf000 | (dice.below(2) << 10) | (dice.below(14) << 6) | dice.below(64),
          0x8000 | dice.below(0x800) | (dice.below(2) << 13) | (dice.below(2) << 11),
        ),
    ])(),
  'wide data processing': (dice) => {
    const op = pick(dice, [0, 1, 2, 3, 4, 8, 10, 11, 13, 14]);
    const flags = dice.below(2);
    // Without a result: TST, TEQ, CMN, CMP. Without an operand: MOV, MVN.
    const d = flags === 1 && [0, 4, 8, 13].includes(op) && dice.below(3) === 0 ? 15 : dice.reg();
    const n = [2, 3].includes(op) && dice.below(3) === 0 ? 15 : dice.reg();
    const [i, second] = constant(dice);
    return dice.below(2) === 0
      ? wide(0xf000 | i | (op << 5) | (flags << 4) | n, second | (d << 8))
      : wide(0xea00 | (op << 5) | (flags << 4) | n, shifted(dice) | (d << 8) | dice.reg());
  },
  'wide immediates, bit fields, saturation': (dice) => {
    const n = dice.reg();
    const d = dice.reg();
    const low = dice.below(32);
    const fields = ((low & 28) << 10) | ((low & 3) << 6) | (d << 8);
    return pick(dice, [
      () => wide(0xf200 | (dice.below(2) << 10) | n, (dice.below(8) << 12) | (d << 8) | dice.below(256)),
      () => wide(0xf2a0 | (dice.below(2) << 10) | n, (dice.below(8) << 12) | (d << 8) | dice.below(256)),
      () =>
        wide(
          0xf240 | (dice.below(2) << 10) | (dice.below(2) << 7) | dice.below(16),
          (dice.below(8) << 12) | (d << 8) | dice.below(256),
        ),
      () => wide(pick(dice, [0xf340, 0xf3c0]) | n, fields | dice.below(32 - low)),
      () => wide(0xf360 | pick(dice, [n, 15]), fields | (low + dice.below(32 - low))),
      () => wide(pick(dice, [0xf300, 0xf380]) | n, fields | dice.below(32)),
      () => wide(pick(dice, [0xf320, 0xf3a0]) | n, (fields === d << 8 ? fields | 0x40 : fields) | dice.below(32)),
    ])();
  },
  'wide loads and stores': (dice) => {
    const t = dice.reg();
    const load = dice.below(2);
    const size = dice.below(3);
    const signed = load === 1 && size < 2 ? dice.below(2) : 0;
    const head = 0xf800 | (signed << 8) | (size << 5) | (load << 4) | 7;
    const t2 = (t + 1) % 7;
    return pick(dice, [
      () => wide(head | 0x80, (t << 12) | dice.below(64)),
      () =>
        wide(
          head,
          (t << 12) | 0x800 | pick(dice, [0x100, 0x400, 0x500]) | (dice.below(2) << 9) | (dice.below(16) << 2),
        ),
      () => wide(head, (t << 12) | (dice.below(4) << 4) | 6),
      () =>
        wide(
          0xe940 | (load << 4) | (dice.below(2) << 5) | (dice.below(2) << 7) | 7 | 0x100,
          (t << 12) | (t2 << 8) | dice.below(16),
        ),
      () => wide(0xe880 | (load << 4) | (dice.below(2) << 5) | 7, 3 | dice.below(128)),
      () => wide(0xe900 | (load << 4) | (dice.below(2) << 5) | 7, 3 | dice.below(128)),
      () => wide(0xf85f | (dice.below(2) << 7), (t << 12) | (dice.below(16) << 2)),
    ])();
  },
  'wide shifts, extensions, products, quotients': (dice) => {
    const n = dice.reg();
    const m = dice.reg();
    const d = dice.reg();
    const a = (d + 1) % 7;
    return pick(dice, [
      () => wide(0xfa00 | (dice.below(8) << 4) | n, 0xf000 | (d << 8) | m),
      () =>
        wide(
          0xfa00 | (pick(dice, [0, 1, 4, 5]) << 4) | pick(dice, [n, 15]),
          0xf080 | (d << 8) | (dice.below(4) << 4) | m,
        ),
      () => wide(0xfa90 | m, 0xf080 | (d << 8) | (dice.below(4) << 4) | m),
      () => wide(0xfab0 | m, 0xf080 | (d << 8) | m),
      () => wide(0xfb00 | n, (pick(dice, [a, 15]) << 12) | (d << 8) | m),
      () => wide(0xfb00 | n, (a << 12) | (d << 8) | 0x10 | m),
      () => wide(pick(dice, [0xfb80, 0xfba0, 0xfbc0, 0xfbe0]) | n, (a << 12) | (d << 8) | m),
      () => wide(pick(dice, [0xfb90, 0xfbb0]) | n, 0xf0f0 | (d << 8) | m),
    ])();
  },
};

describe.skipIf(noQemuReason)('the interpreter of loader stubs does what QEMU does', () => {
  let machine: QemuMachine;
  beforeAll(async () => {
    machine = await startQemu('mps2-an386', () => undefined);
  });
  afterAll(() => machine.close());

  it.each(Object.entries(kinds))('%s', async (_, encode) => {
    const dice = new Dice(0x5eed);
    let compared = 0;
    for (let index = 0; index < cases; index += 1) {
      const halfwords = encode(dice);
      const memory = Uint8Array.from({ length: scratchBytes }, () => dice.below(256));
      const values = Uint32Array.from({ length: 17 }, () =>
        pick(dice, [dice.word(), dice.below(70), 0xffff_ffff, 0x8000_0000]),
      );
      values[6] = dice.below(16) * 4;
      values[7] = scratch + 256;
      values[13] = scratch + 256;
      values[15] = code;
      const isBranch = encode === kinds.branches || (halfwords[0] ?? 0) >> 12 === 0xb;
      const block = !isBranch && dice.below(4) === 0 ? (dice.below(14) << 4) | 8 : 0;
      values[16] = ((dice.below(32) << 27) | (1 << 24) | ((block & 3) << 25) | ((block >> 2) << 10)) >>> 0;

      const program = Uint8Array.from(halfwords.flatMap((halfword) => [halfword & 0xff, halfword >> 8]));
      const ours = await here(program, memory, values);
      const theirs = await there(machine, program, memory, values);
      const name = halfwords.map((halfword) => halfword.toString(16)).join(' ');
      expect({ name, case: index, before: [...values], ...theirs }).toEqual({
        name,
        case: index,
        before: [...values],
        ...ours,
      });
      compared += 1;
    }
    expect(compared).toBe(cases);
  });
});

interface Outcome {
  values: number[];
  memory: string;
}

/** Flags and the state of IT blocks: what a program can see. */
const visible = 0xfe00_fc00;

async function here(program: Uint8Array, memory: Uint8Array, values: Uint32Array): Promise<Outcome> {
  const ram = new Uint8Array(0x2000);
  ram.set(program, code - 0x2000_0000);
  ram.set(memory, scratch - 0x2000_0000);
  const view = new DataView(ram.buffer);
  const bus: Bus = {
    read: (address, size) => {
      const at = address - 0x2000_0000;
      return size === 4 ? view.getUint32(at, true) : size === 2 ? view.getUint16(at, true) : view.getUint8(at);
    },
    write: (address, size, value) => {
      const at = address - 0x2000_0000;
      if (size === 4) view.setUint32(at, value, true);
      else if (size === 2) view.setUint16(at, value, true);
      else view.setUint8(at, value);
      return true;
    },
  };
  const core = new ThumbCore(bus);
  core.r.set(values.subarray(0, 16));
  core.xpsr = values[16] ?? 0;
  core.step();
  const left = [...core.r].map((value) => value >>> 0);
  return {
    values: [...left, (core.xpsr & visible) >>> 0],
    memory: Buffer.from(ram.subarray(scratch - 0x2000_0000, scratch - 0x2000_0000 + scratchBytes)).toString('hex'),
  };
}

async function there(
  machine: QemuMachine,
  program: Uint8Array,
  memory: Uint8Array,
  values: Uint32Array,
): Promise<Outcome> {
  await machine.write(code - 0x100, new Uint8Array(0x400));
  await machine.write(code, program);
  await machine.write(scratch, memory);
  await machine.writeRegisters(values);
  await machine.step();
  const left = [...(await machine.readRegisters())];
  const bytes = await machine.read(scratch, scratchBytes);
  return {
    values: [...left.slice(0, 16), ((left[16] ?? 0) & visible) >>> 0],
    memory: Buffer.from(bytes ?? []).toString('hex'),
  };
}
