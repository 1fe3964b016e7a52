import type { EnergyWindowSummary } from '../../../shared/domain/energy.ts';
import { hasFigure } from '../energy-view.ts';
import type { EnergyView } from '../energy-view.ts';
import type { InputView, RunView, SessionView, WindowView } from '../view.ts';
import { countedMeasures } from './steps.ts';
import type { MeasureExchange } from './steps.ts';
import { int8Vector } from './vector.ts';

/** Version of what stands under the key `joulebench`; see docs/formats/results.md. */
export const resultsFormat = 1;

/**
 * `results.json`: one line, an array with one object for each window or input under the published keys (results and submission,
 * section 6.3) and a key `joulebench` in each for what that form cannot say. The summary of the run stands in the first.
 * A run that did not complete ends with an entry `error`, as the published runner writes it.
 */
export function writeResultsJson(session: SessionView, run: RunView): string {
  const windows = new Map(run.windows.map((window) => [window.number, window]));
  const energyWindows = new Map((run.energy?.trace?.windows ?? []).map((window) => [window.number, window]));
  const inputs = new Map(run.inputs.map((input) => [input.index, input]));
  const entries: Record<string, unknown>[] = countedMeasures(run).map((measure) => {
    const window = measure.window === undefined ? undefined : windows.get(measure.window);
    const one = entry(session, run, measure, window, inputs.get(measure.inputIndex));
    if (!run.energy) return one;
    return {
      ...one,
      power: power(run.energy, measure.window === undefined ? undefined : energyWindows.get(measure.window)),
    };
  });
  if (run.status !== 'completed') {
    entries.push({
      error: run.fault?.code ?? run.status,
      mode: modeLetter(run),
      joulebench: { ...provenance(session, run) },
    });
  }
  if (entries.length === 0)
    entries.push({ error: 'nothing was measured', mode: modeLetter(run), joulebench: { ...provenance(session, run) } });
  const first = entries[0];
  if (first) first['joulebench'] = { ...(first['joulebench'] as object), summary: summary(session, run) };
  return `${JSON.stringify(entries)}\n`;
}

function entry(
  session: SessionView,
  run: RunView,
  measure: MeasureExchange,
  window: WindowView | undefined,
  input: InputView | undefined,
): Record<string, unknown> {
  const { workload } = run;
  const { infer } = measure;
  const elapsedUs = infer.dutElapsedS === null ? null : Math.round(infer.dutElapsedS * 1e6);
  const perFile =
    workload.window && workload.fileBytes
      ? (workload.fileBytes - workload.window.windowBytes) / workload.window.strideBytes + 1
      : 1;
  const label =
    window?.label ?? input?.label ?? run.energy?.inputs.find((candidate) => candidate.window === measure.window)?.label;
  // An energy build prints no stamps; the order of the keys is that of the current runner.
  const stamped = run.mode !== 'energy';
  return {
    file: measure.file,
    classes: String(workload.classCount),
    class: label === undefined ? null : String(label),
    bytes_to_send: workload.window ? String(workload.window.windowBytes) : null,
    stride: workload.window ? String(workload.window.strideBytes) : null,
    total_length: workload.window ? (run.mode === 'accuracy' ? perFile : 1) : null,
    infer: {
      ...(stamped ? { start_time: infer.lapStartUs, end_time: infer.lapEndUs } : {}),
      results: infer.results,
      ...(stamped ? { elapsed_time: elapsedUs } : {}),
      total_inferences: 1,
      iterations: infer.iterations,
      warmups: infer.warmups,
      ...(run.mode === 'performance' && window ? { throughput: window.throughputInfPerS } : {}),
    },
    mode: modeLetter(run),
    joulebench: {
      ...provenance(session, run),
      index: measure.inputIndex,
      offset_bytes: measure.offsetBytes,
      ...((window ?? run.energy) ? { window: measure.window } : {}),
      ...(input && input.predicted !== null ? { predicted: input.predicted } : {}),
      host_seconds: infer.hostStartS === null || infer.hostEndS === null ? null : infer.hostEndS - infer.hostStartS,
      output_int8: int8Vector(infer.results, run.output),
    },
  };
}

