import type { Page } from '@playwright/test';
import { expect, goTo, prepareRun, runEnergyOnly, runTimeoutMs, stepButton, test } from './app.ts';

/** What the fixed read-out of the trace says of the measured stretch, by the name of the figure. */
async function measured(page: Page, name: string): Promise<string> {
  const figure = page.locator('dl > div').filter({ hasText: name }).locator('dd').first();
  await expect(figure).not.toHaveText('–');
  return (await figure.innerText()).replace(/\s/g, ' ');
}

/** The stretch of the trace that the chart says it shows, in seconds. */
async function shown(page: Page): Promise<{ from: number; to: number }> {
  const label = (await page.getByRole('application').getAttribute('aria-label')) ?? '';
  const [, from, to] = /from ([\d.]+)\s*s to ([\d.]+)\s*s/.exec(label) ?? [];
  return { from: Number(from), to: Number(to) };
}
const lengthShown = async (page: Page): Promise<number> => {
  const { from, to } = await shown(page);
  return to - from;
};

test('an energy run ends in a figure with its doubt, what stands beside it and where the doubt comes from', async ({
  app,
}) => {
  await runEnergyOnly(app);
  await expect(app.getByText(/µJ\s\(k\s=\s2\) per inference, median of 5 windows/)).toBeVisible();
  await stepButton(app, 'Energy').click();
  const headline = app.getByRole('article').filter({ hasText: 'per inference' });
  await expect(headline).toContainText(/[\d,.]+\s±\s[\d,.]+\sµJ/);
  await expect(headline).toContainText('accepted for submissions');
  await expect(app.getByText('of 11', { exact: true })).toBeVisible();
  const beside = app.locator('section').filter({ hasText: 'Beside the official figure' });
  await expect(beside.getByText(/±.*W/).first()).toBeVisible();
  await expect(beside.getByText('No certificate was applied.')).toBeVisible();
  const budget = app.locator('section').filter({ hasText: 'Where the uncertainty comes from' });
  await expect(budget.getByRole('row').filter({ hasText: 'Gain of the monitor' })).toContainText('%');
  await budget.getByRole('button', { name: 'Show all causes' }).click();
  await expect(budget.getByRole('row').filter({ hasText: 'Repeatability of the windows' })).toBeVisible();
});

test('the trace is zoomed, panned and measured by pointer and keyboard', async ({ app }) => {
  await runEnergyOnly(app);
  await stepButton(app, 'Energy').click();
  const plot = app.getByRole('application');
  await expect(plot).toHaveAttribute('aria-label', /5 windows, 11 time marks, 0 stretches lost/);
  await plot.scrollIntoViewIfNeeded();
  const whole = await shown(app);
  expect(whole.from).toBe(0);
  expect(whole.to).toBeGreaterThan(50);

  await app.getByRole('button', { name: 'Window 2', exact: true }).click();
  await expect.poll(() => lengthShown(app)).toBeLessThan(14);
  const window = await shown(app);

  const box = await plot.boundingBox();
  if (!box) throw new Error('the chart has no place');
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await app.mouse.move(at.x, at.y);
  await app.mouse.wheel(0, -200);
  await expect.poll(() => lengthShown(app)).toBeLessThan(8);
  const near = await shown(app);
  expect(near.from).toBeGreaterThan(window.from);
  expect(near.to).toBeLessThan(window.to);

  await app.mouse.down();
  await app.mouse.move(at.x - 120, at.y, { steps: 4 });
  await app.mouse.up();
  await expect.poll(async () => (await shown(app)).from).toBeGreaterThan(near.from);

  await app.keyboard.down('Shift');
  await app.mouse.move(at.x - 100, at.y);
  await app.mouse.down();
  await app.mouse.move(at.x + 100, at.y, { steps: 4 });
  await app.mouse.up();
  await app.keyboard.up('Shift');
  expect(await measured(app, 'Mean')).toMatch(/mW$/);
  expect(await measured(app, 'Energy')).toMatch(/J$/);
  expect(await measured(app, 'Charge')).toMatch(/C$/);
  expect(Number((await measured(app, 'Samples')).replace(/\D/g, ''))).toBeGreaterThan(500);

  await plot.dblclick();
  await expect.poll(() => shown(app)).toEqual(whole);

  await plot.focus();
  await app.keyboard.press('Escape');
  await expect(app.getByText(/Wheel zooms/)).toBeVisible();
  await app.keyboard.press('ArrowUp');
  await app.keyboard.press('ArrowRight');
  await expect.poll(() => lengthShown(app)).toBeLessThan(whole.to * 0.7);
  await app.keyboard.press('Shift+ArrowRight');
  expect(await measured(app, 'Length')).toMatch(/s$/);
  await app.keyboard.press('Home');
  await expect.poll(() => shown(app)).toEqual(whole);

  await app.keyboard.press('Escape');
  await app.mouse.move(at.x - 60, at.y);
  await app.keyboard.press('m');
  await app.mouse.move(at.x + 60, at.y);
  await app.getByRole('button', { name: 'Set a marker' }).focus();
  await plot.focus();
  await app.keyboard.press('M');
  await expect(app.locator('dl .marker').filter({ hasText: 'Marker 2' })).toContainText(/s · [\d.]+\sm?W/);
  await app.getByRole('button', { name: 'Measure between the last two' }).click();
  expect(await measured(app, 'Length')).toMatch(/s$/);
  await app.getByRole('button', { name: 'Remove marker 1' }).click();
  await expect(app.locator('dl .marker')).toHaveCount(1);
});

