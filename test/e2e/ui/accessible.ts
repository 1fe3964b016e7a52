import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { expect } from './app.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules that axe calls serious or critical and that this page breaks. */
async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run(context: object): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
      };
    };
    // The frame holds the browser's own PDF viewer.
    const { violations } = await axe.run({ exclude: [['iframe']] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' ; ')}`);
  });
}

/** Nothing on the page breaks a serious rule of accessibility, and nothing makes it wider than the window. */
export async function checkPage(page: Page, name: string): Promise<void> {
  // A colour half way through its transition is nobody's choice; a cancelled transition rejects.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
  expect.soft(await seriousViolations(page), name).toEqual([]);
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect.soft(tooWide, `${name} is wider than the window`).toBeLessThanOrEqual(0);
}
