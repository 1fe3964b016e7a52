import type { RunAnswer, RunJson } from '../../shared/domain/run-json.ts';
import { findingText } from '../../shared/text/finding.ts';
import type { Text } from '../../shared/text/index.ts';
import type { RunRecord, SessionRecord } from '../session/index.ts';
import { exitCodes } from './exit-code.ts';

/** The answer of `run --json` from a finished session; runs that were not judged have no verdict and are left out. */
export function runAnswer(folder: string, session: SessionRecord, text: Text): RunAnswer {
  return {
    session: folder,
    simulated: session.opened.bench.simulated,
    runs: session.runs.flatMap((run) => runJson(run, text)),
  };
}

/** 1 when a run is invalid or misses its target (which only the official input set can), else 0. */
export function runExitCode(answer: RunAnswer): number {
  const bad = answer.runs.some(
    (run) =>
      run.verdict === 'invalid' ||
      (run.mode === 'accuracy' && run.inputSet === 'official' && run.qualityTarget === 'missed'),
  );
  return bad ? exitCodes.notHolding : exitCodes.ok;
}

function runJson(run: RunRecord, text: Text): RunJson[] {
  if (!run.judged) return [];
  const { judgement, figures } = run.judged;
  const common = {
    workload: run.opened.workload.id,
    verdict: judgement.verdict,
    reasons: judgement.findings
      // Windows that were measured once more break no rule, but a reader should know of them.
      .filter((finding) => finding.outcome === 'failed' || finding.message === 'retried')
      .map((finding) => `${finding.rule}: ${findingText(text, finding).message}`),
  };
  if (run.opened.mode === 'performance') {
    return [
      {
        ...common,
        mode: 'performance',
        windows: (figures.windows ?? []).map(({ inferences, seconds, throughputInfPerS }) => ({
          inferences,
          seconds,
          throughputInfPerS,
        })),
        ...(figures.medianThroughputInfPerS === undefined
          ? {}
          : { medianThroughputInfPerS: figures.medianThroughputInfPerS }),
      },
    ];
  }
  if (run.opened.mode === 'energy') return energyJson(run, common);
  const { correct, top1, aucExact, aucEembc, aucMlc } = figures;
  return [
    {
      ...common,
      mode: 'accuracy',
      inputSet: run.opened.inputSet.kind,
      qualityTarget: judgement.qualityTarget,
      inputs: figures.inputs ?? 0,
      ...(correct === undefined ? {} : { correct }),
      ...(top1 === undefined ? {} : { top1 }),
      ...(aucExact === undefined ? {} : { aucExact }),
      ...(aucEembc === undefined ? {} : { aucEembc }),
      ...(aucMlc === undefined ? {} : { aucMlc }),
    },
  ];
}

function energyJson(
  { opened, trace, judged }: RunRecord,
  common: Pick<RunJson, 'workload' | 'verdict' | 'reasons'>,
): RunJson[] {
  const { energy: setup } = opened;
  const figures = judged?.figures.energy;
  if (!setup || !figures) return [];
  const { kind, model, serial, firmware, acceptance, triedOnHardware, simulated } = setup.monitor;
  const { budget, corrected } = figures;
  return [
    {
      ...common,
      mode: 'energy',
      monitor: { kind, model, serial, firmware, acceptance, triedOnHardware, simulated },
      windows: figures.windows.map(({ inferences, seconds, energyUJ, powerUW, energyUJPerInf }) => ({
        inferences,
        seconds,
        energyUJ,
        powerUW,
        energyUJPerInf,
      })),
      medianEnergyUJPerInf: figures.medianEnergyUJPerInf,
      expandedUncertaintyUJPerInf: budget.expandedUncertainty,
      coverageFactor: budget.coverageFactor,
      combinedStandardUncertaintyUJPerInf: budget.combinedStandardUncertainty,
      effectiveDegreesOfFreedom: budget.effectiveDegreesOfFreedom,
      k95: budget.k95,
      interval95UJPerInf: budget.interval95,
      medianThroughputInfPerS: figures.medianThroughputInfPerS,
      medianPowerUW: figures.medianPowerUW,
      status: budget.status,
      plane: budget.plane,
      budget: budget.rows,
      assumptions: budget.assumptions,
      certificates: budget.certificates,
      corrected: corrected && {
        medianEnergyUJPerInf: corrected.medianEnergyUJPerInf,
        expandedUncertaintyUJPerInf: corrected.budget.expandedUncertainty,
        coverageFactor: corrected.budget.coverageFactor,
        combinedStandardUncertaintyUJPerInf: corrected.budget.combinedStandardUncertainty,
        effectiveDegreesOfFreedom: corrected.budget.effectiveDegreesOfFreedom,
        k95: corrected.budget.k95,
        interval95UJPerInf: corrected.budget.interval95,
        status: corrected.budget.status,
        remarks: corrected.budget.remarks,
        budget: corrected.budget.rows,
        assumptions: corrected.budget.assumptions,
        certificates: corrected.budget.certificates,
      },
      rest: figures.rest,
      alwaysOn: figures.alwaysOn,
      trace: trace?.file ?? '',
    },
  ];
}
