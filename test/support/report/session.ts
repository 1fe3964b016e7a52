import type { Finding, RunJudgement } from '../../../src/shared/domain/verdict.ts';
import type { Workload } from '../../../src/shared/domain/workload.ts';
import { runSettingsSchema } from '../../../src/shared/domain/run.ts';
import type { ClassView, Exchange, InputView, RocView, RunView, SessionView, WindowView } from '../../../src/main/report/view.ts';
import { fixedRandom } from './random.ts';

/** Made-up sessions for the tests of the writers: no figure in here was ever measured. */

const hash = (digit: string): string => digit.repeat(64);

export const keywordClasses = ['down', 'go', 'left', 'no', 'off', 'on', 'right', 'stop', 'up', 'yes', 'silence', 'unknown'];

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
  madeUpWorkload({ id: 'madeup2', title: 'Made-up persons', task: 'visual wake words', classes: ['no person', 'person'], classCount: 2, outputCount: 2, inputBytes: 27648, inputFormat: 'uint8', inputShape: [96, 96, 3], fileBytes: 27648, datasetFolder: 'madeup2', qualityTarget: 0.8 });

/** Four windows a file, one score each. */
export const anomalyWorkload = (): Workload =>
  madeUpWorkload({ id: 'madeupad', title: 'Made-up machine sounds', task: 'anomaly detection', classes: ['normal', 'anomaly'], classCount: 2, outputCount: 1, metric: 'auc', inputBytes: 2560, inputFormat: 'float32le', inputShape: [5, 128], fileBytes: 4096, window: { windowBytes: 2560, strideBytes: 512 }, datasetFolder: 'madeupad', qualityTarget: 0.85 });

/** Facts that the sentences of passed rules name. */
const facts: Readonly<Record<string, Finding['facts']>> = {
  'PERF-01': { windows: 5, inputs: 5, expected: 5 },
  'PERF-03': { shortestS: 10.2386 },
  'PERF-04': { fewest: 171 },
  'PERF-05': { inferences: 171, warmups: 1 },
  'PERF-06': { reported: 16.701 },
  'PERF-07': { spreadPercent: 0.0102 },
  'PERF-08': { deviationPercent: 0.002 },
  'PERF-09': { resolutionUs: 1 },
  'ACC-01': { inputs: 240 },
  'ACC-02': { list: 'made-up list' },
  'ACC-04': { value: 0.942, target: 0.9 },
  'ACC-06': { value: 0.9877 },
  'ACC-07': { inputs: 240 },
  'RUN-08': { model: 'madeup12' },
};

export function finding(rule: string, changes: Partial<Finding> = {}): Finding {
  return { rule, severity: 'E', outcome: 'passed', message: 'passed', facts: facts[rule] ?? {}, evidence: [], ...changes };
}

/** A run that several rules object to. */
export function failedFindings(): Finding[] {
  return [
    finding('PERF-03', { outcome: 'failed', message: 'failed', facts: { count: 2, limitS: 10, window: 4, shortestS: 9.1234 }, evidence: [{ file: 'runs/r1-madeup12-performance/log.txt', line: 92 }, { file: 'journal.jsonl', line: 31 }] }),
    finding('PERF-07', { severity: 'W', outcome: 'failed', message: 'failed', facts: { spreadPercent: 2.4, limitPercent: 1 }, evidence: [{ file: 'journal.jsonl' }] }),
    finding('PERF-08', { severity: 'W', outcome: 'failed', message: 'failed', facts: { window: 2, ratio: 0.9831, deviationPercent: 1.69, limitPercent: 1 } }),
    finding('PERF-02', { severity: 'I', outcome: 'failed', message: 'failed' }),
    ...judgement().findings.filter((other) => !['PERF-03', 'PERF-07', 'PERF-08'].includes(other.rule)),
    finding('RUN-04', { outcome: 'notApplicable', message: 'notRecorded' }),
  ];
}

export function judgement(changes: Partial<RunJudgement> = {}): RunJudgement {
  return {
    verdict: 'valid',
    qualityTarget: 'notApplicable',
    findings: ['RUN-05', 'RUN-07', 'RUN-08', 'RUN-09', 'RUN-11', 'PERF-01', 'PERF-03', 'PERF-04', 'PERF-05', 'PERF-06', 'PERF-07', 'PERF-08', 'PERF-09', 'PERF-10', 'PERF-11'].map((rule) => finding(rule)),
    ...changes,
  };
}

