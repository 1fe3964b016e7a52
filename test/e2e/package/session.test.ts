import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionTools } from '../../../src/main/archive/index.ts';
import { unpackTree, zipSessions } from '../../../src/main/archive/handover/index.ts';
import { makePackage } from '../../../src/main/audit/index.ts';
import type { PackageRequest, PackageSystem } from '../../../src/main/audit/index.ts';
import type { SessionRecord } from '../../../src/main/session/index.ts';
import { appIdentity } from '../../../src/main/version.ts';
import { auditReportSchema } from '../../../src/shared/domain/audit.ts';
import { energyRequestSchema } from '../../../src/shared/domain/energy-request.ts';
import { packageAnswerSchema } from '../../../src/shared/domain/package.ts';
import type { PackageAnswer } from '../../../src/shared/domain/package.ts';
import { runSettingsSchema } from '../../../src/shared/domain/run.ts';
import type { SystemDescription } from '../../../src/shared/domain/system-description.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { noPtyReason } from '../../rig/dut/index.ts';
import { madeDescription } from '../../support/audit/system-description.ts';
import { cli, scratch } from '../../support/cli.ts';
import { noDataReason } from '../../support/data.ts';
import { flatText } from '../../support/report/check-report.ts';
import { readPdf } from '../../support/report/pdf-reader.ts';
import { openLab, operator, personal, writeInputs } from './bench.ts';

const text = createText();
const home = scratch();
const out = join(home, 'out');
let session = '';
let record: SessionRecord;

/** A real session, measured once: not SIMULATED, all official inputs, three modes. */
beforeAll(async () => {
  if (noDataReason ?? noPtyReason) return;
  const host = await openLab(home);
  const { operation, bench } = await host.startRun({
    workload: 'kws01',
    modes: ['performance', 'accuracy', 'energy'],
    bench: 'tcp:127.0.0.1:1',
    operator,
    dutUnit: { serial: 'SN 7' },
    division: 'closed',
    datasetFolder: writeInputs(join(home, 'kws01')),
    energy: energyRequestSchema.parse({
      monitor: 'lpm01a:/dev/ttyACM0',
      board: 'nucleo-l4r5zi',
      voltageV: 3,
      scope: { measured: ['SoC'], notMeasured: ['probe'], declaredBy: operator },
    }),
    settings: runSettingsSchema.parse({ verifyLoads: 'off', chunkBytes: 38, restS: 1 }),
    sessionsFolder: join(home, 'sessions'),
    useWorker: false,
  });
  ({ record } = await operation.done);
  session = operation.folder;
  await bench.close();
  mkdirSync(join(home, 'code', 'kws'), { recursive: true });
  writeFileSync(join(home, 'code', 'kws', 'README.md'), 'Build with make, flash main.bin.\n');
  writeFileSync(join(home, 'Board.json'), JSON.stringify(madeDescription()));
}, 180_000);
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

const board = (system = 'Board', changes: Record<string, string> = {}): PackageSystem => ({
  system,
  description: madeDescription(changes) as SystemDescription,
});

function make(sources: string[], changes: Partial<PackageRequest> = {}): Promise<PackageAnswer> {
  const request: PackageRequest = {
    systems: [{ ...board(), sources }],
    division: 'closed',
    round: 'v1.4',
    code: join(home, 'code'),
    hookUp: null,
    memory: [],
    out: join(home, 'other'),
    program: 'Joulebench 1',
    ...changes,
  };
  return makePackage(request, {
    text,
    documents: text,
    sessions: sessionTools(appIdentity().version, text),
    personal,
  });
}

/** All files of a tree with their content. */
function contentOf(folder: string): { path: string; bytes: Buffer }[] {
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((path) => ({ path, bytes: readFileSync(join(folder, path)) }));
}

