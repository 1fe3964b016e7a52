import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  formatCertificate,
  parseCertificate,
  sealCertificate,
} from '../../../src/main/calibration/certificate/index.ts';
import { serveApp } from '../../support/serve.ts';
import { expect, goTo, runEnded, runTimeoutMs, startDemoRun, stepButton, test } from './app.ts';

/** Pages that lose their host on purpose say so on their console: these tests open their own. */
test.describe('a crash in the middle', () => {
  test.use({ appSettings: { screenPace: 10 } });

  test('leaves a session that is offered at once, and goes on at the input where it stopped', async ({
    page,
    served,
  }) => {
    await page.goto(served.url);
    await startDemoRun(page);
    await expect(page.getByText('Confusion matrix')).toBeVisible({ timeout: runTimeoutMs });
    await expect(page.getByRole('img', { name: /^ROC curves with their areas/ })).toBeVisible();
    // A pause keeps everything where it is.
    await page.getByRole('button', { name: 'Pause' }).last().click();
    await expect(page.getByText(/paused\. Nothing is lost/)).toBeVisible();
    await page.getByRole('button', { name: 'Resume' }).last().click();
    await expect(page.getByText(/paused\. Nothing is lost/)).toHaveCount(0);
    await expect(page.getByRole('group', { name: 'Run under way' }).getByText(/left$/)).toBeVisible();

    await served.kill();
    await expect(page.getByText('The connection to the host is lost')).toBeVisible({ timeout: 60_000 });
    const again = await serveApp({ home: served.home });
    try {
      await page.goto(again.url);
      await goTo(page, 'Run');
      const offer = page.getByRole('region', { name: /demo01/ });
      await expect(offer).toContainText('a session was left open');
      await expect(offer).toContainText('SIMULATED');
      const stoppedAt = /stopped at input ([\d,]+) of 240/.exec(await offer.innerText())?.[1];
      expect(Number(stoppedAt)).toBeGreaterThan(0);
      await offer.getByRole('button', { name: 'Resume' }).click();
      await expect(offer).toHaveCount(0);
      await runEnded(page);
      await expect(page.getByText(/of 240 inputs right/)).toBeVisible();
      await expect(page.getByText('The measurement is valid', { exact: false })).toHaveCount(3);
    } finally {
      await again.stop();
    }
  });
});

test.describe('one bad window', () => {
  test.use({ appSettings: { screenPace: 8, operator: 'Ada' } });

  test('is measured once more without the others, with a note about it, and the evidence says so', async ({ app }) => {
    await app.getByRole('button', { name: 'Open the virtual bench' }).click();
    await app.getByRole('button', { name: 'Go to the demo run' }).click();
    await app.getByLabel('Accuracy', { exact: true }).uncheck();
    await app.getByLabel('Energy', { exact: true }).uncheck();
    await app.getByRole('button', { name: /^Start the performance run/ }).click();
    await app.getByRole('button', { name: 'Measure window 1 once more' }).click({ timeout: runTimeoutMs });
    await app.getByLabel('What should be remembered').fill('The lamp was switched on in window 1');
    await app.getByLabel('What the note is about').selectOption({ label: 'Performance run' });
    await app.getByRole('button', { name: 'Note it' }).click();
    const notes = app.getByRole('region', { name: 'Notes' });
    await expect(notes.getByRole('listitem')).toContainText('The lamp was switched on in window 1');
    await expect(notes.getByRole('listitem')).toContainText('Performance');
    await runEnded(app);
    await expect(notes.getByRole('listitem')).toHaveCount(1);
    await stepButton(app, 'Performance').click();
    await expect(app.getByText('1 window was measured once more; the last one counts.')).toBeVisible();
    await expect(
      app
        .getByText('5 of 5')
        .or(app.getByText('of 5', { exact: true }))
        .first(),
    ).toBeVisible();
    await goTo(app, 'Sessions');
    const row = app.getByRole('row').filter({ hasText: 'demo01' });
    await row.getByRole('button', { name: /^Verify session/ }).click();
    await expect(app.getByText('Verified: every figure follows from the raw records.').first()).toBeVisible({
      timeout: 30_000,
    });
  });
});

