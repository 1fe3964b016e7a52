import { readFileSync } from 'node:fs';
import type { Download, Locator, Page } from '@playwright/test';
import { serveApp } from '../../support/serve.ts';
import { checkPage } from './accessible.ts';
import { expect, goTo, prepareRun, runTimeoutMs, test } from './app.ts';

const field = (page: Page): Locator => page.locator('#unit-serial');
const desk = (page: Page): Locator => page.getByRole('region', { name: 'Serial of the unit' });
const units = (page: Page): Locator => page.getByRole('region', { name: 'Units' }).locator('tbody tr');

/** What a barcode scanner does: it types into whatever has the focus, and presses Enter. */
async function scan(page: Page, serial: string): Promise<void> {
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(serial);
  await page.keyboard.press('Enter');
}

async function ends(page: Page, serial: string, outcome: 'PASS' | 'FAIL'): Promise<void> {
  await expect(desk(page).getByText(outcome, { exact: true })).toBeVisible({ timeout: runTimeoutMs });
  await expect(desk(page).getByText(serial, { exact: true })).toBeVisible();
}

async function addLimit(page: Page, kind: string, bound: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a limit' }).click();
  const row = page.getByRole('region', { name: 'Limits' }).getByRole('listitem').last();
  await row.getByLabel('Limit', { exact: true }).selectOption(kind);
  await row.getByLabel('Bound').fill(bound);
}

async function begin(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Begin a batch with/ }).click();
  await page.getByLabel('Name of the batch').fill(name);
  await page.getByRole('button', { name: 'Begin the batch' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

async function exported(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const waiting: Promise<Download> = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test('a recipe is made of a run and followed unit after unit, through a crash, to CSV and PDF', async ({
  app,
  served,
}) => {
  // The run page's settings become a recipe.
  await prepareRun(app);
  await app.getByLabel('Accuracy', { exact: true }).uncheck();
  await app.getByRole('button', { name: 'Save as recipe' }).click();
  await app.getByRole('button', { name: 'Save the recipe' }).click();
  await expect(app.getByText('The recipe needs a name.')).toBeVisible();
  await app.getByLabel('Name', { exact: true }).fill('Incoming inspection');
  await app.getByLabel('Serial numbers look like').fill('SN-####');
  await addLimit(app, 'throughput', '5');
  await addLimit(app, 'energy', '2000');
  await addLimit(app, 'energy', '3000');
  await expect(app.getByText('This limit stands twice.')).toBeVisible();
  await checkPage(app, 'recipe');
  await app.getByRole('button', { name: 'Remove limit 4' }).click();
  await app.getByRole('button', { name: 'Save the recipe' }).click();
  await expect(app.getByRole('link', { name: 'Incoming inspection' })).toBeVisible();

  // A batch: scan, Enter, pass; a wrong label and a unit that was done are asked about, and nothing is measured meanwhile.
  await begin(app, 'Lot 17');
  await scan(app, 'SN-0001');
  await ends(app, 'SN-0001', 'PASS');
  await checkPage(app, 'batch, passed');
  await scan(app, 'MAC 00:11');
  await expect(app.getByText('MAC 00:11 does not look like SN-####.')).toBeVisible();
  await field(app).fill('');
  await scan(app, 'SN-0001');
  await app.getByRole('alertdialog').getByRole('button', { name: 'Take another unit' }).click();
  await expect(units(app)).toHaveCount(1);
  await field(app).fill('');

  // The program dies in the middle of the second unit.
  await scan(app, 'SN-0002');
  await expect(desk(app).getByText(/: measuring$/)).toBeVisible({ timeout: runTimeoutMs });
  const context = app.context();
  await app.close();
  await served.kill();
  const after = await serveApp({ home: served.home });
  const page = await context.newPage();
  try {
    await page.goto(after.url);
    await goTo(page, 'Batch');
    await expect(page.getByText('a unit is not finished')).toBeVisible();
    await page.getByRole('link', { name: 'Lot 17' }).click();
    await expect(desk(page).getByText('Unit SN-0002 was interrupted')).toBeVisible();
    await page.getByRole('button', { name: 'Resume the unit' }).click();
    await ends(page, 'SN-0002', 'PASS');

    // The third one is given up, then measured again: the attempt stays in the table and does not count.
    await scan(page, 'SN-0003');
    await page.getByRole('button', { name: 'Stop the run' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Stop the run' }).click();
    await page.getByRole('button', { name: 'Put aside' }).click();
    await scan(page, 'SN-0003');
    await ends(page, 'SN-0003', 'PASS');
    await expect(units(page)).toHaveCount(4);
    await expect(page.getByText('1 attempt does not count')).toBeVisible();

    const csv = await exported(page, 'Export CSV');
    expect(csv.name).toMatch(/^Lot 17 .*SIMULATED\.csv$/);
    const lines = csv.bytes.toString().trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toContain('demo01_energy_expanded_uncertainty_uj_per_inf');
    const pdf = await exported(page, 'Export PDF');
    expect(pdf.name).toMatch(/^Lot 17 .*SIMULATED\.pdf$/);
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');

    // All virtual units are alike, so that one fails only against a limit that none can keep: in a batch of its own, since a batch keeps its recipe.
    await goTo(page, 'Batch');
    await page.getByRole('button', { name: 'Edit recipe Incoming inspection' }).click();
    const limits = page.getByRole('region', { name: 'Limits' }).getByRole('listitem');
    await limits.nth(2).getByLabel('Bound').fill('100');
    await page.getByRole('button', { name: 'Save the recipe' }).click();
    await begin(page, 'Lot 18');
    await scan(page, 'SN-0004');
    await ends(page, 'SN-0004', 'FAIL');
    await expect(
      desk(page).getByText(/demo01: Energy per inference at most 100\sµJ: [\d,]+\s±\s\d+\sµJ/),
    ).toBeVisible();
    await checkPage(page, 'batch, failed');
    await goTo(page, 'Batch');
    await expect(page.getByRole('row', { name: /Lot 17/ })).toContainText('3 of 3 passed');
    await expect(page.getByRole('row', { name: /Lot 18/ })).toContainText('0 of 1 passed');
    await checkPage(page, 'batches');
  } finally {
    await after.stop();
  }
});
