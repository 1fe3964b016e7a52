import type { Padding } from './schema.ts';

/** Output length and the padding before the first element along one axis of a window operator. */
export interface AxisGeometry {
  output: number;
  before: number;
  after: number;
}

/**
 * SAME: as many outputs as ceil(input / stride), the padding halved with the odd element at the end. VALID: only windows that lie
 * inside, no padding. An output below 1 means that the window does not fit.
 */
export function axisGeometry(input: number, kernel: number, stride: number, padding: Padding): AxisGeometry {
  if (padding === 'VALID') return { output: Math.floor((input - kernel) / stride) + 1, before: 0, after: 0 };
  const output = Math.ceil(input / stride);
  const total = Math.max((output - 1) * stride + kernel - input, 0);
  const before = Math.floor(total / 2);
  return { output, before, after: total - before };
}
