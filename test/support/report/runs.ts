import type { Workload } from '../../../src/shared/domain/workload.ts';
import { runSettingsSchema } from '../../../src/shared/domain/run.ts';
import type { ClassView, Exchange, InputView, RocView, RunView, WindowView } from '../../../src/main/report/view.ts';
import type { EnergyView } from '../../../src/main/report/energy-view.ts';
import { energyView } from './energy.ts';
import { identify, measure } from './exchanges.ts';
import { finding, judgement } from './findings.ts';
import { fixedRandom } from './random.ts';
import { madeUpWorkload } from './workloads.ts';

/** Made up for the tests of the writers: no figure in here was ever measured. */

const hash = (digit: string): string => digit.repeat(64);

/** Scores as a DUT with an output of scale 1/256 prints them: multiples of 1/256 with three decimals. */
function printedScores(random: () => number, classes: number, winner: number, sure: number): number[] {
  const rest = Array.from({ length: classes }, () => random() * (1 - sure));
  const total = rest.reduce((sum, value) => sum + value, 0) || 1;
  return rest.map((value, i) =>
    Number((Math.floor((i === winner ? sure : (value / total) * (1 - sure)) * 255.99) / 256).toFixed(3)),
  );
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
  exchanges.push(
    measure({
      workload,
      purpose: 'calibration',
      index: 0,
      file: file(0),
      iterations: 20,
      seconds: 1.198,
      atS,
      scores: printedScores(random, classes, 0, 0.9),
    }),
  );
  atS += 1.6;
  throughputs.forEach((throughput, i) => {
    const iterations = Math.ceil(throughput * 10.2);
    const seconds = Math.round((iterations / throughput) * 1e6) / 1e6;
    const exchange = measure({
      workload,
      purpose: 'window',
      index: i,
      file: file(i),
      iterations,
      seconds,
      atS,
      window: i + 1,
      scores: printedScores(random, classes, i % classes, 0.8),
    });
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
    figures:
      median === undefined
        ? {}
        : { medianThroughputInfPerS: median, spread: ((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)) / median },
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
    const scores =
      workload.metric === 'auc'
        ? [Number((8 + label * 3 + random() * 4).toFixed(3))]
        : printedScores(random, classes, predicted, 0.55 + random() * 0.45);
    const offset = (i % segments) * (workload.window?.strideBytes ?? 0);
    const name = file(Math.floor(i / segments));
    const exchange = measure({
      workload,
      purpose: 'input',
      index: i,
      file: name,
      offset,
      iterations: 1,
      warmups: 0,
      seconds: 0.0598,
      atS,
      scores,
    });
    exchanges.push(exchange);
    const { infer } = exchange;
    inputs.push({
      index: i,
      file: name,
      offsetBytes: offset,
      lengthBytes: workload.inputBytes,
      label,
      scores,
      predicted: workload.metric === 'auc' ? null : argMax(scores),
      lapStartUs: infer.lapStartUs,
      lapEndUs: infer.lapEndUs,
      dutElapsedS: infer.dutElapsedS,
      hostStartS: infer.hostStartS,
      hostEndS: infer.hostEndS,
    });
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
        ? {
            inputs: count / segments,
            aucExact: 0.9312,
            aucEembc: 0.9287,
            aucMlc: 0.9312,
            bestPrecisionRecall: 0.875,
            roc: [curve(1, 0.9312)],
          }
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
    judgement: judgement({
      qualityTarget: 'met',
      findings: ['RUN-05', 'RUN-07', 'ACC-01', 'ACC-02', 'ACC-03', 'ACC-04', 'ACC-05', 'ACC-06', 'ACC-07'].map((rule) =>
        finding(rule),
      ),
    }),
    ...options.changes,
  };
}

/** An energy run through the IO manager, with rests and everything that its monitor saw. */
export function energyRun(options: MadeUpRun & { energy?: EnergyView } = {}): RunView {
  const workload = options.workload ?? madeUpWorkload();
  const random = fixedRandom(options.seed ?? 3);
  const energy = options.energy ?? energyView();
  const exchanges: Exchange[] = [
    { kind: 'supply', atS: 0.3, on: true, voltageV: null },
    identify(workload),
    { kind: 'record', atS: 0.4, on: true, file: energy.trace?.file ?? null },
    { kind: 'timestamp', atS: 0.4, lapUs: null },
  ];
  let atS = 1.5;
  for (const { window, file: name } of energy.inputs) {
    const one = measure({
      workload,
      purpose: 'window',
      index: window - 1,
      file: name,
      iterations: 1770,
      seconds: 10.98,
      atS,
      window,
      scores: printedScores(random, 12, window - 1, 0.8),
    });
    exchanges.push({
      ...one,
      infer: {
        ...one.infer,
        lapStartUs: null,
        lapEndUs: null,
        stampCount: 0,
        dutElapsedS: null,
        lines: one.infer.lines.filter(({ text }) => !text.startsWith('m-lap')),
      },
    });
    atS += 21;
  }
  exchanges.push(
    { kind: 'rest', atS, state: 'idle', durationS: 5, supported: true },
    { kind: 'rest', atS: atS + 6, state: 'sleep', durationS: 5, supported: true },
    { kind: 'record', atS: atS + 12, on: false, file: null },
    { kind: 'supply', atS: atS + 13, on: false, voltageV: 2.996 },
  );
  const base = common(workload);
  return {
    ...base,
    dut: base.dut && { ...base.dut, timestampMode: 'energy' },
    runId: 'r3',
    mode: 'energy',
    endedAtS: atS + 14,
    inputsTotal: 5,
    figures: {},
    exchanges,
    judgement: judgement({ findings: ['RUN-05', 'RUN-07', 'RUN-08', 'RUN-09'].map((rule) => finding(rule)) }),
    energy,
    ...options.changes,
  };
}

function common(
  workload: Workload,
): Omit<RunView, 'runId' | 'mode' | 'endedAtS' | 'inputsTotal' | 'figures' | 'exchanges' | 'judgement'> {
  return {
    workload,
    status: 'completed',
    settings: runSettingsSchema.parse({}),
    artefacts: {
      model: { name: 'made-up-model.tflite', sha256: hash('a'), planSha256: hash('b'), bytes: 53936 },
      firmware: { name: 'joulebench-reference', version: '0.1.0', sha256: hash('c') },
    },
    inputSet: {
      kind: 'own',
      listName: 'made-up list',
      listSha256: hash('d'),
      contentSha256: hash('e'),
      files: 240,
      inputs: 240,
    },
    dut: {
      name: 'dut',
      vendor: 'Made-up vendor',
      profile: 'ULPMark for tinyML Firmware V0.0.1',
      model: workload.id,
      timestampMode: 'performance',
    },
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
  return {
    inputs,
    correct,
    predicted,
    recall: inputs ? correct / inputs : null,
    precision: predicted ? correct / predicted : null,
  };
}

function argMax(values: number[]): number {
  return values.indexOf(Math.max(...values));
}

function file(index: number): string {
  return `made_up_${String(index).padStart(6, '0')}.bin`;
}
