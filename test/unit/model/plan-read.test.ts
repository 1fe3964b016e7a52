import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/main/model/crc32.ts';
import { compilePlan, readPlanImage, readTflite } from '../../../src/main/model/index.ts';
import { headerBytes, headerFields, opBytes, opFields } from '../../../src/main/model/plan-layout.ts';
import type { OpField } from '../../../src/main/model/plan-layout.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { buildTflite } from '../../support/tflite-builder.ts';
import { allOperatorsModel, faultOf } from './models.ts';

const { image } = compilePlan(readTflite(buildTflite(allOperatorsModel())), { workloadId: 'ic01' });

/** A copy with one change and a checksum that fits it. */
function changed(change: (view: DataView) => void): Uint8Array {
  const copy = image.slice();
  const view = new DataView(copy.buffer);
  change(view);
  view.setUint32(headerFields.crc32, crc32(copy.subarray(16)), true);
  return copy;
}

function withHeader(field: keyof typeof headerFields, value: number): Uint8Array {
  return changed((view) => view.setUint32(headerFields[field], value, true));
}

function withOp(index: number, field: OpField, value: number): Uint8Array {
  return changed((view) => view.setInt32(headerBytes + index * opBytes + 4 * opFields.indexOf(field), value, true));
}

function codeOf(bytes: Uint8Array): string {
  const fault = faultOf(() => readPlanImage(bytes));
  expect(createText().fault(fault).what).not.toMatch(/[{}]/);
  return fault.code;
}

describe('crc32', () => {
  it('is the checksum of zip', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array(0))).toBe(0);
    expect(crc32(Int8Array.of(-1))).toBe(crc32(Uint8Array.of(255)));
  });
});

describe('readPlanImage', () => {
  it('is about an image whose first operator reads at 128 and writes at 0', () => {
    expect(readPlanImage(image).ops[0]).toMatchObject({ in0: 128, out: 0, scratch: 224 });
  });

  it('reads an image at any place of its buffer', () => {
    const shifted = new Uint8Array(image.length + 5);
    shifted.set(image, 5);
    expect(readPlanImage(shifted.subarray(5))).toEqual(readPlanImage(image));
  });

  it('says whether an image is short, foreign, newer or damaged', () => {
    expect(codeOf(new Uint8Array(10))).toBe('plan.truncated');
    expect(codeOf(image.slice(0, -16))).toBe('plan.truncated');
    expect(codeOf(new Uint8Array(200))).toBe('plan.notAPlan');
    expect(codeOf(withHeader('version', 2))).toBe('plan.version');
    expect(codeOf(Uint8Array.from([...image, ...new Uint8Array(16)]))).toBe('plan.header');
    const flipped = image.slice();
    flipped[flipped.length - 20] = (flipped.at(-20) ?? 0) ^ 1;
    expect(codeOf(flipped)).toBe('plan.damaged');
  });

  it.each([
    ['flags', 2],
    ['reserved', 1],
    ['opBytes', 64],
    ['opCount', 0],
    ['opCount', 1025],
    ['opsOffset', 0],
    ['opsOffset', 168],
    ['arenaBytes', 2 ** 27],
    ['arenaBytes', 8],
    ['inputBytes', 0],
    ['inputBytes', 2 ** 31],
    ['inputOffset', 4],
    ['outputOffset', 2 ** 31],
    ['payloadBytes', 91],
    ['inputTransform', 3],
    ['inputTransform', 2],
    ['resultTransform', 2],
    ['resultTransform', 1],
    ['resultCount', 4],
    ['inputScale', 0x7f800000],
    ['inputScale', 0xbf800000],
    ['outputScale', 0x7fc00000],
    ['inputZeroPoint', 128],
    ['modelId', 0x41414141],
  ] as const)('refuses the header with %s = %i', (field, value) => {
    expect(codeOf(withHeader(field, value))).toBe('plan.header');
  });

  it('refuses an id with something behind its end', () => {
    expect(codeOf(changed((view) => view.setUint8(headerFields.modelId + 10, 0x61)))).toBe('plan.header');
    expect(codeOf(changed((view) => new Uint8Array(view.buffer, headerFields.modelId, 40).fill(0x61)))).toBe(
      'plan.header',
    );
  });

  it.each([
    [0, 'kernel', 0, 'plan.kernel'],
    [0, 'kernel', 8, 'plan.kernel'],
    [0, 'flags', 1, 'plan.kernel'],
    [0, 'reserved0', 1, 'plan.kernel'],
    [0, 'inH', 0, 'plan.shape'],
    [0, 'outC', 70000, 'plan.shape'],
    [0, 'in0', 2 ** 30, 'plan.offset'],
    [0, 'in0', 8, 'plan.offset'],
    [0, 'outH', 8, 'plan.shape'],
    [0, 'padTop', 3, 'plan.shape'],
    [0, 'strideW', 0, 'plan.shape'],
    [0, 'kernelH', 70000, 'plan.shape'],
    [0, 'rowBytes', 48, 'plan.shape'],
    [0, 'requantCount', 3, 'plan.shape'],
    [0, 'weights', 0, 'plan.offset'],
    [0, 'bias', 2 ** 30, 'plan.offset'],
    [0, 'multipliers', 24, 'plan.offset'],
    [0, 'scratchBytes', 16, 'plan.shape'],
    [0, 'scratch', 2 ** 20, 'plan.offset'],
    [0, 'inZeroPoint', 128, 'plan.constant'],
    [0, 'lo', -129, 'plan.constant'],
    [0, 'hi', -128, 'none'],
    [0, 'out', 128, 'plan.offset'],
    [0, 'scratch', 16, 'plan.offset'],
    [1, 'outC', 6, 'plan.shape'],
    [1, 'kernelH', 2000, 'plan.offset'],
    [2, 'in1', 2 ** 20, 'plan.offset'],
    [2, 'inC', 3, 'plan.shape'],
    [2, 'weights', 2 ** 20, 'plan.offset'],
    [3, 'inC', 3, 'plan.shape'],
    [4, 'outC', 3, 'plan.shape'],
    [5, 'inW', 2, 'plan.shape'],
    [6, 'inC', 4, 'plan.shape'],
    [6, 'weights', 64, 'plan.offset'],
  ] as const)('operator %i with %s = %i: %s', (index, field, value, code) => {
    if (code === 'none') expect(readPlanImage(withOp(index, field, value)).ops[index]?.[field]).toBe(value);
    else expect(codeOf(withOp(index, field, value))).toBe(code);
  });

  it('refuses multipliers, shifts and tables out of range', () => {
    const { ops } = readPlanImage(image);
    const [conv] = ops;
    const softmax = ops[6];
    if (!conv || !softmax) throw new Error('operators missing');
    expect(codeOf(changed((view) => view.setInt32(conv.multipliers, -1, true)))).toBe('plan.constant');
    expect(codeOf(changed((view) => view.setInt8(conv.shifts + 1, 31)))).toBe('plan.constant');
    expect(codeOf(changed((view) => view.setInt8(conv.shifts + 1, -32)))).toBe('plan.constant');
    expect(codeOf(changed((view) => view.setInt32(softmax.weights, 5, true)))).toBe('plan.constant');
    expect(codeOf(changed((view) => view.setInt32(softmax.weights + 1020, -5, true)))).toBe('plan.constant');
  });
});
