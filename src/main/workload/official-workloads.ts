import type { OfficialList, OfficialModel, Workload } from '../../shared/domain/workload.ts';

/** Facts of the benchmark's tasks. Source: DUT protocol, section 13, and reference models, section 1. */

const modelFolder = 'mlcommons/tiny: benchmark/training';
const listFolder = 'mlcommons/tiny: benchmark/evaluation/datasets';

function model(folder: string, fileName: string, bytes: number, sha256: string): OfficialModel {
  return { fileName, sha256, bytes, published: `${modelFolder}/${folder}/trained_models/${fileName}` };
}

const kwsList: OfficialList = {
  name: 'kws01',
  noteKey: 'kws01',
  listSha256: 'c29dee25f94d56439828dca5c7d6950cd09d71f091d76760cecebd93e87e7a99',
  files: 1000,
  inputs: 1000,
  firstRound: 'v0.5',
  lastRound: null,
  published: `eembc/energyrunner: datasets/kws01; ${listFolder}/kws01`,
  knownContents: [
    // Every input whose index in the list ends in 0, 1 or 2.
    { contentSha256: '24ecdc250a96b7cd101d0e43de58cc11ccd9b3cb31de94dd2692c07ddb94affe', files: 300 },
  ],
};

const vwwList: OfficialList = {
  name: 'vww01',
  noteKey: 'vww01',
  listSha256: '04b8860587ec8bf2660761fa497f2f454d6f8ef8a28568e1fa99f1d4f630d1e4',
  files: 1000,
  inputs: 1000,
  firstRound: 'v0.5',
  lastRound: null,
  published: `${listFolder}/vww01`,
  knownContents: [],
};

/** The list in force first: it names a subset that fits both. */
const imageLists: OfficialList[] = [
  {
    name: 'ic01-2022',
    noteKey: 'ic01',
    listSha256: '209a004e1c5a99e5a0da0f3442d85a6adef27ebc5c300027984cecda90fe7e3e',
    files: 200,
    inputs: 200,
    firstRound: 'v0.7',
    lastRound: null,
    published: `${listFolder}/ic01`,
    knownContents: [],
  },
  {
    name: 'ic01-v0.5',
    noteKey: 'ic01Old',
    listSha256: '3ebb5b6bb54772cfa2a1c33d25ae01466117e5284f3cb9191d4b165dbd8490fd',
    files: 200,
    inputs: 200,
    firstRound: 'v0.5',
    lastRound: 'v0.5',
    published: 'eembc/energyrunner: datasets/ic01',
    knownContents: [],
  },
];

const anomalyLists: OfficialList[] = [
  {
    name: 'ad01',
    noteKey: 'ad01',
    listSha256: 'c28edc4a43bf29df6108062742dfcb7ecd8e9ee7e60db45b9ded0c5bed732bb4',
    files: 248,
    inputs: 248 * 196,
    firstRound: 'v0.5',
    lastRound: null,
    published: `${listFolder}/ad01`,
    knownContents: [],
  },
  {
    name: 'ad01-alternative',
    noteKey: 'ad01Alternative',
    listSha256: '564a33690b270464f6a9a48134422187cc99aa7894096f5905b313c5c01b58dc',
    files: 72,
    inputs: 72 * 196,
    firstRound: 'v1.2',
    lastRound: null,
    published: `${listFolder}/ad01/y_labels_alt.csv`,
    knownContents: [],
  },
];

const common = {
  window: null,
  aliases: [],
  origin: 'official',
  ruleVersion: 'v1.3',
  runnable: true,
  notRunnableKey: null,
  ownList: null,
  ownModel: null,
} satisfies Partial<Workload>;

const imageClasses = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];

const imageInput = {
  inputBytes: 3072,
  inputFormat: 'uint8',
  inputShape: [32, 32, 3],
  fileBytes: 3072,
  classCount: 10,
  classes: imageClasses,
  outputCount: 10,
  metric: 'top1',
  datasetFolder: 'ic01',
  officialLists: imageLists,
} satisfies Partial<Workload>;

