import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { cli } from '../../support/cli.ts';
import { checkPage } from './accessible.ts';
import { expect, goTo, test } from './app.ts';

test('two sessions are compared, among published results too', async ({ app, served }) => {
  const measure = async (...options: string[]): Promise<string> => {
    const run = ['run', 'demo01', '--bench', 'virtual', '--inline', '--rest', '0', '--json'];
    const { code, out } = await cli([...run, ...options], served.home);
    expect(code).toBe(0);
    return basename((JSON.parse(out) as { session: string }).session);
  };
  const first = await measure('--mode', 'performance,energy', '--unit', 'U1');
  const second = await measure('--mode', 'performance,energy', '--unit', 'U2');
  const higher = await measure('--mode', 'energy', '--unit', 'U3', '--voltage', '3.3');

  // Chosen by hand: the first one is the baseline.
  await goTo(app, 'Compare');
  await expect(app.getByRole('heading', { level: 2, name: 'Choose two sessions' })).toBeVisible();
  await app.getByRole('searchbox').fill('u1');
  await app.getByRole('button', { name: `Add ${first}` }).click();
  await app.getByRole('searchbox').fill('');
  await app.getByRole('button', { name: `Add ${second}` }).click();
  await expect(app.getByText('Nothing stands in the way of comparing B with A.')).toBeVisible();
  await expect(app).toHaveURL(new RegExp(`sessions=${first},${second}`));

  const figures = app.getByRole('region', { name: 'Figures and differences' });
  const energy = figures.getByRole('row').filter({ hasText: 'Energy per inference' });
  await expect(energy).toContainText(/±.*%\s\(k\s=\s2\)/);
  await expect(energy).toContainText('Student’s t on the combined uncertainty (5 against 5 windows)');
  await expect(energy).toContainText('Mann-Whitney U on the windows, exact');
  await expect(
    app.getByRole('img', { name: /^Box plots of Energy per inference by window, in µJ: A median/ }),
  ).toBeVisible();
  await app.getByLabel('Windows of').selectOption({ label: 'Throughput · demo01' });
  await expect(app.getByRole('img', { name: /^Box plots of Throughput/ })).toBeVisible();
  await expect(
    app.getByRole('img', { name: /window 1 of 2 sessions, aligned at its start: mean A [\d.]+\smW, B/ }),
  ).toBeVisible();
  await app.getByLabel('Window', { exact: true }).selectOption('4');
  await expect(app.getByRole('img', { name: /window 4 of 2 sessions/ })).toBeVisible();

  await checkPage(app, 'compare');

  const download = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Export CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('joulebench-comparison-SIMULATED.csv');
  const csv = await readFile(await file.path(), 'utf8');
  expect(csv.split('\n')[0]).toContain('ratio_standard_uncertainty');
  expect(csv).toContain(`${first},${second},true,demo01,energy,energy,J/inf`);

  // Opened by its address, with a session that fits in part; another one becomes the baseline.
  await app.goto(`${new URL(app.url()).origin}/#/compare?sessions=${first},${higher}`);
  await expect(app.getByText('Measured at another supply voltage: 3 V and 3.3 V.')).toBeVisible();
  await expect(figures.getByRole('row').filter({ hasText: 'Energy per inference' })).toContainText(
    'larger than the combined uncertainty',
  );
  await app.getByRole('button', { name: 'Make baseline: B' }).click();
  await expect(app.getByText('Measured at another supply voltage: 3.3 V and 3 V.')).toBeVisible();

  // Among what others published.
  await app.getByRole('button', { name: 'Published results' }).click();
  await expect(app.getByText(/not verified by us/)).toBeVisible();
  const chart = app.getByRole('figure').filter({ hasText: 'Energy and latency of one inference' });
  await expect(chart.getByRole('img', { name: /154 published results and 2 of your runs/ })).toBeVisible();
  await expect(chart.getByText('SIMULATED')).toBeVisible();
  await checkPage(app, 'published results');
  await app.getByLabel('Benchmark', { exact: true }).selectOption('kws');
  await app.getByLabel('Round').selectOption('v1.3');
  await expect(chart.getByRole('img', { name: /: 5 published results/ })).toBeVisible();
  await chart.getByRole('button', { name: 'Table', exact: true }).click();
  await expect(chart.getByRole('row')).toHaveCount(12);
  await expect(chart.getByRole('row').filter({ hasText: 'own session · SIMULATED' })).toHaveCount(2);
  await app.getByLabel('Organisation').selectOption('STMicroelectronics');
  await expect(chart.getByRole('row').filter({ hasText: 'NUCLEO' }).first()).toBeVisible();
});
