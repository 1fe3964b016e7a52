import { TransferFault } from '../dap.ts';
import type { Dap } from '../dap.ts';
import { bitsOf, numberOf } from './tap.ts';
import type { Tap } from './tap.ts';

const idCode = 0x4ba0_0477;
const instruction = { abort: 0x8, dpacc: 0xa, apacc: 0xb, idCode: 0xe } as const;
const ack = { done: 2, wait: 1 } as const;

/** A JTAG debug port (ADIv5): 35 bits of direction, address and data in; acknowledge and the data of the access before out. */
export function debugPort(dap: Dap): Tap {
  let data = 0;
  let answer: number = ack.done;
  const access = async (which: number, read: boolean, address: number, value: number): Promise<void> => {
    if (which === instruction.dpacc) {
      if (read) data = dap.readDp(address);
      else if (address !== 0) dap.writeDp(address, value);
      return;
    }
    const ap = dap.select >>> 24;
    const register = (dap.select & 0xf0) | address;
    if (read) data = await dap.readAp(ap, register);
    else await dap.writeAp(ap, register, value);
  };
  return {
    irBits: 4,
    idInstruction: instruction.idCode,
    capture(selected) {
      switch (selected) {
        case instruction.idCode:
          return bitsOf(idCode, 32);
        case instruction.dpacc:
        case instruction.apacc:
          return [...bitsOf(answer, 3), ...bitsOf(data, 32)];
        case instruction.abort:
          return bitsOf(0, 35);
        default:
          return [0];
      }
    },
    async update(selected, bits) {
      if (selected === instruction.abort) dap.clearSticky();
      if (selected !== instruction.dpacc && selected !== instruction.apacc) return;
      answer = ack.done;
      try {
        await access(selected, bits[0] === 1, numberOf(bits.slice(1, 3)) * 4, numberOf(bits.slice(3)));
      } catch (error) {
        if (!(error instanceof TransferFault)) throw error;
        if (error.kind === 'wait') answer = ack.wait; // a fault is told by the sticky bit
      }
    },
  };
}

/** The boundary-scan device that an STM32F4 has beside its debug port: nothing but an id. */
export function boundaryScan(): Tap {
  return {
    irBits: 5,
    idInstruction: 1,
    capture: (selected) => (selected === 1 ? bitsOf(0x0641_3041, 32) : [0]),
    update: () => Promise.resolve(),
  };
}
