import { appendFileSync, cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSigner, takeSignatures, verifySession } from '../../../src/main/archive/index.ts';
import type { SignDependencies, SignRequest } from '../../../src/main/archive/index.ts';
import type { SessionView } from '../../../src/main/report/index.ts';
import { createKeyRing } from '../../../src/main/signing/index.ts';
import { hashFiles, readManifest, sealSession } from '../../../src/main/store/index.ts';
import { createText } from '../../../src/shared/text/index.ts';

const fixture = resolve(import.meta.dirname, '../../fixtures/sessions/format-1');
const app = { name: 'Joulebench', version: '0.1.0' };
const files = [
  'journal.jsonl',
  'report-SIMULATED.pdf',
  ...['log.txt', 'results.json', 'results.txt', 'script.async', 'windows.csv'].map(
    (name) => `runs/r1-demo01-performance/${name}`,
  ),
  ...['inputs.csv', 'log.txt', 'results.json', 'results.txt', 'script.async'].map(
    (name) => `runs/r2-demo01-accuracy/${name}`,
  ),
];

describe('signing a session', () => {
  let home: string;
  let folder: string;
  let rendered: SessionView[];
  let dependencies: SignDependencies;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'jb-sign-'));
    folder = join(home, 'session');
    cpSync(fixture, folder, { recursive: true });
    rendered = [];
    const epochMs = (): number => Date.UTC(2026, 4, 6, 7, 8, 9);
    dependencies = {
      app,
      keys: createKeyRing({ folder: join(home, 'keys'), epochMs }),
      render: (view) => {
        rendered.push(view);
        return Promise.resolve(Buffer.from(`report with ${view.signatures?.length} signatures`));
      },
      paper: () => 'A4',
      text: () => createText(),
      epochMs,
    };
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const sign = (change: Partial<SignRequest> = {}) =>
    createSigner(dependencies)({ folder, role: 'operator', name: 'Ada', remark: '', ...change });
  const problems = async (): Promise<string[]> =>
    (await verifySession(folder, app.version)).problems.map(({ key, values }) =>
      [key, values['path'] ?? values['name']].filter(Boolean).join(' '),
    );

  it('leaves the seal as it is and shows operator and reviewer on a report of its own', async () => {
    const before = await hashFiles(folder);
    await sign({ remark: 'Board cooled for an hour.' });
    const { signature, sameKey, report } = await sign({ role: 'reviewer', name: 'Bo' });
    expect(sameKey).toBe(false);
    expect(report).toBe(join(folder, 'report-signed-SIMULATED.pdf'));
    expect(signature).toMatchObject({ statement: 'I reviewed this.', keyKeeping: 'memory', holds: true });
    expect(await hashFiles(folder)).toEqual(before);
    expect(rendered.at(-1)?.signatures?.map(({ role, name }) => `${role} ${name}`)).toEqual([
      'operator Ada',
      'reviewer Bo',
    ]);
    const result = await verifySession(folder, app.version);
    expect(result).toMatchObject({ holds: true, problems: [] });
    expect(result.signatures.map(({ view }) => [view.name, view.remark, view.holds])).toEqual([
      ['Ada', 'Board cooled for an hour.', true],
      ['Bo', '', true],
    ]);
  });

  it.each(files)('does not hold any more once %s is changed, and says so', async (path) => {
    await sign();
    const full = join(folder, path);
    const bytes = readFileSync(full);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 2) ^ 1, bytes.length - 2);
    writeFileSync(full, bytes);
    const result = await verifySession(folder, app.version);
    expect(result.holds).toBe(false);
    expect(result.signatures[0]?.view.holds).toBe(false);
    expect(await problems()).toContain(`signatureFileChanged ${path}`);
  });

  it('names files that came, went or changed even where somebody sealed the session anew', async () => {
    await sign();
    const [first = '', second = ''] = files.slice(2);
    appendFileSync(join(folder, first), 'x');
    renameSync(join(folder, second), join(folder, 'other.txt'));
    const manifest = await readManifest(folder);
    if (!manifest) throw new Error('no manifest');
    const { files: _files, format: _format, ...head } = manifest;
    await sealSession(folder, head);
    expect(await problems()).toEqual(
      expect.arrayContaining([
        `signatureFileChanged ${first}`,
        `signatureFileMissing ${second}`,
        'signatureFileAdded other.txt',
        'signatureSealChanged Ada',
      ]),
    );
  });

  it('is forged when what it says is changed, or comes from another session', async () => {
    await sign();
    const path = join(folder, 'signatures.json');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replaceAll('"Ada"', '"Eve"'));
    expect(await problems()).toEqual(expect.arrayContaining(['signatureForged Eve']));
    writeFileSync(path, text.replace('"format": 1', '"format": 9'));
    expect(await problems()).toContain('signaturesUnreadable');
  });

  it('shows a signed report that was changed, removed, or put there by nobody', async () => {
    await sign();
    const path = join(folder, 'report-signed-SIMULATED.pdf');
    appendFileSync(path, '%');
    expect(await problems()).toEqual(['signedReportChanged report-signed-SIMULATED.pdf']);
    rmSync(path);
    expect(await problems()).toEqual(['signedReportMissing report-signed-SIMULATED.pdf']);
    writeFileSync(path, 'x');
    rmSync(join(folder, 'signatures.json'));
    expect(await problems()).toEqual(['fileAdded report-signed-SIMULATED.pdf']);
  });

  it('keeps the signature where its report cannot be made', async () => {
    dependencies.render = () => Promise.reject(new Error('no report'));
    await expect(sign()).rejects.toThrow('no report');
    const result = await verifySession(folder, app.version);
    expect(result.holds).toBe(true);
    expect(result.problems).toMatchObject([{ key: 'signedReportMissing', remark: true }]);
    expect(result.signatures).toHaveLength(1);
  });

  it('says when both roles are one key or one name', async () => {
    await sign();
    expect((await sign({ role: 'reviewer' })).sameKey).toBe(true);
    expect(await problems()).toEqual(['signatureSameKey']);
    expect((await verifySession(folder, app.version)).holds).toBe(true);
  });

  it('refuses a role that is signed, unless the signature is replaced or does not hold', async () => {
    await sign();
    await expect(sign({ name: 'Bo' })).rejects.toMatchObject({ code: 'signing.roleSigned', facts: { name: 'Ada' } });
    await sign({ name: 'Bo', replace: true });
    const path = join(folder, 'signatures.json');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('"Bo"', '"Eve"'));
    await sign({ name: 'Ada' });
    expect((await verifySession(folder, app.version)).signatures.map(({ view }) => view.name)).toEqual(['Ada']);
  });

  it('refuses a session that does not hold or was not finished', async () => {
    appendFileSync(join(folder, files[2] ?? ''), 'x');
    await expect(sign()).rejects.toMatchObject({ code: 'signing.doesNotHold' });
    rmSync(join(folder, 'manifest.json'));
    await expect(sign()).rejects.toMatchObject({ code: 'signing.notClosed' });
  });

  describe('on two computers', () => {
    let other: string;
    beforeEach(() => {
      other = join(home, 'other');
      cpSync(folder, other, { recursive: true });
    });
    const names = async (): Promise<string[]> =>
      (await verifySession(folder, app.version)).signatures.map(({ view }) => view.name);

    it('brings the reviewer’s signature and the report with both back', async () => {
      await sign();
      cpSync(folder, other, { recursive: true });
      await sign({ folder: other, role: 'reviewer', name: 'Bo' });
      expect(await takeSignatures(folder, other)).toBe(true);
      expect(await names()).toEqual(['Ada', 'Bo']);
      expect(await problems()).toEqual([]);
      expect(await takeSignatures(folder, other)).toBe(false);
    });

    it('brings both together where each signed alone; their report has to be made anew', async () => {
      await sign();
      await sign({ folder: other, role: 'reviewer', name: 'Bo' });
      expect(await takeSignatures(folder, other)).toBe(true);
      expect(await names()).toEqual(['Ada', 'Bo']);
      const result = await verifySession(folder, app.version);
      expect(result.problems).toMatchObject([{ key: 'signedReportMissing', remark: true }]);
    });

    it('takes nothing that does not hold, and no role that is signed here', async () => {
      await sign({ folder: other, name: 'Bo' });
      const path = join(other, 'signatures.json');
      const text = readFileSync(path, 'utf8');
      writeFileSync(path, text.replaceAll('"Bo"', '"Eve"'));
      expect(await takeSignatures(folder, other)).toBe(false);
      writeFileSync(path, text);
      await sign();
      expect(await takeSignatures(folder, other)).toBe(false);
      expect(await names()).toEqual(['Ada']);
    });
  });

  it('loses neither of two signatures that are made at the same moment', async () => {
    const signer = createSigner(dependencies);
    const both = { folder, remark: '' };
    await Promise.all([
      signer({ ...both, role: 'operator', name: 'Ada' }),
      signer({ ...both, role: 'reviewer', name: 'Bo' }),
    ]);
    expect((await verifySession(folder, app.version)).signatures.map(({ view }) => view.name)).toEqual(['Ada', 'Bo']);
  });
});
