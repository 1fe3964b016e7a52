import type { EnergySetup, MonitorSpecification } from '../../../shared/domain/energy.ts';
import type { PredictedScatter } from './budget.ts';
import { limitCause, standardCause } from './cause.ts';
import type { Cause } from './cause.ts';
import { rangeOf } from './portion.ts';
import type { Portion } from './portion.ts';
import type { FigureOrigin, HalfWidth } from './types.ts';

export const micro = 1e6;
/** A reading is dithered when its noise reaches half a step of the converter (uncertainty, section 3.4). */
const ditherSteps = 0.5;
const ofTrace: FigureOrigin = { kind: 'measured', source: 'trace' };

/** What the plane, the lead and the voltage of a budget depend on. */
export interface SupplyView {
  plane: EnergySetup['plane'];
  /** Voltage read at the DUT: the lead is no component, and the set voltage's limit gives way to `voltage`. */
  readAtDut: boolean;
  voltage: Cause | null;
  /** Half-width of the lead's resistance in ohm about what was corrected for. */
  leadOhm: HalfWidth;
}

/** Gain and offset of the ranges by the instrument's specification (uncertainty, sections 3.1 and 3.2). */
export function specificationCauses(portion: Portion, specification: MonitorSpecification): Cause[] {
  const gains: Cause[] = [];
  const offsets: Cause[] = [];
  for (const { range, share, durationS } of portion.ranges) {
    const entry = rangeOf(specification, range);
    if (!entry) continue;
    gains.push(limitCause(`gain.${range}`, entry.gain, 'relative', portion.y * share, 'duts'));
    const sensitivity = (micro * portion.voltageV * durationS) / portion.divisor;
    offsets.push(limitCause(`offset.${range}`, entry.offsetA, 'A', sensitivity, 'duts'));
  }
  return [...(specification.rangesCorrelated ? joined('gain', gains) : gains), ...offsets];
}

/** One cause of several that have one origin: places add linearly. */
function joined(id: string, causes: readonly Cause[]): Cause[] {
  const [first] = causes;
  return first ? [{ ...first, id, places: causes.flatMap((cause) => cause.places) }] : [];
}

/** The clock of the monitor: energy scales with the true length of its samples (section 3.8). */
export function clockCause(sensitivity: number, clock: HalfWidth): Cause {
  return limitCause('clock', clock, 'relative', sensitivity, 'windows');
}

/** Supply voltage, lead and leakage (sections 3.9 and 3.11). */
export function supplyCauses(portion: Portion, specification: MonitorSpecification, view: SupplyView): Cause[] {
  const { y, divisor, voltageV, durationS, rmsPowerW } = portion;
  const causes: Cause[] = [view.voltage ?? limitCause('voltage', specification.voltage, 'relative', y, 'duts')];
  if (view.plane === 'dut' && !view.readAtDut) {
    const sensitivity = (micro * (rmsPowerW / voltageV) ** 2 * durationS) / divisor;
    causes.push(limitCause('lead', view.leadOhm, 'ohm', sensitivity, 'duts'));
  }
  const leakSensitivity = (micro * voltageV * durationS) / divisor;
  causes.push(limitCause('leak', specification.leakA, 'A', leakSensitivity, 'windows'));
  return causes;
}

/** What this trace did: range switches, losses, edges, steps of the converter (sections 3.4 to 3.7). */
export function traceCauses(portion: Portion, specification: MonitorSpecification): Cause[] {
  const { y, divisor, meanPowerW, minPowerW, maxPowerW, lostFraction, hiddenLossFraction, edges, samplePeriodS } =
    portion;
  const causes = undithered(portion, specification);
  if (portion.switchJ > 0) {
    const half: HalfWidth = { half: portion.switchJ, ...ofTrace };
    causes.push(limitCause('switch', half, 'J', micro / divisor, 'none'));
  }
  const lossHalf =
    hiddenLossFraction + (meanPowerW > 0 ? (lostFraction * (maxPowerW - minPowerW)) / (2 * meanPowerW) : 0);
  if (lossHalf > 0) causes.push(limitCause('loss', { half: lossHalf, ...ofTrace }, 'relative', y, 'none'));
  if (edges) {
    const bias = (samplePeriodS / 2) * (edges.beforeStartW - edges.beforeEndW);
    causes.push(standardCause('edgeBias', Math.abs(bias), 'J', micro / divisor, ofTrace, { common: 'windows' }));
    causes.push(
      limitCause('latency', specification.latencyS, 's', (micro * Math.abs(meanPowerW)) / divisor, 'windows'),
    );
  }
  return causes;
}

/** A range whose noise is smaller than half its step reads with a constant error of up to half a step. */
function undithered(portion: Portion, specification: MonitorSpecification): Cause[] {
  const noiseA = portion.noiseW / portion.voltageV;
  return portion.ranges.flatMap(({ range, durationS }) => {
    const step = rangeOf(specification, range)?.quantStepA ?? 0;
    if (step === 0 || noiseA >= ditherSteps * step) return [];
    const sensitivity = (micro * portion.voltageV * durationS) / portion.divisor;
    return [limitCause(`quant.${range}`, { half: step / 2, ...ofTrace }, 'A', sensitivity, 'windows')];
  });
}

/** What the scatter of the windows must at least be (section 3.13), as standard uncertainties of one window. */
export function predictedScatter(portion: Portion, specification: MonitorSpecification): PredictedScatter {
  const { noiseW, samplePeriodS, samples, voltageV, divisor, edges } = portion;
  const perUnit = micro / divisor;
  const noise = samplePeriodS * Math.sqrt(samples) * noiseW * perUnit;
  const dithered = portion.ranges.map(({ range, samples: count }) => {
    const step = rangeOf(specification, range)?.quantStepA ?? 0;
    return noiseW / voltageV >= ditherSteps * step ? voltageV * samplePeriodS * step * Math.sqrt(count / 12) : 0;
  });
  const edge = edges ? samplePeriodS * Math.hypot(edges.beforeStartW, edges.beforeEndW) : 0;
  return { noise, quant: Math.hypot(...dithered) * perUnit, edge: (edge / Math.sqrt(12)) * perUnit };
}
