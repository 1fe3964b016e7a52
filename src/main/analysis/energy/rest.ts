import type { EnergyFigures, EnergySetup, RestSummary, TraceSummary } from '../../../shared/domain/energy.ts';
import { budget } from '../uncertainty/budget.ts';
import type { PredictedScatter } from '../uncertainty/budget.ts';
import type { Cause } from '../uncertainty/cause.ts';
import { micro, predictedScatter } from '../uncertainty/effects.ts';
import { portionOf } from '../uncertainty/portion.ts';
import { causesOf } from './causes.ts';
import { hiddenLossFraction, stretchReasons, traceReasons } from './integrity.ts';

type PowerFigure = EnergyFigures['rest'][number]['power'];

export interface RestFigure {
  power: PowerFigure;
  causes: Cause[];
  predicted: PredictedScatter;
}

/** Mean power of a rest in uW with its uncertainty by the specification; no edge bounds it, and a clock error cancels in it. */
export function restFigure(setup: EnergySetup, trace: TraceSummary, rest: RestSummary): RestFigure {
  const { stretch } = rest;
  const powerUW = stretch.meanPowerW * micro;
  const counted = stretch.endSample - stretch.firstSample - stretch.lostSamples;
  // A mean power is the energy of the samples that are there over their time; so gaps need no scaling.
  const seconds = counted / setup.monitor.sampleRateHz;
  const hiddenLoss = hiddenLossFraction(stretch, trace);
  const portion = portionOf(stretch, setup, powerUW, seconds > 0 ? seconds : 1, null, hiddenLoss);
  const causes = causesOf(portion, setup, null, 0);
  const predicted = predictedScatter(portion, setup.specification);
  const result = budget({
    values: [powerUW],
    single: true,
    causes,
    predicted,
    reasons: [...traceReasons(setup, trace), ...stretchReasons(setup, trace, stretch)],
    plane: setup.plane,
  });
  return {
    power: {
      powerUW,
      expandedUncertaintyUW: result.expandedUncertainty,
      coverageFactor: result.coverageFactor,
      interval95UW: result.interval95,
    },
    causes,
    predicted,
  };
}
