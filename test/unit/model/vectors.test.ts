import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/main/model/crc32.ts';
import { checkVectors, generateInput } from '../../../src/main/model/index.ts';
import { isFault } from '../../../src/shared/fault/index.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const modelHash = 'a'.repeat(64);
const input = generateInput(1, 8);
const outputs = [Int8Array.of(1, 2, 3, 4), Int8Array.of(-5, 6)];

function vectorsFile(change: (vector: Record<string, unknown>) => void = () => undefined): string {
  const crcOf = (bytes: Int8Array): string => crc32(bytes).toString(16).padStart(8, '0');
  const vector: Record<string, unknown> = {
    seed: 1,
    input_len: 8,
    input_first8: [...input],
    input_sha256: sha256(new Uint8Array(input.buffer)),
    output: [-5, 6],
    ops: outputs.map((bytes, i) => ({
      i,
      op: `OP_${String(i)}`,
      shape: [1, bytes.length],
      crc32: crcOf(bytes),
      first8: [...bytes],
    })),
  };
  change(vector);
  const model = { sha256: modelHash, input_shape: [1, 8], output_shape: [1, 2], vectors: [vector] };
  return JSON.stringify({ generator: 'as documented', models: { 'm.tflite': model } });
}

async function codeOf(action: Promise<unknown>): Promise<string> {
  try {
    await action;
  } catch (error) {
    if (isFault(error, 'vectors.malformed') || isFault(error, 'vectors.otherModel')) return error.code;
    throw error;
  }
  return 'none';
}

describe('generateInput', () => {
  it('begins as documented', () => {
    expect([...generateInput(1, 8)]).toEqual([60, 94, -127, -76, 12, 94, -58, -114]);
  });
});

describe('checkVectors', () => {
  it('passes known outputs', async () => {
    const result = await checkVectors(
      vectorsFile(),
      modelHash,
      (given) => (given.join() === input.join() ? outputs : []),
      sha256,
    );
    expect(result).toEqual({
      passed: true,
      model: 'm.tflite',
      vectors: [{ seed: 1, passed: true, firstDifference: null, outputDifference: null }],
    });
  });

  it('names the first operator and the first value that differ', async () => {
    const wrong = [Int8Array.of(1, 2, 9, 4), Int8Array.of(-5, 7)];
    const result = await checkVectors(vectorsFile(), modelHash, () => Promise.resolve(wrong), sha256);
    expect(result.passed).toBe(false);
    expect(result.vectors[0]).toMatchObject({
      firstDifference: { index: 0, operator: 'OP_0', expectedFirst8: [1, 2, 3, 4], actualFirst8: [1, 2, 9, 4] },
      outputDifference: { index: 1, expected: 6, actual: 7 },
    });
  });

  it('finds the difference without known operators, and a missing or short output', async () => {
    const onlyOutput = vectorsFile((vector) => delete vector['ops']);
    const short = await checkVectors(onlyOutput, modelHash, () => [Int8Array.of(-5)], sha256);
    expect(short.vectors[0]?.outputDifference).toEqual({ index: 1, expected: 6, actual: null });
    const nothing = await checkVectors(vectorsFile(), modelHash, () => [], sha256);
    expect(nothing.vectors[0]?.firstDifference).toMatchObject({ index: 0, actualFirst8: [] });
  });

  it('refuses what is no vectors file or not for this model', async () => {
    const check = (text: string, hash = modelHash): Promise<unknown> => checkVectors(text, hash, () => outputs, sha256);
    expect(await codeOf(check('{'))).toBe('vectors.malformed');
    expect(await codeOf(check('[]'))).toBe('vectors.malformed');
    expect(await codeOf(check(vectorsFile((vector) => { vector['output'] = [400]; })))).toBe('vectors.malformed'); // prettier-ignore
    expect(await codeOf(check(vectorsFile((vector) => { vector['input_len'] = 9; })))).toBe('vectors.malformed'); // prettier-ignore
    expect(await codeOf(check(vectorsFile(), 'b'.repeat(64)))).toBe('vectors.otherModel');
  });
});
