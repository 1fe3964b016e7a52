import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import type { ServedApp } from '../../support/serve.ts';
import { expect, test } from './app.ts';

const fixture = resolve(import.meta.dirname, '../../fixtures/sessions/format-1');
const id = '20261124-075257-demo01-ad1c6e-SIMULATED';
const slow = { timeout: 60_000 };

/** The report page of a session that was measured before. */
async function openReport(app: Page, served: ServedApp): Promise<string> {
  const folder = join(served.sessions, id);
  mkdirSync(served.sessions, { recursive: true });
  cpSync(fixture, folder, { recursive: true });
  await app.goto(new URL(`/#/sessions/${id}`, served.url).href);
  await expect(app.getByRole('heading', { level: 2, name: 'The measurement is valid with remarks.' })).toBeVisible();
  return folder;
}

test('two people sign a session, and a later change of any file shows', async ({ app, served }) => {
  const folder = await openReport(app, served);
  const card = app.getByRole('region', { name: 'Sign-off' });
  await card.getByRole('button', { name: 'Sign as operator' }).click();
  await expect(card.getByLabel('Name')).toHaveValue('Fixture');
  await expect(card.getByText('Without a passphrase the key is not kept')).toBeVisible();
  const sign = card.getByRole('button', { name: 'Sign', exact: true });
  await card.getByLabel('Passphrase for your new key').fill('correct horse');
  await expect(card.getByText('The two passphrases differ.')).toBeVisible();
  await expect(sign).toBeDisabled();
  await card.getByLabel('The same passphrase again').fill('correct horse');
  await card.getByLabel('Remark').fill('Board cooled for an hour.');
  await sign.click();
  await expect(card.getByText('Measured by Fixture')).toBeVisible(slow);
  await expect(card.getByText('Board cooled for an hour.')).toBeVisible();
  // The report with the signature on it takes the place of the first one.
  await expect(app.getByTitle('Preview of the report')).toHaveAttribute('src', /\?v=1#/);
  const report = await app.request.get(new URL(`/session/${id}/report.pdf`, served.url).href);
  expect(Buffer.compare(await report.body(), readFileSync(join(folder, 'report-signed-SIMULATED.pdf')))).toBe(0);

  await card.getByRole('button', { name: 'Sign as reviewer' }).click();
  await card.getByLabel('Name').fill('Fixture');
  await expect(card.getByText('nobody else would have looked at the session')).toBeVisible();
  await card.getByLabel('Name').fill('Bo Li');
  await sign.click();
  await expect(card.getByText('Reviewed by Bo Li')).toBeVisible(slow);
  await expect(card.getByText('holds', { exact: true })).toHaveCount(2);
  await expect(app.getByText('Verified: every figure follows from the raw records.')).toBeVisible(slow);
  expect(existsSync(join(served.home, 'home', 'config', 'signing', 'known-keys.json'))).toBe(true);

  appendFileSync(join(folder, 'runs/r1-demo01-performance/windows.csv'), '\n');
  await app.getByRole('button', { name: 'Verify' }).click();
  const broken = 'File runs/r1-demo01-performance/windows.csv was changed after Bo Li signed';
  await expect(card.getByText(broken)).toBeVisible(slow);
  await expect(card.getByText('does not hold any more', { exact: true })).toHaveCount(2);
  await expect(app.getByText('Does not hold:')).toBeVisible();

  await app.reload();
  await expect(card.getByText(broken)).toBeVisible(slow);
});

test('the report is made on other paper, its rules show the raw lines, its files are saved', async ({
  app,
  served,
}) => {
  const folder = await openReport(app, served);
  await app.getByLabel('Paper').selectOption('Letter');
  await expect(app.getByTitle('Preview of the report')).toHaveAttribute('src', /^\/made\//, slow);
  const [pdf] = await Promise.all([
    app.waitForEvent('download'),
    app.getByRole('button', { name: 'Save this PDF' }).click(),
  ]);
  expect(pdf.suggestedFilename()).toBe(`${id}-report-SIMULATED.pdf`);
  expect(readFileSync(await pdf.path(), 'latin1')).toContain('/MediaBox [0 0 612 792]');

  await app.getByRole('tab', { name: 'Rules and evidence' }).click();
  await app.getByRole('button', { name: /PERF-03/ }).click();
  await app.getByRole('button', { name: 'Show evidence' }).click();
  const evidence = app.getByRole('region', { name: 'Evidence of rule PERF-03' });
  const journal = readFileSync(join(folder, 'journal.jsonl'), 'utf8').split('\n');
  await expect(evidence.getByText('journal.jsonl, line 12')).toBeVisible();
  await expect(evidence.locator('code').first()).toHaveText(journal[11] ?? '');
  await expect(evidence.locator('code')).toHaveCount(5);

  await app.getByRole('tab', { name: 'Files' }).click();
  const [csv] = await Promise.all([
    app.waitForEvent('download'),
    app.getByRole('button', { name: 'Save Windows as a table (CSV) of run r1' }).click(),
  ]);
  expect(csv.suggestedFilename()).toBe(`${id}-r1-performance-windows.csv`);
  expect(readFileSync(await csv.path(), 'utf8')).toBe(
    readFileSync(join(folder, 'runs/r1-demo01-performance/windows.csv'), 'utf8'),
  );
  await expect(app.getByText(`Saved: ${id}-r1-performance-windows.csv`)).toBeVisible();

  rmSync(join(folder, 'report-SIMULATED.pdf'));
  await app.reload();
  await expect(app.getByText('This session has no report yet.')).toBeVisible();
  await app.getByRole('button', { name: 'Make a report now' }).click();
  await expect(app.getByTitle('Preview of the report')).toHaveAttribute('src', /^\/made\//, slow);
});
