import { expect, goTo, runEnded, startDemoRun, test } from './app.ts';

test('three runs end in three verdicts, their figures and a report', async ({ app, served }) => {
  await expect(app.getByText('What will you work with?')).toBeVisible();
  await startDemoRun(app);
  await runEnded(app);

  const verdicts = app.getByRole('article').filter({ hasText: 'The measurement is valid' });
  await expect(verdicts).toHaveCount(3);
  await expect(app.getByText(/inf\/s, median of 5 windows/)).toBeVisible();
  await expect(app.getByText(/µJ\s\(k\s=\s2\) per inference, median of 5 windows/)).toBeVisible();
  await expect(app.getByText(/of 240 inputs right/)).toBeVisible();
  await expect(app.getByText('SIMULATED').first()).toBeVisible();

  await app.getByRole('button', { name: 'Open the report' }).click();
  await expect(app.getByRole('heading', { level: 1, name: 'Report' })).toBeVisible();
  const preview = await app.getByTitle('Preview of the report').getAttribute('src');
  const pdf = await app.request.get(new URL(preview ?? '', served.url).href);
  expect(pdf.status()).toBe(200);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
});

test('what was measured is listed, verified and told apart from real measurements', async ({ app }) => {
  await startDemoRun(app);
  await runEnded(app);
  await goTo(app, 'Sessions');
  const row = app.getByRole('row').filter({ hasText: 'demo01' });
  await expect(row).toHaveCount(1);
  await expect(row.getByText('SIMULATED', { exact: true })).toBeVisible();
  await row.getByRole('button', { name: /^Verify session/ }).click();
  const answer = app.getByRole('dialog', { name: 'Verify' });
  await expect(answer.getByText('Verified: every figure follows from the raw records.')).toBeVisible({
    timeout: 30_000,
  });
});

test('after a run the next one can be prepared and started', async ({ app }) => {
  await startDemoRun(app);
  await runEnded(app);
  await app.getByRole('button', { name: 'New run' }).click();
  await app.getByLabel('Accuracy', { exact: true }).uncheck();
  await app.getByLabel('Energy', { exact: true }).uncheck();
  await app.getByRole('button', { name: 'Start the performance run' }).click();
  await runEnded(app);
  await expect(app.getByText(/median of 5 windows/)).toBeVisible();
  await expect(app.getByText(/inputs right/)).toHaveCount(0);
});

test('the conversation with the DUT can be followed, filtered and read', async ({ app }) => {
  await startDemoRun(app);
  await runEnded(app);
  await app.getByRole('button', { name: 'Open the console' }).click();
  const log = app.getByRole('log', { name: 'Console' });
  await expect(log.getByText('m-ready').first()).toBeVisible();
  await app.getByPlaceholder('Filter lines').fill('m-results');
  await expect(log.getByText(/m-results-\[/).first()).toBeVisible();
  await expect(log.getByText('m-ready')).toHaveCount(0);
});

test('settings are kept: theme, operator', async ({ app }) => {
  await goTo(app, 'Settings');
  await app.getByText('Dark', { exact: true }).click();
  await expect(app.locator('html')).toHaveAttribute('data-theme', 'dark');
  await app.getByLabel('Operator').fill('Ada');
  await app.getByLabel('Operator').press('Tab');
  await expect(app.getByText('Saved')).toBeVisible();
  await app.reload();
  await expect(app.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(app.getByLabel('Operator')).toHaveValue('Ada');
});
