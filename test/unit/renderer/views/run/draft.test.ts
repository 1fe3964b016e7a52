import { describe, expect, it } from 'vitest';
import { runSettingsSchema } from '../../../../../src/shared/domain/run.ts';
import { startRunSchema } from '../../../../../src/shared/contract/index.ts';
import { chosenWorkload, modesOf, startInput } from '../../../../../src/renderer/views/run/draft.ts';
import type { RunDraft } from '../../../../../src/renderer/views/run/draft.ts';
import { freshEnergyDraft } from '../../../../../src/renderer/views/run/energy-draft.ts';
import { workloads } from '../../support/recorded.ts';

const draft: RunDraft = {
  workload: '',
  performance: true,
  accuracy: true,
  energy: undefined,
  modelFile: '',
  datasetFolder: '',
  operator: '',
  unitSerial: '',
  settings: runSettingsSchema.parse({}),
  energySettings: freshEnergyDraft(),
  passed: { flash: false, calibrate: false },
};
const virtual = { id: 'virtual' };
const serial = { id: 'serial:/dev/ttyACM0' };
const [demo, official] = workloads;
if (!demo || !official) throw new Error('no workloads');

describe('what a run is started with', () => {
  it('is the workload of the app unless another one is chosen', () => {
    expect(chosenWorkload(draft, workloads)?.id).toBe('demo01');
    expect(chosenWorkload({ workload: 'kws01' }, workloads)?.id).toBe('kws01');
    expect(chosenWorkload({ workload: 'sww01' }, workloads)?.id).toBe('demo01');
    expect(chosenWorkload(draft, [])).toBeUndefined();
  });

  it('keeps the order in which modes are run', () => {
    const chosen = { performance: true, accuracy: true, energy: undefined };
    expect(modesOf({ ...chosen, energy: true }, serial)).toEqual(['performance', 'accuracy', 'energy']);
    expect(modesOf({ ...chosen, performance: false }, serial)).toEqual(['accuracy']);
  });

  it('has energy on where the bench has a monitor of its own, until somebody chooses', () => {
    const chosen = { performance: true, accuracy: true, energy: undefined };
    expect(modesOf(chosen, virtual)).toEqual(['performance', 'accuracy', 'energy']);
    expect(modesOf(chosen, serial)).toEqual(['performance', 'accuracy']);
    expect(modesOf({ ...chosen, energy: false }, virtual)).toEqual(['performance', 'accuracy']);
  });

  it('fits the contract', () => {
    const input = startInput({ ...draft, energy: false, unitSerial: ' 17 ' }, virtual, demo, 'Ada');
    expect(startRunSchema.parse(input)).toMatchObject({
      benchId: 'virtual',
      workload: 'demo01',
      modes: ['performance', 'accuracy'],
      operator: 'Ada',
      dutUnit: { serial: '17' },
    });
    expect(input).not.toHaveProperty('modelFile');
    expect(input).not.toHaveProperty('energy');
  });

  it('names files only for a workload that brings none', () => {
    const input = startInput(
      { ...draft, modelFile: ' m.tflite ', datasetFolder: 'd', operator: 'Bo' },
      virtual,
      official,
      'Ada',
    );
    expect(startRunSchema.parse(input)).toMatchObject({ modelFile: 'm.tflite', datasetFolder: 'd', operator: 'Bo' });
  });
});
