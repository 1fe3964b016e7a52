import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { madePerformanceRun } from '../support/audit/eembc-run.ts';
import { madeTrace } from '../support/audit/energy-files.ts';
import { writeLargeRuns } from './audit-large.ts';

/**
 * `npm run bench:audit`: a made-up submission tree of 3,000 files (some 200 MB: logs of performance, accuracy and energy runs with
 * their traces) is audited as a package, and single runs whose files have 60 to 200 MB; prints time and peak memory of each. The claim:
 * under 20 s and 500 MB on two cores.
 */
const wantedFiles = 3000;
const scratch = mkdtempSync(join(tmpdir(), 'jb-bench-audit-'));
const root = join(scratch, 'round');

function write(path: string, content: string | Buffer): number {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), content);
  return content.length;
}

/** A system with three benchmarks in three modes each; answers how many files and bytes it has. */
function writeSystem(number: number): { files: number; bytes: number } {
  const organisation = `v1.1/closed/Org${Math.floor(number / 4)}`;
  const system = `Board${number}`;
  let files = 0;
  let bytes = 0;
  const add = (path: string, content: string | Buffer): void => {
    bytes += write(`${organisation}/${path}`, content);
    files += 1;
  };
  add(`systems/${system}.json`, JSON.stringify({ Submitter: 'Org', Division: 'closed', Status: 'available' }));
  add(`code/kws/${system}/README.md`, 'how to build');
  const keywords = Array.from({ length: 1000 }, (_, k) => `tst_${String(k).padStart(6, '0')}_Stop_7.bin`);
  const runs = {
    performance: madePerformanceRun(),
    accuracy: madePerformanceRun({
      files: keywords,
      windowsUs: keywords.map(() => 20_000),
      inferences: 1,
      accuracy: { top1: '0.1', auc: '0.5' },
    }),
    energy: madePerformanceRun(),
  };
  const { trace, timestamps } = madeTrace({ windows: 5, windowS: 10.2, energyUJ: 30 });
  for (const benchmark of ['kws', 'ic', 'ad']) {
    for (const [mode, run] of Object.entries(runs)) {
      const folder = `results/${system}/${benchmark}/${mode}`;
      add(`${folder}/log.txt`, run.log);
      add(`${folder}/results.txt`, run.results);
      add(`${folder}/script.async`, run.script);
      if (mode !== 'energy') continue;
      add(`${folder}/trace1-energy.bin`, trace);
      add(`${folder}/trace1-timestamps.json`, timestamps);
    }
  }
  return { files, bytes };
}

let files = 0;
let bytes = 0;
for (let number = 0; files < wantedFiles; number += 1) {
  const written = writeSystem(number);
  files += written.files;
  bytes += written.bytes;
}

interface Measured {
  seconds: number;
  cpuSeconds: number;
  peakBytes: number;
  runs: number;
}

/** Audits a folder in a process of its own, so that the memory is that of the audit and not that of making the files. */
async function measure(name: string, folder: string, bytes: number): Promise<void> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'audit-child.ts'), folder]);
  const { seconds, cpuSeconds, peakBytes, runs } = JSON.parse(stdout) as Measured;
  console.log(
    `audit: ${name}, ${(bytes / 1e6).toFixed(0)} MB, runs: ${runs}, in ${seconds.toFixed(1)} s (limit 20 s; ` +
      `${cpuSeconds.toFixed(1)} s of processor time), peak memory ${(peakBytes / 1e6).toFixed(0)} MB (limit 500 MB)`,
  );
}

try {
  await measure(`${files} files`, root, bytes);
  for (const run of writeLargeRuns(join(scratch, 'large'))) await measure(run.name, run.folder, run.bytes);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
