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
  endNs: number;
}

/** Puts a run on an emulated bench that measures already: the load's current from now on, and the marks at its instants. */
export function playProfile(rig: CalibrationRig, profile: Profile, draw: Draw): ScriptedRun {
  const { idleA, idleS, gapS, windowS, sampleS, inferences, states, scatterRel } = profile;
  const draws = (atNs: number, currentA: number): void =>
    rig.load.connect(Math.round(atNs), { kind: 'open', besideA: currentA });
  let nowNs = rig.clock.nowNs();
  draws(nowNs, idleA);
  nowNs += idleS * 1e9;
  const windows = Array.from({ length: windowCount }, () => {
    const factor = 1 + draw.normal(scatterRel);
    const startNs = Math.round(nowNs + draw.uniform() * sampleS * 1e9);
    const endNs = Math.round(startNs + (windowS + draw.uniform() * sampleS) * 1e9);
    mark(rig, startNs);
    mark(rig, endNs);
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
  return { windows, endNs: nowNs + idleS * 1e9 };
}

function mark(rig: CalibrationRig, atNs: number): void {
  rig.clock.at(atNs, () => rig.monitor.pin(0));
  rig.clock.at(atNs + Math.round(pulseS * 1e9), () => rig.monitor.pin(1));
}

/** True energy per inference in uJ at the DUT's terminals of a window without scatter, from what the supply really gives. */
export function trueEnergyUJ(profile: Profile, trueV: number): number {
  const { states, windowS, sampleS, inferences } = profile;
  const meanA = states.reduce((sum, { currentA, share }) => sum + currentA * share, 0);
  return (1e6 * trueV * meanA * (windowS + sampleS / 2)) / inferences;
}
