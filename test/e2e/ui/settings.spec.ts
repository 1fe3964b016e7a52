import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, goTo, test } from './app.ts';

test.use({ appSettings: { screenPace: 'max', operator: 'Grace Hopper', theme: 'dark' } });

test('settings: contrast, diagnostics without names, an update from a file', async ({ app }) => {
  const folder = await mkdtemp(join(tmpdir(), 'joulebench-test-'));
  await goTo(app, 'Settings');
  const ground = () => app.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await ground();
  await app.getByLabel('Contrast').selectOption('High');
  await expect.poll(ground).toBe('rgb(0, 0, 0)');
  await app.getByLabel('Contrast').selectOption('Like the system');
  await expect.poll(ground).toBe(before);

  const [download] = await Promise.all([
    app.waitForEvent('download'),
    app.getByRole('button', { name: 'Save diagnostics' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^joulebench-diagnostics-[\d-]+\.txt$/);
  await download.saveAs(join(folder, 'diagnostics.txt'));
  const text = await readFile(join(folder, 'diagnostics.txt'), 'utf8');
  expect(text).toContain('"carrier": "browser"');
  expect(text).not.toMatch(/Grace|Hopper/);

  const content = 'an installer';
  const hash = createHash('sha512').update(content).digest('base64');
  const file = join(folder, 'latest-linux.yml');
  await writeFile(file, `version: 9.0.0\nfiles:\n  - url: joulebench.deb\n    sha512: ${hash}\n    size: 12\n`);
  const field = app.getByLabel('Description of the update');
  await field.fill(file);
  await field.blur();
  await expect(app.getByRole('heading', { name: /installer is not beside its description/ })).toBeVisible();
  await writeFile(join(folder, 'joulebench.deb'), content);
  await field.fill(`${file} `);
  await field.blur();
  await expect(app.getByText('Version 9.0.0 is newer')).toBeVisible();
  if (process.platform === 'linux') await expect(app.getByText(/^sudo apt install "/)).toBeVisible();
  await rm(folder, { recursive: true, force: true });
});
