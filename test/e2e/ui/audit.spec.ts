import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js';
import { madePerformanceRun } from '../../support/audit/eembc-run.ts';
import { checkPage } from './accessible.ts';
import { expect, goTo, test } from './app.ts';

const wrong = 'v1.1/closed/Org/results/Board/kws/performance';
const right = 'v1.0/closed/Other/results/Chip/kws/performance';

/** Two runs of our own making, one of which prints a median that is not that of its windows. */
function madeTree(): Record<string, string> {
  return Object.fromEntries(
    [[wrong, madePerformanceRun({ printedMedian: '99.999' })] as const, [right, madePerformanceRun()] as const].flatMap(
      ([folder, { log, results, script }]) => [
        [`${folder}/log.txt`, log],
        [`${folder}/results.txt`, results],
        [`${folder}/script.async`, script],
      ],
    ),
  );
}

test('published results are audited, from the folder to the raw line of a finding', async ({ app }) => {
  const tree = await mkdtemp(join(tmpdir(), 'jb-audit-ui-'));
  const files = madeTree();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(tree, name, '..'), { recursive: true });
    await writeFile(join(tree, name), text);
  }
  try {
    await goTo(app, 'Audit');
    await checkPage(app, 'choice of what to audit');
    const start = app.getByRole('button', { name: 'Audit', exact: true });
    await expect(start).toBeDisabled();
    const path = app.getByLabel('Folder or zip file');
    await path.fill(join(tree, 'nowhere'));
    await start.click();
    await expect(app.getByRole('heading', { name: /cannot be audited: it is no folder/ })).toBeVisible();
    await app.getByRole('button', { name: 'Dismiss' }).click();
    await app.getByLabel('Judge').selectOption('runs');
    await path.fill(tree);
    await path.press('Enter');

    // The result, and the one run that does not hold.
    const result = app.getByRole('region', { name: 'Result' });
    await expect(result.getByText('in some figure')).toBeVisible({ timeout: 60_000 });
    const runs = app.getByRole('table', { name: 'Audited runs' });
    await expect(runs.getByRole('row')).toHaveCount(3);
    await app.getByLabel('Severity').selectOption('E');
    await expect(runs.getByRole('row')).toHaveCount(2);
    await expect(app.getByText('1 of 2 runs')).toBeVisible();
    await runs.getByRole('button', { name: /v1\.1 · Org · Board/ }).click();
    const card = app.getByRole('region', { name: /^kws/ });
    await expect(card.getByRole('row').filter({ hasText: 'median throughput' })).toContainText('99.999');
    await expect(card.getByText('no: see PERF-06')).toBeVisible();
    await expect(card.getByText('accepts', { exact: true })).toBeVisible();

    // The raw line.
    await card.getByRole('button', { name: `${wrong}/results.txt, line 26` }).click();
    const lines = app.getByRole('region', { name: `Lines of ${wrong}/results.txt` });
    const raw = files[`${wrong}/results.txt`]?.split('\n')[25] ?? '';
    expect(raw).toContain('99.999');
    await expect(lines.locator('[aria-current]')).toContainText(raw.trim());
    await expect(lines.locator('[aria-current]')).toBeInViewport();
    await expect(lines).toBeFocused();
    await checkPage(app, 'evidence');

    const download = app.waitForEvent('download');
    await app.getByRole('button', { name: 'Save JSON' }).click();
    const saved = await readFile(await (await download).path(), 'utf8');
    expect((JSON.parse(saved) as { counts: { disagree: number } }).counts.disagree).toBe(1);

    // From row to row with the arrows; the host has the result when the page comes back.
    await app.getByRole('button', { name: 'Show all', exact: true }).click();
    await expect(runs.getByRole('row')).toHaveCount(3);
    await runs.getByRole('button', { name: /v1\.0 · Other · Chip/ }).focus();
    await app.keyboard.press('ArrowDown');
    await expect(runs.getByRole('button', { name: /v1\.1 · Org · Board/ })).toBeFocused();
    await app.reload();
    await expect(result).toBeVisible();

    // A zip file, as a browser hands it over.
    await app.getByRole('button', { name: 'Audit something else' }).click();
    const zip = new ZipWriter(new BlobWriter('application/zip'));
    for (const [name, text] of Object.entries(files)) await zip.add(name, new TextReader(text));
    const buffer = Buffer.from(await (await zip.close()).arrayBuffer());
    await app.getByLabel('Zip file to audit').setInputFiles({ name: 'tiny.zip', mimeType: 'application/zip', buffer });
    await expect(app.getByRole('heading', { name: 'tiny.zip' })).toBeVisible({ timeout: 60_000 });
    await expect(runs.getByRole('row')).toHaveCount(3);
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
});
