import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/main/model/crc32.ts';
import { compilePlan, readPlanImage, readTflite } from '../../../src/main/model/index.ts';
import { headerBytes, headerFields, opBytes, opFields } from '../../../src/main/model/plan-layout.ts';
import type { OpField } from '../../../src/main/model/plan-layout.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { buildTflite } from '../../support/tflite-builder.ts';
import { allOperatorsModel, faultOf } from './models.ts';

const model = readTflite(buildTflite(allOperatorsModel()));
const { image } = compilePlan(model, { workloadId: 'ic01', kernels: 'portable' });
const tuned = compilePlan(model, { workloadId: 'ic01' }).image;

/** A copy with one change and a checksum that fits it. */
function changed(change: (view: DataView) => void, from: Uint8Array = image): Uint8Array {
  const copy = from.slice();
  const view = new DataView(copy.buffer);
  change(view);
  view.setUint32(headerFields.crc32, crc32(copy.subarray(16)), true);
  return copy;
}

function withHeader(field: keyof typeof headerFields, value: number): Uint8Array {
  return changed((view) => view.setUint32(headerFields[field], value, true));
}

function withOp(index: number, field: OpField, value: number, from: Uint8Array = image): Uint8Array {
  const at = headerBytes + index * opBytes + 4 * opFields.indexOf(field);
  return changed((view) => view.setInt32(at, value, true), from);
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
    [0, 'kernel', 12, 'plan.kernel'],
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
    [1, 'outC', 2, 'plan.shape'],
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

  it('is about a tuned image whose places are these', () => {
    const { ops, arenaBytes } = readPlanImage(tuned);
    expect(ops.map((op) => op.kernelName)).toEqual([
      'convPackedS8',
      'depthwisePackedS8',
      'addPackedS8',
      'averagePoolS8',
      'reshape',
      'fullyConnectedPackedS8',
      'softmaxS8',
    ]);
    const places = ops.map(({ in0, in1, out, scratch, scratchBytes }) => [in0, in1, out, scratch, scratchBytes]);
    expect({ arenaBytes, places: places.slice(0, 3) }).toEqual({
      arenaBytes: 352,
      places: [
        [256, 0, 208, 0, 208],
        [208, 0, 0, 128, 64],
        [208, 0, 0, 0, 0],
      ],
    });
  });

  it.each([
    [0, 'rowBytes', 72, 'plan.shape'],
    [0, 'padTop', 3, 'plan.shape'],
    [0, 'weights', 2 ** 20, 'plan.offset'],
    [0, 'scratchBytes', 128, 'plan.shape'],
    [0, 'scratch', 2 ** 20, 'plan.offset'],
    [0, 'scratch', 112, 'plan.offset'],
    [0, 'out', 128, 'plan.offset'],
    [0, 'out', 32, 'plan.offset'],
    [1, 'outC', 2, 'plan.shape'],
    [1, 'rowBytes', 100, 'plan.shape'],
    [1, 'scratchBytes', 48, 'plan.shape'],
    [1, 'out', 16, 'plan.offset'],
    [2, 'in1', 112, 'plan.offset'],
    [2, 'inC', 3, 'plan.shape'],
    [2, 'multipliers', 8, 'plan.offset'],
    [2, 'shifts', 2 ** 20, 'plan.offset'],
    [5, 'kernelH', 2, 'plan.shape'],
    [5, 'strideW', 2, 'plan.shape'],
    [5, 'inW', 2, 'plan.shape'],
    [5, 'rowBytes', 48, 'plan.shape'],
  ] as const)('tuned operator %i with %s = %i: %s', (index, field, value, code) => {
    expect(codeOf(withOp(index, field, value, tuned))).toBe(code);
  });

  it('lets the output of a tuned kernel begin as far below its input as it has to, and no nearer', () => {
    // 6x5 pixels of 4 bytes, 3x3, padded by 1: pixel 7 may be overwritten once pixel 13 is done.
    const depthwise = (out: number): Uint8Array =>
      withOp(1, 'out', out, withOp(1, 'in0', 128, withOp(1, 'scratch', 256, tuned)));
    const [, op] = readPlanImage(depthwise(96)).ops;
    expect(op).toMatchObject({ in0: 128, out: 96 });
    expect(codeOf(depthwise(112))).toBe('plan.offset');
    expect(codeOf(depthwise(128))).toBe('plan.offset');
  });

  it('refuses scales of packed blocks out of range', () => {
    const [conv] = readPlanImage(tuned).ops;
    if (!conv) throw new Error('operator missing');
    const scales = conv.weights + conv.rowBytes - 12;
    expect(codeOf(changed((view) => view.setInt32(scales, -1, true), tuned))).toBe('plan.constant');
    expect(codeOf(changed((view) => view.setInt8(scales + 8, 0), tuned))).toBe('plan.constant');
    expect(codeOf(changed((view) => view.setInt8(scales + 9, 23), tuned))).toBe('plan.constant');
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