test('a session that is left as it is stays in the list', async ({ app }) => {
  await startDemoRun(app);
  await expect(app.getByRole('group', { name: 'Run under way' })).toBeVisible();
  await app.keyboard.press('Control+.');
  await app.getByRole('alertdialog').getByRole('button', { name: 'Stop the run' }).click();
  await expect(app.getByText(/stopped\. What was measured is kept/)).toBeVisible();
  await app.getByRole('button', { name: 'New run' }).click();
  const offer = app.getByRole('region', { name: /demo01/ });
  await expect(offer).toBeVisible();
  await offer.getByRole('button', { name: 'Leave it' }).click();
  await expect(offer).toHaveCount(0);
  await app.reload();
  await app.getByRole('button', { name: 'New run' }).click();
  await expect(app.getByRole('button', { name: /^Start all three runs/ })).toBeEnabled();
  await expect(offer).toHaveCount(0);
  await goTo(app, 'Sessions');
  await expect(
    app.getByRole('row').filter({ hasText: 'demo01' }).getByRole('button', { name: 'Resume' }),
  ).toBeVisible();
});

test('an expired certificate is seen before the run, and stands in the verdict after it', async ({ page, served }) => {
  await page.goto(served.url);
  await page.getByRole('button', { name: 'Open the virtual bench' }).click();
  await goTo(page, 'Calibrate');
  await page.getByRole('button', { name: /^Gain of the energy monitor/ }).click();
  await page.getByRole('button', { name: 'Start the procedure' }).click();
  await page.getByRole('button', { name: 'Let the virtual bench answer' }).click();
  await expect(page.getByText(/^Passed\. Valid until/)).toBeVisible({ timeout: runTimeoutMs });

  // Months later.
  const folder = join(served.home, 'home', 'config', 'certificates');
  const name = readdirSync(folder).find((file) => file.endsWith('.json'));
  if (name === undefined) throw new Error('no certificate');
  const parsed = parseCertificate(readFileSync(join(folder, name), 'utf8'));
  if (!parsed.ok) throw new Error(parsed.reason);
  const { sha256Previous, ...body } = parsed.certificate;
  const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
  const old = { ...body, dateUtc: ago(400), expiresUtc: ago(35) };
  writeFileSync(join(folder, name), formatCertificate(sealCertificate(old, sha256Previous)));

  await goTo(page, 'Run');
  await stepButton(page, 'Calibrate').click();
  await expect(stepButton(page, 'Calibrate')).toContainText('done with remarks');
  await expect(page.getByText(/^Expired on .*calibrate again, or the verdict has a remark/)).toBeVisible();
  await page.getByLabel('Apply it to this run').check();
  await page.getByRole('button', { name: 'Next: Performance' }).click();
  await expect(page.getByText(/expired on .*the verdict would have a remark/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Calibrate again' })).toBeVisible();
  await page.getByLabel('Performance', { exact: true }).uncheck();
  await page.getByLabel('Accuracy', { exact: true }).uncheck();
  await page.getByRole('button', { name: /^Start the energy run/ }).click();
  await runEnded(page);
  await expect(page.getByText(/The measurement is valid, with remarks/)).toBeVisible();
  await expect(page.getByText(/^Out of date when the run began/).first()).toBeVisible();
});

test('operator mode locks the parameters, shows the state in large letters, and asks before it is left', async ({
  app,
}) => {
  await app.keyboard.press('Control+k');
  await expect(app.getByRole('textbox', { name: 'What do you want to do?' })).toBeFocused();
  await app.keyboard.type('lock the parameters');
  await app.keyboard.press('Enter');
  const rail = app.getByRole('navigation', { name: 'Pages' });
  await expect(rail.getByRole('link')).toHaveText(['Bench', 'Run', 'Sessions', 'Manual']);
  await app.getByRole('button', { name: 'Open the virtual bench' }).click();
  await app.getByRole('button', { name: 'Go to the demo run' }).click();
  const state = app.getByRole('status', { name: 'State of the bench' });
  await expect(state).toContainText('Ready');
  await expect(app.getByText('Locked parameters')).toBeVisible();
  await expect(app.getByLabel('Workload')).toHaveCount(0);
  await app.getByLabel('Serial number of the unit').fill('0042');
  await app.getByRole('button', { name: /^Start all three runs/ }).click();
  await runEnded(app);
  await expect(state).toContainText('Done: valid');
  await app.reload();
  await expect(rail.getByRole('link')).toHaveCount(4);
  await rail.getByRole('button', { name: 'Leave operator mode' }).click();
  await app.getByRole('button', { name: 'Stay in operator mode' }).click();
  await expect(rail.getByRole('link')).toHaveCount(4);
  await rail.getByRole('button', { name: 'Leave operator mode' }).click();
  await app.getByRole('alertdialog').getByRole('button', { name: 'Leave operator mode' }).click();
  await expect(rail.getByRole('link', { name: 'Calibrate' })).toBeVisible();
});
