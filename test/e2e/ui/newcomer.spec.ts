import type { Locator, Page } from '@playwright/test';
import { expect, runTimeoutMs, stepButton, test } from './app.ts';

/** Clicks what a newcomer would click, and counts. Every control says in its own words what it does. */
function counter(page: Page): { click(name: string | RegExp): Promise<void>; readonly said: string[] } {
  const said: string[] = [];
  return {
    said,
    async click(name) {
      const control: Locator = page.getByRole('button', { name });
      await expect(control).toHaveCount(1, { timeout: runTimeoutMs });
      await expect(control).toBeEnabled();
      said.push(await control.innerText());
      await control.click();
    },
  };
}

/** The browser notes what is done with it: clicks and keys. */
async function watchInput(page: Page): Promise<() => Promise<{ clicks: number; keys: number }>> {
  await page.evaluate(() => {
    const noted = { clicks: 0, keys: 0 };
    addEventListener('click', (event) => event.isTrusted && (noted.clicks += 1), true);
    addEventListener('keydown', () => (noted.keys += 1), true);
    (window as unknown as { noted: typeof noted }).noted = noted;
  });
  return () => page.evaluate(() => (window as unknown as { noted: { clicks: number; keys: number } }).noted);
}

test('a newcomer gets from a fresh start to a finished report in four clicks and no typing', async ({
  app,
  served,
}) => {
  const noted = await watchInput(app);
  const { click, said } = counter(app);
  await click('Open the virtual bench');
  await click('Go to the demo run');
  // The whole path lies before the newcomer, with what does not concern a virtual bench left out, and why.
  await expect(app.getByRole('navigation', { name: 'Steps of the run' }).getByRole('listitem')).toHaveText([
    /Connect.*done/s,
    /Flash.*skipped/s,
    /Calibrate.*skipped/s,
    /Performance.*ready/s,
    /Accuracy.*ready/s,
    /Energy.*ready/s,
    /Judge.*to do/s,
    /Report.*to do/s,
  ]);
  await click(/^Start all three runs/);
  await click('Open the report');
  await expect(app.getByRole('heading', { level: 1, name: 'Report' })).toBeVisible();
  const preview = await app.getByTitle('Preview of the report').getAttribute('src');
  const pdf = await app.request.get(new URL(preview ?? '', served.url).href);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
  expect(said).toHaveLength(4);
  expect(await noted()).toEqual({ clicks: 4, keys: 0 });
});

test('flashing and calibration are looked at on the way, and lead back', async ({ app }) => {
  await app.getByRole('button', { name: 'Open the virtual bench' }).click();
  await app.getByRole('button', { name: 'Go to the demo run' }).click();
  await stepButton(app, 'Flash').click();
  await expect(app.getByText('there is nothing to flash')).toBeVisible();
  await stepButton(app, 'Calibrate').click();
  await expect(app.getByText(/emulated monitor keeps to its data sheet/).first()).toBeVisible();
  await app.getByRole('button', { name: 'Open Gain of the energy monitor' }).click();
  await expect(app.getByRole('heading', { level: 1, name: 'Calibrate' })).toBeVisible();
  await expect(app.getByRole('button', { name: /^Gain of the energy monitor/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await app.getByRole('link', { name: 'Back to the run' }).click();
  await expect(app.getByRole('button', { name: /^Start all three runs/ })).toBeEnabled();
  // Not chosen is skipped, and said so.
  await app.getByLabel('Energy', { exact: true }).uncheck();
  await expect(stepButton(app, 'Energy')).toContainText('skipped');
  await stepButton(app, 'Calibrate').click();
  await expect(app.getByText('Only energy runs use certificates.').first()).toBeVisible();
});
