import type { Page } from '@playwright/test';
import { expect, runEnded, test } from './app.ts';

/** Presses Tab until the control of that name has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const seen: string[] = [];
  for (let count = 0; count < 60; count += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const ring = element ? getComputedStyle(element).outlineStyle : 'none';
      return { name: element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '', ring };
    });
    seen.push(focused.name);
    if (typeof name === 'string' ? focused.name === name : name.test(focused.name)) {
      expect(focused.ring, `focus ring on ${focused.name}`).not.toBe('none');
      return;
    }
  }
  throw new Error(`no way by Tab to ${String(name)}; on the way: ${seen.join(' | ')}`);
}

/** As a person does: opens the palette, sees the field, types, sees the one command left, runs it. */
async function runFromPalette(page: Page, letters: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('textbox', { name: 'What do you want to do?' })).toBeFocused();
  await page.keyboard.type(letters);
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
}

test('a whole run needs no mouse', async ({ app }) => {
  await tabTo(app, 'Open the virtual bench');
  await app.keyboard.press('Enter');
  await expect(app.getByRole('button', { name: 'Go to the demo run' })).toBeVisible();
  await tabTo(app, 'Go to the demo run');
  await app.keyboard.press('Enter');
  await tabTo(app, /^Start all three runs/);
  await app.keyboard.press('Space');
  await runEnded(app);
  await tabTo(app, 'Open the report');
  await app.keyboard.press('Enter');
  await expect(app.getByRole('heading', { level: 1, name: 'Report' })).toBeVisible();
});

test('the palette opens the virtual bench and goes to a page', async ({ app }) => {
  await runFromPalette(app, 'virtual');
  await expect(app.getByRole('button', { name: 'Go to the demo run' })).toBeVisible();
  await runFromPalette(app, 'sess');
  await expect(app.getByRole('heading', { level: 1, name: 'Sessions' })).toBeVisible();
  await app.keyboard.press('Alt+2');
  await expect(app.getByRole('heading', { level: 1, name: 'Run' })).toBeVisible();
});

test('? lists the shortcuts, Escape gives the focus back', async ({ app }) => {
  await tabTo(app, 'Open the virtual bench');
  await app.keyboard.press('?');
  await expect(app.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(app.getByRole('dialog')).toHaveCount(0);
  await expect(app.getByRole('button', { name: 'Open the virtual bench' })).toBeFocused();
});

test('the first Tab skips to the page', async ({ app }) => {
  await app.keyboard.press('Tab');
  await expect(app.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
  await app.keyboard.press('Enter');
  await expect(app.getByRole('main')).toBeFocused();
});
