import { extname } from 'node:path';
import { Fault } from '../../../shared/fault/index.ts';
import type { Text } from '../../../shared/text/index.ts';
import { checklist } from './checklist.ts';
import { hookUpDocument, readMe, validationNotice } from './documents.ts';
import type { MaterialRun, PackagePlan, PackagePlanInput, PlannedFile } from './types.ts';

/** Names that are folders on every platform, without blanks (PKG-06). */
const plainName = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?$/;

/** From this round on a marker says that the older runner was used (results and submission, section 7). */
const markerRound = 'v1.3';

/**
 * Plans a package: which file stands where, and what the texts say. Pure.
 * @param text of the documents; they are read by the reviewers, so English.
 * @throws Fault `package.badName`, `package.twice`.
 */
export function planPackage(input: PackagePlanInput, text: Text): PackagePlan {
  const { division, round, system, description, runs, code, hookUp, obstacles } = input;
  const organisation = description.Submitter.trim();
  for (const name of [organisation, system]) if (!plainName.test(name)) throw new Fault('package.badName', { name });
  checkOnce(runs);
  const base = `${division}/${organisation}`;
  const files: PlannedFile[] = [];
  const notice = obstacles.length > 0 ? validationNotice(obstacles, text) : null;
  if (notice !== null) files.push({ path: 'VALIDATION.md', text: notice });
  files.push(
    { path: `${base}/README.md`, text: readMe(input, text) },
    { path: `${base}/systems/${system}.json`, text: `${JSON.stringify(description, undefined, 2)}\n` },
    { path: `${base}/systems/TinyMLPerf_${round}_Submission_Checklist.md`, text: checklist(input, text) },
  );
  if (hookUp !== null)
    files.push({ path: `${base}/systems/Energy-Hookup${extname(hookUp)}`, copy: hookUp, redact: false });
  else if (runs.some(({ energy }) => energy))
    files.push({ path: `${base}/systems/Energy-Hookup.md`, text: hookUpDocument(input, text) });
  for (const { name, path } of code) files.push({ path: `${base}/code/${name}`, copy: path, redact: false });
  for (const run of runs) {
    const folder = `${base}/results/${system}/${run.benchmark}`;
    for (const { name, path, redact } of run.files)
      files.push({ path: `${folder}/${run.mode}/${name}`, copy: path, redact });
  }
  for (const benchmark of markedBenchmarks(runs, round))
    files.push({ path: `${base}/results/${system}/${benchmark}/EEMBC_RUNNER`, text: '' });
  return { kind: notice === null ? 'official' : 'validation', organisation, files };
}

/** Benchmarks measured with the older runner itself, never with ours that writes its form. */
function markedBenchmarks(runs: readonly MaterialRun[], round: string): string[] {
  if (round !== markerRound) return [];
  return [...new Set(runs.filter(({ own, runner }) => !own && runner === 'eembc').map(({ benchmark }) => benchmark))];
}

function checkOnce(runs: readonly MaterialRun[]): void {
  const seen = new Map<string, MaterialRun>();
  for (const run of runs) {
    const { benchmark, mode } = run;
    const other = seen.get(`${benchmark}/${mode}`);
    if (other) throw new Fault('package.twice', { benchmark, mode, first: placeOf(other), second: placeOf(run) });
    seen.set(`${benchmark}/${mode}`, run);
  }
}

function placeOf({ source, run }: MaterialRun): string {
  return run === '.' ? source : `${source} ${run}`;
}