/**
 * The published key without its samples, which would make the file hundreds of megabytes at the rates of some monitors: the edges of the
 * window count samples of the trace file, which is named in the key `joulebench` of the first object.
 */
function power(energy: EnergyView, window: EnergyWindowSummary | undefined): Record<string, unknown> {
  return {
    timestamps: window
      ? [
          [String(2 * window.number - 1), window.startEdge],
          [String(2 * window.number), window.endEdge],
        ]
      : [],
    extracted_power: null,
    voltage: energy.setup.supply.voltageV,
  };
}

function energySummary(energy: EnergyView): Record<string, unknown> {
  const { setup, trace, figures } = energy;
  return {
    monitor: setup.monitor,
    supply_v: setup.supply.voltageV,
    path: setup.path,
    plane: setup.plane,
    window_rule: setup.windowRule,
    trace: trace
      ? { file: trace.file, sha256: trace.sha256, sample_rate_hz: trace.sampleRateHz, samples: trace.samples }
      : null,
    median_energy_uj_per_inf: hasFigure(figures) ? figures.medianEnergyUJPerInf : null,
    median_power_uw: hasFigure(figures) ? figures.medianPowerUW : null,
    expanded_uncertainty_uj_per_inf: hasFigure(figures) ? figures.budget.expandedUncertainty : null,
    coverage_factor: hasFigure(figures) ? figures.budget.coverageFactor : null,
    status: figures?.budget.status ?? null,
    reasons: figures?.budget.reasons ?? [],
    corrected_median_energy_uj_per_inf: hasFigure(figures) ? (figures.corrected?.medianEnergyUJPerInf ?? null) : null,
  };
}

function provenance(session: SessionView, run: RunView): Record<string, unknown> {
  return {
    format: resultsFormat,
    program: session.app.name,
    version: session.app.version,
    simulated: session.simulated,
    session: session.sessionId,
    run: run.runId,
  };
}

function summary(session: SessionView, run: RunView): Record<string, unknown> {
  const { figures, judgement } = run;
  return {
    notice: 'Not a verified MLPerf result.',
    created_at: session.createdAt,
    operator: session.operator,
    dut_unit: session.dutUnit,
    dut: run.dut,
    bench: {
      id: session.bench.id,
      name: session.bench.name,
      clock_comparable: session.bench.clockComparable,
      simulation: session.bench.simulation ?? null,
    },
    workload: run.workload.id,
    rule_version: run.workload.ruleVersion,
    mode: run.mode,
    status: run.status,
    fault: run.fault?.code ?? null,
    resumes: run.resumes,
    settings: run.settings,
    artefacts: run.artefacts,
    input_set: run.inputSet,
    inputs_total: run.inputsTotal,
    verdict: judgement?.verdict ?? null,
    quality_target: judgement?.qualityTarget ?? null,
    failed_rules:
      judgement?.findings.filter((finding) => finding.outcome === 'failed').map((finding) => finding.rule) ?? [],
    median_throughput_inf_per_s:
      figures.medianThroughputInfPerS ?? run.energy?.figures?.medianThroughputInfPerS ?? null,
    spread: figures.spread ?? null,
    inputs: figures.inputs ?? null,
    correct: figures.correct ?? null,
    top1: figures.top1 ?? null,
    top1_interval_95: figures.top1Interval ?? null,
    auc_exact: figures.aucExact ?? null,
    auc_eembc: figures.aucEembc ?? null,
    auc_mlc: figures.aucMlc ?? null,
    confusion: figures.confusion ?? null,
    ...(run.energy ? { energy: energySummary(run.energy) } : {}),
    journal: { records: session.integrity.journalRecords, hash: session.integrity.journalHash },
  };
}

function modeLetter(run: RunView): string {
  return run.mode.charAt(0);
}
