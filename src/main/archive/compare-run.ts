import { expiredCertificates } from '../../shared/domain/correction-certificates.ts';
import { epochMsOf } from '../../shared/clock/index.ts';
import type { ComparedFigure, ComparedRunView } from '../../shared/domain/comparison.ts';
import type { EnergySetup } from '../../shared/domain/energy.ts';
import type { Figures } from '../../shared/domain/figures.ts';
import { accuracyFigures, argMax, comparedEnergy, median, meanByFile } from '../analysis/index.ts';
import type {
  AccuracySide,
  ComparedRun,
  EnergyConditions,
  EnergyRunSide,
  RunConditions,
  ThroughputSide,
} from '../analysis/index.ts';
import { runEvidence, runFigures, scoredInputs } from '../session/index.ts';
import type { RunRecord, SessionRecord } from '../session/index.ts';

/** Where nobody knows the step of the stamps: the unit in which they are printed. */
const usualTickS = 1e-6;

/** A run as it is compared, and as the charts show it. */
export interface RunToCompare {
  run: ComparedRun;
  view: ComparedRunView;
}

/** Reads a run's conditions and figures from its records, never from what was judged before. */
export function runToCompare(session: SessionRecord, record: RunRecord): RunToCompare {
  const figures = runFigures(record);
  const conditions = conditionsOf(session, record);
  const run: ComparedRun = { conditions };
  const { mode } = record.opened;
  if (mode === 'performance') Object.assign(run, optional('throughput', throughputSide(session, record, figures)));
  if (mode === 'energy') Object.assign(run, optional('energy', energySide(record, figures)));
  if (mode === 'accuracy') Object.assign(run, optional('accuracy', accuracySide(record)));
  return { run, view: viewOf(record, run, figures) };
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}

function conditionsOf(session: SessionRecord, record: RunRecord): RunConditions {
  const { opened } = record;
  const { bench, division, dutUnit, sessionId } = session.opened;
  const { simulation } = bench;
  const { firmware, model } = opened.artefacts;
  return {
    sessionId,
    runId: record.runId,
    mode: opened.mode,
    workload: opened.workload.id,
    ruleVersion: opened.workload.ruleVersion,
    inputs: {
      name: opened.inputSet.listName ?? opened.inputSet.listSha256.slice(0, 12),
      listSha256: opened.inputSet.listSha256,
      contentSha256: opened.inputSet.contentSha256,
    },
    division,
    simulated: bench.simulated,
    simulation: simulation
      ? `${simulation.cpuHz / 1e6} MHz, ${simulation.cyclesPerInstruction} cycles, ${simulation.costSource}`
      : null,
    finished: record.status === 'completed',
    verdict: record.judged?.judgement.verdict ?? null,
    settings: { warmups: opened.settings.warmups, minWindowS: opened.settings.minWindowS },
    dut: record.dut?.vendor ?? '',
    unit: dutUnit.serial ?? dutUnit.assetTag ?? null,
    modelSha256: model?.sha256 ?? null,
    firmware: firmware ? (firmware.sha256 ?? `${firmware.name} ${firmware.version ?? ''}`.trim()) : null,
    clockComparable: bench.clockComparable,
    energy: opened.energy ? energyConditions(opened.energy, record) : null,
  };
}

function energyConditions(setup: EnergySetup, record: RunRecord): EnergyConditions {
  const { monitor, supply, correction, scope } = setup;
  const at = epochMsOf(record.openedAt);
  const expired = expiredCertificates(correction, at).length > 0;
  return {
    monitor: monitor.kind,
    serial: monitor.serial,
    sampleRateHz: monitor.sampleRateHz,
    filter: monitor.filter,
    voltageV: supply.voltageV,
    plane: setup.plane,
    windowRule: setup.windowRule,
    wiring: [setup.path, ...[...scope.measured].sort(), '|', ...[...scope.notMeasured].sort()].join('; '),
    certificateId: correction?.certificateId ?? null,
    certificate: correction === null ? 'none' : expired ? 'expired' : 'valid',
    measuredAtEpochMs: at,
    temperatureC: setup.temperatureC ?? record.trace?.temperatureC ?? null,
  };
}

