import { isPartOfFile } from '../view.ts';
import type { Exchange, RunView } from '../view.ts';
import { energyCode, performanceCode } from './line.ts';

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

/** Code of the published plug-in whose form a run's files have. */
export function pluginCode(run: RunView): typeof performanceCode | typeof energyCode {
  return run.mode === 'energy' ? energyCode : performanceCode;
}

/** Whether commands go through the IO manager, and so carry its name. */
export function isRelayed(run: RunView): boolean {
  return run.energy?.setup.path === 'ioManager';
}

/** A command to the DUT. Behind the relay the DUT's own `m-ready` ends the step. */
export function dutStep(run: RunView, command: string): ScriptStep {
  return isRelayed(run) ? { cmd: `io dut ${command}`, ack: 'dut.: m-ready' } : { cmd: `dut ${command}` };
}

/** `bload` (behind the relay `bloadp`) with the published limit of 16 ms for each byte of the file. */
export function loadStep(run: RunView, measure: MeasureExchange): ScriptStep {
  const part = isPartOfFile(measure) ? ` ${measure.offsetBytes} ${measure.lengthBytes}` : '';
  const path = `"${inputPath(run, measure.file)}"${part}`;
  return { cmd: isRelayed(run) ? `bloadp ${path}` : `bload dut ${path}`, ms: 16 * measure.fileBytes };
}

export function inferStep(run: RunView, measure: MeasureExchange): ScriptStep {
  const command = `infer ${measure.infer.iterations} ${measure.infer.warmups}`;
  return { cmd: dutStep(run, command).cmd, ms: -1, ack: 'dut.?: m-ready' };
}

/** The two steps that every run begins with. */
export function configurationSteps(run: RunView): readonly ScriptStep[] {
  return [{ cmd: 'version' }, { cmd: `bm cfg ${pluginCode(run)}` }];
}

/** Steps in front of the measurements, without those of the initialisation. */
export function openingSteps(run: RunView): readonly ScriptStep[] {
  return [...configurationSteps(run), dutStep(run, 'profile'), dutStep(run, 'timestamp')];
}

/** Switching the supply on ends with the DUT's boot. */
export const powerOnStep: ScriptStep = { cmd: 'emon power on', ack: 'dut.: m-ready' };
export const powerOffStep: ScriptStep = { cmd: 'emon power off' };
export const traceOnStep: ScriptStep = { cmd: 'emon trace on trace1' };
export const traceOffStep: ScriptStep = { cmd: 'emon trace off', ms: -1 };
