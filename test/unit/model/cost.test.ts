import { describe, expect, it } from 'vitest';
import { compilePlan, costFeatures, estimateInstructions, readTflite } from '../../../src/main/model/index.ts';
import { buildTflite } from '../../support/tflite-builder.ts';
import { allOperatorsModel } from './models.ts';

const { plan } = compilePlan(readTflite(buildTflite(allOperatorsModel())));
const none = { paddedMacs: 0, gatheredInputBytes: 0, taps: 0, inputs: 0, elements: 0 };

describe('costFeatures', () => {
  it('counts what each kernel does', () => {
    expect(costFeatures(plan)).toEqual([
      { ...none, kernel: 'convS8', pixels: 30, outputs: 120, paddedMacs: 120 * 32, gatheredInputBytes: 30 * 27 },
      { ...none, kernel: 'depthwiseConvS8', pixels: 30, outputs: 120, taps: 9 * 120 },
      { ...none, kernel: 'addS8', pixels: 30, outputs: 120, elements: 120 },
      { ...none, kernel: 'averagePoolS8', pixels: 1, outputs: 4, inputs: 120 },
      { ...none, kernel: 'reshape', pixels: 0, outputs: 0 },
      { ...none, kernel: 'fullyConnectedS8', pixels: 1, outputs: 3, paddedMacs: 48, gatheredInputBytes: 4 },
      { ...none, kernel: 'softmaxS8', pixels: 1, outputs: 3, elements: 3 },
    ]);
  });
});

describe('estimateInstructions', () => {
  it('is the linear formula of the specification', () => {
    expect(costFeatures(plan).map(estimateInstructions)).toEqual([
      Math.round(5.13 * 3840 + 29.4 * 120 + 0.84 * 810 + 454 * 30),
      Math.round(11.29 * 1080 + 1.25 * 120 + 353 * 30),
      Math.round(49.9 * 120),
      Math.round(7.16 * 120 + 36.6 * 4),
      0,
      Math.round(5.13 * 48 + 29.4 * 3 + 0.84 * 4 + 454),
      Math.round(33.4 * 3 + 219),
    ]);
  });
});
