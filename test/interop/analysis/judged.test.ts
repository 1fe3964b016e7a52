import { describe, expect, it } from 'vitest';
import { accuracySummary, windowsFigures } from '../../../src/main/analysis/index.ts';
import { judgeRun } from '../../../src/main/rules/index.ts';
import type { RunEvidence } from '../../../src/main/rules/index.ts';
import { createCatalogue, identifyList, performanceInputsOrigin } from '../../../src/main/workload/index.ts';
import { noDataReason } from '../../support/data.ts';
import { expectedRuns, labelOf, publishedLabels, readEembcLog, readMlcResults, runFile } from './published-logs.ts';
import type { ExpectedRun, LoggedInference } from './published-logs.ts';

const workloadIds: Record<string, string> = { kws: 'kws01', ic: 'ic01', vww: 'vww01', ad: 'ad01' };

/** Codes of `expected.json` that a rule about single runs has to find, by the table of the sample's README. */
const rulesOf: Record<string, string[]> = {
  runtime_below_10s: ['PERF-03'],
  iterations_below_10: ['PERF-04'],
  window_count: ['PERF-01'],
  performance_mismatch: ['PERF-06'],
  median_mismatch: ['PERF-06'],
  clock: ['PERF-08'],
  incomplete_set: ['ACC-01'],
  superseded_input_list: ['ACC-02'],
  accuracy_mismatch: ['ACC-05'],
  accuracy_below_target: ['ACC-04', 'ACC-10'],
  identical_outputs: ['RUN-11'],
  vector_length: ['ACC-07'],
};

const catalogue = createCatalogue();

/** Evidence of a published run, as far as the small log reader of these tests gives it. */
function evidenceOf(run: ExpectedRun): RunEvidence {
  const workload = catalogue.find(workloadIds[run.benchmark] as string);
  const labels = publishedLabels(run.benchmark);
  const log =
    run.runner === 'eembc' ? readEembcLog(runFile(run, 'log.txt')) : readMlcResults(runFile(run, 'results.json'));
  const accuracy = run.mode === 'accuracy';
  const done = accuracy
    ? log.filter((inference) => inference.results.length > 0)
    : log.filter((inference) => inference.stampsUs.length === 2);
  const entries = done.map(({ file }) => ({ file, label: labelOf(run.benchmark, file, labels) }));
  const list = identifyList(workload, entries);
  const common = (inference: LoggedInference, k: number) => ({
    inputIndex: k,
    file: inference.file,
    offsetBytes: 0,
    inferences: inference.inferences,
    warmups: accuracy ? 0 : 1,
    results: inference.results,
    ref: { file: 'log.txt' },
  });
  const recorded = done.map(({ inferences, stampsUs, hostS }) => ({
    inferences,
    lapStartUs: stampsUs[0] ?? null,
    lapEndUs: stampsUs[1] ?? null,
    hostStartS: hostS[0] ?? null,
    hostEndS: hostS[1] ?? null,
  }));
  const refs = entries.map((entry, k) => ({ ...entry, index: k, fileIndex: k, offsetBytes: 0, lengthBytes: 1 }));
  const scored = done.map(({ results }, k) => ({ fileIndex: k, label: entries[k]?.label ?? 0, results }));
  const official = workload.officialLists.find((candidate) => candidate.name === list.listName);
  return {
    workload,
    mode: accuracy ? 'accuracy' : 'performance',
    division: run.division,
    round: run.round,
    runner: run.runner,
    status: 'completed',
    // A published run was to use the whole official list; what is missing in the log was not measured.
    inputSet: {
      ...list,
      kind: official ? 'official' : 'own',
      contentSha256: null,
      files: official?.files ?? entries.length,
      inputs: official?.inputs ?? entries.length,
    },
    performanceInputs: accuracy ? null : performanceInputsOrigin(workload, refs, refs),
    dut: null,
    artefacts: {},
    // Only the older runner's log has the host's times.
    clockComparable: true,
    windows: accuracy
      ? []
      : done.map((inference, k) => ({ ...common(inference, k), number: k + 1, stampCount: inference.stampsUs.length })),
    energy: null,
    inputs: accuracy ? done.map((inference, k) => ({ ...common(inference, k), label: entries[k]?.label ?? 0 })) : [],
    figures: {
      ...windowsFigures(accuracy ? [] : recorded, {
        hostStampUncertaintyS: 0.02,
        stampsUs: done.flatMap(({ stampsUs }) => stampsUs),
      }),
      accuracy: accuracy ? accuracySummary(scored, workload.classCount, workload.outputCount) : null,
    },
    incidents: [],
    reported: {
      medianThroughputInfPerS: run.published.median_throughput,
      accuracy: { definition: run.runner, top1Percent: run.published.top1_pct, auc: run.published.auc },
      ref: { file: 'results.txt' },
    },
    records: null,
    recording: { intact: true, ended: true },
    companions: [],
  };
}

describe.skipIf(noDataReason)('published runs under the rules', () => {
  const runs = noDataReason
    ? []
    : expectedRuns().filter(
        (run) =>
          run.benchmark in workloadIds &&
          (run.mode === 'accuracy' || (run.mode === 'performance' && run.runner === 'eembc')),
      );

  it('has the runs of the sample', () => {
    expect(runs).toHaveLength(29);
  });

  it.each(runs.map((run) => [run.id, run] as const))('%s', (_id, run) => {
    const { findings } = judgeRun(evidenceOf(run));
    const failed = findings.filter((finding) => finding.outcome === 'failed').map((finding) => finding.rule);
    for (const { code } of run.anomalies) {
      const rules = rulesOf[code];
      if (rules) expect([code, rules.some((rule) => failed.includes(rule))]).toEqual([code, true]);
    }
    if (run.anomalies.some((anomaly) => anomaly.level !== 'info')) return;
    const excused = new Set(run.anomalies.flatMap((anomaly) => rulesOf[anomaly.code] ?? []));
    const alarms = findings.filter(
      (finding) => finding.outcome === 'failed' && finding.severity !== 'I' && !excused.has(finding.rule),
    );
    expect(alarms.map(({ rule, message, facts }) => ({ rule, message, facts }))).toEqual([]);
  });
});
