/** Names of the kernels, by the ids of the image (docs/formats/plan.md). */
export const kernelIds = {
  convS8: 1,
  depthwiseConvS8: 2,
  fullyConnectedS8: 3,
  averagePoolS8: 4,
  addS8: 5,
  reshape: 6,
  softmaxS8: 7,
  convPackedS8: 8,
  depthwisePackedS8: 9,
  fullyConnectedPackedS8: 10,
  addPackedS8: 11,
} as const;
export type KernelName = keyof typeof kernelIds;

/** Rows, columns, channels. */
export type Shape3 = readonly [number, number, number];
/** Vertical, horizontal. */
export type Pair = readonly [number, number];

/** The constants of one operator, ready to be written. */
export interface OpConstants {
  /** Rows of weights or packed blocks, `rowBytes` apart; or the first table of ADD or the table of SOFTMAX as int32. */
  weights?: Int8Array | Int32Array;
  /** One value an output channel; or the second table of ADD. */
  bias?: Int32Array;
  multipliers?: Int32Array;
  /** e of the multiplier; for the packed kernels the shift to the right. */
  shifts?: Int8Array;
}

/** One operator of the model, lowered to a kernel: everything but its places in the arena and in the image. */
export interface LoweredOp {
  kernel: KernelName;
  /** Index of the operator in the model file, and its name there. */
  sourceOp: number;
  /** Indices of tensors of the model. */
  inputs: readonly number[];
  output: number;
  inShape: Shape3;
  outShape: Shape3;
  kernelSize: Pair;
  stride: Pair;
  /** Rows above, columns to the left. */
  pad: Pair;
  inZeroPoint: number;
  outZeroPoint: number;
  lo: number;
  hi: number;
  rowBytes: number;
  scratchBytes: number;
  /** More scratch, with which the kernel is faster. */
  roomyScratchBytes?: number;
  requantCount: number;
  constants: OpConstants;
}

export function alignUp(bytes: number, alignment = 16): number {
  return Math.ceil(bytes / alignment) * alignment;
}
