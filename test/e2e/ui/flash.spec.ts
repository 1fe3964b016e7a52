import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { foldSession } from '../../../src/main/session/index.ts';
import { readSession } from '../../../src/main/store/index.ts';
import { openVirtualProbe } from '../../rig/probe/index.ts';
import type { VirtualProbe, VirtualProbeOptions } from '../../rig/probe/index.ts';
import { onlySession } from '../../support/cli.ts';
import { noArmCompilerReason, noQemuReason } from '../../support/firmware-count.ts';
import { noOpenocdReason, noPyocdReason, openocdPath, pyocdPath } from '../probe/tools.ts';
import { expect, goTo, runEnded, runTimeoutMs, test } from './app.ts';
import { checkPage } from './accessible.ts';

const noToolReason = { OpenOCD: noOpenocdReason ?? noArmCompilerReason, pyOCD: noPyocdReason ?? noArmCompilerReason };
for (const [tool, reason] of Object.entries(noToolReason))
  if (reason) console.info(`the flash page through the real ${tool}: ${reason}`);

// The served app looks for its tools where the tests found them.
if (openocdPath !== undefined) process.env['JOULEBENCH_OPENOCD'] = openocdPath;
if (pyocdPath !== undefined) process.env['JOULEBENCH_PYOCD'] = pyocdPath;

async function withProbe(options: Partial<VirtualProbeOptions>, use: (probe: VirtualProbe) => Promise<void>) {
  const probe = await openVirtualProbe({ chip: 'stm32f4', ...options });
  try {
    await use(probe);
  } finally {
    await probe.close();
  }
}

/** Everything that is chosen on the page before the board is flashed. */
async function choose(page: Page, probe: VirtualProbe, tool: keyof typeof noToolReason): Promise<void> {
  await goTo(page, 'Flash');
  await page.getByLabel('Board', { exact: true }).selectOption('netduinoplus2');
  await page.getByText('Virtual probe', { exact: true }).click();
  await page.getByLabel('Ports of the virtual probe').fill(`remote:${probe.stlinkPort}:${probe.pyocdPort}`);
  if (probe.uart) await page.getByLabel('Where the DUT answers').fill(`tcp:${probe.uart.host}:${probe.uart.port}`);
  await page.getByRole('radio', { name: new RegExp(`^${tool} 0`) }).check({ timeout: 60_000 });
  await expect(page.getByRole('img', { name: /^flash: image at 0x08000000/ })).toBeVisible({ timeout: 120_000 });
}

const flashButton = (page: Page) => page.getByRole('button', { name: 'Flash Netduino Plus 2' });

test('nothing can be flashed until board, image and probe are certain', async ({ app }) => {
  await goTo(app, 'Flash');
  await expect(app.getByRole('button', { name: 'Flash the board' })).toBeDisabled();
  await app.getByLabel('Board', { exact: true }).selectOption('virtual');
  await expect(app.getByText(/its entry has no memory map/)).toBeVisible();
  await app.getByLabel('Board', { exact: true }).selectOption('netduinoplus2');
  await app.getByLabel('An image file').check();
  await expect(app.getByText('Choose what to flash.')).toBeVisible();
  await app.getByLabel('Image file', { exact: true }).fill('/nowhere/image.bin');
  await app.getByLabel('Image file', { exact: true }).blur();
  await expect(app.getByText(/does not fit this board|see what happened/)).toBeVisible();
  await expect(flashButton(app)).toBeDisabled();
});

