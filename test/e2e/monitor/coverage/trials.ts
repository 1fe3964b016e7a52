import type { Budget, EnergyFigures, EnergySetup } from '../../../../src/shared/domain/energy.ts';
import { energyFigures } from '../../../../src/main/analysis/index.ts';
import { drawErrors, openCalibrationRig, simulatedSpecification } from '../../../../src/main/virtual/index.ts';
import type { MonitorErrors, VirtualMonitorKind } from '../../../../src/main/virtual/index.ts';
import { calibrate, referenceMeter, resistorTolerance } from './calibrate.ts';
import { Draw } from './draw.ts';
import { measureRun, openDriver, setupOf } from './measure.ts';
import { trueEnergyUJ } from './profile.ts';
import type { Profile } from './profile.ts';

/** A statement and what it is about. */
export interface Trial {
  budget: Budget;
  truthUJ: number;
  /** Whether the idle power lies within its expanded uncertainty; null for a corrected run, since idle power is never corrected. */
  restHolds: boolean | null;
}

/** From calibration to run: inside the certificate's year. */
const ageYears = 0.9;
const warmerByK = 3;

/** What is measured with what. */
export interface Case {
  kind: VirtualMonitorKind;
  profile: Profile;
  rule: EnergySetup['windowRule'];
  /** Ranges of the gain wizard (none named: all), and by how much its readings are shortened; null without a calibration. */
  calibration: { ranges: number[]; shortenedBy: number } | null;
}

/** One trial of a case; null where the calibration refused itself, as its chi-squared test does now and then. */
export function trialOf(plan: Case, seed: number): Promise<Trial | null> {
  return plan.calibration ? calibratedTrial(plan, plan.calibration, seed) : uncalibratedTrial(plan, seed);
}

/** One energy run of an uncalibrated instrument whose errors are drawn from its simulated specification. */
async function uncalibratedTrial({ kind, profile, rule }: Case, seed: number): Promise<Trial> {
  const rig = openCalibrationRig({ kind, seed, errors: 'drawn', hands: { dmm: referenceMeter } });
  try {
    const monitor = await openDriver(rig, kind);
    const { summary } = await measureRun(rig, monitor, profile, rule, new Draw(seed));
    const { budget, rest } = energyFigures(setupOf(rig, monitor, profile, rule), summary, 0);
    const trueV = profile.voltageV * (1 + rig.errors.voltage);
    return { budget, truthUJ: trueEnergyUJ(profile, trueV), restHolds: holds(rest[0], 1e6 * trueV * profile.idleA) };
  } finally {
    rig.close();
  }
}

/** The same instrument calibrated through the wizard, and its corrected figure of a run most of a year later and 3 K warmer. */
async function calibratedTrial(
  { kind, profile, rule }: Case,
  how: { ranges: number[]; shortenedBy: number },
  seed: number,
): Promise<Trial | null> {
  const draw = new Draw(seed);
  const specification = simulatedSpecification(kind);
  const errors = drawErrors(specification, seed);
  const bench = openCalibrationRig({
    kind,
    seed,
    errors,
    hands: {
      seed,
      toleranceRel: resistorTolerance,
      dmm: { ...referenceMeter, gainError: draw.within(referenceMeter.gainRel) },
    },
  });
  const correction = await calibrate(bench, { kind, ...how }, profile).finally(() => bench.close());
  if (!correction) return null;
  const later: MonitorErrors = {
    ...errors,
    // A departure from the line of either sign, as a budget has it; of the emulator's parabola the fit leaves next to nothing at these currents.
    ranges: errors.ranges.map((range, number) => ({
      ...range,
      gain:
        range.gain + draw.within(specification.ranges.find((entry) => entry.range === number)?.nonlinearity.half ?? 0),
    })),
    driftPerYear: draw.within(specification.driftPerYear.half),
    ageYears,
    tempcoPerK: draw.within(specification.tempcoPerK.half),
    warmerByK,
  };
  const rig = openCalibrationRig({ kind, seed, errors: later, hands: { dmm: referenceMeter } });
  try {
    const monitor = await openDriver(rig, kind);
    const { summary } = await measureRun(rig, monitor, profile, rule, draw);
    const certified = { correction, temperatureC: (correction.temperatureC ?? 0) + warmerByK };
    const setup = setupOf(rig, monitor, profile, rule, certified);
    const atMs = Date.parse(correction.issuedAt) + ageYears * 365.25 * 86_400_000;
    const { corrected } = energyFigures(setup, summary, atMs);
    if (!corrected) throw new Error('no corrected figure');
    const truthUJ = trueEnergyUJ(profile, profile.voltageV * (1 + errors.voltage));
    return { budget: corrected.budget, truthUJ, restHolds: null };
  } finally {
    rig.close();
  }
}

/** @throws Error for a rest without an uncertainty. */
function holds(rest: EnergyFigures['rest'][number] | undefined, truthUW: number): boolean {
  const { powerUW, expandedUncertaintyUW } = rest?.power ?? {};
  if (powerUW === undefined || expandedUncertaintyUW === null || expandedUncertaintyUW === undefined) {
    throw new Error('no idle power');
  }
  return Math.abs(powerUW - truthUW) <= expandedUncertaintyUW;
}
