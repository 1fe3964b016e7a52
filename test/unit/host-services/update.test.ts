import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  compareVersions,
  fitsPlatform,
  installerKind,
  parseUpdateDescription,
} from '../../../src/main/host-services/update/description.ts';
import { checkUpdate } from '../../../src/main/host-services/update/index.ts';

const content = Buffer.from('an installer');
const sha512 = createHash('sha512').update(content).digest('base64');

/** As electron-builder 26 writes it. */
const description = (names: readonly string[], hash = sha512, size: number | string = content.length): string =>
  [
    'version: 1.3.0',
    'files:',
    ...names.flatMap((name) => [`  - url: ${name}`, `    sha512: ${hash}`, `    size: ${size}`]),
    `path: ${names[0] ?? ''}`,
    `sha512: ${hash}`,
    "releaseDate: '2026-11-24T10:00:00.000Z'",
    '',
  ].join('\n');

describe('an update that was carried here', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'joulebench test '));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const put = (name: string, data: string | Buffer): Promise<void> => writeFile(join(folder, name), data);
  const check = (platform: NodeJS.Platform, currentVersion = '1.2.9') =>
    checkUpdate(join(folder, 'latest.yml'), { currentVersion, platform });

  it('is checked by size and hash, and the installer of this system is chosen', async () => {
    const names = [
      'joulebench-1.3.0-linux-x64.AppImage',
      'joulebench-1.3.0-linux-x64.deb',
      'joulebench-1.3.0-win-x64.exe',
    ];
    await put('latest.yml', description(names));
    for (const name of names) await put(name, content);
    expect(await check('linux')).toMatchObject({ version: '1.3.0', comparison: 'newer', kind: 'appimage', fits: true });
    expect(await check('win32', '1.3.0')).toMatchObject({ kind: 'nsis', comparison: 'same', fits: true });
    expect(await check('darwin', '2.0.0')).toMatchObject({ comparison: 'older', fits: false });
    await rm(join(folder, names[0]!));
    const deb = await check('linux');
    expect(deb).toMatchObject({ kind: 'deb', installer: join(folder, names[1]!) });
    expect(deb.command).toBe(`sudo apt install "${join(folder, names[1]!)}"`);
  });

  it('is refused when anything is not as described', async () => {
    await expect(check('linux')).rejects.toMatchObject({ code: 'update.descriptionBad', facts: { reason: 'ENOENT' } });
    await put('latest.yml', description(['a.AppImage']));
    await expect(check('linux')).rejects.toMatchObject({ code: 'update.installerMissing' });
    await put('a.AppImage', 'another one!');
    await expect(check('linux')).rejects.toMatchObject({
      code: 'update.installerDamaged',
      facts: { reason: 'SHA-512' },
    });
    await put('a.AppImage', 'short');
    await expect(check('linux')).rejects.toMatchObject({
      code: 'update.installerDamaged',
      facts: { reason: '5 != 12 B' },
    });
    await put('latest.yml', `# ${'x'.repeat(70_000)}\n${description(['a.AppImage'])}`);
    await expect(check('linux')).rejects.toMatchObject({ code: 'update.descriptionBad' });
  });

  it.each([
    ['a path out of the folder', description(['../evil.AppImage'])],
    ['a Windows path', description(['C:\\evil.exe'])],
    ['a hidden file', description(['.bashrc'])],
    ['a web address', description(['https://updates.invalid/a.AppImage'])],
    ['a hash of another length', description(['a.AppImage'], 'AAAA')],
    ['a size that is none', description(['a.AppImage'], sha512, '-3')],
    ['no file', 'version: 1.3.0\nfiles: []\n'],
    ['another version', description(['a.AppImage']).replace('1.3.0', 'latest')],
    ['an alias bomb', 'a: &a [x, x]\nb: &b [*a, *a]\nversion: 1.0.0\nfiles: *b\n'],
    ['no YAML', '{{{'],
    ['nothing', ''],
  ])('is refused with %s', (_what, text) => {
    expect(parseUpdateDescription(text)).toHaveProperty('problem');
  });

  it('never throws at any description', () => {
    const valid = description(['a.AppImage', 'b.deb']);
    fc.assert(
      fc.property(fc.nat(valid.length), fc.nat(20), fc.string({ maxLength: 20 }), (at, cut, put) => {
        const result = parseUpdateDescription(valid.slice(0, at) + put + valid.slice(at + cut));
        return 'problem' in result || /^\d+\.\d+\.\d+/.test(result.version);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('versions and installers', () => {
  it.each([
    ['1.2.3', '1.2.3', 0],
    ['1.10.0', '1.9.9', 1],
    ['0.9.9', '1.0.0', -1],
    ['1.0.0-beta.2', '1.0.0', -1],
    ['1.0.0', '1.0.0-rc.1', 1],
    ['1.0.0-beta.1', '1.0.0-beta.2', -1],
    ['1.0.0+build', '1.0.0', 0],
  ])('%s against %s', (one, other, expected) => {
    expect(compareVersions(one, other)).toBe(expected);
  });

  it('know their systems', () => {
    expect(installerKind('joulebench-1.0.0-linux-x64.AppImage')).toBe('appimage');
    expect(installerKind('joulebench-1.0.0-win-x64.EXE')).toBe('nsis');
    expect(installerKind('README')).toBe('unknown');
    expect(fitsPlatform('nsis', 'win32')).toBe(true);
    expect(fitsPlatform('nsis', 'linux')).toBe(false);
    expect(fitsPlatform('dmg', 'darwin')).toBe(true);
    expect(fitsPlatform('unknown', 'darwin')).toBe(false);
  });
});
