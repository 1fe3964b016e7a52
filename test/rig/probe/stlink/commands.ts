import type { Dap } from '../dap.ts';
import { TransferFault } from '../dap.ts';
import type { Bridge } from '../faults.ts';
import type { Target } from '../target/target.ts';

/** Result codes of the probe's firmware. */
const code = { ok: 0x80, noTarget: 0x09, apWait: 0x10, apFault: 0x11, badAp: 0x1d, unknown: 0x42 } as const;
const dpPort = 0xffff;
const version = { old: { stlink: 2, jtag: 20 }, current: { stlink: 2, jtag: 37 } } as const;
const storage = 26;
const vendor = 0x0483;
const product = 0x374b;
/** Volts are twice the second reading over the first, times the reference. */
const referenceV = 1.2;

/** An ST-LINK/V2-1 behind its USB endpoints: one command of 16 bytes, data out or in. */
export class StlinkCommands {
  readonly #dap: Dap;
  readonly #target: Target;
  readonly #bridge: Bridge;
  #debugging = false;
  /** Of the last memory transfer, which is asked for afterwards. */
  #last: { result: number; address: number } = { result: code.ok, address: 0 };

  constructor(dap: Dap, target: Target, bridge: Bridge) {
    this.#dap = dap;
    this.#target = target;
    this.#bridge = bridge;
  }

