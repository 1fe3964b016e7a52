import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { writeSession } from '../../support/written-sessions.ts';
import { expect, goTo, test } from './app.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** Ninety sessions of three operators on a few units, and three that stand out. */
function fill(root: string): void {
  mkdirSync(root, { recursive: true });
  for (let k = 0; k < 90; k += 1) {
    const at = `2026-02-${two(1 + (k % 28))}T${two(Math.floor(k / 28) + 8)}:00:00.000Z`;
    writeSession(root, {
      name: `202602${two(1 + (k % 28))}-${two(k)}0000-kws01-${k.toString(16).padStart(6, '0')}`,
      at,
      operator: ['Ada', 'Grace', 'Linus'][k % 3] ?? '',
      serial: `UNIT-${two(k % 7)}`,
      workload: k % 2 === 0 ? 'kws01' : 'vww01',
      verdict: k % 10 === 0 ? 'invalid' : 'valid',
      simulated: k % 5 === 0,
    });
  }
  writeSession(root, { name: 'open-one', at: '2026-03-01T08:00:00.000Z', open: true });
  writeSession(root, {
    name: 'with-note',
    at: '2026-01-01T08:00:00.000Z',
    note: 'The climate chamber stood at 60 degrees',
  });
}

const rows = (page: Page): Locator => page.getByRole('table', { name: 'Sessions' }).locator('tbody [data-row]');
const count = (page: Page, words: string): Promise<void> =>
  expect(page.getByText(words, { exact: true })).toBeVisible();

