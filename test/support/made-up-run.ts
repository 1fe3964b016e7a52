import type { BenchIdentity } from '../../src/shared/domain/identity.ts';
import type { JournalRecord } from '../../src/shared/domain/journal.ts';
import { runSettingsSchema } from '../../src/shared/domain/run.ts';
import type { RunSettings } from '../../src/shared/domain/run.ts';
import type { Workload } from '../../src/shared/domain/workload.ts';
import type { PlannedRun } from '../../src/main/runner/index.ts';

// Clearly made-up facts for tests that need a whole run but no firmware, model or data set.

export const testBench: BenchIdentity = {
  id: 'test',
  name: 'Test bench',
  simulated: true,
  clockComparable: true,
  instruments: [],
};

export const testWorkload: Workload = {
  id: 'kws01',
  title: 'Test keywords',
  task: 'test',
  inputBytes: 8,
  inputFormat: 'int8',
  inputShape: [8],
  fileBytes: 8,
  window: null,
  classCount: 4,
  classes: ['a', 'b', 'c', 'd'],
  outputCount: 4,
  metric: 'top1',
  qualityTarget: null,
  ruleVersion: 'test',
  aliases: [],
  datasetFolder: 'kws01',
  resultsFolder: null,
  origin: 'own',
  runnable: true,
  notRunnableKey: null,
  officialModels: [],
  officialLists: [],
  ownList: null,
  ownModel: null,
} as Workload;

/** Eight bytes per input from a small generator: the same index gives the same payload. */
export function testPayload(index: number): Uint8Array {
  return Uint8Array.from({ length: 8 }, (_, k) => (Math.imul(index + 1, 2654435761) >>> (k * 3)) & 0xff);
}

export function plannedRun(
  mode: 'performance' | 'accuracy',
  inputs: number,
  settings: Partial<RunSettings> = {},
): PlannedRun {
  return {
    workload: testWorkload,
    mode,
    settings: runSettingsSchema.parse(settings),
    artefacts: {},
    inputs: {
      identity: {
        kind: 'own',
        listName: 'test',
        listSha256: 'a'.repeat(64),
        contentSha256: 'b'.repeat(64),
        files: inputs,
        inputs,
      },
      files: Array.from({ length: inputs }, (_, k) => [`in_${k}.bin`, k % 4] as const),
      read: (index) => Promise.resolve(testPayload(index)),
    },
  };
}

export const openingRecord: JournalRecord = {
  type: 'session.opened',
  format: 1,
  sessionId: 'test-session',
  app: { name: 'Joulebench', version: '0.0.0' },
  operator: 'Test',
  dutUnit: {},
  bench: testBench,
  division: 'none',
  certificates: [],
};
