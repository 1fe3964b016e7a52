/**
 * The waveform of a very long trace in a real browser: `node test/bench/waveform.ts [SAMPLES]`, after `npm run build`. A measured energy session of the
 * virtual bench gets a trace of 1e9 samples in the place of its own (4 GB in the temporary folder); then the chart is zoomed and panned by the
 * wheel and the pointer, and the time between frames is printed. Prints figures and never judges.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { createTrace } from '../../src/main/trace/index.ts';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { serveApp } from '../support/serve.ts';

const samples = Number(process.argv[2] ?? 1e9);
const rateHz = 100_000;
const blockSamples = 65_536;

const app = await serveApp({ settings: { screenPace: 'max' } });
const bin = resolve(import.meta.dirname, '../../src/main/bin.mjs');
execFileSync(
  process.execPath,
  [bin, 'run', 'demo01', '--bench', 'virtual', '--mode', 'energy', '--out', app.sessions],
  {
    stdio: 'ignore',
  },
);
const session = readdirSync(app.sessions).find((name) => name.includes('demo01')) ?? '';
const run = readdirSync(join(app.sessions, session, 'runs'))[0] ?? '';
await makeTrace(join(app.sessions, session, 'runs', run, 'trace.jbt'));

const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
const page = await browser.newPage();
await page.goto(app.url);
for (const [width, height] of [
  [1280, 800],
  [3840, 2160],
] as const) {
  await page.setViewportSize({ width, height });
  await page.evaluate(() => (location.hash = '/settings'));
  await page.evaluate((hash) => (location.hash = hash), `/sessions/${session}/energy/${run.split('-')[0] ?? ''}`);
  const opening = performance.now();
  await page.getByRole('application').waitFor({ timeout: 120_000 });
  await page.waitForFunction(() =>
    document.querySelector('[role=application]')?.getAttribute('aria-label')?.includes('mean'),
  );
  console.log(`${width} x ${height}: open ${(performance.now() - opening).toFixed(0)} ms`);
  await measure(page, `${width} x ${height}: nothing`, () => page.waitForTimeout(2000));
  await measure(page, `${width} x ${height}: pointer over the chart`, () => move(page, false));
  await measure(page, `${width} x ${height}: wheel, in and out`, () => zoom(page));
  await measure(page, `${width} x ${height}: drag`, () => move(page, true));
}
await browser.close();
await app.stop();
rmSync(app.home, { recursive: true, force: true });

async function makeTrace(path: string): Promise<void> {
  rmSync(path);
  const recorder = await createTrace(path, {
    createdAt: '2026-01-01T00:00:00.000Z',
    program: 'joulebench bench',
    instrument: { kind: 'js220', model: 'JS220', serial: '0', firmware: '0' },
    simulated: true,
    sampleRateHz: rateHz,
    quantity: 'current',
    scale: 1,
    voltageV: 3,
    channels: { raw: false, ranges: false, digital: false },
    edgeResolutionS: 1 / rateHz,
    note: '',
  });
  const values = Float32Array.from(
    { length: blockSamples },
    (_, k) => 1e-3 + 1e-4 * Math.sin(k / 50) + (k % 9973 === 0 ? 5e-3 : 0),
  );
  while (recorder.samples < samples) {
    recorder.append({ values, saturated: 0 });
    if (recorder.pendingSamples > 40 * blockSamples) await recorder.drained(blockSamples);
  }
  await recorder.close();
  console.log(`trace of ${recorder.samples} samples`);
}

async function middle(page: Page): Promise<{ x: number; y: number; width: number }> {
  const box = await page.getByRole('application').boundingBox();
  if (!box) throw new Error('the chart has no place');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width };
}

async function move(page: Page, down: boolean): Promise<void> {
  const { x, y, width } = await middle(page);
  await page.mouse.move(x, y);
  if (down) await page.mouse.down();
  for (let step = 0; step < 120; step += 1) await page.mouse.move(x + Math.sin(step / 12) * width * 0.3, y);
  if (down) await page.mouse.up();
}

async function zoom(page: Page): Promise<void> {
  const { x, y } = await middle(page);
  await page.mouse.move(x, y);
  for (let step = 0; step < 60; step += 1) await page.mouse.wheel(0, -100);
  await page.waitForTimeout(300);
  for (let step = 0; step < 40; step += 1) await page.mouse.wheel(0, 100);
}

/** Prints the time between frames while something happens. */
async function measure(page: Page, name: string, work: () => Promise<void>): Promise<void> {
  await page.evaluate(() => {
    const store = window as unknown as { frames: number[]; counting: boolean };
    store.frames = [];
    store.counting = true;
    let last = performance.now();
    const next = (now: number): void => {
      store.frames.push(now - last);
      last = now;
      if (store.counting) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await work();
  const frames = await page.evaluate(() => {
    const store = window as unknown as { frames: number[]; counting: boolean };
    store.counting = false;
    return store.frames.slice(1);
  });
  const sorted = [...frames].sort((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN).toFixed(1);
  const late = frames.filter((frame) => frame > 50).length;
  console.log(
    `${name}: ${frames.length} frames, median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms, ${late} over 50 ms`,
  );
}
