/**
 * How a list of thousands of sessions behaves: `node test/bench/sessions.ts [COUNT]` (5,000 unless told otherwise; `npm run build` first).
 * Writes that many session folders to a temporary folder and prints how long their index takes to make and to open, how long questions take,
 * and, in a real browser, how long frames take while the list is scrolled from end to end. Prints figures and never judges.
 */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { createSessionList } from '../../src/main/archive/index.ts';
import type { SessionList } from '../../src/main/archive/index.ts';
import { indexFile } from '../../src/main/store/index.ts';
import { sessionFilterSchema, sessionQuerySchema } from '../../src/shared/domain/session-query.ts';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import { scratch } from '../support/cli.ts';
import { serveApp } from '../support/serve.ts';
import { writeSession } from '../support/written-sessions.ts';

const count = Number(process.argv[2] ?? 5000);
const home = scratch();
const root = join(home, 'home', 'sessions');
const cacheFolder = join(home, 'home', 'config', 'session-index');
const dayMs = 86_400_000;

const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
async function timed<T>(work: () => Promise<T>): Promise<[number, T]> {
  const start = performance.now();
  const answer = await work();
  return [performance.now() - start, answer];
}
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function writeAll(): number {
  mkdirSync(root, { recursive: true });
  const begin = Date.parse('2024-01-01T08:00:00.000Z');
  const start = performance.now();
  for (let k = 0; k < count; k += 1) {
    const at = new Date(begin + k * dayMs * 0.2).toISOString();
    const stamp = at.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
    writeSession(root, {
      name: `${stamp}-kws01-${k.toString(16).padStart(6, '0')}${k % 4 === 0 ? '-SIMULATED' : ''}`,
      at,
      operator: `Operator ${k % 17}`,
      serial: `UNIT-${String(k % 400).padStart(4, '0')}`,
      workload: ['kws01', 'vww01', 'ic01', 'ad01'][k % 4] ?? '',
      verdict: (['valid', 'remarks', 'invalid'] as const)[k % 3] ?? 'valid',
      simulated: k % 4 === 0,
      note: `Board ${k} of the series, room at ${20 + (k % 9)} degrees`,
      open: k % 97 === 0,
    });
  }
  return performance.now() - start;
}

async function questions(list: SessionList): Promise<void> {
  const asked: [string, object][] = [
    ['newest 100', {}],
    ['last 100', { offset: count - 100 }],
    ['search "unit-0123"', { search: 'unit-0123' }],
    ['search "degrees series 28"', { search: 'degrees series 28' }],
    ['search "28" (too short for trigrams)', { search: '28' }],
    [
      'four filters, by operator',
      { workloads: ['vww01'], verdicts: ['invalid'], simulated: false, states: ['closed'], order: 'operator' },
    ],
  ];
  for (const [name, part] of asked) {
    const times: number[] = [];
    let total = 0;
    for (let k = 0; k < 30; k += 1) {
      const [time, page] = await timed(() => list.page(root, sessionQuerySchema.parse(part), 'en'));
      times.push(time);
      ({ total } = page);
    }
    console.log(
      `  ${name}: median ${ms(quantile(times, 0.5))}, slowest of 30 ${ms(quantile(times, 1))}, ${total} found`,
    );
  }
  const [facets] = await timed(() => list.facets(root, sessionFilterSchema.parse({ search: 'unit' })));
  console.log(`  all seven menus with their counts: ${ms(facets)}`);
}

/** Frame times while the list is dragged through from top to bottom in four seconds, then one screen a frame. */
function scroll(page: Page): Promise<{ drag: number[]; screens: number[]; rows: number }> {
  return page.evaluate(async () => {
    const list = document.querySelector('table')?.parentElement;
    if (!list) throw new Error('no list');
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    const run = async (frames: number, step: (k: number) => number): Promise<number[]> => {
      const times: number[] = [];
      let last = await frame();
      for (let k = 0; k < frames; k += 1) {
        list.scrollTop = step(k);
        const now = await frame();
        times.push(now - last);
        last = now;
      }
      return times;
    };
    const height = list.scrollHeight;
    const drag = await run(240, (k) => (height * k) / 240);
    list.scrollTop = 0;
    const screens = await run(240, (k) => k * list.clientHeight);
    return { drag, screens, rows: document.querySelectorAll('tbody [data-row]').length };
  });
}

console.log(`${count} session folders written in ${ms(writeAll())}`);
let list = createSessionList({ cacheFolder, appVersion: 'bench' });
const lag = monitorEventLoopDelay({ resolution: 1 });
lag.enable();
const [firstMs, first] = await timed(() => list.page(root, sessionQuerySchema.parse({}), 'en'));
console.log(
  `first answer, without an index: ${ms(firstMs)}, with ${first.rows.length} rows and ${first.pending} still to read`,
);
const [buildMs] = await timed(() => list.refresh(root));
lag.disable();
const sizes = ['', '-wal'].map(
  (end) => statSync(indexFile(cacheFolder, root) + end, { throwIfNoEntry: false })?.size ?? 0,
);
const size = sizes.reduce((sum, bytes) => sum + bytes) / 1e6;
console.log(
  `index made in ${ms(firstMs + buildMs)} (${ms((firstMs + buildMs) / count)} a session), ${size.toFixed(1)} MB`,
);
console.log(`main loop meanwhile: delay p99 ${ms(lag.percentile(99) / 1e6)}, max ${ms(lag.max / 1e6)}`);
await list.close();
list = createSessionList({ cacheFolder, appVersion: 'bench' });
const [openMs] = await timed(() => list.page(root, sessionQuerySchema.parse({}), 'en'));
console.log(`first answer with the index of last time (worker started, every folder looked at): ${ms(openMs)}`);
await questions(list);
await list.close();

const app = await serveApp({ home, settings: { screenPace: 'max' } });
const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.goto(app.url);
await page.getByRole('button', { name: 'Open the virtual bench' }).waitFor();
await page.goto(`${new URL(app.url).origin}/#/sessions`);
await page
  .getByText(new RegExp(`^${new Intl.NumberFormat('en').format(count)} sessions$`))
  .waitFor({ timeout: 300_000 });
const frames = await scroll(page);
for (const [name, times] of [
  ['dragged from top to bottom in 240 steps', frames.drag],
  ['a screen a frame', frames.screens],
] as const) {
  const [p50, p99, worst] = [0.5, 0.99, 1].map((share) => ms(quantile(times, share)));
  console.log(`scrolling, ${name}: frame p50 ${p50}, p99 ${p99}, slowest ${worst}; rows in the page ${frames.rows}`);
}
const [searchMs] = await timed(async () => {
  await page.getByRole('searchbox').fill('unit-0123');
  await page.getByText(/ of .* sessions$/).waitFor();
});
console.log(
  `from the last letter of a search to its result on the screen (120 ms of them waited for more letters): ${ms(searchMs)}`,
);
await browser.close();
await app.stop();
rmSync(home, { recursive: true, force: true });
