import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runFolder, sessionTools } from '../../../../src/main/archive/index.ts';
import { makePackage } from '../../../../src/main/audit/index.ts';
import type { PackageRequest, PackageSystem } from '../../../../src/main/audit/index.ts';
import { sessionView, writeRunFiles } from '../../../../src/main/report/index.ts';
import { foldSession } from '../../../../src/main/session/index.ts';
import { readJournal } from '../../../../src/main/store/index.ts';
import { packageAnswerSchema } from '../../../../src/shared/domain/package.ts';
import type { PackageAnswer } from '../../../../src/shared/domain/package.ts';
import type { SystemDescription } from '../../../../src/shared/domain/system-description.ts';
import { createText } from '../../../../src/shared/text/index.ts';
import { madePerformanceRun } from '../../../support/audit/eembc-run.ts';
import { madeDescription } from '../../../support/audit/system-description.ts';
import { performanceRun, realBench, session } from '../../../support/report/session.ts';
import { writeSession } from '../../../support/written-sessions.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jb-package-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function put(files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

const board = (system = 'Board', changes: Record<string, string> = {}): PackageSystem => ({
  system,
  description: madeDescription(changes) as SystemDescription,
});

function make(sources: string[], changes: Partial<PackageRequest> = {}): Promise<PackageAnswer> {
  const text = createText();
  const request: PackageRequest = {
    systems: [{ ...board(), sources }],
    division: 'closed',
    round: 'v1.1',
    code: null,
    hookUp: null,
    memory: [],
    out: join(root, 'out'),
    program: 'Joulebench 1',
    ...changes,
  };
  return makePackage(request, {
    text,
    documents: text,
    // Sessions of these tests are not sealed.
    sessions: { ...sessionTools('1', text), verify: () => Promise.resolve([]) },
    personal: { home: '/home/ada', user: 'ada', computer: 'bench-7' },
  });
}

/** A session of a real or a virtual bench with its result files, as a finished one has them. */
function finishedSession(name: string, simulated: boolean): string {
  const folder = writeSession(root, { name, resultsFolder: 'kws', simulated, operator: 'Ada Lovelace' });
  const record = foldSession(readJournal(readFileSync(join(folder, 'journal.jsonl'))).entries);
  if (!record) throw new Error('no session');
  const view = sessionView(record);
  for (const run of view.runs)
    for (const { name: file, text } of writeRunFiles(view, run)) put({ [`${name}/${runFolder(run)}/${file}`]: text });
  return folder;
}

const rulesOf = ({ reasons }: PackageAnswer): string[] => [...new Set(reasons.map(({ rule }) => rule))].sort();

describe('a package', () => {
  it('of a single run without accuracy and code is refused with its reasons, and nothing is left', async () => {
    const { log, results, script } = madePerformanceRun();
    put({ 'in/kws/performance/log.txt': log, 'in/kws/performance/results.txt': results });
    put({ 'in/kws/performance/script.async': script });
    const answer = await make([join(root, 'in')]);
    expect(packageAnswerSchema.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({ made: false, kind: 'official', path: null, files: [] });
    expect(rulesOf(answer)).toEqual(['PKG-14', 'RUN-01']);
    expect(answer.reasons[0]?.evidence).not.toEqual([]);
    expect(readdirSync(root)).toEqual(['in']);
  });

  it('of files that Joulebench wrote is a validation package, and never holds a simulated run', async () => {
    const run = performanceRun();
    const bench = realBench();
    for (const [folder, simulated] of [
      ['real', false],
      ['virtual', true],
    ] as const) {
      const view = session(simulated ? {} : { simulated, bench });
      for (const { name, text } of writeRunFiles(view, run))
        if (/^(?:log|results|script)\.(?:txt|async)$/.test(name)) put({ [`${folder}/kws/performance/${name}`]: text });
    }
    const real = await make([join(root, 'real')]);
    expect(real).toMatchObject({ made: false, kind: 'validation', runs: [{ own: true }] });
    expect(rulesOf(real)).not.toContain('RUN-04');
    expect(rulesOf(real)).not.toContain('SIMULATED');
    expect(real.remarks.map(({ rule }) => rule)).toContain('RUN-04');
    expect(rulesOf(await make([join(root, 'virtual')]))).toContain('SIMULATED');
  });

  it('never takes files of ours for those of another runner, also without their log', async () => {
    const view = session({ simulated: true });
    for (const { name, text } of writeRunFiles(view, performanceRun()))
      if (name === 'results.json') put({ [`json/kws/performance/${name}`]: text });
      else if (name === 'results.txt') put({ [`text/kws/performance/${name}`]: text });
    for (const folder of ['json', 'text']) {
      const answer = await make([join(root, folder)]);
      expect(answer).toMatchObject({ kind: 'validation', runs: [{ own: true }] });
      expect(rulesOf(answer)).toContain('SIMULATED');
    }
  });

  it('of a session of a virtual bench is refused', async () => {
    const answer = await make([finishedSession('s1', true)]);
    expect(rulesOf(answer)).toEqual(expect.arrayContaining(['SIMULATED', 'PKG-14']));
    expect(answer.runs.map(({ mode, own }) => [mode, own])).toEqual([
      ['performance', true],
      ['accuracy', true],
    ]);
    expect(readdirSync(root)).toEqual(['s1']);
  });

  it('of a session of a real bench would be a validation package, if its rules held', async () => {
    const answer = await make([finishedSession('s2', false)]);
    expect(answer).toMatchObject({ made: false, kind: 'validation' });
    expect(rulesOf(answer)).toContain('PKG-14');
    expect(rulesOf(answer)).not.toContain('SIMULATED');
    expect(rulesOf(answer)).not.toContain('RUN-04');
  });

  it('is not made of own workloads, of several systems, or over something', async () => {
    const own = writeSession(root, { name: 's1', simulated: false });
    await expect(make([own])).rejects.toMatchObject({ code: 'package.noBenchmark' });
    for (const system of ['A', 'B']) put({ [`t/results/${system}/kws/performance/log.txt`]: madePerformanceRun().log });
    await expect(make([join(root, 't')])).rejects.toMatchObject({ code: 'package.severalSystems' });
    await expect(make([join(root, 't/results/A')], { out: own })).rejects.toMatchObject({ code: 'package.badOut' });
    expect(readFileSync(join(own, 'journal.jsonl'), 'utf8')).not.toBe('');
  });
});
