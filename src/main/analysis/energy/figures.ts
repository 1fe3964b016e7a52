import type { Budget, EnergyFigures, EnergySetup, Stretch, TraceSummary } from '../../../shared/domain/energy.ts';
import { correctionCertificates, expiredCertificates } from '../../../shared/domain/correction-certificates.ts';
import { budget } from '../uncertainty/budget.ts';
import { certificateState, meanCurrentA } from '../uncertainty/calibrated.ts';
import { micro, predictedScatter } from '../uncertainty/effects.ts';
import { portionOf } from '../uncertainty/portion.ts';
import type { Portion } from '../uncertainty/portion.ts';
import { median, throughputInfPerS } from '../windows.ts';
import { alwaysOnFigures } from './always-on.ts';
import { causesOf } from './causes.ts';
import type { Certified, WindowsBudget } from './causes.ts';
import { correctedStretch } from './corrected.ts';
import { hiddenLossFraction, integrityLimits, nearSwitchShare, rangeShare, windowReasons } from './integrity.ts';
import { restFigure } from './rest.ts';

/** Change of temperature since a certificate beyond which it is remarked, in K. */
const farTemperatureK = 5;
/** A certificate is for set voltages within 5 % of its own (uncertainty, section 9.8). */
const farVoltage = 0.05;
/** Extrapolation beyond a certificate's span by more than 20 % is remarked (uncertainty, section 9.2). */
const farCurrent = 1.2;

export interface FiguresOptions {
  /** The run has one window by design (streaming wake word): no type A, and a remark (uncertainty, section 2). */
  singleWindow?: boolean;
}

/** A window with what stands behind its figures: official stretch or the corrected one. */
interface MeasuredWindow {
  stretch: Stretch;
  inferences: number;
  durationS: number;
  energyUJPerInf: number;
  beforeStartW: number;
  beforeEndW: number;
  hiddenLossFraction: number;
}

/**
 * All figures of an energy run from its setup and the summary of its trace. Pure; `runAtEpochMs` is when it was measured, which dates
 * certificates. Figures that cannot be known are null; a budget says why there is no uncertainty.
 */
export function energyFigures(
  setup: EnergySetup,
  trace: TraceSummary,
  runAtEpochMs: number,
  options: FiguresOptions = {},
): EnergyFigures {
  const official = trace.windows.map((window) => measuredWindow(trace, window, window.official));
  const windows = trace.windows.map((window, index) => {
    const { energyUJPerInf } = official[index] as MeasuredWindow;
    return {
      number: window.number,
      inferences: window.inferences,
      seconds: window.durationS,
      energyUJ: energyUJPerInf * window.inferences,
      powerUW: window.official.meanPowerW * micro,
      energyUJPerInf,
      throughputInfPerS: throughputInfPerS(window.inferences, window.durationS),
    };
  });
  const reasons = windowReasons(setup, trace);
  const remarks = traceRemarks(setup, trace);
  const uncorrected = budgetOf(official, setup, null, { reasons, remarks, ...options });
  const corrected = correctedFigure(setup, trace, runAtEpochMs, { reasons, remarks, ...options });
  return {
    windows,
    medianEnergyUJPerInf: known(median(windows.map((window) => window.energyUJPerInf))),
    otherRuleMedianEnergyUJPerInf: known(
      median(trace.windows.map(({ other, inferences }) => (other.energyJ * micro) / inferences)),
    ),
    medianPowerUW: known(median(windows.map((window) => window.powerUW))),
    medianThroughputInfPerS: known(median(windows.map((window) => window.throughputInfPerS))),
    budget: uncorrected.budget,
    corrected: corrected && {
      medianEnergyUJPerInf: corrected.portion.y,
      budget: corrected.budget,
    },
    rest: trace.rest.map((rest) => ({
      state: rest.state,
      seconds: rest.durationS,
      power: restFigure(setup, trace, rest).power,
    })),
    alwaysOn: uncorrected.portion && alwaysOnFigures(setup, trace, uncorrected.portion, uncorrected),
  };
}

