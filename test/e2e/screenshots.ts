/**
 * `npm run screenshots`: every screen of the guided run, light and dark, at 1280 x 800 and 1920 x 1080, from the served app and a real run on the
 * virtual bench. The pictures land in test-results/screenshots; with `--docs` those that README and manual show are renewed too, with
 * `--only light-1280` one of the four.
 */
import { copyFile, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { cli } from '../support/cli.ts';
import { serveApp } from '../support/serve.ts';

const root = resolve(import.meta.dirname, '../..');
const target = join(root, 'test-results', 'screenshots');
const inDocs = new Map([
  ['light-1280-accuracy', 'run-accuracy.png'],
  ['light-1280-energy', 'run-energy.png'],
  ['light-1280-trace', 'energy-trace.png'],
  ['light-1280-certificate', 'calibration-certificate.png'],
  ['light-1280-bench', 'bench.png'],
  ['light-1280-sessions', 'sessions.png'],
  ['light-1280-report', 'report.png'],
  ['light-1280-compare', 'compare.png'],
  ['light-1280-batch', 'batch.png'],
]);

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;

await mkdir(target, { recursive: true });
const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
for (const theme of ['light', 'dark'] as const) {
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const) {
    if (only === undefined || only === `${theme}-${width}`) await gallery(theme, width, height);
  }
}
await browser.close();
if (process.argv.includes('--docs')) {
  await mkdir(join(root, 'docs', 'images'), { recursive: true });
  for (const [from, to] of inDocs) await copyFile(join(target, `${from}.png`), join(root, 'docs', 'images', to));
}
console.log(`screenshots: ${target}`);

async function gallery(theme: 'light' | 'dark', width: number, height: number): Promise<void> {
  const app = await serveApp({ settings: { screenPace: 10, operator: 'Ada', theme } });
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme });
  const shoot = async (name: string): Promise<void> => {
    // Fonts and short transitions have settled by then.
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(target, `${theme}-${width}-${name}.png`) });
  };
  try {
    await page.goto(app.url);
    await button(page, 'Open the virtual bench').waitFor();
    await shoot('start');
    await page.getByText('A board on the desk').click();
    await button(page, 'Set up the real bench').click();
    await page.getByRole('heading', { name: 'Wiring' }).waitFor();
    await shoot('bench-real');
    await page.getByRole('heading', { name: 'Wiring' }).evaluate((element) => element.scrollIntoView());
    await shoot('bench-wiring');
    await button(page, 'Use the virtual bench').click();
    await button(page, 'Open the virtual bench').click();
    await button(page, 'Go to the demo run').waitFor();
    await shoot('bench');
    await button(page, 'Go to the demo run').click();
    await button(page, 'Start all three runs').waitFor();
    await shoot('ready');
    for (const name of ['Flash', 'Calibrate', 'Performance']) {
      await page.getByRole('navigation', { name: 'Steps of the run' }).getByRole('button', { name }).click();
      if (name !== 'Performance') await shoot(`step-${name.toLowerCase()}`);
    }
    await button(page, 'Start all three runs').click();
    await page.getByRole('heading', { name: 'Throughput per window' }).waitFor({ timeout: 120_000 });
    await page.waitForTimeout(1500);
    await shoot('performance');
    await page.getByRole('heading', { name: 'Confusion matrix' }).waitFor({ timeout: 120_000 });
    await page.waitForTimeout(2500);
    await shoot('accuracy');
    await page.getByRole('heading', { name: 'Power, last minute' }).waitFor({ timeout: 180_000 });
    await page.getByText('of 11', { exact: true }).waitFor({ timeout: 60_000 });
    await page.waitForTimeout(1800);
    await shoot('energy');
    await button(page, 'Open the report').waitFor({ timeout: 180_000 });
    await shoot('judge');
    await page.getByRole('navigation', { name: 'Steps of the run' }).getByRole('button', { name: 'Energy' }).click();
    await page.getByRole('application').waitFor();
    await page.waitForTimeout(600);
    await shoot('energy-result');
    await measureStretch(page);
    await shoot('trace');
    await page.getByText('Where the uncertainty comes from').scrollIntoViewIfNeeded();
    await shoot('budget');
    await page.getByRole('navigation', { name: 'Steps of the run' }).getByRole('button', { name: 'Judge' }).click();
    await button(page, 'Open the report').click();
    await page.waitForTimeout(1500);
    await shoot('report');
    await page.getByRole('tab', { name: 'Rules and evidence' }).click();
    await page
      .getByRole('button', { name: /PERF-03/ })
      .first()
      .click();
    await button(page, 'Show evidence').click();
    await shoot('report-evidence');
    await page.getByRole('tab', { name: 'Files' }).click();
    await shoot('report-files');
    await page.getByRole('tab', { name: 'Report' }).click();
    await button(page, 'Sign as operator').click();
    await shoot('report-sign');
    await button(page, /^Sign$/).click();
    await page.getByText('Verified: every figure').waitFor({ timeout: 60_000 });
    await page.waitForTimeout(1500);
    await shoot('report-signed');
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Calibrate' }).click();
    await button(page, /^Gain of the energy monitor/).click();
    await shoot('calibrate');
    await button(page, 'Start the procedure').click();
    await button(page, 'Let the virtual bench answer').waitFor({ timeout: 60_000 });
    await shoot('wizard');
    await button(page, 'Let the virtual bench answer').click();
    await page.waitForTimeout(4000);
    await shoot('wizard-reading');
    await page.getByText(/^(Passed|Failed)\./).waitFor({ timeout: 300_000 });
    await shoot('certificate');
    await compareTwo(page, app.home);
    await shoot('compare');
    await button(page, 'Published results').click();
    await page.waitForTimeout(600);
    await shoot('compare-published');
    await shootBatch(page, shoot);
    await shootAudit(page, shoot, join(app.home, 'home', 'sessions'));
    await shootPackage(page, shoot);
    for (const name of ['Sessions', 'Settings', 'Manual']) {
      await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();
      await shoot(name.toLowerCase());
    }
  } finally {
    await page.close();
    await app.stop();
  }
}

