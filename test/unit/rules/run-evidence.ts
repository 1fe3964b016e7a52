import { accuracySummary, windowsFigures } from '../../../src/main/analysis/index.ts';
import type {
  CompanionEvidence,
  EnergyEvidence,
  EnergyWindowEvidence,
  InputEvidence,
  RunEvidence,
  WindowEvidence,
} from '../../../src/main/rules/index.ts';
import { createCatalogue } from '../../../src/main/workload/index.ts';

const catalogue = createCatalogue();
const sha = 'a'.repeat(64);

/** What a test changes about a window before its figures are computed. */
export interface WindowChange extends Partial<WindowEvidence> {
  /** Length by the DUT's stamps; null for none. */
  dutS?: number | null;
  /** Length by the host's clock; null for none. */
  hostS?: number | null;
}

/** Start of each window by both clocks: 20 s apart, so that the stamps have a step of 1 us. */
const startUs = (k: number): number => 1_000_000 + k * 20_000_003;

/** A flawless performance run of five windows; windows can be changed, removed (by length) and added. */
export function performanceRun(
  changes: readonly WindowChange[] = [{}, {}, {}, {}, {}],
  run: Partial<RunEvidence> = {},
): RunEvidence {
  const windows = changes.map((change, k): WindowEvidence => {
    const { dutS: _dutS, hostS: _hostS, ...rest } = change;
    return {
      number: k + 1,
      inputIndex: k,
      file: `${k}.bin`,
      offsetBytes: 0,
      inferences: 100,
      warmups: 1,
      stampCount: 2,
      results: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, k],
      ref: { file: 'journal.jsonl', line: 10 + k },
      ...rest,
    };
  });
  const recorded = windows.map(({ inferences }, k) => {
    const { dutS = 10 + k * 1e-3, hostS = dutS } = changes[k] ?? {};
    return {
      inferences,
      lapStartUs: dutS === null ? null : startUs(k),
      lapEndUs: dutS === null ? null : startUs(k) + Math.round(dutS * 1e6),
      hostStartS: hostS === null ? null : 100 + k * 20,
      hostEndS: hostS === null ? null : 100 + k * 20 + hostS,
    };
  });
  return {
    ...base(),
    mode: 'performance',
    performanceInputs: 'official',
    windows,
    figures: { ...windowsFigures(recorded, { hostStampUncertaintyS: 0.02 }), accuracy: null },
    ...run,
  };
}

/** Five windows of an energy run as a test changes them; a shorter list has fewer windows. */
export type EnergyChanges = readonly Partial<EnergyWindowEvidence>[];

/** A flawless energy run of five windows at 3 V with an LPM01A: 100 inferences and 300 mJ in 10.4 s each. */
export function energyRun(
  changes: EnergyChanges = [{}, {}, {}, {}, {}],
  energy: Partial<EnergyEvidence> = {},
  run: Partial<RunEvidence> = {},
): RunEvidence {
  const windows = changes.map((change, k) => energyWindow(k + 1, change));
  const performance = performanceRun(changes.map(() => ({ dutS: null, stampCount: 0 })));
  return {
    ...performance,
    mode: 'energy',
    figures: { ...performance.figures, medianThroughputInfPerS: 100 / 10.4 },
    energy: {
      monitor: {
        kind: 'lpm01a',
        model: 'LPM01A',
        firmware: '1.0.6',
        acceptance: 'submissions',
        triedOnHardware: true,
        maxCurrentA: 0.05,
      },
      path: 'direct',
      traceRecorded: true,
      edgeResolutionS: 1e-3,
      clockRelU: 1e-4 / Math.sqrt(3),
      windows,
      marks: { expected: 2 * windows.length + 1, found: 2 * windows.length + 1, stray: 0 },
      supply: { setV: 3, measuredV: 3.01, limits: { minV: 1.8, nominalV: 3, maxV: 3.6 } },
      achievedRateDeviation: 1e-4,
      deviceRateDeviation: 0,
      hostDurationS: 80,
      hostLatencyS: 0.05,
      unknownLosses: 0,
      lostSamples: 0,
      overcurrent: false,
      scope: { measured: ['microcontroller'], notMeasured: ['level shifter'], declaredBy: 'A. Tester' },
      headS: 1.2,
      tailS: 1.1,
      restPowerW: 3.6e-3,
      medianThroughputInfPerS: 100 / 10.4,
      throughputRelU: 1e-5,
      medianEnergyUJPerInf: 3000,
      reportedEnergy: null,
      certificates: { used: ['gain-2026'], expired: [] },
      ...energy,
    },
    ...run,
  };
}

