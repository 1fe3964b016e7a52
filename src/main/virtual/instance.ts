import { Fault } from '../../shared/fault/index.ts';
import { firmwareAbi } from './firmware.ts';

/** What the firmware asks of its host: the port struct's functions (`firmware/harness/jb_port.h`). */
export interface FirmwareImports {
  nowUs(): number;
  /** The bytes are a view into the firmware's memory, valid during the call only. */
  tx(bytes: Uint8Array): void;
  mark(kind: number, argument: number): void;
  pin(level: number): void;
}

interface FirmwareExports {
  memory: WebAssembly.Memory;
  jb_abi(): number;
  jb_model(): number;
  jb_model_cap(): number;
  jb_model_check(): number;
  jb_model_failed_op(): number;
  jb_model_arena(): number;
  jb_model_payload(): number;
  jb_arena(): number;
  jb_arena_cap(): number;
  jb_payload(): number;
  jb_payload_cap(): number;
  jb_rx(): number;
  jb_rx_cap(): number;
  jb_boot(mode: number): void;
  jb_feed(length: number): number;
  jb_step(): number;
  jb_input(): number;
  jb_input_bytes(): number;
  jb_load(): void;
  jb_run(): void;
  jb_op_output(index: number): number;
  jb_op_output_bytes(index: number): number;
}

/** Answers of the loader that mean "too large" (`firmware/nn/jb_nn.h`, `firmware/ports/virtual/main.c`). */
const arenaTooSmall = 7;
const payloadTooSmall = 100;

/** One running copy of the firmware with a model in its memory. Every call may throw `virtual.dutCrashed`. */
export interface FirmwareInstance {
  boot(mode: 'performance' | 'energy'): void;
  /** At most `receiveBytes`; refused (false) while bytes of the last call are unread. */
  feed(bytes: Uint8Array): boolean;
  /** One command or inference; true when there is more to do at once. */
  step(): boolean;
  readonly receiveBytes: number;
  readonly inputBytes: number;
  /** One inference on an int8 tensor, past the protocol; a mark after each operator. */
  runTensor(input: Int8Array): void;
  /** The output of an operator, while its mark is being handled: a copy. */
  operatorOutput(index: number): Int8Array<ArrayBuffer>;
}

/**
 * Starts the firmware with a plan image. Throws `virtual.modelTooLarge` or `virtual.modelRefused` when its loader does not
 * take the image, `virtual.firmwareAbi` when the module is of another version.
 */
export function instantiateFirmware(
  module: WebAssembly.Module,
  image: Uint8Array,
  model: string,
  imports: FirmwareImports,
): FirmwareInstance {
  // The memory does not grow, so this view stays valid.
  let memory = new Uint8Array(0);
  const instance = new WebAssembly.Instance(module, {
    jb: {
      now_us: () => imports.nowUs(),
      tx: (at: number, length: number) => imports.tx(memory.subarray(at >>> 0, (at >>> 0) + (length >>> 0))),
      mark: (kind: number, argument: number) => imports.mark(kind, argument >>> 0),
      pin: (level: number) => imports.pin(level),
    },
  });
  const firmware = instance.exports as unknown as FirmwareExports;
  if (firmware.jb_abi() !== firmwareAbi) {
    throw new Fault('virtual.firmwareAbi', { expected: firmwareAbi, actual: firmware.jb_abi() });
  }
  memory = new Uint8Array(firmware.memory.buffer);
  loadImage(firmware, memory, image, model);

  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) {
        throw new Fault('virtual.dutCrashed', { reason: error.message }, { cause: error });
      }
      throw error;
    }
  };
  return {
    receiveBytes: firmware.jb_rx_cap(),
    inputBytes: firmware.jb_input_bytes(),
    boot: (mode) => guarded(() => firmware.jb_boot(mode === 'energy' ? 1 : 0)),
    feed(bytes) {
      memory.set(bytes, firmware.jb_rx());
      return guarded(() => firmware.jb_feed(bytes.length)) === 1;
    },
    step: () => guarded(() => firmware.jb_step()) === 1,
    runTensor(input) {
      memory.set(new Uint8Array(input.buffer, input.byteOffset, input.length), firmware.jb_input());
      guarded(() => firmware.jb_run());
    },
    operatorOutput(index) {
      const at = firmware.jb_op_output(index);
      return new Int8Array(memory.slice(at, at + firmware.jb_op_output_bytes(index)).buffer);
    },
  };
}

function loadImage(firmware: FirmwareExports, memory: Uint8Array, image: Uint8Array, model: string): void {
  const available = firmware.jb_model_cap();
  if (image.length > available) {
    throw new Fault('virtual.modelTooLarge', { model, part: 'image', needed: image.length, available });
  }
  memory.set(image, firmware.jb_model());
  const code = firmware.jb_model_check();
  if (code === 0) return;
  if (code === arenaTooSmall) {
    const needed = firmware.jb_model_arena();
    throw new Fault('virtual.modelTooLarge', { model, part: 'arena', needed, available: firmware.jb_arena_cap() });
  }
  if (code === payloadTooSmall) {
    const needed = firmware.jb_model_payload();
    throw new Fault('virtual.modelTooLarge', { model, part: 'input', needed, available: firmware.jb_payload_cap() });
  }
  throw new Fault('virtual.modelRefused', { model, code, operator: firmware.jb_model_failed_op() | 0 });
}
