import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLocks, systemProcesses } from '../../../src/main/bench/index.ts';
import { cli, onlySession, scratch } from '../../support/cli.ts';

const demoFolder = resolve(import.meta.dirname, '../../../resources/workloads/demo01');
const run = (...args: string[]): string[] => ['run', 'demo01', '--inline', '--mode', 'accuracy', ...args];

/** Everything that exists below a folder, for "nothing half-written". */
function filesBelow(folder: string): string[] {
  return existsSync(folder) ? (readdirSync(folder, { recursive: true }) as string[]).sort() : [];
}

describe('bad input of joulebench', () => {
  it.each([
    ['an absent data set', ['--dataset', 'nowhere'], 'nowhere'],
    ['an absent model', ['--model', 'nothing.tflite'], 'nothing.tflite'],
    ['an unknown mode', ['--mode', 'speed'], 'speed'],
    ['an unknown bench', ['--bench', 'moon'], 'moon'],
  ])('names %s', async (_case, args, named) => {
    const home = scratch();
    const out = join(home, 'sessions');
    const { code, err } = await cli([...run('--out', out), ...args], home);
    expect(code).toBe(2);
    expect(err).toContain(named);
    expect(err).toContain('What to do:');
    expect(filesBelow(out)).toEqual([]);
  });

  it('names an unknown workload and the known ones', async () => {
    const home = scratch();
    const { code, err, out } = await cli(['run', 'kws99', '--json', '--out', join(home, 'sessions')], home);
    expect(code).toBe(2);
    expect(err).toContain('kws01');
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'workload.unknown', facts: { id: 'kws99' } } });
  });

  it('refuses a truncated model without leaving anything behind', async () => {
    const home = scratch();
    const model = join(home, 'cut.tflite');
    copyFileSync(join(demoFolder, 'model.tflite'), model);
    truncateSync(model, 20_000);
    const out = join(home, 'sessions');
    const { code, err } = await cli(run('--model', model, '--out', out), home);
    expect(code).toBe(2);
    expect(err).toContain('cut.tflite');
    expect(filesBelow(out)).toEqual([]);
  });

  it('lists what is wrong with a data set, with file, line and remedy', async () => {
    const home = scratch();
    const dataset = join(home, 'dataset');
    cpSync(join(demoFolder, 'dataset'), dataset, { recursive: true });
    const list = join(dataset, 'y_labels.csv');
    const lines = readFileSync(list, 'utf8').trim().split('\n');
    truncateSync(join(dataset, lines[2]?.split(',')[0] ?? ''), 100);
    lines[4] = `${lines[4]?.split(',')[0] ?? ''},12,99`;
    writeFileSync(list, `${lines.join('\n')}\n`);
    const { code, err } = await cli(run('--dataset', dataset, '--out', join(home, 'sessions')), home);
    expect(code).toBe(2);
    expect(err).toMatch(/line 3|:3\b/);
    expect(err).toMatch(/line 5|:5\b/);
  });

  it('says that nobody listens at a TCP address, with the exit code of an instrument', async () => {
    const home = scratch();
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const { port } = server.address() as { port: number };
    await new Promise((done) => server.close(done));
    const { code, err } = await cli(run('--bench', `tcp:127.0.0.1:${port}`, '--out', join(home, 'sessions')), home);
    expect(code).toBe(3);
    expect(err).toContain(`127.0.0.1:${port}`);
  });

  it('says that a serial port is not there', async () => {
    const home = scratch();
    const port = process.platform === 'win32' ? 'COM250' : '/dev/ttyNOWHERE9';
    const { code, err } = await cli(run('--bench', `serial:${port}`, '--out', join(home, 'sessions')), home);
    expect(code).toBe(3);
    expect(err).toContain(port);
  });

  it('names the process that holds an instrument', async () => {
    const home = scratch();
    const folder = join(home, 'home', 'locks');
    const locks = createLocks({
      folder,
      host: hostname(),
      program: 'joulebench run',
      processes: systemProcesses(process.platform),
      epochMs: () => 1,
    });
    const lock = await locks.claim('tcp:tcp:127.0.0.1:7000', 'tcp:127.0.0.1:7000', 'kws01 accuracy');
    const { code, err } = await cli(run('--bench', 'tcp:127.0.0.1:7000', '--out', join(home, 'sessions')), home);
    await lock.release();
    expect(code).toBe(3);
    expect(err).toContain(String(process.pid));
    expect(err).toContain('kws01 accuracy');
    expect(filesBelow(join(home, 'sessions'))).toEqual([]);
  });

  it('refuses a folder that cannot be written', async () => {
    const home = scratch();
    // A file where the folder should be: nobody can write into that, root included.
    const out = join(home, 'file');
    writeFileSync(out, '');
    const { code, err } = await cli(run('--out', join(out, 'sessions')), home);
    expect(code).toBe(2);
    expect(err).toContain(out);
  });

  it('refuses a session of a newer version and changes nothing in it', async () => {
    const home = scratch();
    const out = join(home, 'sessions');
    await cli(run('--out', out), home);
    const session = onlySession(out);
    const newer = join(home, 'newer');
    cpSync(session, newer, { recursive: true });
    const manifest = join(newer, 'manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"format": 1', '"format": 9'));
    const before = filesBelow(newer);
    const { code, err } = await cli(['verify', newer], home);
    expect(code).toBe(2);
    expect(err).toContain('newer version');
    expect(filesBelow(newer)).toEqual(before);
  });

  it('refuses a folder that is no session', async () => {
    const home = scratch();
    const { code, err } = await cli(['verify', home], home);
    expect(code).toBe(2);
    expect(err).toContain('journal');
  });

  it('refuses settings that are not valid, by field', async () => {
    const home = scratch();
    mkdirSync(join(home, 'home', 'config'), { recursive: true });
    writeFileSync(join(home, 'home', 'config', 'settings.json'), '{"version":1,"paper":"A3"}');
    const { code, err } = await cli(run('--out', join(home, 'sessions')), home);
    expect(code).toBe(2);
    expect(err).toContain('paper');
  });

  it.each([
    ['--pace', 'fast'],
    ['--chunk', '39'],
    ['--baud', 'x'],
  ])('refuses %s %s as usage', async (option, value) => {
    const home = scratch();
    const { code, err } = await cli(run(option, value), home);
    expect(code).toBe(2);
    expect(err).toContain(option);
  });

  it('refuses an older Node with one clear line', async () => {
    const home = scratch();
    const older = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"18.19.0"})';
    const { code, err } = await cli(['--version'], home, ['--import', older]);
    expect(code).toBe(2);
    expect(err.trim().split('\n')).toEqual([expect.stringMatching(/needs Node.js 22\.18.*18\.19\.0/)]);
  });
});