async function choose(page: Page, menu: string, ...choices: string[]): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${menu}`) }).click();
  for (const choice of choices) await page.getByRole('menuitemcheckbox', { name: new RegExp(`^${choice}`) }).click();
  await page.keyboard.press('Escape');
}

test('sessions are searched, narrowed, put in order and chosen, by mouse and by keyboard', async ({ app, served }) => {
  fill(served.sessions);
  await goTo(app, 'Sessions');
  await count(app, '92 sessions');
  await expect(rows(app).first()).toContainText('not judged');
  await expect(rows(app).first().getByRole('button', { name: 'Resume' })).toBeEnabled();

  // Only what is on the screen exists; the end of the list is reached by one key.
  expect(await rows(app).count()).toBeLessThan(30);
  await rows(app).first().getByRole('checkbox').focus();
  await app.keyboard.press('End');
  await expect(rows(app).last()).toContainText('with-note');
  await expect(rows(app).last().getByRole('checkbox')).toBeFocused();
  await app.keyboard.press('Space');
  await expect(rows(app).last().getByRole('checkbox')).toBeChecked();
  await app.keyboard.press('ArrowUp');
  await expect(rows(app).nth(-2).getByRole('checkbox')).toBeFocused();
  await app.keyboard.press('Space');
  await expect(app.getByText('2 sessions chosen')).toBeVisible();
  await app.getByRole('button', { name: 'Choose none' }).click();

  await app.getByRole('searchbox', { name: 'Search sessions' }).fill('climate cham');
  await count(app, '1 of 92 sessions');
  await expect(rows(app)).toContainText('with-note');
  await app.getByRole('searchbox', { name: 'Search sessions' }).fill('unit-03');
  await count(app, '13 of 92 sessions');
  await choose(app, 'Workload', 'vww01');
  await count(app, '7 of 92 sessions');
  await expect(app.getByRole('button', { name: 'Workload: vww01' })).toBeVisible();
  await choose(app, 'Operator', 'Ada', 'Grace');
  await expect(app.getByRole('button', { name: 'Operator: Ada and 1 more' })).toBeVisible();
  await choose(app, 'Measured', 'on hardware');
  await app.getByLabel('From', { exact: true }).fill('2026-02-10');
  await app.getByLabel('From', { exact: true }).press('Tab');
  await expect(rows(app).first()).toBeVisible();
  await app.getByRole('searchbox', { name: 'Search sessions' }).fill('nothing like this');
  await expect(app.getByRole('heading', { name: 'No session fits' })).toBeVisible();
  await app.getByRole('button', { name: 'Clear all filters' }).click();
  await count(app, '92 sessions');

  await choose(app, 'Verdict', 'invalid');
  await count(app, '9 of 92 sessions');
  await app.getByLabel('Order').selectOption('Oldest first');
  await expect(rows(app).first()).toContainText('20260201');
});

test('sessions are exported, deleted, taken back, and imported again', async ({ app, served }, testInfo) => {
  mkdirSync(served.sessions, { recursive: true });
  for (const name of ['first', 'second', 'third'])
    writeSession(served.sessions, { name, operator: name, simulated: false });
  await goTo(app, 'Sessions');
  await count(app, '3 sessions');
  const tick = (name: string): Locator => app.getByRole('checkbox', { name: `Choose session ${name}` });
  await expect(app.getByRole('button', { name: 'Export' })).toBeDisabled();
  await tick('first').check();
  await tick('second').check();
  const [download] = await Promise.all([
    app.waitForEvent('download'),
    app.getByRole('button', { name: 'Export' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('joulebench-2-sessions.zip');
  const zip = testInfo.outputPath('sessions.zip');
  await download.saveAs(zip);

  await app.getByRole('button', { name: 'Delete …' }).click();
  const question = app.getByRole('alertdialog', { name: 'Delete these 2 sessions?' });
  await expect(question).toContainText('4 runs with their raw records');
  await expect(question).toContainText('2 sessions were measured on hardware.');
  await question.getByRole('button', { name: 'Keep' }).click();
  expect(existsSync(join(served.sessions, 'first'))).toBe(true);
  await app.getByRole('button', { name: 'Delete …' }).click();
  await question.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(app.getByText('2 sessions deleted')).toBeVisible();
  await count(app, '1 session');
  expect(existsSync(join(served.sessions, 'first'))).toBe(false);
  await app.getByRole('button', { name: 'Take back' }).click();
  await count(app, '3 sessions');
  await tick('first').check();
  await app.getByRole('button', { name: 'Delete …' }).click();
  await app.getByRole('alertdialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await count(app, '2 sessions');

  // One is gone, one is as it was: only the first comes in.
  const field = app.locator('input[type=file]');
  await field.setInputFiles(zip);
  await expect(app.getByText('1 session imported · 1 was here already')).toBeVisible();
  await count(app, '3 sessions');
  await app.getByRole('button', { name: 'Verify session first' }).click();
  await expect(app.getByRole('dialog', { name: 'Verify' })).toContainText('Verified');
  await app.getByRole('button', { name: 'Close' }).click();

  // One is another now: what happens to it is asked.
  rmSync(join(served.sessions, 'second'), { recursive: true });
  writeSession(served.sessions, { name: 'second', operator: 'somebody else', simulated: false });
  await field.setInputFiles(zip);
  const conflict = app.getByRole('alertdialog', { name: 'A session of this name is here already' });
  await expect(conflict).toContainText('second');
  await conflict.getByRole('button', { name: 'Replace them' }).click();
  await expect(app.getByText('0 sessions imported · 1 replaced · 1 was here already')).toBeVisible();
  await expect(rows(app).filter({ hasText: 'somebody else' })).toHaveCount(0);

  // What was thrown away and what is simulated: shown before it goes.
  writeSession(served.sessions, { name: 'old-SIMULATED', at: '2026-01-01T08:00:00.000Z' });
  await app.getByRole('button', { name: 'How long to keep …' }).click();
  const keep = app.getByRole('dialog', { name: 'How long sessions are kept' });
  await expect(keep.getByText('0 simulated sessions')).toBeVisible();
  await expect(keep.getByRole('button', { name: 'Delete this now' })).toBeDisabled();
  await keep.getByLabel('Simulated sessions go to the trash after').fill('30');
  await expect(keep.getByText('1 simulated session,')).toBeVisible();
  await expect(keep.getByText('old-SIMULATED')).toBeVisible();
  await keep.getByRole('button', { name: 'Delete this now' }).click();
  await expect(keep).toBeHidden();
  expect(existsSync(join(served.sessions, 'old-SIMULATED'))).toBe(false);
  await count(app, '3 sessions');

  writeFileSync(zip, 'rubbish');
  await field.setInputFiles(zip);
  await expect(app.getByRole('heading', { name: /cannot be read as a zip file/ })).toBeVisible();
  await count(app, '3 sessions');
  expect(readdirSync(served.sessions).filter((name) => name.startsWith('.import'))).toEqual([]);
});
