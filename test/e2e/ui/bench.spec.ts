import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { systemClock } from '../../../src/main/bench/index.ts';
import { serveDut } from '../../rig/dut/index.ts';
import { noPtyReason, openPty } from '../../rig/dut/pty.ts';
import type { Pty } from '../../rig/dut/pty.ts';
import { scratch } from '../../support/cli.ts';
import { serveApp } from '../../support/serve.ts';
import { expect, goTo, runEnded, stepButton, test } from './app.ts';

/** A board that answers as the firmware does and is nobody's simulation, so that its figures count as measured. */
const serveBoard = (model: string) =>
  serveDut(systemClock(), { model, bootS: 0.05, inferenceS: 0.001, results: () => scores });
const scores = Array.from({ length: 12 }, (_, at) => (at === 0 ? '0.890' : '0.010')).join(',');

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

if (noPtyReason) console.info(`skipped: a board on a cable: ${noPtyReason}`);

test.describe('a board on a cable', () => {
  test.skip(noPtyReason !== undefined, noPtyReason);

  test('is given its role once, is recognised after a restart, and is named when its cable is pulled', async ({
    app,
    served,
    context,
  }) => {
    const dut = await serveBoard('demo01');
    const path = join(scratch(), 'ttyBOARD');
    const plug = (): Promise<Pty> => openPty(`tcp:127.0.0.1:${dut.port}`, path);
    let cable = await plug();
    try {
      await app.getByText('A board on the desk').click();
      await app.getByRole('button', { name: 'Set up the real bench' }).click();
      await expect(app.getByRole('button', { name: 'Prepare a run' })).toBeDisabled();
      await app.getByLabel('Add a port or address').fill(path);
      await app.getByRole('button', { name: 'Add', exact: true }).click();
      await expect(row(app, path)).toContainText('ready');
      await app.getByLabel(`Role of ${path}`).selectOption('dut');
      await expect(app.getByRole('article', { name: 'DUT' })).toContainText(path);
      await expect(app.getByRole('button', { name: 'Prepare a run' })).toBeEnabled();
      await app.getByLabel('Name of this bench').fill('Lab 2');
      await app.getByLabel('Name of this bench').blur();
      await expect(app.getByRole('heading', { level: 2, name: 'Lab 2' })).toBeVisible();

      await row(app, path)
        .getByRole('button', { name: /^Examine/ })
        .click();
      await expect(app.getByText(/A DUT with the model demo01 answers/)).toBeVisible({ timeout: 60_000 });
      await expect(app.getByRole('article', { name: 'DUT' })).toContainText('demo01');

      await app.getByRole('button', { name: 'Open the console' }).click();
      const log = app.getByRole('log', { name: 'Console' });
      await expect(log.getByText('m-ready').first()).toBeVisible();
      await app.getByLabel('By hand').check();
      await app.getByLabel('Line to send').fill('profile');
      await app.getByRole('button', { name: 'Send', exact: true }).click();
      await expect(log.getByText('sent by hand: profile')).toBeVisible();
      await expect(log.getByText(/^m-profile-\[/).last()).toBeVisible();
      await expect(app.getByRole('button', { name: `Let go of ${path}` })).toBeVisible();
      await app.getByLabel('Search', { exact: true }).fill('m-profile');
      await expect(app.getByRole('status').filter({ hasText: / of \d+$/ })).toHaveText(/^\d+ of \d+$/);
      await app.getByRole('button', { name: 'Clear the view' }).click();
      await expect(log).toContainText('Cleared.');
      // The doctor gets the line at once, although it was opened by hand.
      await row(app, path)
        .getByRole('button', { name: /^Examine/ })
        .click();
      await expect(app.getByText(/A DUT with the model demo01 answers/)).toBeVisible({ timeout: 60_000 });
      await app.getByRole('button', { name: 'Close the console' }).click();

      await cable.unplug();
      await expect(row(app, path)).toContainText('absent');
      await expect(app.getByRole('article', { name: 'DUT' })).toContainText('Not attached');
      cable = await plug();
      await expect(row(app, path)).toContainText('ready');

      await app.close();
      await served.stop();
      const again = await serveApp({ home: served.home });
      try {
        const page = await context.newPage();
        await page.goto(again.url);
        await expect(page.getByRole('heading', { level: 2, name: 'Lab 2' })).toBeVisible();
        await expect(page.getByRole('article', { name: 'DUT' })).toContainText('ready');
        await goTo(page, 'Run');
        await stepButton(page, 'Performance').click();
        await page.getByLabel('Performance', { exact: true }).uncheck();
        await page.getByRole('button', { name: 'Start the accuracy run' }).click();
        await expect(page.getByText('Confusion matrix')).toBeVisible({ timeout: 120_000 });
        await cable.unplug();
        // The run's own fault or the bench's notice: whichever sees the empty socket first names it.
        await expect(page.getByRole('alert').filter({ hasText: path }).first()).toContainText(/is gone|went away/, {
          timeout: 30_000,
        });
        cable = await plug();
        await page.getByRole('button', { name: 'Resume this run' }).click({ timeout: 30_000 });
        await runEnded(page);
        await expect(page.getByText(/of 240 inputs right/)).toBeVisible();
      } finally {
        await again.stop();
      }
    } finally {
      await cable.close();
      await dut.close();
    }
  });
});

test('a board with another firmware is told before anything is measured', async ({ app }) => {
  const dut = await serveBoard('kws01');
  const address = `tcp:127.0.0.1:${dut.port}`;
  try {
    await app.getByText('A board on the desk').click();
    await app.getByRole('button', { name: 'Set up the real bench' }).click();
    await app.getByLabel('Add a port or address').fill(address);
    await app.getByRole('button', { name: 'Add', exact: true }).click();
    await app.getByLabel(`Role of ${address}`).selectOption('dut');
    await app.getByRole('button', { name: 'Prepare a run' }).click();
    await stepButton(app, 'Performance').click();
    await app.getByRole('button', { name: /^Start performance and accuracy/ }).click();
    const fault = app.getByRole('alert').filter({ hasText: 'holds the model kws01' }).first();
    await expect(fault).toContainText('this run needs demo01', { timeout: 60_000 });
    await expect(fault).toContainText('flash the firmware for demo01');
  } finally {
    await dut.close();
  }
});