function energyWindow(number: number, change: Partial<EnergyWindowEvidence>): EnergyWindowEvidence {
  return {
    number,
    inferences: 100,
    durationS: 10.4,
    hostS: 10.41,
    edges: 2,
    energyJ: 0.3,
    samples: 10_400,
    lostSamples: 0,
    saturatedSamples: 0,
    clippedSamples: 0,
    maxCurrentA: 0.0121,
    meanPowerW: 0.3 / 10.4,
    beforeStartW: 3.6e-3,
    ref: { file: 'journal.jsonl', line: 10 + number },
    ...change,
  };
}

/** Another run of the same workload, as the rules see it. */
export function companion(change: Partial<CompanionEvidence> = {}): CompanionEvidence {
  return {
    mode: 'accuracy',
    dut: { name: 'dut', vendor: 'Lab', profile: 'ULPMark for tinyML Firmware V0.0.1', model: 'kws01' },
    artefacts: {},
    results: [],
    medianThroughputInfPerS: null,
    throughputRelU: null,
    ...change,
  };
}

/** A flawless accuracy run over the whole official keyword list, with 950 of 1,000 correct. */
export function accuracyRun(
  run: Partial<RunEvidence> = {},
  change: (input: InputEvidence) => Partial<InputEvidence> = () => ({}),
): RunEvidence {
  const workload = run.workload ?? base().workload;
  const inputSet = run.inputSet ?? base().inputSet;
  const inputs =
    run.inputs ??
    Array.from({ length: inputSet.inputs }, (_, k) =>
      scoredInput(k, workload.classCount, workload.outputCount, change),
    );
  const scored = inputs.map((input) => ({
    fileIndex: input.inputIndex,
    label: input.label,
    results: input.results ?? [],
  }));
  return {
    ...base(),
    mode: 'accuracy',
    inputs,
    figures: {
      windows: [],
      medianThroughputInfPerS: null,
      relativeSpread: null,
      stampResolutionUs: null,
      accuracy: accuracySummary(scored, workload.classCount, workload.outputCount),
    },
    ...run,
  };
}

/** The k-th input; one in twenty is predicted wrongly. */
export function scoredInput(
  k: number,
  classCount: number,
  outputCount: number,
  change: (input: InputEvidence) => Partial<InputEvidence> = () => ({}),
): InputEvidence {
  const label = k % classCount;
  const predicted = k % 20 === 0 ? (label + 1) % classCount : label;
  const results =
    outputCount === 1
      ? [predicted === 1 ? 2 + k / 1000 : 1 - k / 1000]
      : Array.from({ length: outputCount }, (_, c) => (c === predicted ? 0.9 : 0.01 + c / 1000));
  const input: InputEvidence = {
    inputIndex: k,
    file: `${k}.bin`,
    offsetBytes: 0,
    label,
    inferences: 1,
    warmups: 0,
    results,
    ref: { file: 'journal.jsonl', line: k + 1 },
  };
  return { ...input, ...change(input) };
}

export function workloadOf(id: string): RunEvidence['workload'] {
  return catalogue.find(id);
}

function base(): Omit<RunEvidence, 'mode' | 'figures'> {
  return {
    workload: catalogue.find('kws01'),
    division: 'none',
    round: null,
    runner: 'joulebench',
    status: 'completed',
    inputSet: { kind: 'official', listName: 'kws01', listSha256: sha, contentSha256: sha, files: 1000, inputs: 1000 },
    performanceInputs: null,
    dut: { name: 'dut', vendor: 'Lab', profile: 'ULPMark for tinyML Firmware V0.0.1', model: 'kws01' },
    artefacts: {},
    clockComparable: true,
    windows: [],
    energy: null,
    inputs: [],
    incidents: [],
    reported: null,
    records: null,
    recording: { intact: true, ended: true },
    companions: [],
  };
}
