import { describe, expect, it } from 'vitest';
import { runSettingsSchema } from '../../../../../src/shared/domain/run.ts';
import { createText } from '../../../../../src/shared/text/index.ts';
import { freshEnergyDraft, monitorKind } from '../../../../../src/renderer/views/run/energy-draft.ts';
import { preconditionsOf } from '../../../../../src/renderer/views/run/preconditions.ts';
import { monitors, workloads } from '../../support/recorded.ts';

const english = createText();
const text = {
  ...english,
  t: (key: string, values: object = {}) => english.t(key, { ...values }),
} as unknown as Parameters<typeof preconditionsOf>[0];
const energySettings = freshEnergyDraft();

const conditions = (energy: boolean, freeBytes: number | undefined): ReturnType<typeof preconditionsOf> =>
  preconditionsOf(text, {
    bench: undefined,
    workload: workloads[0],
    draft: {
      workload: '',
      performance: true,
      accuracy: false,
      energy,
      modelFile: '',
      datasetFolder: '',
      operator: '',
      unitSerial: '',
      settings: runSettingsSchema.parse({}),
      energySettings,
      passed: { flash: false, calibrate: false },
    },
    boards: [],
    monitors,
    certificates: [],
    room:
      freeBytes === undefined
        ? undefined
        : { kind: monitorKind(energySettings.monitor), room: { bytesPerS: 1_010_000, neededBytes: 909e6, freeBytes } },
  });

describe('room for a trace', () => {
  it('is said before an energy run, and too little of it keeps the run from starting', () => {
    const disk = (energy: boolean, freeBytes?: number) => conditions(energy, freeBytes).find(({ id }) => id === 'disk');
    expect(disk(true, 68e9)).toMatchObject({
      met: true,
      reason: expect.stringMatching(/61.MB a minute; 68.GB are free/) as string,
    });
    expect(disk(true, 908e6)).toMatchObject({ met: false, reason: expect.stringMatching(/910.MB are free/) as string });
    expect(disk(true, 908e6)).not.toHaveProperty('remark');
    expect(disk(true)).toBeUndefined();
    expect(disk(false, 68e9)).toBeUndefined();
  });
});