/** A recipe of the run page with limits, and one unit of a batch that follows it. */
async function shootBatch(page: Page, shoot: (name: string) => Promise<void>): Promise<void> {
  const rail = page.getByRole('navigation', { name: 'Pages' });
  await rail.getByRole('link', { name: 'Run' }).click();
  await button(page, 'New run').click();
  await page.getByRole('navigation', { name: 'Steps of the run' }).getByRole('button', { name: 'Performance' }).click();
  await page.getByLabel('Accuracy', { exact: true }).uncheck();
  await page.getByLabel('Energy', { exact: true }).uncheck();
  await button(page, 'Save as recipe').click();
  await page.getByLabel('Name', { exact: true }).fill('Incoming inspection');
  await page.getByLabel('Serial numbers look like').fill('SN-####');
  await button(page, 'Add a limit').click();
  const row = page.getByRole('region', { name: 'Limits' }).getByRole('listitem').last();
  await row.getByLabel('Limit', { exact: true }).selectOption('throughput');
  await row.getByLabel('Bound').fill('15');
  await shoot('recipe');
  await button(page, 'Save the recipe').click();
  await button(page, /^Begin a batch with/).click();
  await button(page, 'Begin the batch').click();
  await page.locator('#unit-serial').fill('SN-0001');
  await page.keyboard.press('Enter');
  await page
    .getByText(/: measuring$/)
    .last()
    .waitFor({ timeout: 120_000 });
  await shoot('batch-running');
  await page.getByText('PASS', { exact: true }).first().waitFor({ timeout: 120_000 });
  await shoot('batch');
  await rail.getByRole('link', { name: 'Batch' }).click();
  await shoot('batches');
}

/** The sessions of the gallery, audited as somebody else's would be. */
async function shootAudit(page: Page, shoot: (name: string) => Promise<void>, folder: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Audit' }).click();
  await page.getByLabel('Folder or zip file').waitFor();
  await shoot('audit-empty');
  await page.getByLabel('Folder or zip file').fill(folder);
  await page.keyboard.press('Enter');
  const runs = page.getByRole('table', { name: 'Audited runs' });
  await runs.waitFor({ timeout: 60_000 });
  await runs
    .getByRole('button', { name: /energy/i })
    .first()
    .click();
  await page
    .getByRole('region', { name: /^demo01/ })
    .first()
    .waitFor();
  await shoot('audit');
}

/** A system description with a gap, and a package whose check says so. */
async function shootPackage(page: Page, shoot: (name: string) => Promise<void>): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Package' }).click();
  await page.getByText('The check begins by itself').waitFor();
  await shoot('package-empty');
  await button(page, 'New description').click();
  await page.getByLabel('Fill in from a board of the catalogue').selectOption('nucleo-l4r5zi');
  await page.getByRole('textbox', { name: 'Name of the system' }).fill('NUCLEO_L4R5ZI');
  await shoot('system');
  await button(page, 'Save as it is').click();
  await button(page, 'Add sessions').click();
  await page
    .getByText(/^SIMULATED: measured on a virtual bench/)
    .first()
    .waitFor();
  await page.getByLabel('Folder or zip file of an official runner').fill('kws');
  await page.keyboard.press('Enter');
  await page
    .getByText(/is not fit for a package/)
    .first()
    .waitFor();
  await shoot('package');
}

/** A second session beside that of the screen, and both chosen on the Compare page. */
async function compareTwo(page: Page, home: string): Promise<void> {
  await cli(['run', 'demo01', '--bench', 'virtual', '--mode', 'performance,accuracy,energy', '--unit', 'B2'], home);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Compare' }).click();
  for (const _ of [1, 2])
    await button(page, /^Add 2/)
      .last()
      .click();
  await page.getByRole('img', { name: /^Box plots/ }).waitFor();
  await page.getByRole('img', { name: /^Power over time of window 1/ }).waitFor();
}

/** Shows the second window and measures a part of it, as somebody at the chart does. */
async function measureStretch(page: Page): Promise<void> {
  const plot = page.getByRole('application');
  await button(page, 'Window 2').click();
  await plot.evaluate((element) => element.closest('figure')?.scrollIntoView({ block: 'center' }));
  await page.waitForTimeout(400);
  const box = await plot.boundingBox();
  if (!box) return;
  const y = box.y + box.height / 2;
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + box.width * 0.35, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, y, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await page.waitForTimeout(400);
}

function button(page: Page, name: string | RegExp): ReturnType<Page['getByRole']> {
  return page.getByRole('button', { name });
}