function throughputSide(session: SessionRecord, record: RunRecord, figures: Figures): ThroughputSide | undefined {
  const { windows, medianThroughputInfPerS } = figures;
  if (!windows?.length || medianThroughputInfPerS === undefined) return undefined;
  const evidence = runEvidence(session, record).figures;
  const lengthS = median(windows.map(({ seconds }) => seconds));
  // A deviation that is known and not corrected adds its size to the half-width (uncertainty, section 1.2).
  const clocks = evidence.windows.flatMap(({ clock }) => (clock ? [clock.deviation + clock.uncertainty] : []));
  const clockHalf = clocks.length > 0 ? median(clocks) : null;
  const resolutionUs = evidence.stampResolutionUs;
  return {
    windowsInfPerS: windows.map(({ throughputInfPerS }) => throughputInfPerS),
    medianInfPerS: medianThroughputInfPerS,
    clockHalf: session.opened.bench.clockComparable ? clockHalf : null,
    tickRel: (resolutionUs === null ? usualTickS : resolutionUs * 1e-6) / lengthS,
  };
}

function energySide(record: RunRecord, { energy }: Figures): EnergyRunSide | undefined {
  const { opened, trace, openedAt } = record;
  if (!energy || !opened.energy || !trace) return undefined;
  const side = comparedEnergy(opened.energy, trace, energy, epochMsOf(openedAt));
  const { rows, expandedUncertainty, coverageFactor } = energy.budget;
  const complete = side && expandedUncertainty !== null && coverageFactor !== null;
  return {
    energy: complete ? { ...side, rows, expandedUJ: expandedUncertainty, coverageFactor } : null,
    windowsUJPerInf: energy.windows.map(({ energyUJPerInf }) => energyUJPerInf),
    windowsUW: energy.windows.map(({ powerUW }) => powerUW),
    medianPowerUW: energy.medianPowerUW,
  };
}

function accuracySide(record: RunRecord): AccuracySide | undefined {
  const inputs = scoredInputs(record);
  if (inputs.length === 0) return undefined;
  const { classCount, outputCount } = record.opened.workload;
  const files = meanByFile(inputs);
  const figures = accuracyFigures(inputs, classCount, outputCount);
  const top1 = figures.kind === 'classes' && Number.isFinite(figures.top1) ? figures.top1 : null;
  return {
    scores: { vectors: files.map(({ vector }) => vector), labels: files.map(({ label }) => label) },
    classCount,
    correct: top1 === null ? [] : files.map(({ vector, label }) => argMax(vector) === label),
    top1,
    auc: figures.aucExact,
  };
}

function viewOf(record: RunRecord, run: ComparedRun, figures: Figures): ComparedRunView {
  const { workload, mode } = record.opened;
  const { throughput, energy, accuracy } = run;
  const windows: ComparedRunView['windows'] = [];
  const shown: ComparedRunView['figures'] = [];
  const show = (figure: ComparedFigure, value: number | null, u: number | null, k: number | null): void => {
    if (value === null || !Number.isFinite(value)) return;
    const expandedUncertainty = u === null || k === null ? null : k * u;
    shown.push({ figure, value, standardUncertainty: u, expandedUncertainty, coverageFactor: k });
  };
  if (throughput) {
    windows.push({ figure: 'throughput', values: [...throughput.windowsInfPerS] });
    show('throughput', throughput.medianInfPerS, null, null);
  }
  if (energy) {
    windows.push({ figure: 'energy', values: energy.windowsUJPerInf.map((value) => value * 1e-6) });
    windows.push({ figure: 'power', values: energy.windowsUW.map((value) => value * 1e-6) });
    const { energy: side } = energy;
    if (side) show('energy', side.energyUJPerInf * 1e-6, side.combinedUJ * 1e-6, side.coverageFactor);
    if (energy.medianPowerUW !== null) show('power', energy.medianPowerUW * 1e-6, null, null);
  }
  if (accuracy) {
    show('top1', accuracy.top1, null, null);
    show('auc', accuracy.auc, null, null);
  }
  const perS = figures.medianThroughputInfPerS ?? figures.energy?.medianThroughputInfPerS ?? null;
  return {
    runId: record.runId,
    workload: workload.id,
    title: workload.title,
    mode,
    verdict: record.judged?.judgement.verdict ?? null,
    figures: shown,
    windows,
    latencyS: perS !== null && perS > 0 ? 1 / perS : null,
  };
}
