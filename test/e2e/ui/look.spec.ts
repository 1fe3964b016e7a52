import { checkPage } from './accessible.ts';
import { expect, goTo, runEnded, runTimeoutMs, startDemoRun, test } from './app.ts';
import { contrast, designTokens, long } from './tokens.ts';

for (const theme of ['light', 'dark'] as const) {
  test.describe(`${theme} at 1280 x 800`, () => {
    test.use({ appSettings: { screenPace: 'max', theme } });

    test('the colours are the tokens of the design, with enough contrast', async ({ app }) => {
      const names = Object.keys(designTokens);
      const shown = await app.evaluate((all) => {
        const style = getComputedStyle(document.documentElement);
        return Object.fromEntries(all.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
      }, names);
      const at = (name: string): string => long(shown[name] ?? '');
      for (const name of names) expect(at(name), name).toBe(designTokens[name]?.[theme]);
      for (const word of ['text', 'muted', 'accent', 'ok', 'warn', 'bad', 'sim']) {
        for (const ground of ['bg', 'surface', 'raised']) {
          expect(contrast(at(word), at(ground)), `${word} on ${ground}`).toBeGreaterThanOrEqual(5.3);
        }
      }
      for (const name of ['border-strong', 'data-1', 'data-2', 'data-3', 'data-4', 'data-5', 'data-6']) {
        expect(contrast(at(name), at('surface')), name).toBeGreaterThanOrEqual(3);
      }
      expect(contrast(at('on-accent'), at('accent'))).toBeGreaterThanOrEqual(5.4);
    });

    test('no page breaks a serious rule of accessibility or is too wide', async ({ app }) => {
      await app.emulateMedia({ reducedMotion: 'reduce' });
      await checkPage(app, 'bench, nothing open');
      await app.getByText('A board on the desk').click();
      await app.getByRole('button', { name: 'Set up the real bench' }).click();
      await expect(app.getByRole('heading', { name: 'Wiring' })).toBeVisible();
      await checkPage(app, 'bench, real');
      await app.getByRole('button', { name: 'Use the virtual bench' }).click();
      await expect(app.getByRole('button', { name: 'Open the virtual bench' })).toBeEnabled();
      await goTo(app, 'Run');
      await checkPage(app, 'run, nothing open');
      await goTo(app, 'Sessions');
      await checkPage(app, 'sessions, none');
      await goTo(app, 'Bench');
      await app.getByRole('button', { name: 'Open the virtual bench' }).click();
      await expect(app.getByRole('button', { name: 'Go to the demo run' })).toBeVisible();
      await checkPage(app, 'bench, open');
      await app.getByRole('button', { name: 'Go to the demo run' }).click();
      await app.getByText('More settings').first().click();
      await checkPage(app, 'run, prepared');
      await app.getByRole('button', { name: 'Start all three runs' }).click();
      await runEnded(app);
      await checkPage(app, 'judge');
      for (const step of ['Connect', 'Flash', 'Calibrate', 'Performance', 'Accuracy', 'Energy', 'Report']) {
        await app.getByRole('navigation', { name: 'Steps of the run' }).getByRole('button', { name: step }).click();
        await checkPage(app, `step ${step}`);
      }
      await goTo(app, 'Sessions');
      await expect(app.getByRole('row').filter({ hasText: 'demo01' })).toHaveCount(1);
      await checkPage(app, 'sessions');
      await app.getByRole('button', { name: /^Open the report of/ }).click();
      await expect(app.getByTitle('Preview of the report')).toBeVisible();
      await checkPage(app, 'report');
      await app.getByRole('link', { name: 'Trace, figures and uncertainty' }).click();
      await expect(app.getByRole('application')).toHaveAttribute('aria-label', /11 time marks/);
      await checkPage(app, 'energy run');
      await goTo(app, 'Calibrate');
      await checkPage(app, 'calibrate');
      await app.getByRole('button', { name: 'Start the procedure' }).click();
      await expect(app.getByText(/^Step 1 of/)).toBeVisible({ timeout: 30_000 });
      await checkPage(app, 'calibration wizard');
      await app.getByRole('button', { name: 'Let the virtual bench answer' }).click();
      await expect(app.getByText(/^(Passed|Failed)\./)).toBeVisible({ timeout: runTimeoutMs });
      await checkPage(app, 'certificate');
      await goTo(app, 'Flash');
      await checkPage(app, 'flash, nothing chosen');
      await app.getByLabel('Board', { exact: true }).selectOption('netduinoplus2');
      await app.getByLabel('An image file').check();
      await app.getByText('Virtual probe', { exact: true }).click();
      await checkPage(app, 'flash, being chosen');
      await goTo(app, 'Settings');
      await checkPage(app, 'settings');
      await app.keyboard.press('Control+k');
      await checkPage(app, 'palette');
      await app.keyboard.press('Escape');
      await app.getByRole('button', { name: 'Open the console' }).click();
      await checkPage(app, 'console');
    });
  });
}

test.describe('during a run', () => {
  test.use({ appSettings: { screenPace: 20 } });

  test('nothing jumps', async ({ app }) => {
    await app.evaluate(() => {
      const page = window as unknown as { shifts: { value: number; where: string }[] };
      page.shifts = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const shift = entry as unknown as {
            value: number;
            hadRecentInput: boolean;
            sources: { node: Element | null }[];
          };
          if (shift.hadRecentInput) continue;
          const where = shift.sources.map(({ node }) => node?.className ?? '').join(', ');
          page.shifts.push({ value: shift.value, where });
        }
      }).observe({ type: 'layout-shift' });
    });
    await startDemoRun(app);
    await expect(app.getByText('Confusion matrix')).toBeVisible({ timeout: runTimeoutMs });
    await app.waitForTimeout(3000);
    const shifts = await app.evaluate(
      () => (window as unknown as { shifts: { value: number; where: string }[] }).shifts,
    );
    expect(shifts.filter(({ value }) => value > 0.005)).toEqual([]);
  });
});

test('the theme follows the system where the setting says so', async ({ app }) => {
  await app.emulateMedia({ colorScheme: 'dark' });
  await expect(app.locator('html')).toHaveAttribute('data-theme', 'dark');
  await app.emulateMedia({ colorScheme: 'light' });
  await expect(app.locator('html')).toHaveAttribute('data-theme', 'light');
});
