import type { FilesEvidence } from '../../rules/index.ts';
import type { RunFiles } from '../types.ts';
import type { ReadRun } from '../read/index.ts';

const names: Readonly<Partial<Record<keyof RunFiles, string>>> = {
  log: 'log.txt',
  results: 'results.txt',
  script: 'script.async',
  resultsJson: 'results.json',
  trace: 'trace1-energy.bin',
  timestamps: 'trace1-timestamps.json',
};

/** Files that each runner leaves in a test folder (results and submission, section 7). */
const required: Readonly<Record<'eembc' | 'mlc', readonly (keyof RunFiles)[]>> = {
  eembc: ['log', 'results', 'script'],
  mlc: ['log', 'results', 'resultsJson'],
};

/** Files beside the required ones that belong there or harm nobody: plots of the current runner, and read-me texts. */
const welcome = /^(?:energy_inf_\d{3}\.png|readme(?:\.\w{1,8})?|eembc_runner|\.gitkeep)$/i;

/** Which files of a published run are there. */
export function filesOf(run: ReadRun, runner: 'eembc' | 'mlc'): FilesEvidence {
  const { place, files, others } = run.found;
  const energy = place.mode === 'energy' && runner === 'eembc' ? (['trace', 'timestamps'] as const) : [];
  const absent = [...required[runner], ...energy].filter((kind) => files[kind] === undefined);
  // The first round asked for no results file.
  const needed = place.round === 'v0.5' ? absent.filter((kind) => kind !== 'results') : absent;
  const streaming = place.benchmark === 'sww';
  const large = needed.filter((kind) => streaming && kind === 'resultsJson');
  const name = (kind: keyof RunFiles): string => names[kind] ?? kind;
  return {
    missing: needed.filter((kind) => !large.includes(kind)).map(name),
    leftOut: large.map(name),
    unreadable: unreadableFiles(run).map(name),
    unexpected: others.filter((other) => !welcome.test(other)),
  };
}

function unreadableFiles({ json, timestamps, trace, log, script, failed }: ReadRun): (keyof RunFiles)[] {
  const found: [keyof RunFiles, boolean][] = [
    ['log', log !== null && log.lines > 0 && log.runner === null],
    ['script', script !== null && script.broken !== null && script.steps === 0],
    ['resultsJson', json !== null && json.broken !== null],
    ['trace', trace !== null && !trace.ok],
    ['timestamps', timestamps !== null && !timestamps.ok],
  ];
  return [...failed, ...found.filter(([, broken]) => broken).map(([kind]) => kind)];
}
