import type {
  EnergyFigures,
  EnergySetup,
  HalfWidth,
  MonitorSpecification,
} from '../../../../src/shared/domain/energy.ts';
import { comparedEnergy, compareEnergies, energyFigures } from '../../../../src/main/analysis/index.ts';
import { drawErrors, openCalibrationRig, simulatedSpecification } from '../../../../src/main/virtual/index.ts';
import type { MonitorErrors, VirtualMonitorKind } from '../../../../src/main/virtual/index.ts';
import { calibrate, referenceMeter, resistorTolerance } from './calibrate.ts';
import { Draw } from './draw.ts';
import { measureRun, openDriver, setupOf } from './measure.ts';
import { trueEnergyUJ, truePowersUW } from './profile.ts';
import type { Profile } from './profile.ts';

/** One figure with both of its statements, and the truth; all in one unit. */
export interface Statement {
  y: number;
  expanded: number;
  interval95: readonly [number, number];
  truth: number;
}

/** What a trial says: `energy`, and of an uncalibrated run `idle`, `sleep`, `average`, `life` and `ratio` to a second DUT. */
export type Trial = Record<string, Statement>;

/** From calibration to run: inside the certificate's year. */
const ageYears = 0.9;
const warmerByK = 3;
/** A second DUT on the same bench draws that much of the first one's current, in every state. */
const secondDut = 0.8;
/** What a comparison on one bench assumes about short times (uncertainty, section 7). */
const shortTerm = { drift: 1e-3, voltage: 5e-4 } as const;

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

/** Numbers of their own: those of the seed itself are the instrument's errors, and would go with them. */
function drawBeside(seed: number): Draw {
  return new Draw(Math.imul(seed ^ 0x5851_f42d, 0x2c1b_3c6d) >>> 0);
}

const assumed = (half: number): HalfWidth => ({ half, kind: 'assumption', source: 'the default for any monitor' });

/** The simulated specification with leads, leakage and delay of the marks as a budget assumes them for any bench. */
function withSurroundings(specification: MonitorSpecification): MonitorSpecification {
  return { ...specification, leadOhm: assumed(0.2), leakA: assumed(5e-6), latencyS: assumed(2e-6) };
}

interface Run {
  figures: EnergyFigures;
  compared: ReturnType<typeof comparedEnergy>;
}

/** Energy runs of two DUTs on an uncalibrated instrument whose errors, and those around it, are drawn from what the budget assumes. */
async function uncalibratedTrial({ kind, profile, rule }: Case, seed: number): Promise<Trial> {
  const specification = withSurroundings(simulatedSpecification(kind));
  const errors = drawErrors(specification, seed);
  const draw = drawBeside(seed);
  const surroundings = {
    leakA: draw.within(specification.leakA.half),
    latencyS: draw.within(specification.latencyS.half),
  };
  const trueV = profile.voltageV * (1 + errors.voltage);
  const nonlinearity = specification.ranges[0]?.nonlinearity.half ?? 0;
  const second = scaledProfile(profile, secondDut);
  const runOf = async (dut: Profile): Promise<Run> => {
    // What an hour and another DUT change on one bench.
    const changed = draw.within(shortTerm.drift) + draw.within(nonlinearity);
    const now: MonitorErrors = {
      ...errors,
      ranges: errors.ranges.map((range) => ({ ...range, gain: range.gain + changed })),
      voltage: errors.voltage + draw.within(shortTerm.voltage),
    };
    const rig = openCalibrationRig({ kind, seed, errors: now, hands: { dmm: referenceMeter } });
    try {
      const monitor = await openDriver(rig, kind);
      const { summary } = await measureRun(rig, monitor, dut, rule, draw, surroundings);
      const setup = setupOf(rig, monitor, dut, rule, { specification, plane: 'dut', temperatureC: 23 });
      const figures = energyFigures(setup, summary, 0);
      return { figures, compared: comparedEnergy(setup, summary, figures, 0) };
    } finally {
      rig.close();
    }
  };
  const [one, other] = [await runOf(profile), await runOf(second)];
  const truth = {
    energy: trueEnergyUJ(profile, trueV, errors.sourceOhm),
    ...truePowersUW(profile, trueV, errors.sourceOhm),
  };
  const { rest, alwaysOn, budget } = one.figures;
  const power = (found: EnergyFigures['rest'][number]['power'] | undefined, trueUW: number): Statement =>
    stated(found?.powerUW, found?.expandedUncertaintyUW, found?.interval95UW, trueUW);
  const { batteryAh, batteryV, batteryLifeH, batteryLifeExpandedUncertaintyH, batteryLifeInterval95H } = alwaysOn ?? {};
  const batteryUWh = 1e6 * (batteryAh ?? 0) * (batteryV ?? 0);
  return {
    energy: stated(budget.y, budget.expandedUncertainty, budget.interval95, truth.energy),
    idle: power(rest[0]?.power, truth.idle),
    sleep: power(rest[1]?.power, truth.sleep),
    average: power(alwaysOn?.power, truth.average),
    life: stated(batteryLifeH, batteryLifeExpandedUncertaintyH, batteryLifeInterval95H, batteryUWh / truth.average),
    ratio: ratioOf(one.compared, other.compared, truth.energy / trueEnergyUJ(second, trueV, errors.sourceOhm)),
  };
}

function scaledProfile(profile: Profile, factor: number): Profile {
  const states = profile.states.map((state) => ({ ...state, currentA: factor * state.currentA }));
  return { ...profile, states, idleA: factor * profile.idleA, sleepA: factor * profile.sleepA };
}

/** @throws Error for runs that cannot be compared, or that were not taken for runs of one bench. */
function ratioOf(a: ReturnType<typeof comparedEnergy>, b: ReturnType<typeof comparedEnergy>, truth: number): Statement {
  if (!a || !b) throw new Error('no comparison');
  const { ratio, expandedUncertainty, half95, sameBench } = compareEnergies(a, b);
  if (!sameBench) throw new Error('two benches');
  return stated(ratio, expandedUncertainty, [ratio - half95, ratio + half95], truth);
}

/** The same instrument calibrated through the wizard, and its corrected figure of a run most of a year later and 3 K warmer. */
async function calibratedTrial(
  { kind, profile, rule }: Case,
  how: { ranges: number[]; shortenedBy: number },
  seed: number,
): Promise<Trial | null> {
  const draw = drawBeside(seed);
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
    const truthUJ = trueEnergyUJ(profile, profile.voltageV * (1 + errors.voltage));
    const { y, expandedUncertainty, interval95 } = corrected?.budget ?? {};
    return { energy: stated(y, expandedUncertainty, interval95, truthUJ) };
  } finally {
    rig.close();
  }
}

/** @throws Error for a figure without an uncertainty. */
function stated(
  y: number | null | undefined,
  expanded: number | null | undefined,
  interval95: readonly [number, number] | null | undefined,
  truth: number,
): Statement {
  if (typeof y !== 'number' || typeof expanded !== 'number' || !interval95) throw new Error('no uncertainty');
  return { y, expanded, interval95, truth };
}
