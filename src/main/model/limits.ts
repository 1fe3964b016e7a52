/** What a model or a plan may ask for. Far above anything that fits a microcontroller, far below what could hurt this computer. */
export const limits = {
  subgraphs: 16,
  buffers: 65_536,
  tensors: 8_192,
  operatorCodes: 1_024,
  operators: 1_024,
  operands: 64,
  rank: 8,
  /** Elements of one tensor, and any one dimension. */
  elements: 1 << 26,
  /** One dimension of a tensor that a kernel works on. */
  dimension: 65_536,
  stride: 256,
  /** Taps of one output of a convolution or a fully connected layer. */
  rowTaps: 65_536,
  /** Taps of one window of a depthwise convolution or a pool. */
  windowTaps: 32_768,
  softmaxValues: 4_096,
  /** To the right, of the packed kernels: 257 2^22 / 2 and a product of 2^30 fit int32 together. */
  packedShift: 22,
  imageBytes: 1 << 26,
  arenaBytes: 1 << 26,
} as const;
