import type { CalibrationRig } from '../../../../src/main/virtual/index.ts';
import type { Draw } from './draw.ts';

/** A DUT as a script: what it draws, in place of one that computes. */
export interface Profile {
  voltageV: number;
  idleA: number;
  /** Each inference goes through these once; the shares of its time make 1. */
  states: readonly { currentA: number; share: number }[];
  inferences: number;
  /** Shortest time of a window; up to one interval of sampling is added, so that both edges lie anywhere in theirs. */
  windowS: number;
  sampleS: number;
  /** Idle before, between and after the windows. */
  idleS: number;
  /** Asleep at the end. */
  sleepA: number;
  sleepS: number;
  gapS: number;
  /** Standard deviation of what the DUT draws from window to window, relative. */
  scatterRel: number;
}

export const windowCount = 5;
/** Low time of a time mark. */
const pulseS = 1e-3;

/** Where the windows of a run lie in the bench's time, in ns. */
export interface ScriptedRun {
  windows: readonly { startNs: number; endNs: number; factor: number }[];
  /** When the sleep begins, and when all is over. */
  sleepNs: number;
  endNs: number;
}

/** What is wrong beside the instrument: a current that does not go through the DUT, and a mark that ends a window too late. */
export interface Surroundings {
  leakA: number;
  latencyS: number;
}

export const idealSurroundings: Surroundings = { leakA: 0, latencyS: 0 };

/** Puts a run on an emulated bench that measures already: the load's current from now on, and the marks at its instants. */
export function playProfile(
  rig: CalibrationRig,
  profile: Profile,
  draw: Draw,
  { leakA, latencyS }: Surroundings = idealSurroundings,
): ScriptedRun {
  const { idleA, idleS, sleepA, sleepS, gapS, windowS, sampleS, inferences, states, scatterRel } = profile;
  const draws = (atNs: number, currentA: number): void =>
    rig.load.connect(Math.round(atNs), { kind: 'open', besideA: currentA + leakA });
  let nowNs = rig.clock.nowNs();
  draws(nowNs, idleA);
  nowNs += idleS * 1e9;
  const windows = Array.from({ length: windowCount }, () => {
    const factor = 1 + draw.normal(scatterRel);
    const startNs = Math.round(nowNs + draw.uniform() * sampleS * 1e9);
    const endNs = Math.round(startNs + (windowS + draw.uniform() * sampleS) * 1e9);
    mark(rig, startNs);
    mark(rig, Math.round(endNs + latencyS * 1e9));
    const inferenceNs = (endNs - startNs) / inferences;
    for (let number = 0; number < inferences; number++) {
      let share = 0;
      for (const state of states) {
        draws(startNs + (number + share) * inferenceNs, factor * state.currentA);
        share += state.share;
      }
    }
    draws(endNs, idleA);
    nowNs = endNs + gapS * 1e9;
    return { startNs, endNs, factor };
  });
  const sleepNs = nowNs + idleS * 1e9;
  draws(sleepNs, sleepA);
  return { windows, sleepNs, endNs: sleepNs + sleepS * 1e9 };
}

function mark(rig: CalibrationRig, atNs: number): void {
  rig.clock.at(atNs, () => rig.monitor.pin(0));
  rig.clock.at(atNs + Math.round(pulseS * 1e9), () => rig.monitor.pin(1));
}

/** True power in uW at the DUT's terminals while it draws this, behind leads of that resistance. */
function truePowerUW(currentA: number, trueV: number, leadOhm: number): number {
  return 1e6 * (trueV - leadOhm * currentA) * currentA;
}

/** True energy per inference in uJ at the DUT's terminals of a window without scatter, from what the supply really gives. */
export function trueEnergyUJ(profile: Profile, trueV: number, leadOhm = 0): number {
  const { states, windowS, sampleS, inferences } = profile;
  const meanUW = states.reduce((sum, { currentA, share }) => sum + share * truePowerUW(currentA, trueV, leadOhm), 0);
  return (meanUW * (windowS + sampleS / 2)) / inferences;
}

/** Inferences per second of the always-on case: a quarter of the time. */
export function ratePerS({ inferences, windowS }: Profile): number {
  return (0.25 * inferences) / windowS;
}

/** True powers in uW at rest, and on average when it infers that often and sleeps in between. */
export function truePowersUW(
  profile: Profile,
  trueV: number,
  leadOhm = 0,
): { idle: number; sleep: number; average: number } {
  const { idleA, sleepA, windowS, sampleS, inferences } = profile;
  const sleep = truePowerUW(sleepA, trueV, leadOhm);
  const rate = ratePerS(profile);
  const active = (rate * (windowS + sampleS / 2)) / inferences;
  return {
    idle: truePowerUW(idleA, trueV, leadOhm),
    sleep,
    average: rate * trueEnergyUJ(profile, trueV, leadOhm) + (1 - active) * sleep,
  };
}
