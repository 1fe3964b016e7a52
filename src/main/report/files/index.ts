import type { RunView, SessionView } from '../view.ts';
import { writeEnergyCsv, writeInputsCsv, writeWindowsCsv } from './csv.ts';
import { writeEnergyJson } from './energy-json.ts';
import { writeLogTxt } from './log.ts';
import { writeResultsJson } from './results-json.ts';
import { writeResultsTxt } from './results-text.ts';
import { writeScript } from './script.ts';

export { writeEnergyCsv, writeInputsCsv, writeWindowsCsv } from './csv.ts';
export { energyFormat, writeEnergyJson } from './energy-json.ts';
export { writeLogTxt } from './log.ts';
export { resultsFormat, writeResultsJson } from './results-json.ts';
export { writeResultsTxt } from './results-text.ts';
export { writeScript } from './script.ts';
export { int8Vector } from './vector.ts';

export interface ResultFile {
  name: string;
  text: string;
}

/** All files of one run under their published names. The caller puts them into the run's folder. */
export function writeRunFiles(session: SessionView, run: RunView): ResultFile[] {
  return [
    { name: 'log.txt', text: writeLogTxt(session, run) },
    { name: 'results.txt', text: writeResultsTxt(session, run) },
    { name: 'results.json', text: writeResultsJson(session, run) },
    { name: 'script.async', text: writeScript(session, run) },
    ...tables(session, run),
  ];
}

function tables(session: SessionView, run: RunView): ResultFile[] {
  if (run.mode === 'accuracy') return [{ name: 'inputs.csv', text: writeInputsCsv(session, run) }];
  if (!run.energy) return [{ name: 'windows.csv', text: writeWindowsCsv(session, run) }];
  return [
    { name: 'windows.csv', text: writeEnergyCsv(session, run, run.energy) },
    { name: 'energy.json', text: writeEnergyJson(session, run, run.energy) },
  ];
}