// A small file system of its own needs the rights to mount one.
const small = scratch();
const canMount =
  process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', small]).status === 0;
if (canMount) spawnSync('umount', [small]);
else console.log('skipped: a full disk: this user may not mount a small file system');

describe.skipIf(!canMount)('a full disk', () => {
  it('ends the run with a clear error, keeps what was measured, and goes on when there is room', async () => {
    const home = scratch();
    const disk = join(home, 'disk');
    mkdirSync(disk);
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=160k', 'tmpfs', disk]);
    try {
      const { code, err } = await cli(run('--out', disk), home);
      expect(code).toBe(2);
      expect(err).toContain('is full');
      expect(err).toContain('--resume');
      const session = onlySession(disk);
      const journal = readFileSync(join(session, 'journal.jsonl'), 'utf8');
      expect(journal.endsWith('\n')).toBe(true);
      spawnSync('mount', ['-o', 'remount,size=64m', disk]);
      const resumed = await cli(['run', '--resume', session, '--inline', '--json'], home);
      expect(resumed.code).toBe(0);
      const whole = await cli(run('--out', join(home, 'sessions'), '--json'), home);
      expect((JSON.parse(resumed.out) as { runs: unknown }).runs).toEqual(
        (JSON.parse(whole.out) as { runs: unknown }).runs,
      );
    } finally {
      spawnSync('umount', [disk]);
    }
  });
});
