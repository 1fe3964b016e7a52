import { describe, expect, it } from 'vitest';
import { createCatalogue, officialWorkloads, parseOwnWorkload } from '../../../src/main/workload/index.ts';
import { workloadSchema } from '../../../src/shared/domain/workload.ts';
import { ruleWords } from '../../../src/shared/locales/en/rules.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { createText, faultLine } from '../../../src/shared/text/index.ts';

const definition = {
  id: 'demo01',
  title: 'Demo',
  modelFile: 'model.tflite',
  modelSha256: 'a'.repeat(64),
  datasetFolder: 'dataset',
  listSha256: 'b'.repeat(64),
  contentSha256: 'c'.repeat(64),
  inputBytes: 490,
  classes: ['one', 'two', 'three'],
  inputs: 200,
};
const own = parseOwnWorkload(JSON.stringify(definition), 'workload.json').workload;

function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('no fault');
}

describe('createCatalogue', () => {
  const catalogue = createCatalogue([own]);

  it('knows the official workloads and the own ones', () => {
    expect(catalogue.workloads.map((workload) => workload.id)).toEqual([
      'kws01',
      'vww01',
      'ic01',
      'ic02',
      'ad01',
      'sww01',
      'demo01',
    ]);
    for (const workload of catalogue.workloads) expect(workloadSchema.parse(workload)).toEqual(workload);
  });

  it('finds by id and alias in any case', () => {
    expect(catalogue.find('KWS01').title).toBe('Keyword spotting');
    expect(catalogue.find('strww01').id).toBe('sww01');
    expect(catalogue.findRunnable('demo01')).toBe(own);
  });

  it('names the known ids to whoever asks for another', () => {
    const fault = faultOf(() => catalogue.find('kws1'));
    expect(fault).toMatchObject({ code: 'workload.unknown', kind: 'usage' });
    expect(faultLine(createText(), fault)).toContain('kws01, vww01, ic01, ic02, ad01, sww01, demo01');
  });

  it('says of the streaming workload that it cannot be run', () => {
    expect(faultOf(() => catalogue.findRunnable('strww01'))).toMatchObject({ code: 'workload.notRunnable' });
  });

  it('refuses an own workload under a taken id', () => {
    const official = officialWorkloads[0];
    if (!official) throw new Error('no workload');
    expect(faultOf(() => createCatalogue([official]))).toMatchObject({ code: 'workload.idTaken' });
    expect(faultOf(() => createCatalogue([{ ...own, id: 'strww01' }]))).toMatchObject({ facts: { id: 'strww01' } });
  });

  it('knows official models by hash', () => {
    const found = catalogue.identifyModel('AEEA436800704FCE17B17292E4412630AD856E9D777C044C64EF748A880BD0AE');
    expect(found?.workload.id).toBe('kws01');
    expect(found?.model.fileName).toBe('kws_ref_model.tflite');
    expect(catalogue.identifyModel('0'.repeat(64))).toBeUndefined();
  });
});

describe('the official workloads', () => {
  it('have inputs of the size of their shape', () => {
    const elementBytes = { int8: 1, uint8: 1, int16le: 2, float32le: 4 };
    for (const workload of officialWorkloads) {
      const elements = workload.inputShape.reduce((product, axis) => product * axis, 1);
      expect(workload.inputBytes).toBe(elements * elementBytes[workload.inputFormat]);
    }
  });

  it('have the targets of the rules', () => {
    const targets = Object.fromEntries(officialWorkloads.map((workload) => [workload.id, workload.qualityTarget]));
    expect(targets).toEqual({ kws01: 0.9, vww01: 0.8, ic01: 0.85, ic02: 0.91, ad01: 0.85, sww01: null });
  });

  it('are all a person can read about', () => {
    for (const workload of officialWorkloads) {
      if (workload.notRunnableKey) expect(Object.keys(ruleWords.notRunnable)).toContain(workload.notRunnableKey);
      for (const list of workload.officialLists) expect(Object.keys(ruleWords.list)).toContain(list.noteKey);
    }
  });
});
