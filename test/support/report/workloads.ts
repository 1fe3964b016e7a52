import type { Workload } from '../../../src/shared/domain/workload.ts';

/** Made up for the tests of the writers: no figure in here was ever measured. */

export const keywordClasses = [
  'down',
  'go',
  'left',
  'no',
  'off',
  'on',
  'right',
  'stop',
  'up',
  'yes',
  'silence',
  'unknown',
];

export function madeUpWorkload(changes: Partial<Workload> = {}): Workload {
  return {
    id: 'madeup12',
    title: 'Made-up keywords',
    task: 'keyword spotting',
    inputBytes: 490,
    inputFormat: 'int8',
    inputShape: [49, 10],
    fileBytes: 490,
    window: null,
    classes: keywordClasses,
    classCount: 12,
    outputCount: 12,
    metric: 'top1',
    qualityTarget: 0.9,
    ruleVersion: 'v1.4',
    aliases: [],
    datasetFolder: 'madeup12',
    resultsFolder: null,
    origin: 'own',
    runnable: true,
    notRunnableKey: null,
    officialModels: [],
    officialLists: [],
    ownList: null,
    ownModel: null,
    ...changes,
  };
}

export const personWorkload = (): Workload =>
  madeUpWorkload({
    id: 'madeup2',
    title: 'Made-up persons',
    task: 'visual wake words',
    classes: ['no person', 'person'],
    classCount: 2,
    outputCount: 2,
    inputBytes: 27648,
    inputFormat: 'uint8',
    inputShape: [96, 96, 3],
    fileBytes: 27648,
    datasetFolder: 'madeup2',
    qualityTarget: 0.8,
  });

/** Four windows a file, one score each. */
export const anomalyWorkload = (): Workload =>
  madeUpWorkload({
    id: 'madeupad',
    title: 'Made-up machine sounds',
    task: 'anomaly detection',
    classes: ['normal', 'anomaly'],
    classCount: 2,
    outputCount: 1,
    metric: 'auc',
    inputBytes: 2560,
    inputFormat: 'float32le',
    inputShape: [5, 128],
    fileBytes: 4096,
    window: { windowBytes: 2560, strideBytes: 512 },
    datasetFolder: 'madeupad',
    qualityTarget: 0.85,
  });
