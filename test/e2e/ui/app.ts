import { test as base, expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { serveApp } from '../../support/serve.ts';
import type { ServedApp } from '../../support/serve.ts';

/** A whole run takes seconds on an idle computer and minutes on a busy one: nothing here is about speed. */
const testTimeoutMs = 300_000;
export const runTimeoutMs = 200_000;

interface Fixtures {
  /** Settings that the served app starts with. */
  appSettings: Record<string, unknown>;
  /** `joulebench serve` of this test alone; ended afterwards. */
  served: ServedApp;
  /** The page of the first window, opened with the one-time address. Whatever it says on its console fails the test. */
  app: Page;
}

export const test = base.extend<Fixtures>({
  appSettings: [{ screenPace: 'max' }, { option: true }],
  served: async ({ appSettings }, use, testInfo) => {
    testInfo.setTimeout(testTimeoutMs);
    const served = await serveApp({ settings: appSettings });
    await use(served);
    await served.stop();
  },
  app: async ({ page, served }, use) => {
    const complaints: string[] = [];
    listen(page, complaints);
    await page.goto(served.url);
    await expect(page.getByRole('heading', { level: 1, name: 'Bench' })).toBeVisible();
    // Until the host has answered, nothing can be opened and the button is shown as disabled.
    await expect(page.getByRole('button', { name: 'Open the virtual bench' })).toBeEnabled({ timeout: 30_000 });
    await use(page);
    expect(complaints).toEqual([]);
  },
});

export { expect };

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
}

/** From the bench page to the prepared demo run. */
export async function prepareRun(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the virtual bench' }).click();
  await page.getByRole('button', { name: 'Go to the demo run' }).click();
  await expect(page.getByRole('button', { name: 'Start all three runs' })).toBeEnabled();
}

/** From the bench page to a finished energy run, with nothing beside it. */
export async function runEnergyOnly(page: Page): Promise<void> {
  await prepareRun(page);
  await page.getByLabel('Performance', { exact: true }).uncheck();
  await page.getByLabel('Accuracy', { exact: true }).uncheck();
  await page.getByRole('button', { name: 'Start the energy run' }).click();
  await runEnded(page);
}

/** A step of the guided run by its name. */
export function stepButton(page: Page, name: string): Locator {
  return page.getByRole('navigation', { name: 'Steps of the run' }).getByRole('button', { name });
}

/** From the bench page to a run under way: three clicks. */
export async function startDemoRun(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the virtual bench' }).click();
  await page.getByRole('button', { name: 'Go to the demo run' }).click();
  await page.getByRole('button', { name: 'Start all three runs' }).click();
}

/** The verdict of the whole run is on the screen. */
export async function runEnded(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Open the report' })).toBeVisible({ timeout: runTimeoutMs });
}

/** Goes to a page by its link in the rail. */
export async function goTo(
  page: Page,
  name: 'Bench' | 'Run' | 'Batch' | 'Calibrate' | 'Flash' | 'Sessions' | 'Compare' | 'Audit' | 'Package' | 'Settings',
): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}
