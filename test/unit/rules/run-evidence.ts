import { accuracySummary, windowsFigures } from '../../../src/main/analysis/index.ts';
import type { InputEvidence, RunEvidence, WindowEvidence } from '../../../src/main/rules/index.ts';
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
    inputs: [],
    incidents: [],
    reported: null,
    records: null,
    recording: { intact: true, ended: true },
    companions: [],
  };
}
