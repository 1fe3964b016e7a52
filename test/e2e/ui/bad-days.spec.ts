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
  const expiresUtc = new Date(Date.parse(body.dateUtc) + 1000).toISOString();
  writeFileSync(join(folder, name), formatCertificate(sealCertificate({ ...body, expiresUtc }, sha256Previous)));

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
  await expect(page.getByText(/out of date|expired/).first()).toBeVisible();
});
