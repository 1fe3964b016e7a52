import type { RunWord } from '../../shared/domain/batch.ts';
import type { FigureValue } from '../../shared/domain/recipe.ts';
import type { RunRecord, SessionRecord } from '../session/index.ts';

/** What the sessions of one unit say: the figures that limits are about, and each run's verdict. */
export interface UnitFigures {
  figures: FigureValue[];
  runs: RunWord[];
  simulated: boolean;
}

/** The last judged run of each workload and mode counts. */
export function unitFigures(sessions: readonly SessionRecord[]): UnitFigures {
  const last = new Map<string, RunRecord>();
  for (const run of sessions.flatMap((session) => session.runs)) {
    if (run.judged) last.set(`${run.opened.workload.id}\n${run.opened.mode}`, run);
  }
  const runs = [...last.values()];
  return {
    figures: runs.flatMap(figuresOf),
    runs: runs.flatMap(({ opened, judged }) =>
      judged
        ? [
            {
              workload: opened.workload.id,
              mode: opened.mode,
              verdict: judged.judgement.verdict,
              qualityTarget: judged.judgement.qualityTarget,
            },
          ]
        : [],
    ),
    simulated: sessions.some((session) => session.opened.bench.simulated),
  };
}

/** An energy is the official figure, without the corrections of certificates; its uncertainty is that of its own budget. */
function figuresOf({ opened, judged }: RunRecord): FigureValue[] {
  const figures = judged?.figures;
  const workload = opened.workload.id;
  const plain = (figure: FigureValue['figure'], value: number | undefined): FigureValue[] =>
    value === undefined || !Number.isFinite(value)
      ? []
      : [{ workload, figure, value, expandedUncertainty: null, coverageFactor: null }];
  if (opened.mode === 'performance') return plain('throughput', figures?.medianThroughputInfPerS);
  if (opened.mode === 'accuracy') return [...plain('top1', figures?.top1), ...plain('auc', figures?.aucExact)];
  const { energy } = figures ?? {};
  if (!energy || energy.medianEnergyUJPerInf === null) return [];
  const usable = energy.budget.status !== 'invalid';
  return [
    {
      workload,
      figure: 'energy',
      value: energy.medianEnergyUJPerInf,
      expandedUncertainty: usable ? energy.budget.expandedUncertainty : null,
      coverageFactor: usable ? energy.budget.coverageFactor : null,
    },
  ];
}
