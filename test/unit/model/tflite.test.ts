import { describe, expect, it } from 'vitest';
import { readTflite } from '../../../src/main/model/index.ts';
import { isFault } from '../../../src/shared/fault/index.ts';
import type { FaultCode } from '../../../src/shared/fault/index.ts';
import { buildTflite } from '../../support/tflite-builder.ts';
import type { ModelSpec } from '../../support/tflite-builder.ts';
import { convModel, denseModel, faultOf } from './models.ts';

function refusal(bytes: Uint8Array, code: FaultCode): Record<string, unknown> {
  const error = faultOf(() => readTflite(bytes, { name: 'x.tflite' }));
  expect(isFault(error, code), String(error)).toBe(true);
  return error.facts as Record<string, unknown>;
}

describe('readTflite', () => {
  it('reads tensors, quantisation, options and order of a model', () => {
    const model = readTflite(buildTflite(convModel()), { name: 'conv.tflite' });
    expect(model).toMatchObject({ name: 'conv.tflite', input: 0, output: 3 });
    expect(model.operators).toEqual([
      {
        index: 0,
        name: 'CONV_2D',
        version: 1,
        inputs: [0, 1, 2],
        outputs: [3],
        options: {
          kind: 'conv',
          padding: 'SAME',
          strideH: 2,
          strideW: 1,
          activation: 'RELU',
          dilationH: 1,
          dilationW: 1,
        },
      },
    ]);
    expect(model.tensors[1]).toMatchObject({
      type: 'int8',
      shape: [2, 3, 3, 1],
      quantization: { scales: [0.5, 0.25], zeroPoints: [0, 0], dimension: 0 },
    });
    expect(model.tensors[1]?.data).toHaveLength(18);
    expect(model.tensors[0]?.data).toBeUndefined();
    expect(model.tensors[0]?.quantization).toMatchObject({ scales: [0.5], zeroPoints: [-128] });
  });

  it('reads from bytes that do not start at the beginning of their buffer', () => {
    const bytes = buildTflite(denseModel());
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(readTflite(shifted.subarray(3)).tensors).toEqual(readTflite(bytes).tensors);
  });

  it('names builtin operators beyond the 8-bit code, unknown and custom ones', () => {
    const named = (code: 'HARD_SWISH' | 'GELU' | 'CUSTOM', customCode?: string): string | undefined => {
      const spec = denseModel();
      const operators = [{ code, inputs: [0], outputs: [3], ...(customCode ? { customCode } : {}) }];
      return readTflite(buildTflite({ ...spec, operators })).operators[0]?.name;
    };
    expect([named('HARD_SWISH'), named('GELU'), named('CUSTOM', 'MyOp')]).toEqual([
      'HARD_SWISH',
      'BUILTIN_150',
      'MyOp',
    ]);
  });

  it('says what is not a model', () => {
    expect(refusal(new Uint8Array(0), 'model.notTflite')).toEqual({ model: 'x.tflite', fileBytes: 0, identifier: '' });
    const page = new TextEncoder().encode('<!DOCTYPE html><html>');
    expect(refusal(page, 'model.notTflite')).toMatchObject({ identifier: 'CTYP' });
    expect(refusal(buildTflite({ ...denseModel(), identifier: 'ABCD' }), 'model.notTflite')).toMatchObject({
      identifier: 'ABCD',
    });
    expect(refusal(buildTflite({ ...denseModel(), version: 2 }), 'model.version')).toMatchObject({ version: 2 });
  });

  it.each([
    ['subgraphs', { subgraphs: 2 }, 2],
    ['subgraphs', { subgraphs: 0 }, 0],
    ['inputs', { inputs: [] }, 0],
    ['inputs', { inputs: [0, 0] }, 2],
    ['outputs', { outputs: [] }, 0],
    ['operators', { operators: [] }, 0],
  ] satisfies [string, Partial<ModelSpec>, number][])(
    'refuses a graph with other than one of its %s',
    (part, change, found) => {
      expect(refusal(buildTflite({ ...denseModel(), ...change }), 'model.graph')).toEqual({
        model: 'x.tflite',
        part,
        found,
      });
    },
  );

  it('refuses references that lead nowhere, with the place', () => {
    const spec = denseModel();
    expect(refusal(buildTflite({ ...spec, inputs: [9] }), 'model.reference')).toMatchObject({
      where: 'subgraphs[0].inputs',
      index: 9,
    });
    const operators = [{ ...spec.operators[0], inputs: [0, 77] } as (typeof spec.operators)[number]];
    expect(refusal(buildTflite({ ...spec, operators }), 'model.reference')).toMatchObject({
      where: 'subgraphs[0].operators[0].inputs',
      index: 77,
      count: 4,
    });
  });

  it('refuses constants of the wrong length and absurd shapes', () => {
    const spec = denseModel();
    const tensors = (change: object): ModelSpec => ({
      ...spec,
      tensors: spec.tensors.map((t, i) => (i === 1 ? { ...t, ...change } : t)),
    });
    expect(refusal(buildTflite(tensors({ shape: [2, 5] })), 'model.dataLength')).toMatchObject({
      where: 'subgraphs[0].tensors[1]',
      found: 8,
      expected: 10,
    });
    expect(refusal(buildTflite(tensors({ shape: [65536, 65536] })), 'model.limit')).toMatchObject({ value: 2 ** 32 });
    expect(refusal(buildTflite(tensors({ shape: [-2, 4] })), 'model.limit')).toMatchObject({ value: -2 });
    expect(refusal(buildTflite(tensors({ shape: Array<number>(9).fill(1) })), 'model.limit')).toMatchObject({
      value: 9,
      limit: 8,
    });
    expect(refusal(buildTflite(tensors({ scales: [1, 1], zeroPoints: [0, 0, 0] })), 'model.dataLength')).toMatchObject({
      where: 'subgraphs[0].tensors[1].quantization.zero_point',
    });
  });

  it('refuses a file cut at any byte, or reads it to the same model', () => {
    const bytes = buildTflite(convModel());
    for (let length = 0; length < bytes.length; length++) {
      const error = faultOf(() => readTflite(bytes.slice(0, length)));
      expect(error.code.startsWith('model.'), `${String(length)}: ${error.code}`).toBe(true);
    }
  });
});