/** Lost samples up to the limit are made up for: the energy is scaled by 1/(1 - f) (uncertainty, section 3.6). */
function measuredWindow(
  trace: TraceSummary,
  window: TraceSummary['windows'][number],
  stretch: Stretch,
): MeasuredWindow {
  const samples = stretch.endSample - stretch.firstSample;
  const scale = stretch.lostSamples > 0 ? samples / (samples - stretch.lostSamples) : 1;
  return {
    stretch,
    inferences: window.inferences,
    durationS: window.durationS,
    energyUJPerInf: (stretch.energyJ * scale * micro) / window.inferences,
    beforeStartW: window.beforeStartW,
    beforeEndW: window.beforeEndW,
    hiddenLossFraction: hiddenLossFraction(window.official, trace),
  };
}

interface Found extends FiguresOptions {
  reasons: Budget['reasons'];
  remarks: string[];
}

function budgetOf(
  windows: readonly MeasuredWindow[],
  setup: EnergySetup,
  certified: Certified | null,
  { reasons, remarks, singleWindow = false }: Found,
): WindowsBudget {
  const values = windows.map((window) => window.energyUJPerInf);
  const y = median(values);
  const middle = windows.find((window) => window.energyUJPerInf === y) ?? windows[0];
  const portion = middle
    ? portionOf(middle.stretch, setup, Number.isFinite(y) ? y : 0, middle.inferences, middle, middle.hiddenLossFraction)
    : null;
  const causes = portion ? causesOf(portion, setup, certified, portion.y) : [];
  return {
    portion,
    causes,
    budget: budget({
      values,
      single: singleWindow,
      remarkSingle: singleWindow,
      causes,
      predicted: portion ? predictedScatter(portion, setup.specification) : { noise: 0, quant: 0, edge: 0 },
      reasons,
      remarks: certified ? remarks : [...remarks, 'noCertificate'],
      certificates: certified ? certificateIds(certified) : [],
      plane: setup.plane,
    }),
  };
}

function certificateIds({ correction }: Certified): string[] {
  return [...new Set(correctionCertificates(correction).map(({ id }) => id))];
}

/** The second, corrected figure; null without chosen certificates or without windows. */
function correctedFigure(
  setup: EnergySetup,
  trace: TraceSummary,
  runAtEpochMs: number,
  found: Found,
): { portion: Portion; budget: Budget } | null {
  const { correction } = setup;
  if (!correction) return null;
  const windows = trace.windows.map((window) =>
    measuredWindow(trace, window, correctedStretch(window.official, setup, correction)),
  );
  const state = certificateState(correction, runAtEpochMs, setup.temperatureC ?? trace.temperatureC);
  const certified = new Set(correction.ranges.map((range) => range.range));
  const uncertified = windows.some(
    ({ stretch }) => rangeShare(stretch, (range) => !certified.has(range)) > integrityLimits.uncertifiedRangeShare,
  );
  const reasons: Budget['reasons'] = uncertified ? [...new Set([...found.reasons, 'E-RANGE' as const])] : found.reasons;
  const remarks = [...found.remarks];
  if (expiredCertificates(correction, runAtEpochMs).length > 0) remarks.push('certificateExpired');
  if (state.temperatureChangeK === null || state.temperatureChangeK > farTemperatureK) {
    remarks.push('certificateTemperature');
  }
  if (Math.abs(setup.supply.voltageV / correction.setVoltageV - 1) > farVoltage) remarks.push('certificateVoltage');
  const { portion, budget: result } = budgetOf(windows, setup, { correction, state }, { ...found, reasons, remarks });
  if (!portion || !Number.isFinite(portion.y)) return null;
  if (!outsideSpan(portion, setup)) return { portion, budget: result };
  const status = result.status === 'ok' ? 'remark' : result.status;
  return { portion, budget: { ...result, status, remarks: [...result.remarks, 'certificateSpan'] } };
}

/** Whether the mean current of a range lies well outside the currents that its certificate covers. */
function outsideSpan(portion: Portion, { correction }: EnergySetup): boolean {
  return portion.ranges.some(({ range, share, durationS }) => {
    const fit = correction?.ranges.find((candidate) => candidate.range === range);
    const currentA = meanCurrentA(portion, share, durationS);
    return fit !== undefined && (currentA > fit.spanA[1] * farCurrent || currentA * farCurrent < fit.spanA[0]);
  });
}

function traceRemarks(setup: EnergySetup, trace: TraceSummary): string[] {
  const remarks: string[] = [];
  const near = trace.windows.some(
    ({ official }) => official.nearSwitchSamples > nearSwitchShare * (official.endSample - official.firstSample),
  );
  if (near) remarks.push('rangeSwitches');
  if (setup.scope.declaredBy === '') remarks.push('scopeNotDeclared');
  return remarks;
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
