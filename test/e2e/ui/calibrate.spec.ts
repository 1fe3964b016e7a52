import type { Page } from '@playwright/test';
import { expect, goTo, runTimeoutMs, stepButton, test } from './app.ts';

async function openGain(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the virtual bench' }).click();
  await expect(page.getByRole('button', { name: 'Go to the demo run' })).toBeVisible();
  await goTo(page, 'Calibrate');
  await page.getByRole('button', { name: /^Gain of the energy monitor/ }).click();
  await page.getByRole('button', { name: 'Start the procedure' }).click();
  await expect(page.getByText(/^Step 1 of/)).toBeVisible({ timeout: 30_000 });
}

test('the gain procedure is walked through and ends in a certificate that a run can be corrected with', async ({
  app,
}) => {
  await openGain(app);
  // What cannot be is refused with words, and what was entered stays.
  const accuracy = app.getByLabel('Accuracy of the voltage range, of reading');
  await accuracy.fill('50');
  await app.getByRole('button', { name: 'Enter', exact: true }).click();
  await expect(app.getByText(/50 is outside 0 to 5/)).toBeVisible();
  await expect(accuracy).toHaveValue('50');
  await accuracy.fill('0.05');
  await app.getByRole('button', { name: 'Enter', exact: true }).click();
  // Nothing is confirmed for anybody.
  await expect(app.getByText(/Disconnect the DUT and all probes/)).toBeVisible();
  await expect(app.getByRole('button', { name: 'Confirm', exact: true })).toBeDisabled();
  await app.getByLabel('Confirmed').check();
  await app.getByRole('button', { name: 'Confirm', exact: true }).click();
  await app.getByRole('button', { name: 'Let the virtual bench answer' }).click();
  await expect(app.getByText(/^Passed\. Valid until/)).toBeVisible({ timeout: runTimeoutMs });
  await expect(app.getByRole('img', { name: /what the monitor shows against the reference/ })).toBeVisible();
  await app.getByRole('button', { name: 'To the procedures' }).click();
  const row = app.getByRole('button', { name: /^Gain of the energy monitor/ });
  await expect(row).toContainText('valid until');
  await row.click();
  await app.getByRole('listitem').filter({ hasText: 'X-NUCLEO-LPM01A' }).getByRole('link').click();
  await expect(app.getByRole('heading', { level: 1, name: 'Certificate' })).toBeVisible();
  await expect(app.getByText(/^Passed\. Valid until/)).toBeVisible();

  await goTo(app, 'Run');
  await stepButton(app, 'Energy').click();
  await app.getByLabel(/Gain of the energy monitor/).check();
  await app.getByLabel('Performance', { exact: true }).uncheck();
  await app.getByLabel('Accuracy', { exact: true }).uncheck();
  await app.getByRole('button', { name: 'Start the energy run' }).click();
  await expect(app.getByRole('button', { name: 'Open the report' })).toBeVisible({ timeout: runTimeoutMs });
  await stepButton(app, 'Energy').click();
  await expect(app.getByText(/Not the official figure: what it would be with .*monitor-gain/)).toBeVisible();
});

test('a procedure that is stopped certifies nothing', async ({ app }) => {
  await openGain(app);
  await app.getByRole('button', { name: 'Stop the procedure' }).click();
  await app.getByRole('alertdialog').getByRole('button', { name: 'Stop the procedure' }).click();
  await expect(app.getByText(/The procedure was stopped\. The supply is off/)).toBeVisible({ timeout: 30_000 });
  await app.getByRole('button', { name: 'To the procedures' }).click();
  await expect(app.getByRole('button', { name: /^Gain of the energy monitor/ })).toContainText('never made');
});