test('a finished energy run is the same after a reload, as table too', async ({ app }) => {
  await runEnergyOnly(app);
  await stepButton(app, 'Energy').click();
  const figure = app.getByRole('article').filter({ hasText: 'per inference' }).locator('.value');
  const before = await figure.innerText();
  await goTo(app, 'Sessions');
  await expect(app.getByRole('row').filter({ hasText: 'demo01' })).toContainText(/±.*µJ/);
  await app.getByRole('button', { name: /^Open the report of/ }).click();
  await app.getByRole('link', { name: 'Trace, figures and uncertainty' }).click();
  await expect(figure).toHaveText(before);
  await app.reload();
  await expect(figure).toHaveText(before);
  await expect(app.getByRole('application')).toHaveAttribute('aria-label', /11 time marks/);
  const trace = app.getByRole('figure').filter({ hasText: 'Power over time' });
  await trace.getByRole('button', { name: 'Table', exact: true }).click();
  await expect(trace.getByRole('columnheader', { name: 'Mean (mW)' })).toBeVisible();
  expect(await trace.getByRole('row').count()).toBeGreaterThan(20);
});

test('a supply outside the limits of the board cannot be started', async ({ app }) => {
  await prepareRun(app);
  await stepButton(app, 'Energy').click();
  await app.getByLabel('Supply voltage').fill('5');
  await expect(app.getByText(/5\.000\sV is not between/).first()).toBeVisible();
  await expect(app.getByRole('button', { name: 'Start all three runs' })).toBeDisabled();
  await app.getByLabel('Supply voltage').fill('');
  await expect(app.getByRole('button', { name: 'Start all three runs' })).toBeEnabled();
  await app.getByLabel('Monitor', { exact: true }).selectOption({ label: 'PPK2, emulated' });
  await expect(app.getByText('for exploration only', { exact: true })).toBeVisible();
});

test.describe('while it goes on', () => {
  test.use({ appSettings: { screenPace: 8 } });

  test('the waveform, the supply and the time marks are followed', async ({ app }) => {
    await prepareRun(app);
    await app.getByLabel('Performance', { exact: true }).uncheck();
    await app.getByLabel('Accuracy', { exact: true }).uncheck();
    await app.getByRole('button', { name: 'Start the energy run' }).click();
    await expect(app.getByRole('img', { name: /power over the last minute/ })).toBeVisible({ timeout: runTimeoutMs });
    await expect(app.getByRole('button', { name: /^Monitor/ })).toContainText('3.000');
    await expect(app.getByText('of 11', { exact: true })).toBeVisible();
  });
});
