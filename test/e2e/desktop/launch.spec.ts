import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, expect, test } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { electronBinary } from '../../../src/main/desktop/launch/electron-binary.ts';

const root = resolve(import.meta.dirname, '..', '..', '..');
const packageFolder = join(root, 'node_modules', 'electron');
const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
const executablePath = electronBinary({
  platform: process.platform,
  env: process.env,
  packageFolder,
  version,
  read: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
  exists: existsSync,
});
const skipped = `skipped: Electron ${version} is not in node_modules/electron/dist`;

test.describe('the desktop app in real Electron', () => {
  test.skip(executablePath === undefined, skipped);
  if (executablePath === undefined) process.stdout.write(`${skipped}\n`);

  let app: ElectronApplication;
  let page: Page;
  let home: string;
  const violations: string[] = [];

  test.beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'jb-desktop-'));
    app = await _electron.launch({
      executablePath: executablePath ?? '',
      args: ['.'],
      cwd: root,
      chromiumSandbox: process.getuid?.() !== 0,
      env: { ...(process.env as Record<string, string>), JOULEBENCH_HOME: home },
    });
    page = await app.firstWindow();
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) violations.push(message.text());
    });
  });

  test.afterAll(async () => {
    await app.close();
    await rm(home, { recursive: true, force: true });
  });

  test('shows its page, joined to the host, within its policy', async () => {
    // Once more, with the console listened to from the start.
    await page.reload();
    expect(await page.evaluate(() => location.origin)).toBe('app://joulebench');
    await expect(page.locator('#app > *').first()).toBeVisible();
    expect(violations).toEqual([]);
    const versions = await app.evaluate(() => process.versions);
    process.stdout.write(`electron ${versions['electron']}, chrome ${versions['chrome']}, node ${versions.node}\n`);
  });

  test('offers the page its bridge and nothing of Node', async () => {
    const seen = await page.evaluate(() => ({
      bridge: Object.keys((window as unknown as { joulebench: object }).joulebench).sort(),
      node: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer'].filter((name) => name in window),
    }));
    expect(seen).toEqual({ bridge: ['connect', 'desktop', 'pathForFile', 'platform', 'version'], node: [] });
  });

  test('opens no window, leaves for no address, loads nothing from elsewhere', async () => {
    expect(await page.evaluate(() => window.open('https://example.invalid/') === null)).toBe(true);
    await page.evaluate(() => {
      location.href = 'https://example.invalid/';
    });
    expect(await page.evaluate(() => location.origin)).toBe('app://joulebench');
    expect(
      await page.evaluate(() =>
        fetch('https://example.invalid/').then(
          () => 'loaded',
          () => 'refused',
        ),
      ),
    ).toBe('refused');
    expect(
      await page.evaluate(() => navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)),
    ).toBe('denied');
    expect(app.windows()).toHaveLength(1);
  });

  test('finds its way back to the host after a reload', async () => {
    for (let load = 0; load < 2; load += 1) {
      await page.reload();
      await expect(page.locator('#app > *').first()).toBeVisible();
    }
  });

  test('keeps its files under its own folder', () => {
    expect(existsSync(join(home, 'config', 'window'))).toBe(true);
  });
});
