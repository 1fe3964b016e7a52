import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ioManagerDir } from '../../rig/avr/index.ts';

const noCompilerReason = spawnSync('cc', ['--version']).status === 0 ? undefined : 'no C compiler';
if (noCompilerReason) console.info(`IO manager core: ${noCompilerReason}`);

let program: string;

/** Plays events (a kind, a value) to the core under sanitizers. */
function play(events: Uint8Array): { host: string; dut: string; status: number | null } {
  const run = spawnSync(program, { input: events, encoding: 'latin1', maxBuffer: 2 ** 28 });
  return { host: run.stdout, dut: run.stderr, status: run.status };
}

const events = (kind: string, bytes: string): Buffer =>
  Buffer.from([...bytes].map((byte) => kind + byte).join(''), 'latin1');

describe.skipIf(noCompilerReason)('the core of the IO manager', () => {
  beforeAll(() => {
    program = join(mkdtempSync(join(tmpdir(), 'jb-iom-core-')), 'core');
    const flags = ['-std=c11', '-O1', '-Wall', '-Wextra', '-Werror', '-I.'];
    const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
    const sources = ['core/jb_iom.c', 'test/core_main.c'];
    const run = spawnSync('cc', [...flags, ...sanitizers, ...sources, '-o', program], {
      cwd: ioManagerDir,
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
  });

  it('prints a time stamp up to the last microsecond before it wraps', () => {
    const { host } = play(Buffer.concat([events('H', 'enable-timer%'), Buffer.from('E\xffE\0', 'latin1')]));
    expect(host).toContain('m-timer-enabled\r\nm-ready\r\nm-lap-us-4278190080\r\nm-lap-us-0\r\n');
  });

  it('keeps its memory and ends every command in m-ready, for 20,000 made-up streams', () => {
    let state = 7;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const words = [
      'dut ',
      'db ',
      'name',
      'tm 0',
      'enable-timer',
      'disable-timer',
      ' ',
      '\xff',
      '\r\n',
      'help',
      'q'.repeat(140),
    ];
    const pieces: Buffer[] = [];
    let commands = 0;
    for (let stream = 0; stream < 20_000; stream++) {
      for (let piece = random(4); piece > 0; piece--) pieces.push(events('H', words[random(words.length)]!));
      if (random(3) === 0) pieces.push(Buffer.from(['D'.charCodeAt(0), random(256), 'L'.charCodeAt(0), random(256)]));
      if (random(50) === 0) pieces.push(events('D', 'd'.repeat(random(500))));
      if (random(5) === 0) pieces.push(Buffer.from(['E'.charCodeAt(0), random(256)]));
      pieces.push(events('H', '%'));
      commands += 1;
    }
    const { host, dut, status } = play(Buffer.concat(pieces));
    expect(status).toBe(0);
    // One at the start.
    expect(host.match(/^m-ready\r$/gm)).toHaveLength(commands + 1);
    expect(dut.match(/%/g)?.length).toBe(host.match(/^m-dut-passthrough\(/gm)?.length);
  });
});