test.describe('through OpenOCD on the virtual probe', () => {
  test.skip(noToolReason.OpenOCD !== undefined, noToolReason.OpenOCD);

  test('from a bare board to the report: every byte is confirmed, the board boots, and is measured', async ({
    app,
    served,
  }) => {
    test.skip(noQemuReason !== undefined, noQemuReason);
    await withProbe({ qemu: { machine: 'netduinoplus2', uart: 'tcp' } }, async (probe) => {
      await choose(app, probe, 'OpenOCD');
      await expect(app.getByText('SIMULATED').first()).toBeVisible();
      await expect(app.getByRole('region', { name: 'Stretches by address' })).toContainText('erased, nothing written');
      await flashButton(app).click();
      await expect(app.getByText(/^Programmed and confirmed: all/)).toBeVisible({ timeout: runTimeoutMs });
      await expect(app.getByText('0x10076413', { exact: true })).toBeVisible();
      expect(probe.programmedBytes).toBeGreaterThan(10_000);
      await app.getByText("The tool's log").click();
      await expect(app.getByRole('region', { name: "The tool's log" })).toContainText('> flash write_image');

      await app.getByRole('button', { name: /^Next: run on tcp:/ }).click();
      await expect(app).toHaveURL(/#\/run$/);
      // The bench of the board that was flashed, marked as what it is.
      await expect(app.getByRole('banner')).toContainText('SIMULATED');
      await expect(app.getByRole('banner')).toContainText(`127.0.0.1:${probe.uart?.port}`);
      await app.getByLabel('Performance', { exact: true }).uncheck();
      await app.getByRole('button', { name: 'Start the accuracy run' }).click();
      await runEnded(app);
      await expect(app.getByText(/218 of 240 inputs right/)).toBeVisible();
      await app.getByRole('button', { name: 'Open the report' }).click();
      await expect(app.getByTitle('Preview of the report')).toBeVisible();

      const session = onlySession(served.sessions);
      const [run] = foldSession((await readSession(session)).entries)?.runs ?? [];
      expect(run?.opened.flash).toMatchObject({
        board: 'netduinoplus2',
        tool: { id: 'openocd' },
        image: { name: 'netduinoplus2-demo01.elf', sha256: run?.opened.artefacts.firmware?.sha256 },
        confirmedSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        state: 'verified',
        simulated: true,
      });
      expect(readFileSync(join(session, 'flash.log'), 'utf8')).toContain('> flash write_image');
      expect(readFileSync(join(session, 'manifest.json'), 'utf8')).toContain('flash.log');
      expect(existsSync(join(session, 'report-SIMULATED.pdf'))).toBe(true);
    });
  });

  test('a flashing that is stopped says what it left, and the page offers to do it again', async ({ app }) => {
    await withProbe({ qemu: null }, async (probe) => {
      await choose(app, probe, 'OpenOCD');
      // A probe that answers no more in the middle: so it is certain where it is stopped.
      await probe.inject({ stallAfterBytes: 8192 });
      await flashButton(app).click();
      await app.getByRole('button', { name: 'Stop', exact: true }).click();
      const stop = app.getByRole('alertdialog').getByRole('button', { name: 'Stop the flashing' });
      await expect(stop).toBeVisible();
      await expect.poll(() => probe.programmedBytes, { timeout: 120_000, intervals: [5] }).toBeGreaterThan(0);
      await stop.click();
      await expect(app.getByRole('alert')).toContainText(/left partly programmed|is not known/, { timeout: 60_000 });
      await probe.inject({ stallAfterBytes: null });
      await checkPage(app, 'flash, stopped');
      await app.getByRole('button', { name: 'Back to the choice' }).click();
      await expect(app.getByRole('alert')).toContainText('Netduino Plus 2');
      await checkPage(app, 'flash, left and to be chosen again');
      await app.getByRole('button', { name: 'Flash it again' }).click();
      await expect(flashButton(app)).toBeEnabled({ timeout: 120_000 });
      await flashButton(app).click();
      await expect(app.getByText(/^Programmed and confirmed: all/)).toBeVisible({ timeout: runTimeoutMs });
    });
  });
});

test.describe('through pyOCD on the virtual probe', () => {
  test.use({ appSettings: { screenPace: 'max', theme: 'dark' } });
  test.skip(noToolReason.pyOCD !== undefined, noToolReason.pyOCD);

  test('a board is flashed, and every byte is confirmed though pyOCD confirms none', async ({ app }) => {
    await withProbe({ qemu: null }, async (probe) => {
      await choose(app, probe, 'pyOCD');
      await checkPage(app, 'flash, chosen');
      await flashButton(app).click();
      await expect(app.getByRole('heading', { level: 1, name: 'Flashing Netduino Plus 2' })).toBeVisible();
      await checkPage(app, 'flash, under way');
      await expect(app.getByText(/^Programmed and confirmed: all/)).toBeVisible({ timeout: runTimeoutMs });
      await expect(app.getByText('0x10076413', { exact: true })).toBeVisible();
      await app.getByText("The tool's log").click();
      await expect(app.getByRole('region', { name: "The tool's log" })).toContainText('> pyocd load');
      await expect(app.getByText('voltage not read (pyOCD)')).toBeVisible();
      await checkPage(app, 'flash, confirmed');
    });
  });
});
