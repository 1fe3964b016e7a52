/**
 * Pictures of the screens without a host: `node test/support/renderer/shoot.ts OUT_FOLDER [SCENE...]`, after
 * `vite build --config test/support/renderer/vite.config.ts`. Each page is loaded under the product's content policy; whatever the
 * browser says on its console is printed.
 */
import { createServer } from 'node:http';
import { mkdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { contentSecurityPolicy } from '../../../src/main/api/content-security-policy.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

interface Picture {
  name: string;
  scene: string;
  path: string;
  /** Keys pressed or names of buttons clicked once the page stands. */
  before?: readonly string[];
}

const pictures: readonly Picture[] = [
  { name: 'bench-closed', scene: 'idle', path: '/bench' },
  { name: 'bench-empty', scene: 'empty', path: '/bench' },
  { name: 'bench-open', scene: 'open', path: '/bench' },
  { name: 'bench-held', scene: 'held', path: '/bench' },
  { name: 'run-connect', scene: 'idle', path: '/run' },
  { name: 'run-prepare', scene: 'open', path: '/run' },
  { name: 'run-more', scene: 'open', path: '/run', before: ['summary:More settings'] },
  { name: 'run-starting', scene: 'starting', path: '/run' },
  { name: 'run-performance', scene: 'performance', path: '/run' },
  { name: 'run-performance-table', scene: 'performance', path: '/run', before: ['button:Table'] },
  { name: 'run-accuracy', scene: 'accuracy', path: '/run' },
  { name: 'run-accuracy-console', scene: 'accuracy', path: '/run', before: ['button:Open the console'] },
  { name: 'run-paused', scene: 'paused', path: '/run' },
  { name: 'run-stop', scene: 'accuracy', path: '/run', before: ['key:Control+.'] },
  { name: 'run-judge', scene: 'done', path: '/run' },
  { name: 'run-accuracy-done', scene: 'done', path: '/run', before: ['button:Accuracy'] },
  { name: 'run-report', scene: 'done', path: '/run', before: ['button:Report'] },
  { name: 'run-failed', scene: 'failed', path: '/run' },
  { name: 'sessions', scene: 'done', path: '/sessions' },
  { name: 'sessions-empty', scene: 'empty', path: '/sessions' },
  { name: 'session', scene: 'done', path: '/sessions/2026-11-24T09-12-05Z-demo01-SIMULATED-9f8e' },
  { name: 'settings', scene: 'open', path: '/settings' },
  { name: 'palette', scene: 'open', path: '/bench', before: ['key:Control+k'] },
  { name: 'shortcuts', scene: 'open', path: '/bench', before: ['key:?'] },
  { name: 'chip', scene: 'open', path: '/run', before: ['button:DUT'] },
  { name: 'lost', scene: 'lost', path: '/run' },
  { name: 'missing', scene: 'missing', path: '/bench' },
];

const [out = 'shots', ...wanted] = process.argv.slice(2);
const root = fileURLToPath(new URL('../../../.cache/renderer-fake/', import.meta.url));

const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const file = path === '/' ? 'index.html' : path.slice(1);
  readFile(join(root, file)).then(
    (body) => {
      response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
      response.setHeader('Content-Security-Policy', contentSecurityPolicy());
      response.end(body);
    },
    () => {
      response.statusCode = 404;
      response.end();
    },
  );
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const port = typeof address === 'object' && address ? address.port : 0;
await mkdir(out, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
for (const [width, height] of [
  [1280, 800],
  [1920, 1080],
] as const) {
  for (const theme of ['light', 'dark']) {
    for (const picture of pictures.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
      if (width > 1280 && picture.before) continue;
      const page = await browser.newPage({ viewport: { width, height } });
      page.on('console', (message) => console.log(`console ${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => console.log(`page error: ${error.message}`));
      await page.goto(
        `http://127.0.0.1:${port}/?scene=${picture.scene}&theme=${theme}&n=${picture.name}#${picture.path}`,
      );
      await page.waitForTimeout(700);
      for (const action of picture.before ?? []) {
        const [kind, ...rest] = action.split(':');
        const name = rest.join(':');
        if (kind === 'key') await page.keyboard.press(name);
        else if (kind === 'summary') await page.locator('summary', { hasText: name }).click();
        else await page.getByRole('button', { name }).first().click();
      }
      await page.waitForTimeout(250);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) console.log(`${picture.name} ${width}: ${overflow} px too wide`);
      await page.screenshot({ path: join(out, `${picture.name}-${width}-${theme}.png`) });
      await page.close();
    }
  }
}
await browser.close();
server.close();
