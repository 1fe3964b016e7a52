import type { Page } from '@playwright/test';
import { openVirtualProbe } from '../../rig/probe/index.ts';
import type { VirtualProbe, VirtualProbeOptions } from '../../rig/probe/index.ts';
import { noArmCompilerReason, noQemuReason } from '../../support/firmware-count.ts';
import { noOpenocdReason, openocdPath } from '../probe/tools.ts';
import { expect, goTo, runTimeoutMs, test } from './app.ts';

const reason = noOpenocdReason ?? noArmCompilerReason;
if (reason) console.info(`the flash page through a real tool: ${reason}`);

// The served app looks for its tools where the tests found them.
if (openocdPath !== undefined) process.env['JOULEBENCH_OPENOCD'] = openocdPath;

async function withProbe(options: Partial<VirtualProbeOptions>, use: (probe: VirtualProbe) => Promise<void>) {
  const probe = await openVirtualProbe({ chip: 'stm32f4', ...options });
  try {
    await use(probe);
  } finally {
    await probe.close();
  }
}

/** Everything that is chosen on the page before the board is flashed. */
async function choose(page: Page, probe: VirtualProbe): Promise<void> {
  await goTo(page, 'Flash');
  await page.getByLabel('Board', { exact: true }).selectOption('netduinoplus2');
  await page.getByText('Virtual probe', { exact: true }).click();
  await page.getByLabel('Ports of the virtual probe').fill(`remote:${probe.stlinkPort}:${probe.pyocdPort}`);
  if (probe.uart) await page.getByLabel('Where the DUT answers').fill(`tcp:${probe.uart.host}:${probe.uart.port}`);
  await page.getByRole('radio', { name: /^OpenOCD 0/ }).check({ timeout: 60_000 });
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
  test.skip(reason !== undefined, reason);

  test('a board is flashed, every byte is confirmed, and the run comes next', async ({ app }) => {
    const qemu = noQemuReason ? undefined : { machine: 'netduinoplus2', uart: 'tcp' as const };
    await withProbe(qemu ? { qemu } : {}, async (probe) => {
      await choose(app, probe);
      await expect(app.getByText('SIMULATED').first()).toBeVisible();
      await expect(app.getByRole('region', { name: 'Stretches by address' })).toContainText('erased, nothing written');
      await flashButton(app).click();
      await expect(app.getByText(/^Programmed and confirmed: all/)).toBeVisible({ timeout: runTimeoutMs });
      await expect(app.getByText('0x10076413', { exact: true })).toBeVisible();
      expect(probe.programmedBytes).toBeGreaterThan(10_000);
      await app.getByText("The tool's log").click();
      await expect(app.getByRole('region', { name: "The tool's log" })).toContainText('> flash write_image');
      if (!qemu) return;
      await app.getByRole('button', { name: /^Next: run on tcp:/ }).click();
      await expect(app).toHaveURL(/#\/run$/);
    });
  });

  test('a flashing that is stopped says what it left, and the page offers to do it again', async ({ app }) => {
    await withProbe({ qemu: null }, async (probe) => {
      await choose(app, probe);
      await flashButton(app).click();
      await expect.poll(() => probe.programmedBytes, { timeout: 120_000, intervals: [5] }).toBeGreaterThan(0);
      await app.getByRole('button', { name: 'Stop', exact: true }).click();
      await app.getByRole('alertdialog').getByRole('button', { name: 'Stop the flashing' }).click();
      await expect(app.getByRole('alert')).toContainText(/left partly programmed|is not known/, { timeout: 60_000 });
      await app.getByRole('button', { name: 'Back to the choice' }).click();
      await expect(app.getByRole('alert')).toContainText('Netduino Plus 2');
      await app.getByRole('button', { name: 'Flash it again' }).click();
      await expect(flashButton(app)).toBeEnabled({ timeout: 120_000 });
      await flashButton(app).click();
      await expect(app.getByText(/^Programmed and confirmed: all/)).toBeVisible({ timeout: runTimeoutMs });
    });
  });
});