/** Scores as a DUT with an output of scale 1/256 prints them: multiples of 1/256 with three decimals. */
function printedScores(random: () => number, classes: number, winner: number, sure: number): number[] {
  const rest = Array.from({ length: classes }, () => random() * (1 - sure));
  const total = rest.reduce((sum, value) => sum + value, 0) || 1;
  return rest.map((value, i) => Number((Math.floor((i === winner ? sure : (value / total) * (1 - sure)) * 255.99) / 256).toFixed(3)));
}

export interface MadeUpRun {
  workload?: Workload;
  seed?: number;
  throughputs?: number[];
  inputs?: number;
  /** Share of inputs that are predicted right. */
  accuracy?: number;
  changes?: Partial<RunView>;
}

export function performanceRun(options: MadeUpRun = {}): RunView {
  const workload = options.workload ?? madeUpWorkload();
  const random = fixedRandom(options.seed ?? 1);
  const throughputs = options.throughputs ?? [16.7012, 16.7009, 16.7015, 16.6998, 16.7011];
  const classes = workload.classes?.length ?? workload.outputCount;
  const exchanges: Exchange[] = [identify(workload), { kind: 'timestamp', atS: 0.4, lapUs: 400_120 }];
  const windows: WindowView[] = [];
  let atS = 0.5;
  exchanges.push(measure({ workload, purpose: 'calibration', index: 0, file: file(0), iterations: 20, seconds: 1.198, atS, scores: printedScores(random, classes, 0, 0.9) }));
  atS += 1.6;
  throughputs.forEach((throughput, i) => {
    const iterations = Math.ceil(throughput * 10.2);
    const seconds = Math.round((iterations / throughput) * 1e6) / 1e6;
    const exchange = measure({ workload, purpose: 'window', index: i, file: file(i), iterations, seconds, atS, window: i + 1, scores: printedScores(random, classes, i % classes, 0.8) });
    exchanges.push(exchange);
    const { lapStartUs, lapEndUs, hostStartS, hostEndS } = exchange.infer;
    windows.push({
      number: i + 1,
      inputIndex: i,
      inferences: iterations,
      seconds,
      hostSeconds: (hostEndS ?? 0) - (hostStartS ?? 0),
      throughputInfPerS: iterations / seconds,
      lapStartUs: lapStartUs ?? 0,
      lapEndUs: lapEndUs ?? 0,
      file: file(i),
      label: i % classes,
    });
    atS += seconds + 0.6;
  });
  const sorted = windows.map((window) => window.throughputInfPerS).toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  return {
    ...common(workload),
    runId: 'r1',
    mode: 'performance',
    endedAtS: atS,
    windows,
    calibration: [{ iterations: 20, warmups: 1, seconds: 1.198 }],
    inputsTotal: 5,
    figures: median === undefined ? {} : { medianThroughputInfPerS: median, spread: ((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)) / median },
    exchanges,
    judgement: judgement(),
    ...options.changes,
  };
}