  /** @returns what the probe sends back; the caller pads it to the size that was asked for. */
  async run(command: Buffer, data: Buffer, size: number): Promise<Buffer> {
    switch (command[0]) {
      case 0xf1: {
        const { stlink, jtag } = this.#bridge.faults.oldProbeFirmware ? version.old : version.current;
        const reply = Buffer.alloc(6);
        reply.writeUInt16BE((stlink << 12) | (jtag << 6) | storage, 0);
        reply.writeUInt16LE(vendor, 2);
        reply.writeUInt16LE(product, 4);
        return reply;
      }
      case 0xf5:
        return Buffer.from([this.#debugging ? 2 : 1, 0]);
      case 0xf7: {
        const full = 1200;
        return words(full, Math.round((this.#bridge.faults.voltageV * full) / (2 * referenceV)));
      }
      case 0xf2:
        return this.#debug(command, data, size);
      default:
        return Buffer.alloc(0); // leaving DFU and the like
    }
  }

  async #debug(command: Buffer, data: Buffer, size: number): Promise<Buffer> {
    const sub = command[1] ?? 0;
    const address = command.readUInt32LE(2);
    const bytes = command.readUInt16LE(6);
    switch (sub) {
      case 0x30:
        this.#debugging = !this.#bridge.faults.noAck;
        return Buffer.from([this.#debugging ? code.ok : code.noTarget, 0]);
      case 0x21:
        this.#debugging = false;
        return Buffer.alloc(0);
      case 0x31:
        return this.#answer(() => Promise.resolve([this.#dap.readDp(0), 0]));
      case 0x3c:
        return this.#status(async () => {
          // 0 pulls the line low, 1 lets it go, 2 is a pulse.
          if (command[2] === 0) await this.#target.holdReset();
          else if (command[2] === 2 || this.#target.state === 'held') await this.#target.reset();
        });
      case 0x32:
        return this.#status(() => this.#target.reset());
      case 0x36:
        return this.#answer(async () => [word(await this.#dap.readMemory(address, 4))]);
      case 0x35:
        return this.#status(() => this.#dap.writeMemory(address, command.subarray(6, 10), 4));
      case 0x33:
        return this.#answer(async () => [this.#target.coreRegister(command[2] ?? 0)]);
      case 0x34:
        return this.#status(async () => this.#target.setCoreRegister(command[2] ?? 0, command.readUInt32LE(3)));
      case 0x3a:
        return this.#answer(async () => Array.from({ length: 21 }, (_, index) => this.#target.coreRegister(index)));
      case 0x07:
      case 0x0c:
      case 0x47:
      case 0x54:
        return this.#read(sub === 0x54 ? 4 : bytes, sub === 0x54 ? bytes : undefined, address);
      case 0x08:
      case 0x0d:
      case 0x48:
      case 0x50:
        return this.#write(address, data.subarray(0, bytes), sub === 0x0d ? 1 : sub === 0x48 ? 2 : 4, sub === 0x50);
      case 0x3e:
      case 0x3b: {
        const reply = Buffer.alloc(12);
        reply[0] = this.#last.result;
        reply.writeUInt32LE(this.#last.address >>> 0, 8);
        return reply;
      }
      case 0x45:
        return this.#answer(async () => {
          const port = command.readUInt16LE(2);
          const register = command.readUInt16LE(4);
          if (port !== dpPort) return [await this.#dap.readAp(port, register)];
          return [register >> 4 === 0 || (register & 0xc) !== 4 ? this.#dap.readDp(register) : 0];
        });
      case 0x46:
        return this.#status(async () => {
          const port = command.readUInt16LE(2);
          const register = command.readUInt16LE(4);
          if (port !== dpPort) await this.#dap.writeAp(port, register, command.readUInt32LE(6));
          else if (register >> 4 === 0 || (register & 0xc) !== 4) this.#dap.writeDp(register, command.readUInt32LE(6));
        });
      case 0x4b:
        return Buffer.from([this.#dap.hasAp(command[2] ?? 0) ? code.ok : code.badAp, 0]);
      case 0x43:
      case 0x4c:
      case 0x40:
      case 0x41:
        return Buffer.from([code.ok, 0]);
      default:
        this.#bridge.note(`ST-LINK command F2 ${sub.toString(16)} is not known here`);
        return Buffer.from([code.unknown, 0].concat(Array(Math.max(0, size - 2)).fill(0)));
    }
  }

  /** Code, three bytes of padding, words. */
  async #answer(action: () => Promise<number[]>): Promise<Buffer> {
    try {
      const values = await action();
      return Buffer.concat([Buffer.from([code.ok, 0, 0, 0]), words(...values)]);
    } catch (error) {
      return Buffer.from([this.#codeOf(error), 0, 0, 0, 0, 0, 0, 0]);
    }
  }

  async #status(action: () => Promise<void>): Promise<Buffer> {
    try {
      await action();
      return Buffer.from([code.ok, 0]);
    } catch (error) {
      return Buffer.from([this.#codeOf(error), 0]);
    }
  }

  /** @param fixed bytes to read from one address again and again. */
  async #read(bytes: number, fixed: number | undefined, address: number): Promise<Buffer> {
    this.#last = { result: code.ok, address: 0 };
    try {
      if (fixed === undefined) return Buffer.from(await this.#dap.readMemory(address, bytes));
      const parts: Uint8Array[] = [];
      for (let at = 0; at < fixed; at += 4) parts.push(await this.#dap.readMemory(address, 4));
      return Buffer.concat(parts);
    } catch (error) {
      this.#last = { result: this.#codeOf(error), address };
      return Buffer.alloc(0);
    }
  }

  async #write(address: number, data: Buffer, size: 1 | 2 | 4, fixed: boolean): Promise<Buffer> {
    this.#last = { result: code.ok, address: 0 };
    try {
      if (!fixed) await this.#dap.writeMemory(address, data, size);
      else
        for (let at = 0; at < data.length; at += 4) await this.#dap.writeMemory(address, data.subarray(at, at + 4), 4);
    } catch (error) {
      this.#last = { result: this.#codeOf(error), address };
    }
    return Buffer.alloc(0);
  }

  #codeOf(error: unknown): number {
    if (!(error instanceof TransferFault)) throw error;
    if (error.kind === 'noAck') return code.noTarget;
    if (error.kind === 'wait') return code.apWait;
    this.#dap.clearSticky(); // the probe's firmware does so before it answers
    return code.apFault;
  }
}

function word(bytes: Uint8Array): number {
  return Buffer.from(bytes).readUInt32LE(0);
}

function words(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => buffer.writeUInt32LE(value >>> 0, index * 4));
  return buffer;
}
