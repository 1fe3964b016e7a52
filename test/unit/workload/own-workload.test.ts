import { describe, expect, it } from 'vitest';
import { parseOwnWorkload, readOwnWorkload } from '../../../src/main/workload/index.ts';
import { memoryFiles } from './memory-files.ts';

const definition = {
  id: 'demo01',
  title: 'Demo',
  modelFile: 'model/demo01.tflite',
  modelSha256: 'a'.repeat(64),
  datasetFolder: 'dataset',
  listSha256: 'b'.repeat(64),
  contentSha256: 'c'.repeat(64),
  inputBytes: 490,
  classes: ['one', 'two', 'three'],
  inputs: 200,
};

function parse(change: Record<string, unknown>): unknown {
  return parseOwnWorkload(JSON.stringify({ ...definition, ...change }), '/w/workload.json');
}

describe('parseOwnWorkload', () => {
  it('makes a workload without official list, model or target', () => {
    expect(parse({ madeBy: 'a later version' })).toMatchObject({
      modelFile: 'model/demo01.tflite',
      workload: {
        id: 'demo01',
        inputFormat: 'int8',
        inputShape: [490],
        classCount: 3,
        outputCount: 3,
        qualityTarget: null,
        origin: 'own',
        officialLists: [],
        resultsFolder: null,
        ownList: { name: 'demo01', listFileSha256: 'b'.repeat(64), inputs: 200 },
      },
    });
    expect(parse({ qualityTarget: 0.5, inputFormat: 'uint8', inputShape: [49, 10] })).toMatchObject({
      workload: { qualityTarget: 0.5, inputFormat: 'uint8', inputShape: [49, 10] },
    });
  });

  it('names the key that is wrong', () => {
    const cases: [Record<string, unknown>, string][] = [
      [{ id: 'Demo 1' }, 'id'],
      [{ modelFile: '../model.tflite' }, 'modelFile'],
      [{ modelFile: '/abs/model.tflite' }, 'modelFile'],
      [{ datasetFolder: 'C:\\data' }, 'datasetFolder'],
      [{ modelSha256: 'A' }, 'modelSha256'],
      [{ inputBytes: 0 }, 'inputBytes'],
      [{ classes: ['only one'] }, 'classes'],
      [{ inputs: undefined }, 'inputs'],
    ];
    for (const [change, key] of cases) {
      expect(() => parse(change)).toThrow(
        expect.objectContaining({
          code: 'workload.definitionInvalid',
          facts: expect.objectContaining({ key }) as unknown,
        }),
      );
    }
    expect(() => parseOwnWorkload('{', 'w')).toThrow(expect.objectContaining({ code: 'workload.definitionInvalid' }));
    expect(() => parseOwnWorkload('null', 'w')).toThrow(
      expect.objectContaining({ code: 'workload.definitionInvalid' }),
    );
  });
});

describe('readOwnWorkload', () => {
  it('places model and data set below the definition', async () => {
    const files = memoryFiles({ '/w/workload.json': JSON.stringify(definition) });
    expect(await readOwnWorkload(files, '/w')).toMatchObject({
      modelPath: '/w/model/demo01.tflite',
      datasetFolder: '/w/dataset',
      workload: { id: 'demo01' },
    });
  });

  it('says what is missing or refused', async () => {
    await expect(readOwnWorkload(memoryFiles({}), '/w')).rejects.toMatchObject({ code: 'workload.definitionMissing' });
    const files = memoryFiles({ '/w/workload.json': '{}' });
    files.refused.add('/w/workload.json');
    await expect(readOwnWorkload(files, '/w')).rejects.toMatchObject({ code: 'workload.unreadable' });
  });
});
