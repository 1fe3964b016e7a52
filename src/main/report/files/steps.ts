import { isPartOfFile } from '../view.ts';
import type { Exchange, RunView } from '../view.ts';

export type MeasureExchange = Extract<Exchange, { kind: 'measure' }>;

/** One step of a run in the words of the published runner's script. */
export interface ScriptStep {
  cmd: string;
  /** Time limit in milliseconds; absent for the default, -1 for none. */
  ms?: number;
  /** Source of the regular expression that ends the step; absent for the default of the step's target. */
  ack?: string;
}

/** What the published runner allows a command by default, in milliseconds. */
export const defaultTimeoutMs = 5000;

/** `single` needs a choice of one file, which this program does not offer. */
export function runMode(run: RunView): 'bmark' | 'multi' {
  return run.mode === 'accuracy' ? 'multi' : 'bmark';
}

/**
 * The exchanges that the figures are made of: of several attempts at one window or input the last, in the order of
 * windows or inputs as they were measured. Calibration is no part of it.
 */
export function countedMeasures(run: RunView): MeasureExchange[] {
  const last = new Map<string, MeasureExchange>();
  for (const exchange of run.exchanges) {
    if (exchange.kind !== 'measure' || exchange.purpose === 'calibration') continue;
    last.set(`${exchange.purpose} ${exchange.window ?? exchange.inputIndex}`, exchange);
  }
  return run.exchanges.filter(
    (exchange): exchange is MeasureExchange =>
      exchange.kind === 'measure' &&
      last.get(`${exchange.purpose} ${exchange.window ?? exchange.inputIndex}`) === exchange,
  );
}

/** Path of an input file, relative to the root that holds the data sets: no name of a person or a machine gets into a file. */
export function inputPath(run: RunView, file: string): string {
  return `datasets/${run.workload.datasetFolder}/${file}`;
}

/** `bload` with the published limit of 16 ms for each byte of the file. */
export function loadStep(run: RunView, measure: MeasureExchange): ScriptStep {
  const part = isPartOfFile(measure) ? ` ${measure.offsetBytes} ${measure.lengthBytes}` : '';
  return { cmd: `bload dut "${inputPath(run, measure.file)}"${part}`, ms: 16 * measure.fileBytes };
}

export function inferStep(measure: MeasureExchange): ScriptStep {
  return { cmd: `dut infer ${measure.infer.iterations} ${measure.infer.warmups}`, ms: -1, ack: 'dut.?: m-ready' };
}

/** Steps in front of the measurements, without those of the initialisation. */
export const openingSteps: readonly ScriptStep[] = [
  { cmd: 'version' },
  { cmd: `bm cfg ulp-mlperf` },
  { cmd: 'dut profile' },
  { cmd: 'dut timestamp' },
];
