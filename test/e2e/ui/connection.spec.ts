import { test as bare } from '@playwright/test';
import { serveApp } from '../../support/serve.ts';
import { expect, runTimeoutMs, startDemoRun } from './app.ts';

bare('a host that is gone is said, and the last state stays on the screen', async ({ page }) => {
  bare.setTimeout(300_000);
  const served = await serveApp({ settings: { screenPace: 10 } });
  await page.goto(served.url);
  await startDemoRun(page);
  await expect(page.getByText('Confusion matrix')).toBeVisible({ timeout: runTimeoutMs });
  await served.kill();
  await expect(page.getByText(/The connection to the host is lost/)).toBeVisible();
  await expect(page.getByText('Confusion matrix')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Connect now' })).toBeVisible();
});