/** The official tasks in the order in which they are shown. */
export const officialWorkloads: readonly Workload[] = [
  {
    ...common,
    id: 'kws01',
    title: 'Keyword spotting',
    task: 'recognises ten spoken words, silence and unknown words in one second of sound',
    inputBytes: 490,
    inputFormat: 'int8',
    inputShape: [49, 10, 1],
    fileBytes: 490,
    classCount: 12,
    classes: ['Down', 'Go', 'Left', 'No', 'Off', 'On', 'Right', 'Stop', 'Up', 'Yes', 'Silence', 'Unknown'],
    outputCount: 12,
    metric: 'top1',
    qualityTarget: 0.9,
    datasetFolder: 'kws01',
    resultsFolder: 'kws',
    officialModels: [
      model(
        'keyword_spotting',
        'kws_ref_model.tflite',
        53_936,
        'aeea436800704fce17b17292e4412630ad856e9d777c044c64ef748a880bd0ae',
      ),
    ],
    officialLists: [kwsList],
  },
  {
    ...common,
    id: 'vww01',
    title: 'Visual wake words',
    task: 'says whether a person is in a small picture',
    inputBytes: 27_648,
    inputFormat: 'uint8',
    inputShape: [96, 96, 3],
    fileBytes: 27_648,
    classCount: 2,
    classes: ['no person', 'person'],
    outputCount: 2,
    metric: 'top1',
    qualityTarget: 0.8,
    datasetFolder: 'vww01',
    resultsFolder: 'vww',
    officialModels: [
      model(
        'visual_wake_words',
        'vww_96_int8.tflite',
        333_288,
        '597a384c8c2c8a1276f04702f25013b7838f2f814f1ca7c174d295b73e3d6b7b',
      ),
    ],
    officialLists: [vwwList],
  },
  {
    ...common,
    ...imageInput,
    id: 'ic01',
    title: 'Image classification',
    task: 'sorts small pictures into ten classes',
    qualityTarget: 0.85,
    resultsFolder: 'ic',
    officialModels: [
      model(
        'image_classification',
        'pretrainedResnet_quant.tflite',
        98_496,
        '3c002613d1b2475eb51dd78dfb85a546c8ae658dee71cf6ade43b022fe205415',
      ),
    ],
  },
  {
    ...common,
    ...imageInput,
    id: 'ic02',
    title: 'Image classification, large',
    task: 'sorts small pictures into ten classes with a wider model',
    qualityTarget: 0.91,
    ruleVersion: 'v1.4',
    resultsFolder: 'ic2',
    officialModels: [
      model(
        'image_classification',
        'pretrainedResnet_large_int8.tflite',
        512_024,
        'dc27dcd823f5665533352f7da516b0c9bc6f089914b8283782e55961b3423fcf',
      ),
    ],
  },
  {
    ...common,
    id: 'ad01',
    title: 'Anomaly detection',
    task: 'scores how unusual the sound of a machine is',
    inputBytes: 2560,
    inputFormat: 'float32le',
    inputShape: [5, 128],
    fileBytes: 102_400,
    window: { windowBytes: 2560, strideBytes: 512 },
    classCount: 2,
    classes: ['normal', 'anomaly'],
    outputCount: 1,
    metric: 'auc',
    qualityTarget: 0.85,
    datasetFolder: 'ad01',
    resultsFolder: 'ad',
    officialModels: [
      model(
        'anomaly_detection',
        'ad01_int8.tflite',
        276_976,
        '87cf24194ef93d1d9b11a591d805526b98008e351655d29883c825c9c106ba24',
      ),
    ],
    officialLists: anomalyLists,
  },
  {
    ...common,
    id: 'sww01',
    title: 'Streaming wake word',
    task: 'listens to a stream of sound for one word',
    // One hop of 40 features, 16 bits each; the reference firmware takes sound, not features, so nothing is sent.
    inputBytes: 80,
    inputFormat: 'int16le',
    inputShape: [1, 40],
    fileBytes: null,
    classCount: 3,
    classes: ['wake word', 'silence', 'other'],
    outputCount: 3,
    metric: 'top1',
    qualityTarget: null,
    aliases: ['strww01'],
    datasetFolder: 'sww01',
    resultsFolder: 'sww',
    runnable: false,
    notRunnableKey: 'sww01',
    officialModels: [
      model(
        'streaming_wakeword',
        'str_ww_ref_model.tflite',
        74_520,
        '3af8550895ba7d5c584277102b5075c52dcfa63ba9d2b2240f37c4e6abd5dd2b',
      ),
    ],
    officialLists: [],
  },
];