describe.skipIf(noDataReason ?? noPtyReason)('a package of a session that was really measured', () => {
  it('is made by the command line, and its audit finds nothing wrong but the runner, and the figures of the session', async () => {
    const made = await cli(
      ['package', session, '--division', 'closed', '--system', join(home, 'Board.json')].concat(
        ...['--code', join(home, 'code'), '--out', out, '--json'],
      ),
      home,
    );
    const answer = packageAnswerSchema.parse(JSON.parse(made.out));
    expect(answer.reasons).toEqual([]);
    expect(made.code).toBe(0);
    expect(answer).toMatchObject({ made: true, kind: 'validation', systems: ['Board'], organisation: 'Org' });
    expect(readFileSync(join(out, 'VALIDATION.md'), 'utf8')).toContain('cannot be submitted');
    expect(readFileSync(join(out, 'closed/Org/README.md'), 'utf8')).toContain(
      'No memory figures for kws performance, kws accuracy, kws energy',
    );
    const audited = await cli(['audit', out, '--scope', 'package', '--json', join(home, 'audit.json')], home);
    expect(audited.code).toBe(1);
    const report = auditReportSchema.parse(JSON.parse(readFileSync(join(home, 'audit.json'), 'utf8')));
    const all = [...report.runs.flatMap(({ findings }) => findings), ...report.findings];
    expect([...new Set(all.filter(({ severity }) => severity === 'E').map(({ rule }) => rule))]).toEqual(['RUN-04']);
    expect(report.runs.map(({ agrees, simulated }) => [agrees, simulated])).toEqual(Array(3).fill([true, false]));
    const figures = (mode: string) => record.runs.find(({ opened }) => opened.mode === mode)?.judged?.figures;
    const recomputed = (mode: string) => report.runs.find((run) => run.mode === mode)?.recomputed;
    expect(recomputed('accuracy')).toMatchObject({ correct: 1000, top1: figures('accuracy')?.top1 });
    expect(figures('accuracy')?.top1).toBe(1);
    // The log tells times in microseconds or milliseconds; the energy trace has steps of a nanojoule or so.
    const near = (found: number | undefined, measured: number | null | undefined, relative: number): void =>
      expect(Math.abs((found ?? Number.NaN) / (measured ?? Number.NaN) - 1)).toBeLessThan(relative);
    near(recomputed('performance')?.medianThroughputInfPerS, figures('performance')?.medianThroughputInfPerS, 1e-9);
    const energy = figures('energy')?.energy;
    near(recomputed('energy')?.medianEnergyUJPerInf, energy?.medianEnergyUJPerInf, 1e-6);
    near(recomputed('energy')?.medianThroughputInfPerS, energy?.medianThroughputInfPerS, 1e-6);
    expect(recomputed('energy')?.windows?.map(({ inferences }) => inferences)).toEqual(
      energy?.windows.map(({ inferences }) => inferences),
    );
  }, 120_000);

  it('names no person, home folder or computer anywhere, as a folder and as a zip file', async () => {
    const zip = join(home, 'other.zip');
    expect(await make([session], { out: zip })).toMatchObject({ made: true });
    const unpacked = join(home, 'unpacked');
    await unpackTree(zip, unpacked);
    const files = [...contentOf(unpacked), { path: 'other.zip', bytes: readFileSync(zip) }];
    expect(files.length).toBe(19);
    const log = readFileSync(join(unpacked, 'closed/Org/results/Board/kws/performance/log.txt'), 'utf8');
    expect(log).toContain('built by <user> on <computer>');
    expect(log).toContain('built in <home>/fw, <home>/fw and <home>/fw');
    expect(log).toMatch(/built in <home>\\work\\fw\.c and <home>\\fw/);
    for (const { path, bytes } of files) {
      const drawn = path.endsWith('.pdf') ? flatText(readPdf(bytes)) : '';
      // The text of both documents is read, or nothing could be missed in it.
      if (drawn !== '') expect(drawn).toContain(path.includes('Hookup') ? 'X-NUCLEO-LPM01A' : 'Self-certification');
      const content = `${path}\n${drawn}\n${bytes.toString('utf8')}\n${bytes.toString('latin1')}\n${bytes.toString('utf16le')}`;
      expect([path, /gret|nachtigall|Örtel|[\\/]home[\\/]|[\\/]users[\\/]|bench-of/i.exec(content)?.[0]]).toEqual([
        path,
        undefined,
      ]);
    }
  });

  it('takes a session as the zip file that the app exports, and some of its runs', async () => {
    const zip = join(home, 'Sitzung für Grete 1.zip');
    await zipSessions([session], zip);
    const zipped = await make([zip], { out: join(home, 'of zip') });
    expect(zipped).toMatchObject({ made: true, kind: 'validation' });
    expect(zipped.runs.map(({ source, run }) => [source, run])).toEqual(
      ['r1', 'r2', 'r3'].map((run) => [`${zip}/${basename(session)}`, run]),
    );
    const some = await make([`${session}#r1,r2`], { out: join(home, 'some') });
    expect(some).toMatchObject({ made: true });
    expect(some.files.some((file) => file.includes('/energy/') || file.includes('Hookup'))).toBe(false);
    await expect(make([session, `${session}#r2`])).rejects.toMatchObject({
      code: 'package.twice',
      facts: { first: `${session}#r2`, second: `${session}#r2` },
    });
    await expect(make([`${session}#r9`])).rejects.toMatchObject({ code: 'package.noRun', facts: { run: 'r9' } });
  });

  it('holds several systems of one organisation, which are judged together', async () => {
    const two = (second: PackageSystem, sources: string[] = [session]): Partial<PackageRequest> => ({
      systems: [
        { ...board('Board-A'), sources: [`${session}#r1,r2`] },
        { ...second, sources },
      ],
      out: join(home, 'two'),
    });
    const other = board('Board-B', { 'Board Name': 'B' });
    await expect(make([], two(board('board-a')))).rejects.toMatchObject({ code: 'package.sameSystem' });
    await expect(make([], two(board('Board-B', { Submitter: 'Other' })))).rejects.toMatchObject({
      code: 'package.submitters',
    });
    await expect(make([], two(other, []))).rejects.toMatchObject({ code: 'package.nothingOf' });
    const alike = await make([], two(board('Board-B')));
    expect(alike.remarks.map(({ rule }) => rule)).toContain('CAT-04');
    rmSync(join(home, 'two'), { recursive: true });
    const made = await make([], two(other));
    expect(made).toMatchObject({ made: true, systems: ['Board-A', 'Board-B'] });
    expect(made.remarks.map(({ rule }) => rule)).not.toContain('CAT-04');
    expect(made.published.map(({ system, energyUJPerInf }) => [system, energyUJPerInf === null])).toEqual([
      ['Board-A', true],
      ['Board-B', false],
    ]);
    expect(readdirSync(join(home, 'two/closed/Org/results')).sort()).toEqual(['Board-A', 'Board-B']);
    const readMe = readFileSync(join(home, 'two/closed/Org/README.md'), 'utf8');
    expect(readMe).toContain('2 systems: Board-A, Board-B');
    expect(readMe).toContain('Board-A kws performance');
  });

  it('is not made of a session that was changed or never ended, and leaves nothing of what was begun', async () => {
    const broken = join(home, 'broken');
    cpSync(session, broken, { recursive: true });
    const journal = readFileSync(join(broken, 'journal.jsonl'), 'utf8');
    writeFileSync(join(broken, 'journal.jsonl'), journal.replace('"inputIndex":3', '"inputIndex":4'));
    await expect(make([broken])).rejects.toMatchObject({ code: 'package.doesNotHold' });
    const lines = journal.split('\n');
    writeFileSync(join(broken, 'journal.jsonl'), `${lines.slice(0, 30).join('\n')}\n`);
    rmSync(join(broken, 'manifest.json'));
    await expect(make([broken])).rejects.toMatchObject({ code: 'package.notCompleted', facts: { run: 'r2' } });
    // Nothing is written over, and a place that cannot be written to leaves no draft.
    await expect(make([session], { out })).rejects.toMatchObject({ code: 'package.badOut' });
    await expect(make([session], { out: join(home, 'Board.json', 'out') })).rejects.toMatchObject({
      code: expect.stringMatching(/^store\./) as string,
    });
    writeFileSync(join(home, 'junk.zip'), 'PK junk');
    await expect(make([join(home, 'junk.zip')])).rejects.toMatchObject({ code: 'import.notAZip' });
    expect(readdirSync(home).filter((name) => name.startsWith('.') || name === 'other')).toEqual([]);
  });
});
