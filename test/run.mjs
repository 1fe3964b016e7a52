// `npm test`: installs what is missing, runs every suite, compares the skips with the expected ones and sums up in one line.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkSkips, conditions } from './setup/expected-skips.mjs';
import { installPyocd } from './setup/pyocd.mjs';
import { installSystemPackages } from './setup/system-packages.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const results = join(root, 'test-results');
const bin = (name) => join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
const say = (line) => process.stdout.write(`${line}\n`);

const deadlineMinutes = 20;
const totals = { passed: 0, failed: 0, skipped: 0 };
const skips = [];

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
installSystemPackages(say);
installPyocd(say);
say(`Official data: ${conditions.noData ? 'absent (set JOULEBENCH_DATA)' : 'found'}`);

await check('types of main, preload and tests', bin('tsc'), ['-p', 'tsconfig.node.json', '--noEmit']);
await check('types of the renderer', bin('vue-tsc'), ['-p', 'tsconfig.web.json', '--noEmit']);
await check('lint, import rules included', bin('eslint'), ['.', '--max-warnings', '0']);
await check('format', bin('prettier'), ['--check', '--log-level', 'warn', '.']);
await check('build', bin('electron-vite'), ['build', '--logLevel', 'warn']);
await suite(
  'unit, interop and fuzz',
  bin('vitest'),
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(results, 'vitest.json')}`],
  () => readVitest(join(results, 'vitest.json')),
);
await suite('end to end', bin('playwright'), ['test'], () => readPlaywright(join(results, 'playwright.json')));

const unexpected = checkSkips(skips, say);
totals.failed += unexpected;
say(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed > 0 ? 1 : 0;

/** A check without tests of its own counts as one. */
async function check(title, command, args) {
  say(`\n== ${title}`);
  const code = await run(command, args);
  if (code === 0) totals.passed += 1;
  else {
    totals.failed += 1;
    say(`FAILED: ${title} (exit code ${code})`);
  }
}

async function suite(title, command, args, read) {
  say(`\n== ${title}`);
  const code = await run(command, args);
  const found = read();
  if (!found || (code !== 0 && found.failed === 0)) {
    totals.failed += 1;
    say(`FAILED: ${title} ended with exit code ${code}${found ? '' : ' and left no results'}`);
  }
  if (!found) return;
  totals.passed += found.passed;
  totals.failed += found.failed;
  totals.skipped += found.skipped.length;
  skips.push(...found.skipped);
}

/** A suite that runs longer than this hangs: a loop without end cannot be stopped from inside. */
function run(command, args) {
  return new Promise((done) => {
    // On Windows the programs of node_modules are command files, which only a shell can start; all arguments are our own.
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32',
      detached: process.platform !== 'win32',
    });
    const stop = () => {
      if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
      else process.kill(-child.pid, 'SIGKILL');
    };
    const watchdog = setTimeout(() => {
      say(`Stopped after ${deadlineMinutes} minutes: ${args.join(' ')}`);
      stop();
    }, deadlineMinutes * 60_000);
    // The suite is a process group of its own, which Ctrl+C does not reach.
    const onInterrupt = () => {
      stop();
      process.exit(130);
    };
    process.once('SIGINT', onInterrupt);
    const end = (code) => {
      clearTimeout(watchdog);
      process.off('SIGINT', onInterrupt);
      done(code);
    };
    child.on('error', () => end(127));
    child.on('exit', (code) => end(code ?? 1));
  });
}

function readVitest(path) {
  if (!existsSync(path)) return undefined;
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const skipped = report.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status === 'skipped' || test.status === 'pending' || test.status === 'todo')
      .map((test) => ({ file: relative(file.name), title: [...test.ancestorTitles, test.title].join(' > ') })),
  );
  // A file that could not even be loaded has no tests of its own.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken, skipped };
}

function readPlaywright(path) {
  if (!existsSync(path)) return undefined;
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const found = { passed: 0, failed: 0, skipped: [] };
  const walk = (suite, titles) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status === 'skipped')
          found.skipped.push({ file: `test/e2e/${spec.file}`, title: [...titles, spec.title].join(' > ') });
        else if (test.status === 'unexpected') found.failed += 1;
        else found.passed += 1;
      }
    }
    for (const inner of suite.suites ?? []) walk(inner, [...titles, inner.title]);
  };
  for (const top of report.suites) walk(top, []);
  found.failed += report.errors?.length ?? 0;
  return found;
}

function relative(path) {
  return path.slice(root.length + 1).replaceAll('\\', '/');
}
