import type { RunSettings } from './run.ts';
import type { Mode } from './workload.ts';

/** Windows of a performance and of an energy run. */
export const windowsPerRun = 5;
const usualRestS = 5;
/** Share by which windows are planned longer than the shortest allowed time, with the load before each. */
const windowMargin = 1.05;
/** Seconds before the first window of a run: greeting, the short calibration; for energy also supply, recording and their ends. */
const headS = { performance: 2, energy: 8 } as const;
/** Seconds that one byte of an input takes at 115,200 baud in `db` commands of 31 bytes. */
const loadSPerByte = 2.3e-4;
/** What an inference and its answer take as long as nobody has measured one. */
const usualInferenceS = 0.075;
const usualInputBytes = 1000;

export interface EstimateInput {
  mode: Mode;
  settings: Pick<RunSettings, 'minWindowS' | 'restS'>;
  /** Inputs of an accuracy run, and the bytes of one. */
  inputs: number | undefined;
  inputBytes?: number | undefined;
}

/** Seconds of the bench's clock that a run takes, as far as it can be told before its DUT has run anything; undefined: not at all. */
export function plannedRunS({
  mode,
  settings,
  inputs,
  inputBytes = usualInputBytes,
}: EstimateInput): number | undefined {
  const windowsS = windowsPerRun * settings.minWindowS * windowMargin;
  if (mode === 'performance') return headS.performance + windowsS;
  if (mode === 'energy') return headS.energy + windowsS + 2 * (settings.restS ?? usualRestS);
  return inputs === undefined ? undefined : inputs * plannedInputS(inputBytes);
}

/** Seconds that one input of an accuracy run takes, as long as none has been measured. */
export function plannedInputS(inputBytes: number): number {
  return inputBytes * loadSPerByte + usualInferenceS;
}