export function accuracyRun(options: MadeUpRun = {}): RunView {
  const workload = options.workload ?? madeUpWorkload();
  const random = fixedRandom(options.seed ?? 2);
  const count = options.inputs ?? 240;
  const classes = workload.classes?.length ?? workload.outputCount;
  const exchanges: Exchange[] = [identify(workload), { kind: 'timestamp', atS: 0.4, lapUs: 400_120 }];
  const inputs: InputView[] = [];
  const confusion = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
  let atS = 0.5;
  const segments = workload.window ? 4 : 1;
  for (let i = 0; i < count; i += 1) {
    const label = Math.floor(i / segments) % classes;
    const right = random() < (options.accuracy ?? 0.92);
    const predicted = right ? label : (label + 1 + Math.floor(random() * (classes - 1))) % classes;
    const scores = workload.metric === 'auc' ? [Number((8 + label * 3 + random() * 4).toFixed(3))] : printedScores(random, classes, predicted, 0.55 + random() * 0.45);
    const offset = (i % segments) * (workload.window?.strideBytes ?? 0);
    const name = file(Math.floor(i / segments));
    const exchange = measure({ workload, purpose: 'input', index: i, file: name, offset, iterations: 1, warmups: 0, seconds: 0.0598, atS, scores });
    exchanges.push(exchange);
    const { infer } = exchange;
    inputs.push({ index: i, file: name, offsetBytes: offset, lengthBytes: workload.inputBytes, label, scores, predicted: workload.metric === 'auc' ? null : argMax(scores), lapStartUs: infer.lapStartUs, lapEndUs: infer.lapEndUs, dutElapsedS: infer.dutElapsedS, hostStartS: infer.hostStartS, hostEndS: infer.hostEndS });
    if (workload.metric === 'top1') {
      const row = confusion[label] ?? [];
      row[argMax(scores)] = (row[argMax(scores)] ?? 0) + 1;
    }
    atS += 0.3;
  }
  const correct = inputs.filter((input) => input.predicted === input.label).length;
  const top1 = correct / count;
  return {
    ...common(workload),
    runId: 'r2',
    mode: 'accuracy',
    endedAtS: atS,
    inputs,
    inputsTotal: count,
    figures:
      workload.metric === 'auc'
        ? { inputs: count / segments, aucExact: 0.9312, aucEembc: 0.9287, aucMlc: 0.9312, bestPrecisionRecall: 0.875, roc: [curve(1, 0.9312)] }
        : {
            inputs: count,
            correct,
            top1,
            top1Interval: [Math.max(0, top1 - 0.035), Math.min(1, top1 + 0.03)],
            aucExact: 0.98765,
            aucEembc: 0.9812,
            aucMlc: 0.98741,
            confusion,
            perClass: confusion.map((row, i) => perClass(row, i, confusion)),
            roc: classes === 2 ? [curve(1, 0.96)] : confusion.map((_, i) => curve(i, 0.9 + (i % 5) * 0.02)),
          },
    exchanges,
    judgement: judgement({ qualityTarget: 'met', findings: ['RUN-05', 'RUN-07', 'ACC-01', 'ACC-02', 'ACC-03', 'ACC-04', 'ACC-05', 'ACC-06', 'ACC-07'].map((rule) => finding(rule)) }),
    ...options.changes,
  };
}

export function session(changes: Partial<SessionView> = {}): SessionView {
  return {
    sessionId: '20260512-140311-7f3a',
    createdAt: '2026-05-12T14:03:11.000Z',
    app: { name: 'Joulebench', version: '0.1.0' },
    operator: 'Test operator',
    dutUnit: { serial: 'UNIT-0042', assetTag: 'LAB-17' },
    note: '',
    division: 'closed',
    bench: {
      id: 'virtual',
      name: 'Virtual bench',
      simulated: true,
      clockComparable: true,
      instruments: [{ role: 'dut', kind: 'virtual-dut', label: 'Virtual DUT', lockId: 'virtual-dut', firmware: { name: 'joulebench-reference', version: '0.1.0', sha256: hash('c') }, triedOnHardware: false, simulated: true }],
      simulation: { cpuHz: 80e6, cyclesPerInstruction: 1.35, costSource: 'estimated', baud: 115200, ppm: 12 },
    },
    simulated: true,
    integrity: { journalRecords: 812, journalHash: hash('9') },
    runs: [performanceRun(), accuracyRun()],
    ...changes,
  };
}

export function realBench(): SessionView['bench'] {
  return {
    id: 'real',
    name: 'Lab 2',
    simulated: false,
    clockComparable: true,
    instruments: [{ role: 'dut', kind: 'serial-dut', label: 'Serial port 3', lockId: 'usb-1234', usb: { vendorId: '0483', productId: '374b', serial: '0667FF383333554157243840' }, triedOnHardware: true, simulated: false }],
  };
}

