import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sessionTools } from '../../../src/main/archive/index.ts';
import { auditReport, auditTree, makePackage, openSource } from '../../../src/main/audit/index.ts';
import type { PackageRequest } from '../../../src/main/audit/index.ts';
import type { PackageAnswer } from '../../../src/shared/domain/package.ts';
import type { SystemDescription } from '../../../src/shared/domain/system-description.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { madeDescription } from '../../support/audit/system-description.ts';
import { dataPath, noDataReason } from '../../support/data.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jb-package-'));
  const files = { 'code/ic/README.md': 'Build with make, flash main.bin.\n', 'code/ic/model.tflite': 'x' };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function make(source: string, round: string, changes: Partial<PackageRequest> = {}): Promise<PackageAnswer> {
  const text = createText();
  const request: PackageRequest = {
    systems: [{ system: 'Board-1', description: madeDescription() as SystemDescription, sources: [source] }],
    division: 'closed',
    round,
    code: join(root, 'code'),
    hookUp: null,
    memory: [],
    out: join(root, 'out'),
    program: 'Joulebench 1',
    ...changes,
  };
  return makePackage(request, {
    text,
    documents: text,
    sessions: sessionTools('1', text),
    personal: { home: '/home/ada', user: 'ada', computer: 'bench-7' },
  });
}

const older = ['submissions', 'v1.1', 'closed', 'bosch', 'results', 'NUCLEO_L4R5ZI', 'ic'];
const newer = ['submissions', 'v1.3', 'closed', 'STMicroelectronics', 'results', 'NUCLEO_U3C5ZIT6_Q', 'ic'];

describe.skipIf(noDataReason)('packages of published runs', () => {
  it.each([
    ['the older runner', 'v1.1', older],
    ['the current runner', 'v1.3', newer],
  ])('of %s are official, pass the audit and hold its files unchanged', async (_name, round, place) => {
    const source = dataPath(...place);
    const answer = await make(source, round);
    expect(answer.reasons).toEqual([]);
    expect(answer).toMatchObject({ made: true, kind: 'official', organisation: 'Org' });
    for (const mode of ['performance', 'accuracy']) {
      const copied = join(root, 'out/closed/Org/results/Board-1/ic', mode);
      expect(readdirSync(copied).sort()).toEqual(readdirSync(join(source, mode)).sort());
      for (const name of readdirSync(copied))
        expect(readFileSync(join(copied, name)).equals(readFileSync(join(source, mode, name)))).toBe(true);
    }
    const tree = await openSource({ kind: 'folder', path: join(root, 'out') });
    const report = auditReport(await auditTree(tree, { scope: 'package', round }), createText(), 'test');
    expect(report.counts).toMatchObject({ runs: 2, agree: 2, E: 0 });
    // The published logs name somebody's home folder; they are not ours to change.
    const findings = report.findings.filter(({ rule }) => rule !== 'PKG-16');
    // Of the declarations nobody has answered one: a remark, and no more. The older pair of runs gave other results in its two modes.
    const sameCode = round === 'v1.1' ? 'DIV-04 W' : 'DIV-04 I';
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      'DIV-01 I',
      'DIV-02 I',
      sameCode,
      'DIV-05 I',
      'CAT-01 I',
    ]);
    expect(readdirSync(root).sort()).toEqual(['code', 'out']);
  });

  it('are validation packages where the round does not allow the runner', async () => {
    const answer = await make(dataPath(...older), 'v1.4');
    expect(answer).toMatchObject({ made: true, kind: 'validation' });
    expect(readFileSync(join(root, 'out/VALIDATION.md'), 'utf8')).toContain('cannot be submitted');
    expect(answer.files.some((file) => file.endsWith('EEMBC_RUNNER'))).toBe(false);
  });

  it('of logs that Joulebench wrote are validation packages without names, also as zip', async () => {
    cpSync(dataPath(...older), join(root, 'ic'), { recursive: true });
    for (const mode of ['performance', 'accuracy']) {
      const log = join(root, 'ic', mode, 'log.txt');
      const own = '00000.000 session: m-joulebench-version[0.1.0]\n00000.000 session: /home/ada/sessions/s1\n';
      writeFileSync(log, `${own}${readFileSync(log, 'utf8')}`);
    }
    const out = join(root, 'out.zip');
    const answer = await make(join(root, 'ic'), 'v1.1', { out });
    expect(answer.reasons).toEqual([]);
    expect(answer).toMatchObject({ made: true, kind: 'validation', path: out });
    const entries = await new ZipReader(new BlobReader(new Blob([readFileSync(out)]))).getEntries();
    expect(entries.map(({ filename }) => filename)).toEqual(answer.files);
    const log = entries.find(({ filename }) => filename.endsWith('ic/performance/log.txt'));
    if (!log || log.directory) throw new Error('no log');
    expect((await log.getData(new TextWriter())).split('\n')[1]).toBe('00000.000 session: <home>/sessions/s1');
    expect(readdirSync(root).sort()).toEqual(['code', 'ic', 'out.zip']);
  });

  it('are refused where a window is too short', async () => {
    const source = dataPath('submissions', 'v0.7', 'closed', 'renesas', 'results', 'EK-RA6M4');
    const answer = await make(source, 'v0.7');
    expect(answer.made).toBe(false);
    expect(answer.reasons.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['NRG-02', 'RUN-01']));
    expect(readdirSync(root)).toEqual(['code']);
  });
});
