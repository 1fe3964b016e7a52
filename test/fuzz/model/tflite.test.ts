import { describe, expect, it } from 'vitest';
import { compilePlan, describeModel, readTflite } from '../../../src/main/model/index.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { buildTflite } from '../../support/tflite-builder.ts';
import { caseMakers, Dice } from '../../interop/model/operator-cases.ts';
import { allOperatorsModel, convModel, denseModel, faultOf } from '../../unit/model/models.ts';
import { mutate } from './mutate.ts';

const seeds = [
  allOperatorsModel(),
  convModel(),
  denseModel(),
  ...Object.values(caseMakers).map((make) => make(new Dice(7))),
].map(buildTflite);

/** What becomes of bytes: compiled, refused by the compiler, or refused by the reader. Anything but a data fault fails. */
function outcome(bytes: Uint8Array): string {
  try {
    const model = readTflite(bytes);
    compilePlan(model);
    return 'compiled';
  } catch (error) {
    if (error instanceof Fault && error.kind === 'data' && error.code.startsWith('model.')) return error.code;
    throw error;
  }
}

describe('hostile .tflite files', () => {
  it('12,000 mutated models are compiled or refused, nothing else', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const dice = new Dice(i + 1);
      const bytes = mutate(dice.pick(seeds), dice);
      const found = outcome(bytes);
      counts.set(found, (counts.get(found) ?? 0) + 1);
    }
    // The mutations have to reach past the first checks, or they would prove little.
    expect(counts.get('compiled') ?? 0).toBeGreaterThan(500);
    for (const code of ['model.offset', 'model.limit', 'model.reference', 'model.unsupportedOperator', 'model.shape']) {
      expect(counts.get(code) ?? 0, code).toBeGreaterThan(20);
    }
  });

  it('a description never fails where the reader does not', () => {
    for (let i = 0; i < 1_000; i++) {
      const dice = new Dice(90_000 + i);
      const bytes = mutate(dice.pick(seeds), dice);
      if (outcomeOfReading(bytes) === 'read') expect(describeModel(bytes).operators.length).toBeGreaterThan(0);
    }
  });

  it('10,000 files of noise behind a valid start are refused', () => {
    for (let i = 0; i < 10_000; i++) {
      const dice = new Dice(200_000 + i);
      const bytes = new Uint8Array(dice.bytes(dice.int(0, 300)).buffer);
      bytes.set([dice.int(0, 64), 0, 0, 0, 0x54, 0x46, 0x4c, 0x33].slice(0, bytes.length));
      expect(outcome(bytes)).not.toBe('compiled');
    }
  });

  it('vectors that all point to one huge place do not multiply', () => {
    // 4,000 tensors share one vector of a million scales: decoded once each, they would take 32 GB.
    const fault = faultOf(() => readTflite(sharedVectorFile(4_000, 1_000_000)));
    expect(fault).toMatchObject({
      code: 'model.limit',
      facts: { where: 'subgraphs[0].tensors[4].quantization.scale' },
    });
  });
});

function outcomeOfReading(bytes: Uint8Array): string {
  try {
    readTflite(bytes);
    return 'read';
  } catch (error) {
    return error instanceof Fault ? error.code : 'error';
  }
}

/**
 * A file written by hand: a list of tensors that are all the same one, whose quantisation has `length` scales. References
 * only lead forward in this format.
 */
function sharedVectorFile(tensors: number, length: number): Uint8Array {
  const [model, graphs, graph, list] = [60, 120, 200, 260] as const;
  const tensor = list + 4 + 4 * tensors + 60;
  const quantization = tensor + 100;
  const scales = quantization + 40;
  const bytes = new Uint8Array(scales + 4 + 4 * length);
  const view = new DataView(bytes.buffer);
  const u32 = (at: number, value: number): void => {
    view.setUint32(at, value, true);
  };
  const refer = (at: number, target: number): void => {
    u32(at, target - at);
  };
  /** A table whose fields stand after each other, 4 bytes each; its vtable lies 40 bytes before it. */
  const table = (at: number, slots: readonly number[]): void => {
    view.setUint16(at - 40, 28, true);
    view.setUint16(at - 38, 4 + 4 * slots.length, true);
    slots.forEach((slot, i) => {
      view.setUint16(at - 40 + slot, 4 + 4 * i, true);
    });
    u32(at, 40);
  };
  u32(0, model);
  bytes.set([0x54, 0x46, 0x4c, 0x33], 4);
  table(model, [4, 8]);
  u32(model + 4, 3);
  refer(model + 8, graphs);
  u32(graphs, 1);
  refer(graphs + 4, graph);
  table(graph, [4]);
  refer(graph + 4, list);
  u32(list, tensors);
  for (let i = 0; i < tensors; i++) refer(list + 4 + 4 * i, tensor);
  table(tensor, [12]);
  refer(tensor + 4, quantization);
  table(quantization, [8]);
  refer(quantization + 4, scales);
  u32(scales, length);
  return bytes;
}