function common(workload: Workload): Omit<RunView, 'runId' | 'mode' | 'endedAtS' | 'inputsTotal' | 'figures' | 'exchanges' | 'judgement'> {
  return {
    workload,
    status: 'completed',
    settings: runSettingsSchema.parse({}),
    artefacts: {
      model: { name: 'made-up-model.tflite', sha256: hash('a'), planSha256: hash('b'), bytes: 53936 },
      firmware: { name: 'joulebench-reference', version: '0.1.0', sha256: hash('c') },
    },
    inputSet: { kind: 'own', listName: 'made-up list', listSha256: hash('d'), contentSha256: hash('e'), files: 240, inputs: 240 },
    dut: { name: 'dut', vendor: 'Made-up vendor', profile: 'ULPMark for tinyML Firmware V0.0.1', model: workload.id, timestampMode: 'performance' },
    startedAt: '2026-05-12T14:03:12.000Z',
    startedAtS: 0.25,
    resumes: 0,
    fault: null,
    windows: [],
    calibration: [],
    inputs: [],
    output: workload.metric === 'auc' ? null : { scale: 1 / 256, zeroPoint: -128 },
  };
}

function identify(workload: Workload): Exchange {
  return { kind: 'identify', atS: 0.3, dut: { name: 'dut', vendor: 'Made-up vendor', profile: 'ULPMark for tinyML Firmware V0.0.1', model: workload.id }, bootLines: ['m-timestamp-mode-performance', 'm-lap-us-90', 'm-init-done', 'm-ready'] };
}

type Measure = Extract<Exchange, { kind: 'measure' }>;

function measure(step: { workload: Workload; purpose: Measure['purpose']; index: number; file: string; offset?: number; iterations: number; warmups?: number; seconds: number; atS: number; window?: number; scores: number[] }): Measure {
  const { workload, iterations, seconds, atS } = step;
  const warmups = step.warmups ?? 1;
  const loadEnd = atS + 0.13;
  const start = loadEnd + 0.08;
  const end = start + seconds + 0.0002;
  const lapStartUs = Math.round(start * 1e6) - 120;
  const lapEndUs = lapStartUs + Math.round(seconds * 1e6);
  return {
    kind: 'measure',
    atS,
    purpose: step.purpose,
    inputIndex: step.index,
    file: step.file,
    fileBytes: workload.fileBytes ?? workload.inputBytes,
    offsetBytes: step.offset ?? 0,
    lengthBytes: workload.inputBytes,
    ...(step.window === undefined ? {} : { window: step.window }),
    attempt: 1,
    load: { bytes: workload.inputBytes, chunkBytes: 31, commands: 17, attempts: 1, verified: 'ok', startS: atS, endS: loadEnd },
    infer: {
      iterations,
      warmups,
      lapStartUs,
      lapEndUs,
      stampCount: 2,
      dutElapsedS: (lapEndUs - lapStartUs) / 1e6,
      hostStartS: start,
      hostEndS: end,
      results: step.scores,
      lines: [
        { atS: loadEnd + 0.015, text: `m-warmup-start-${warmups}` },
        { atS: start, text: 'm-warmup-done' },
        { atS: start, text: `m-infer-start-${iterations}` },
        { atS: start, text: `m-lap-us-${lapStartUs}` },
        { atS: end, text: `m-lap-us-${lapEndUs}` },
        { atS: end, text: 'm-infer-done' },
        { atS: end, text: `m-results-[${step.scores.map((score) => score.toFixed(3)).join(',')}]` },
        { atS: end, text: 'm-ready' },
      ],
      noiseLines: 0,
      warnings: [],
    },
  };
}

function curve(classIndex: number, area: number): RocView {
  const points = Array.from({ length: 41 }, (_, i) => {
    const x = i / 40;
    return { falsePositiveRate: x, truePositiveRate: x === 0 ? 0 : x ** ((1 - area) / area) };
  });
  return { classIndex, area, points };
}

function perClass(row: number[], index: number, confusion: number[][]): ClassView {
  const inputs = row.reduce((sum, value) => sum + value, 0);
  const correct = row[index] ?? 0;
  const predicted = confusion.reduce((sum, other) => sum + (other[index] ?? 0), 0);
  return { inputs, correct, predicted, recall: inputs ? correct / inputs : null, precision: predicted ? correct / predicted : null };
}

function argMax(values: number[]): number {
  return values.indexOf(Math.max(...values));
}

function file(index: number): string {
  return `made_up_${String(index).padStart(6, '0')}.bin`;
}
