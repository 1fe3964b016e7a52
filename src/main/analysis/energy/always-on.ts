import type { EnergyFigures, EnergySetup, TraceSummary } from '../../../shared/domain/energy.ts';
import { mergedCauses, scaledCause, standardCause } from '../uncertainty/cause.ts';
import type { Cause } from '../uncertainty/cause.ts';
import { combined } from '../uncertainty/combine.ts';
import { clockCause, micro } from '../uncertainty/effects.ts';
import type { Portion } from '../uncertainty/portion.ts';
import { restFigure } from './rest.ts';
import type { WindowsBudget } from './causes.ts';

/**
 * Average power at a chosen rate f of inferences, resting in between, and the life of a battery at it: P = f e + (1 - f t) P_rest, with
 * e and t the energy and time of one inference. Gain, voltage, lead and leakage errors are the same in both parts, so they act on
 * the sum; noise and scatter of the parts add in squares. Null where no rest was measured, or where the inferences do not fit into
 * the time. The deepest measured rest counts: sleep before idle.
 */
export function alwaysOnFigures(
  setup: EnergySetup,
  trace: TraceSummary,
  window: Portion,
  { budget, causes }: WindowsBudget,
): EnergyFigures['alwaysOn'] {
  const rest = trace.rest.find(({ state }) => state === 'sleep') ?? trace.rest[0];
  if (!rest || rest.stretch.endSample === rest.stretch.firstSample) return null;
  const { inferencesPerS, batteryAh, batteryV } = setup.duty;
  const dutyCycle = (inferencesPerS * window.durationS) / window.divisor;
  if (!(dutyCycle < 1)) return null;
  const figure = restFigure(setup, trace, rest);
  const restUW = figure.power.powerUW;
  const powerUW = inferencesPerS * window.y + (1 - dutyCycle) * restUW;
  const known = budget.combinedStandardUncertainty !== null && figure.power.expandedUncertaintyUW !== null;
  // The share of the time follows the monitor's clock like the energy: longer inferences leave less rest.
  const clock = clockCause(inferencesPerS * window.y - dutyCycle * restUW, setup.specification.clock);
  const restNoise = Math.hypot(figure.predicted.noise, figure.predicted.quant);
  const origin = { kind: 'measured', source: 'trace' } as const;
  const all: Cause[] = [
    ...mergedCauses([
      { prefix: 'inference', causes: scaled([...causes, scatterOf(budget)], inferencesPerS) },
      {
        prefix: 'rest',
        causes: scaled([...figure.causes, standardCause('repeat', restNoise, 'uW', 1, origin)], 1 - dutyCycle),
      },
    ]).filter(({ id }) => id !== 'clock'),
    clock,
  ];
  const result = known ? combined(powerUW, all) : null;
  const batteryUWh = batteryAh * batteryV * micro;
  const batteryLifeH = batteryUWh / powerUW;
  return {
    inferencesPerS,
    restState: rest.state,
    dutyCycle,
    power: {
      powerUW,
      expandedUncertaintyUW: result?.expandedUncertainty ?? null,
      coverageFactor: result?.coverageFactor ?? null,
      interval95UW: result?.interval95 ?? null,
    },
    batteryAh,
    batteryV,
    batteryLifeH,
    batteryLifeExpandedUncertaintyH: result ? (batteryLifeH * result.expandedUncertainty) / powerUW : null,
    batteryLifeInterval95H: result && lifeInterval(batteryUWh, result.interval95),
  };
}

/** Whatever holds for the power holds for the life: no linearisation. Null where the power may be 0. */
function lifeInterval(batteryUWh: number, [leastUW, mostUW]: [number, number]): [number, number] | null {
  return leastUW > 0 ? [batteryUWh / mostUW, batteryUWh / leastUW] : null;
}

function scaled(causes: readonly Cause[], factor: number): Cause[] {
  return causes.map((cause) => scaledCause(cause, factor));
}

/** The scatter of the windows, as the budget of their median found it. */
function scatterOf({ rows }: WindowsBudget['budget']): Cause {
  const row = rows.find(({ id }) => id === 'repeat');
  const origin = row?.origin ?? ({ kind: 'measured', source: 'windows' } as const);
  return standardCause('repeat', row?.contributionUJ ?? 0, 'uJ', 1, origin, { nu: row?.nu ?? null });
}
