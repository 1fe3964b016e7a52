import { extname } from 'node:path';
import { Fault } from '../../../shared/fault/index.ts';
import type { Text } from '../../../shared/text/index.ts';
import { isPlainFileName } from '../../workload/index.ts';
import { checklistFiles } from './checklist.ts';
import { readMe, validationNotice } from './documents.ts';
import { hookUpFiles } from './hook-up.ts';
import type { MaterialRun, PackagePlan, PackagePlanInput, PackageSystem, PlannedFile } from './types.ts';

/** Names that are folders on every platform, without blanks (PKG-06). */
const plainName = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?$/;

/** From this round on a marker says that the older runner was used (results and submission, section 7). */
const markerRound = 'v1.3';

/**
 * Plans a package: which file stands where, and what the texts say. Pure.
 * @param text of the documents; they are read by the reviewers, so English.
 * @throws Fault `package.badName`, `package.submitters`, `package.sameSystem`, `package.nothingOf`, `package.twice`.
 */
export function planPackage(input: PackagePlanInput, text: Text): PackagePlan {
  const { division, round, systems, runs, code, hookUp, obstacles } = input;
  const organisation = checkSystems(systems);
  for (const { system } of systems)
    if (!runs.some((run) => run.system === system)) throw new Fault('package.nothingOf', { system });
  checkOnce(runs);
  const base = `${division}/${organisation}`;
  const files: PlannedFile[] = [];
  const notice = obstacles.length > 0 ? validationNotice(obstacles, text) : null;
  if (notice !== null) files.push({ path: 'VALIDATION.md', text: notice });
  files.push(
    { path: `${base}/README.md`, text: readMe(input, text) },
    ...systems.map(({ system, description }) => ({
      path: `${base}/systems/${system}.json`,
      text: `${JSON.stringify(description, undefined, 2)}\n`,
    })),
    ...checklistFiles(input, `${base}/systems/TinyMLPerf_${round}_Submission_Checklist`, text),
  );
  if (hookUp !== null)
    files.push({ path: `${base}/systems/Energy-Hookup${extname(hookUp)}`, copy: hookUp, redact: false });
  else files.push(...hookUpFiles(input, `${base}/systems/Energy-Hookup.pdf`, text));
  for (const { name, path } of code) files.push({ path: `${base}/code/${name}`, copy: path, redact: false });
  for (const run of runs) {
    const folder = `${base}/results/${run.system}/${run.benchmark}`;
    for (const { name, path, redact } of run.files)
      files.push({ path: `${folder}/${run.mode}/${name}`, copy: path, redact });
  }
  for (const folder of markedBenchmarks(runs, round))
    files.push({ path: `${base}/results/${folder}/EEMBC_RUNNER`, text: '' });
  return { kind: notice === null ? 'official' : 'validation', organisation, files };
}

/**
 * Checks that systems can stand in one package: names that are folders on every platform and differ in more than capitals, one submitter.
 * @returns the submitter, spelt as in the first description
 * @throws Fault `package.badName`, `package.submitters`, `package.sameSystem`.
 */
export function checkSystems(systems: readonly PackageSystem[]): string {
  const submitters = systems.map(({ description }) => description.Submitter.trim());
  const [organisation = ''] = submitters;
  for (const name of [organisation, ...systems.map(({ system }) => system)])
    if (!plainName.test(name) || !isPlainFileName(name)) throw new Fault('package.badName', { name });
  if (submitters.some((name) => name.toLowerCase() !== organisation.toLowerCase()))
    throw new Fault('package.submitters', { submitters: [...new Set(submitters)] });
  const seen = new Set<string>();
  for (const { system } of systems) {
    // Names that differ in capitals only are one folder on Windows and macOS.
    if (seen.has(system.toLowerCase())) throw new Fault('package.sameSystem', { system });
    seen.add(system.toLowerCase());
  }
  return organisation;
}

/** Folders of benchmarks, below `results`, measured with the older runner itself, never with ours that writes its form. */
function markedBenchmarks(runs: readonly MaterialRun[], round: string): string[] {
  if (round !== markerRound) return [];
  return [
    ...new Set(
      runs
        .filter(({ own, runner }) => !own && runner === 'eembc')
        .map(({ system, benchmark }) => `${system}/${benchmark}`),
    ),
  ];
}

function checkOnce(runs: readonly MaterialRun[]): void {
  const seen = new Map<string, MaterialRun>();
  for (const run of runs) {
    const { system, benchmark, mode } = run;
    const key = `${system}/${benchmark}/${mode}`;
    const other = seen.get(key);
    if (other)
      throw new Fault('package.twice', { system, benchmark, mode, first: placeOf(other), second: placeOf(run) });
    seen.set(key, run);
  }
}

/** How a command names this run alone: `SESSION#r1`, or the folder. */
function placeOf({ source, run }: MaterialRun): string {
  if (run === '.') return source;
  return /^r\d+$/.test(run) ? `${source}#${run}` : `${source}/${run}`;
}
