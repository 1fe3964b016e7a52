import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { listPackage } from '@electron/asar';
import type { Configuration } from 'electron-builder';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { appId } from '../../../src/main/desktop/start.ts';
import { projectRoot } from '../../support/electron/build.ts';
import { builderConfiguration, fuseSentinel, packForLinux } from '../../support/electron/pack.ts';
import type { Packed } from '../../support/electron/pack.ts';
import { mainEntries } from '../../../electron.vite.config.ts';

vi.mock('electron', async () => import('../../support/electron/message-port.ts'));

const require = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const library = dirname(require.resolve('app-builder-lib/package.json'));

describe('electron-builder.json', () => {
  interface Validator {
    validateConfiguration(config: object, logger: { isEnabled: boolean }): Promise<void>;
  }
  const { validateConfiguration } = require(join(library, 'out/util/config/config.js')) as Validator;

  it('is what electron-builder’s schema accepts', async () => {
    await expect(validateConfiguration(await builderConfiguration(), { isEnabled: false })).resolves.toBeUndefined();
  });

  it('would be refused with a misspelt key', async () => {
    const config = { ...(await builderConfiguration()), artefactName: 'x' };
    await expect(validateConfiguration(config, { isEnabled: false })).rejects.toThrow(
      /unknown property 'artefactName'/,
    );
  });

  it('makes an AppImage and a deb, an installer for Windows, an image and an archive for macOS', async () => {
    const { linux, win, mac } = (await builderConfiguration()) as Record<'linux' | 'win' | 'mac', { target: string[] }>;
    expect([linux.target, win.target, mac.target]).toEqual([['AppImage', 'deb'], ['nsis'], ['dmg', 'zip']]);
  });

  it('sets every fuse that makes the program safer', async () => {
    expect((await builderConfiguration()).electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('names the app as the program names itself', async () => {
    expect((await builderConfiguration()).appId).toBe(appId);
  });

  it('gives no platform a file list of its own: with exclusions only, such a list packs the whole checkout', async () => {
    const config = (await builderConfiguration()) as Configuration & Record<string, { files?: unknown }>;
    for (const platform of ['linux', 'win', 'mac']) expect(config[platform]?.files).toBeUndefined();
  });

  it.each(['after-install', 'after-remove'])('keeps electron-builder’s own %s script whole', async (name) => {
    const [template, ours] = await Promise.all([
      readFile(join(library, 'templates', 'linux', `${name}.tpl`), 'utf8'),
      readFile(join(projectRoot, 'resources', 'linux', `${name}.sh`), 'utf8'),
    ]);
    expect(ours).toContain(template.replace(/^#!.*\n/, '').trim());
    expect(ours).toContain('udevadm control --reload');
    expect(
      [...ours.matchAll(/\$\{(\w+)\}/g)]
        .map((match) => match[1])
        .sort()
        .filter((each, index, all) => each !== all[index - 1]),
    ).toEqual(['executable', 'sanitizedProductName']);
  });

  it('installs udev rules whose number is below 73', async () => {
    const { deb } = await builderConfiguration();
    expect(deb?.fpm).toEqual(['resources/linux/70-joulebench.rules=/usr/lib/udev/rules.d/70-joulebench.rules']);
    const rules = await readFile(join(projectRoot, 'resources', 'linux', '70-joulebench.rules'), 'utf8');
    for (const ids of ['0483', '1915', '16d0', '0d28', '2e8a', '1366'])
      expect(rules).toContain(`ATTRS{idVendor}=="${ids}"`);
    expect(rules).toContain('TAG+="uaccess", GROUP="dialout", MODE="0660"');
    const labels = (word: string): string[] =>
      [...rules.matchAll(new RegExp(`${word}="(\\w+)"`, 'g'))].map((match) => match[1] ?? '');
    expect(new Set(labels('GOTO'))).toEqual(new Set(labels('LABEL')));
  });
});

describe('a packed app', () => {
  let packed: Packed;
  let archive: string[];

  beforeAll(async () => {
    packed = await packForLinux();
    archive = listPackage(join(packed.folder, 'resources', 'app.asar'), { isPack: false }).map((path) =>
      path.replaceAll('\\', '/'),
    );
  }, 120_000);

  afterAll(() => packed.dispose());

  it('holds the build, package.json and what the build imports, and nothing else', () => {
    expect(new Set(archive.map((path) => path.split('/')[1]))).toEqual(
      new Set(['node_modules', 'out', 'package.json']),
    );
    expect(archive.filter((path) => path.endsWith('.map') || path.endsWith('.tsbuildinfo'))).toEqual([]);
    expect(archive).toContain('/out/preload/index.cjs');
    expect(archive).toContain('/out/renderer/index.html');
    for (const entry of Object.keys(mainEntries)) expect(archive).toContain(`/out/main/${entry}.js`);
    for (const name of ['electron', 'vitest', 'typescript', 'vite'])
      expect(archive).not.toContain(`/node_modules/${name}`);
  });

  it('has serialport’s native parts beside the archive, for this platform only', async () => {
    const prebuilds = join(
      packed.folder,
      'resources/app.asar.unpacked/node_modules/@serialport/bindings-cpp/prebuilds',
    );
    const platforms = await readdir(prebuilds);
    expect(platforms).toContain('linux-x64');
    expect(platforms.filter((name) => !name.startsWith('linux-'))).toEqual([]);
    expect(
      (await readdir(join(prebuilds, 'linux-x64'))).filter((name) => name.endsWith('.node')).length,
    ).toBeGreaterThan(0);
    expect(archive.some((path) => path.endsWith('/node_modules/serialport/package.json'))).toBe(true);
  });

  it('has what foreign programs read outside the archive', async () => {
    const found = await readdir(join(packed.folder, 'resources', 'jb'), { recursive: true });
    const given = await readdir(join(projectRoot, 'resources'), { recursive: true });
    expect(found).toContain('linux/70-joulebench.rules');
    expect(found.filter((path) => path.startsWith('firmware/')).length).toBe(
      given.filter((path) => path.startsWith('firmware/')).length,
    );
  });

  it('has its fuses set', async () => {
    const program = await readFile(join(packed.folder, 'joulebench'), 'latin1');
    const start = program.indexOf(fuseSentinel) + fuseSentinel.length + 2;
    // runAsNode, cookies, NODE_OPTIONS, --inspect, integrity, only the archive, snapshot, file:// rights, wasm trap handlers
    expect(program.slice(start, start + 8)).toBe('00001100');
  });

  it('imports Electron in the desktop entry only', async () => {
    const folder = join(packed.folder, '..', '..', 'out', 'main');
    const importing: string[] = [];
    for (const name of await readdir(folder)) {
      const text = await readFile(join(folder, name), 'utf8');
      if (/(?:from|import|require\()\s*["'`]electron(?:\/\w+)?["'`]/.test(text)) importing.push(name);
      expect([name, /["'`][^"'`]*\.ts["'`]\s*,\s*import\.meta\.url/.test(text)]).toEqual([name, false]);
    }
    expect(importing).toEqual(['index.js']);
  });
});

describe('worker threads', () => {
  it('have an entry each under the name by which they are asked for', async () => {
    const main = join(projectRoot, 'src', 'main');
    const files = (await readdir(main, { recursive: true })).filter((path) => path.endsWith('.ts'));
    const asked = new Set<string>();
    for (const file of files) {
      for (const match of (await readFile(join(main, file), 'utf8')).matchAll(/workerUrl\('([\w-]+)'/g))
        asked.add(match[1] ?? '');
    }
    expect(asked.size).toBeGreaterThan(0);
    for (const name of asked) expect(Object.keys(mainEntries)).toContain(name);
  });
});
