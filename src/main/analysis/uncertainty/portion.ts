import type { EnergySetup, MonitorSpecification, Stretch } from '../../../shared/domain/energy.ts';

/** What a budget needs to know about a stretch of a trace. Contributions come out in uJ (or uW) per `divisor`. */
export interface Portion {
  /** The figure itself: 1e6 * energy / divisor. */
  y: number;
  /** Inferences of the window; for a mean power its seconds. */
  divisor: number;
  voltageV: number;
  samplePeriodS: number;
  samples: number;
  durationS: number;
  meanPowerW: number;
  minPowerW: number;
  maxPowerW: number;
  rmsPowerW: number;
  noiseW: number;
  lostFraction: number;
  /** Share that may be missing without a gap in the trace, so that nothing made up for it. */
  hiddenLossFraction: number;
  /** |energy of the unfiltered - energy of the filtered samples| in J. */
  switchJ: number;
  ranges: PortionRange[];
  /** Powers beside the edges in W; null for a stretch that no edge bounds. */
  edges: { beforeStartW: number; beforeEndW: number } | null;
}

export interface PortionRange {
  range: number;
  /** Share of the energy. */
  share: number;
  durationS: number;
  samples: number;
}

/** One portion of a trace. `y` is the figure in whose place the budget stands (the median, for a window). */
export function portionOf(
  stretch: Stretch,
  setup: Pick<EnergySetup, 'supply' | 'monitor'>,
  y: number,
  divisor: number,
  edges: Portion['edges'],
  hiddenLossFraction = 0,
): Portion {
  const samplePeriodS = 1 / setup.monitor.sampleRateHz;
  const total = stretch.endSample - stretch.firstSample;
  const counted = total - stretch.lostSamples;
  return {
    y,
    divisor,
    voltageV: setup.supply.voltageV,
    samplePeriodS,
    samples: counted,
    durationS: total * samplePeriodS,
    meanPowerW: stretch.meanPowerW,
    minPowerW: stretch.minPowerW,
    maxPowerW: stretch.maxPowerW,
    rmsPowerW: stretch.rmsPowerW,
    noiseW: stretch.noiseW,
    lostFraction: total > 0 ? stretch.lostSamples / total : 1,
    hiddenLossFraction,
    switchJ: stretch.rawEnergyJ === null ? 0 : Math.abs(stretch.rawEnergyJ - stretch.energyJ),
    ranges: stretch.ranges.map(({ range, samples, energyJ }) => ({
      range,
      samples,
      durationS: samples * samplePeriodS,
      share: stretch.energyJ === 0 ? samples / counted : energyJ / stretch.energyJ,
    })),
    edges,
  };
}

/** The specification of a range; undefined for one that the instrument's table does not have. */
export function rangeOf(
  specification: MonitorSpecification,
  range: number,
): MonitorSpecification['ranges'][number] | undefined {
  return specification.ranges.find((entry) => entry.range === range);
}
