import { expect, goTo, runEnded, runTimeoutMs, startDemoRun, test } from './app.ts';

test.use({ appSettings: { screenPace: 10 } });

test('two tabs follow and steer one run', async ({ app, context, served }) => {
  await startDemoRun(app);
  const other = await context.newPage();
  await other.goto(new URL('/', served.url).href);
  await expect(other.getByRole('group', { name: 'Run under way' })).toBeVisible();
  await goTo(other, 'Run');

  await other.getByRole('button', { name: 'Pause' }).last().click();
  await expect(app.getByText(/paused\. Nothing is lost/)).toBeVisible();
  await app.getByRole('button', { name: 'Resume' }).last().click();
  await expect(other.getByText(/paused\. Nothing is lost/)).toHaveCount(0);

  await expect(app.getByText('Confusion matrix')).toBeVisible({ timeout: runTimeoutMs });
  await expect(other.getByText('Confusion matrix')).toBeVisible();
  await runEnded(app);
  await runEnded(other);
  const verdictsOf = (page: typeof app): Promise<string[]> => page.locator('.sentence').allInnerTexts();
  expect(await verdictsOf(app)).toEqual(await verdictsOf(other));
});

test('a reload during a run loses nothing', async ({ app }) => {
  await startDemoRun(app);
  await expect(app.getByText('Confusion matrix')).toBeVisible({ timeout: runTimeoutMs });
  await app.reload();
  await expect(app.getByText('Confusion matrix')).toBeVisible();
  await runEnded(app);
  await expect(app.getByText(/of 240 inputs right/)).toBeVisible();
  await app.reload();
  await expect(app.getByText(/of 240 inputs right/)).toBeVisible();
});

test('stopping asks first; what was measured is kept and resumed from there', async ({ app }) => {
  await startDemoRun(app);
  await expect(app.getByText('Confusion matrix')).toBeVisible({ timeout: runTimeoutMs });
  await app.getByRole('button', { name: 'Stop the run' }).click();
  await app.getByRole('button', { name: 'Keep running' }).click();
  await expect(app.getByRole('group', { name: 'Run under way' })).toBeVisible();
  await app.getByRole('button', { name: 'Stop the run' }).click();
  await app.getByRole('alertdialog').getByRole('button', { name: 'Stop the run' }).click();
  await expect(app.getByText(/stopped\. What was measured is kept/)).toBeVisible();
  await app.getByRole('button', { name: 'Resume this run' }).click();
  await runEnded(app);
  await expect(app.getByText(/of 240 inputs right/)).toBeVisible();
});
