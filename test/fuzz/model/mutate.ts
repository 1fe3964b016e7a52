import type { Dice } from '../../interop/model/operator-cases.ts';

const interesting = [0, 1, 2, 3, 4, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];

/** A copy with one to four small changes: bits, bytes, words of either end, cuts, doubled stretches. */
export function mutate(bytes: Uint8Array, dice: Dice): Uint8Array {
  let copy = bytes.slice();
  for (let changes = dice.int(1, 4); changes > 0 && copy.length > 8; changes--) {
    const at = dice.int(0, copy.length - 1);
    const word = Math.min(at - (at % 4), copy.length - 4);
    const view = new DataView(copy.buffer, copy.byteOffset, copy.byteLength);
    switch (dice.int(0, 9)) {
      case 0:
        copy = copy.slice(0, at);
        break;
      case 1:
        copy = Uint8Array.from([...copy.subarray(0, at), ...copy.subarray(Math.max(at - 16, 0))]);
        break;
      case 2:
      case 3:
        view.setUint32(word, dice.pick(interesting), true);
        break;
      case 4:
        view.setUint32(word, view.getUint32(word, true) + dice.int(-4, 4), true);
        break;
      case 5:
        view.setUint32(word, dice.int(0, copy.length), true);
        break;
      case 6:
        copy[at] = dice.int(0, 255);
        break;
      default:
        copy[at] = (copy[at] ?? 0) ^ (1 << dice.int(0, 7));
    }
  }
  return copy;
}
