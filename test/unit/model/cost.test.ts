import { describe, expect, it } from 'vitest';
import { compilePlan, costFeatures, estimateInstructions, readTflite } from '../../../src/main/model/index.ts';
import { buildTflite } from '../../support/tflite-builder.ts';
import { allOperatorsModel } from './models.ts';

const { plan } = compilePlan(readTflite(buildTflite(allOperatorsModel())), { kernels: 'portable' });
const none = {
  macs: 0,
  paddedMacs: 0,
  productSteps: 0,
  gatheredInputBytes: 0,
  gatheredRows: 0,
  taps: 0,
  tapRows: 0,
  inputs: 0,
  elements: 0,
};

describe('costFeatures', () => {
  it('counts what each kernel does', () => {
    expect(costFeatures(plan)).toEqual([
      {
        ...none,
        kernel: 'convS8',
        pixels: 30,
        outputs: 120,
        macs: 120 * 27,
        paddedMacs: 120 * 32,
        gatheredInputBytes: 30 * 27,
        gatheredRows: 30 * 3,
      },
      { ...none, kernel: 'depthwiseConvS8', pixels: 30, outputs: 120, taps: 16 * 13 * 4, tapRows: 16 * 5 * 4 },
      { ...none, kernel: 'addS8', pixels: 30, outputs: 120, elements: 120 },
      { ...none, kernel: 'averagePoolS8', pixels: 1, outputs: 4, inputs: 120 },
      { ...none, kernel: 'reshape', pixels: 0, outputs: 0 },
      {
        ...none,
        kernel: 'fullyConnectedS8',
        pixels: 1,
        outputs: 3,
        macs: 12,
        paddedMacs: 48,
        gatheredInputBytes: 4,
        gatheredRows: 1,
      },
      { ...none, kernel: 'softmaxS8', pixels: 1, outputs: 3, elements: 3 },
    ]);
  });
});

describe('costFeatures of tuned kernels', () => {
  it('counts the products of a convolution by how many windows it takes at a time', () => {
    const tuned = compilePlan(readTflite(buildTflite(allOperatorsModel()))).plan;
    const steps = (scratchBytes: number): number | undefined => {
      const ops = tuned.ops.map((op) => ({ ...op, scratchBytes }));
      return costFeatures({ ...tuned, ops })[0]?.productSteps;
    };
    // 27 taps are 7 groups: 28 bytes for the row, 56 for each window; two pairs of channels, 30 pixels.
    expect(steps(28 + 3 * 56)).toBe((7 * 2 * 30 * 20) / 3);
    expect(steps(28 + 2 * 56)).toBe((7 * 2 * 30 * 15) / 2);
    expect(costFeatures(tuned)[5]).toMatchObject({ kernel: 'fullyConnectedPackedS8', productSteps: 0 });
  });
});

describe('estimateInstructions', () => {
  it('adds up what each unit of a feature costs, and each call', () => {
    const coefficients = {
      convS8: { paddedMacs: 5, outputs: 30, gatheredInputBytes: 0.5, pixels: 450 },
      addS8: { elements: 50.3, calls: 7 },
    };
    expect(costFeatures(plan).map((op) => estimateInstructions(op, coefficients))).toEqual([
      5 * 3840 + 30 * 120 + 0.5 * 810 + 450 * 30,
      0,
      Math.round(50.3 * 120 + 7),
      0,
      0,
      0,
      0,
    ]);
  });
});
