import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, finished, scratch, startCli } from '../../support/cli.ts';
import { kept, keptTrace, untilJournal } from './bench.ts';

// A small file system of its own needs the rights to mount one.
const small = scratch();
const canMount =
  process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', small]).status === 0;
if (canMount) spawnSync('umount', [small]);
else console.log('skipped: a full disk: this user may not mount a small file system');

const args = ['run', 'demo01', '--mode', 'energy', '--inline', '--rest', '1', '--pace', '20', '--out'];

describe.skipIf(!canMount)('a disk that holds both journal and trace', () => {
  it('is not begun with when it is too small', async () => {
    const home = scratch();
    const disk = join(home, 'disk');
    mkdirSync(disk);
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
    try {
      const { code, err } = await cli([...args, disk], home);
      expect([code, err]).toEqual([2, expect.stringMatching(/disk would need \d+ bytes; \d+ are free/)]);
    } finally {
      spawnSync('umount', [disk]);
    }
  });

  it('ends the run when somebody fills it, and everything goes on when there is room', async () => {
    const home = scratch();
    const disk = join(home, 'disk');
    mkdirSync(disk);
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]);
    try {
      const child = startCli([...args, disk], home);
      const ended = finished(child);
      const filler = join(disk, 'filler');
      const session = await untilJournal(disk, /"purpose":"window"[^\n]*"window":2/);
      try {
        writeFileSync(filler, new Uint8Array(30e6));
      } catch {
        // It took what there was.
      }
      const { code, err } = await ended;
      expect(code).toBe(2);
      expect(err).toContain('--resume');
      const before = await kept(session);
      expect([before.droppedBytes, before.windows]).toEqual([0, [1]]);
      const trace = await keptTrace(session);
      expect([trace.problems, trace.gaps]).toEqual([0, 0]);
      rmSync(filler);
      const resumed = await cli(['run', '--resume', session, '--inline', '--json'], home);
      expect(resumed.code).toBe(0);
      expect((await cli(['verify', session], home)).code).toBe(0);
      expect(readFileSync(join(session, 'journal.jsonl'), 'utf8')).toContain('trace-2.jbt');
    } finally {
      spawnSync('umount', [disk]);
    }
  });
});
