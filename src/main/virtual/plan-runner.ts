import { compileFirmware, type VirtualFirmware } from './firmware.ts';
import { instantiateFirmware, type FirmwareInstance } from './instance.ts';
import { activityKind } from './virtual-dut.ts';

/**
 * Runs a plan image in the virtual DUT's firmware, past the protocol, and gives every operator's output: what
 * `joulebench model check` compares with known vectors. Throws what `instantiateFirmware` throws.
 */
export class PlanRunner {
  readonly #instance: FirmwareInstance;
  #outputs: Int8Array[] = [];

  constructor(firmware: VirtualFirmware, image: Uint8Array, model: string) {
    this.#instance = instantiateFirmware(compileFirmware(firmware), image, model, {
      nowUs: () => 0,
      tx: () => undefined,
      pin: () => undefined,
      mark: (kind, argument) => {
        if (kind === activityKind.operator) this.#outputs.push(this.#instance.operatorOutput(argument));
      },
    });
  }

  /** Bytes of the input tensor. */
  get inputBytes(): number {
    return this.#instance.inputBytes;
  }

  /** One inference on an int8 tensor of `inputBytes` values; the outputs of all operators in order, each a copy. */
  run(input: Int8Array): Int8Array[] {
    if (input.length !== this.inputBytes) {
      throw new RangeError(`the input tensor has ${String(this.inputBytes)} values, not ${String(input.length)}`);
    }
    this.#outputs = [];
    this.#instance.runTensor(input);
    return this.#outputs;
  }
}
