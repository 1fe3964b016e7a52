import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { madePerformanceRun } from '../../support/audit/eembc-run.ts';
import { madeDescription } from '../../support/audit/system-description.ts';
import { dataPath, noDataReason } from '../../support/data.ts';
import { writeSession } from '../../support/written-sessions.ts';
import { checkPage } from './accessible.ts';
import { expect, goTo, test } from './app.ts';

const file = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

test('a package is put together, from the form of its system to the audit of its zip file', async ({ app, served }) => {
  const folder = await mkdtemp(join(tmpdir(), 'jb-package-ui-'));
  const run = join(folder, 'kws', 'performance');
  await mkdir(run, { recursive: true });
  await mkdir(join(folder, 'code', 'ic'), { recursive: true });
  const { log, results, script } = madePerformanceRun();
  await writeFile(join(run, 'log.txt'), log);
  await writeFile(join(run, 'results.txt'), results);
  await writeFile(join(run, 'script.async'), script);
  await writeFile(join(folder, 'code', 'ic', 'README.md'), 'Build with make, flash main.bin.\n');
  try {
    writeSession(served.sessions, { name: 'virtual-one', resultsFolder: 'kws' });
    await goTo(app, 'Package');
    const systems = app.getByRole('region', { name: 'System descriptions' });
    const check = app.getByRole('region', { name: 'Check', exact: true });
    await expect(check.getByText('runs', { exact: true })).toBeVisible();

    // Files that are no descriptions are refused in words, and nothing is kept of them.
    const chooser = systems.getByLabel('Import JSON').last();
    await chooser.setInputFiles(file('Twice.json', '{"Submitter": "A", "Submitter": "B"}'));
    await expect(app.getByRole('heading', { name: /keys that stand there twice: Submitter/ })).toBeVisible();
    await chooser.setInputFiles(file('Cut.json', '{"Submitter": "A",'));
    await expect(app.getByRole('heading', { name: /Cut\.json is no JSON object/ })).toBeVisible();
    while ((await app.getByRole('button', { name: 'Dismiss' }).count()) > 0)
      await app.getByRole('button', { name: 'Dismiss' }).first().click();
    await expect(systems.getByText('None yet.')).toBeVisible();

    // An imported one with two gaps, mended in the form.
    const gaps = madeDescription({ 'SoC Name': '', Status: 'soon' });
    await chooser.setInputFiles(file('Board.json', JSON.stringify({ ...gaps, system_type: 'edge' })));
    await expect(app.getByText('system_type: edge')).toBeVisible();
    await expect(app.getByText('2 fields are still open.')).toBeVisible();
    await checkPage(app, 'form of a system');
    await app.getByRole('textbox', { name: 'SoC', exact: true }).fill('STM32L4R5');
    await expect(app.getByText('Only available, preview or rdi.')).toBeVisible();
    await app.getByLabel('Status', { exact: true }).selectOption('available');
    await expect(app.getByText('Everything that a package needs is filled in.')).toBeVisible();
    await app.getByRole('button', { name: 'To the package' }).click();
    await systems.getByRole('link', { name: 'Edit Board' }).click();
    await expect(app.getByRole('textbox', { name: 'SoC', exact: true })).toHaveValue('STM32L4R5');
    await app.getByRole('button', { name: 'Save the description' }).click();
    await expect(systems.getByText('complete', { exact: true })).toBeVisible();
    await systems.getByRole('button', { name: 'Delete Board' }).click();
    await systems.getByRole('button', { name: 'Undo' }).click();
    await expect(systems.getByRole('radio', { name: 'Use Board' })).toBeChecked();

    // A simulated session cannot be chosen, here or from the list of sessions.
    const runs = app.getByRole('region', { name: 'Runs' });
    await runs.getByRole('button', { name: 'Add sessions' }).click();
    await expect(runs.getByRole('button', { name: 'Add virtual-one' })).toBeDisabled();
    await expect(runs.getByText(/^SIMULATED: measured on a virtual bench/)).toBeVisible();
    await runs.getByRole('button', { name: 'Done' }).click();
    await goTo(app, 'Sessions');
    await app.getByRole('checkbox').first().check();
    await app.getByRole('button', { name: 'Package', exact: true }).click();
    await expect(app.getByText(/^Not taken: .*SIMULATED/)).toBeVisible();

    const taken = app.getByText(/^Not taken/);
    // A run alone: every problem, the table and the tree, and nothing to save.
    const path = runs.getByLabel('Folder or zip file of an official runner');
    await app.getByLabel('Round').selectOption('v1.1');
    await path.fill(join(folder, 'kws'));
    await path.press('Enter');
    await expect(taken).toBeHidden();
    await expect(check.getByText('2 problems stand in the way')).toBeVisible({ timeout: 60_000 });
    await expect(check.getByRole('region', { name: 'Problems' })).toContainText('PKG-14');
    await expect(check.getByRole('row', { name: /Board .*kws/ })).toContainText('10.200');
    const save = app.getByRole('button', { name: 'Save the package' });
    await expect(save).toBeDisabled();
    await checkPage(app, 'problems of a package');
    if (noDataReason !== undefined) return;

    // Published results, with code: saved, and audited from its zip file.
    await runs.getByRole('button', { name: /^Remove/ }).click();
    await path.fill(dataPath('submissions', 'v1.1', 'closed', 'bosch', 'results', 'NUCLEO_L4R5ZI', 'ic'));
    await path.press('Enter');
    await app.getByLabel('Folder of the code').fill(join(folder, 'code'));
    await app.getByLabel('Folder of the code').press('Tab');
    await expect(check.getByText('No error. An official package for round v1.1.')).toBeVisible({ timeout: 60_000 });
    await expect(check.getByText(/closed\/\s+Org\//)).toBeVisible();
    const download = app.waitForEvent('download');
    await save.click();
    expect((await download).suggestedFilename()).toBe('Org-Board-v1.1.zip');
    await app.getByRole('button', { name: 'Open in Audit' }).click();
    await expect(app.getByRole('heading', { name: 'Org-Board-v1.1.zip' })).toBeVisible({ timeout: 60_000 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
