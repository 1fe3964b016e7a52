import { Fault } from '../../../src/shared/fault/index.ts';
import type { ModelSpec } from '../../support/tflite-builder.ts';

/** A 4 to 2 fully connected layer. */
export function denseModel(): ModelSpec {
  return {
    tensors: [
      { shape: [1, 4], scales: [0.5], zeroPoints: [3] },
      { shape: [2, 4], data: Int8Array.of(1, 2, 3, 4, -5, -6, -7, -8), scales: [0.25] },
      { shape: [2], type: 'int32', data: Int32Array.of(10, -20), scales: [0.125] },
      { shape: [1, 2], scales: [0.75], zeroPoints: [-4] },
    ],
    operators: [{ code: 'FULLY_CONNECTED', inputs: [0, 1, 2], outputs: [3] }],
    inputs: [0],
    outputs: [3],
  };
}

/** A 3x3 convolution of one channel to two, a scale a channel. */
export function convModel(): ModelSpec {
  return {
    tensors: [
      { shape: [1, 5, 4, 1], scales: [0.5], zeroPoints: [-128] },
      {
        shape: [2, 3, 3, 1],
        data: Int8Array.from({ length: 18 }, (_, i) => i * 7 - 60),
        scales: [0.5, 0.25],
        dimension: 0,
      },
      { shape: [2], type: 'int32', data: Int32Array.of(100, -100) },
      { shape: [1, 3, 4, 2], scales: [3], zeroPoints: [-128] },
    ],
    operators: [{ code: 'CONV_2D', inputs: [0, 1, 2], outputs: [3], padding: 'SAME', strideH: 2, activation: 'RELU' }],
    inputs: [0],
    outputs: [3],
  };
}

/** One of each operator: convolution, depthwise, addition with a branch, pool, reshape, fully connected, softmax. */
export function allOperatorsModel(): ModelSpec {
  const bytes = (length: number, step: number): Int8Array =>
    Int8Array.from({ length }, (_, i) => ((i * step) % 201) - 100);
  const image = { shape: [1, 6, 5, 4], scales: [0.05], zeroPoints: [-128] };
  return {
    tensors: [
      { shape: [1, 6, 5, 3], scales: [0.0039], zeroPoints: [-128] },
      { shape: [4, 3, 3, 3], data: bytes(108, 37), scales: [0.01, 0.02, 0.03, 0.04], dimension: 0 },
      { shape: [4], type: 'int32', data: Int32Array.of(5, -6, 7, -8) },
      image,
      { shape: [1, 3, 3, 4], data: bytes(36, 53), scales: [0.01, 0.02, 0.03, 0.04], dimension: 3 },
      { shape: [4], type: 'int32', data: Int32Array.of(100, 200, -100, 0) },
      { ...image, zeroPoints: [7] },
      { ...image, scales: [0.07], zeroPoints: [-3] },
      { shape: [1, 1, 1, 4], scales: [0.07], zeroPoints: [-3] },
      { shape: [1, 4], scales: [0.07], zeroPoints: [-3] },
      { shape: [3, 4], data: bytes(12, 71), scales: [0.02] },
      { shape: [3], type: 'int32', data: Int32Array.of(1, 2, 3) },
      { shape: [1, 3], scales: [0.1], zeroPoints: [2] },
      { shape: [1, 3], scales: [1 / 256], zeroPoints: [-128] },
    ],
    operators: [
      { code: 'CONV_2D', inputs: [0, 1, 2], outputs: [3], activation: 'RELU' },
      { code: 'DEPTHWISE_CONV_2D', inputs: [3, 4, 5], outputs: [6] },
      { code: 'ADD', inputs: [3, 6], outputs: [7] },
      { code: 'AVERAGE_POOL_2D', inputs: [7], outputs: [8], padding: 'VALID', filterH: 6, filterW: 5 },
      { code: 'RESHAPE', inputs: [8], outputs: [9] },
      { code: 'FULLY_CONNECTED', inputs: [9, 10, 11], outputs: [12] },
      { code: 'SOFTMAX', inputs: [12], outputs: [13] },
    ],
    inputs: [0],
    outputs: [13],
  };
}

/** The fault that an action ends in; an error of another kind, or none, fails the test. */
export function faultOf(action: () => unknown): Fault {
  try {
    action();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('no fault');
}
