import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, readdir, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLocks, systemProcesses } from '../../../src/main/bench/index.ts';
import type { ProcessTable } from '../../../src/main/bench/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jb-locks-'));
});

function table(pid: number, alive: ReadonlySet<number>, started: Record<number, string> = {}): ProcessTable {
  return {
    pid,
    isAlive: (other) => alive.has(other),
    startOf: (other) => Promise.resolve(started[other]),
    bootEpochMs: () => 1000,
  };
}

const locksOf = (processes: ProcessTable, program = 'joulebench run') =>
  createLocks({ folder, host: 'lab', program, processes, epochMs: () => 5000 });

describe('instrument locks', () => {
  it('give an instrument to one holder and name it to the next', async () => {
    const first = locksOf(table(1, new Set([1, 2])));
    const second = locksOf(table(2, new Set([1, 2])));
    const lock = await first.claim('usb:1', 'COM7', 'accuracy run');
    await expect(second.claim('usb:1', 'COM7', 'other')).rejects.toMatchObject({
      code: 'bench.instrumentHeld',
      facts: { label: 'COM7', program: 'joulebench run', pid: 1, purpose: 'accuracy run' },
    });
    expect(await second.holder('usb:1')).toMatchObject({ pid: 1, ours: false, sinceEpochMs: 5000 });
    expect(await first.holder('usb:1')).toMatchObject({ ours: true });
    await lock.release();
    expect(await second.holder('usb:1')).toBeUndefined();
    await (await second.claim('usb:1', 'COM7', 'other')).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuse a second claim of the same process too', async () => {
    const locks = locksOf(table(1, new Set([1])));
    await locks.claim('usb:1', 'COM7', 'a');
    await expect(locks.claim('usb:1', 'COM7', 'b')).rejects.toMatchObject({ code: 'bench.instrumentHeld' });
  });

  it('recover a lock whose process is gone, whose number was given to another process, or that survived a restart', async () => {
    await locksOf(table(7, new Set([7]), { 7: 'early' })).claim('usb:1', 'COM7', 'crashed');
    const dead = locksOf(table(8, new Set([8])));
    expect(await dead.holder('usb:1')).toBeUndefined();
    const lock = await dead.claim('usb:1', 'COM7', 'next');
    await lock.release();

    await locksOf(table(7, new Set([7]), { 7: 'early' })).claim('usb:1', 'COM7', 'crashed');
    const reused = locksOf(table(8, new Set([7, 8]), { 7: 'late' }));
    await (await reused.claim('usb:1', 'COM7', 'next')).release();

    await locksOf(table(7, new Set([7]))).claim('usb:1', 'COM7', 'crashed');
    const rebooted = locksOf({ ...table(8, new Set([7, 8])), bootEpochMs: () => 500_000 });
    await (await rebooted.claim('usb:1', 'COM7', 'next')).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('treat a file that is no lock as left behind', async () => {
    const locks = locksOf(table(1, new Set([1])));
    const held = await locks.claim('a', 'a', 'x');
    const name = (await readdir(folder))[0] as string;
    await held.release();
    await writeFile(join(folder, name), '{"half":');
    await (await locks.claim('a', 'a', 'y')).release();
  });

  it('let exactly one of many competitors win over a stale lock', async () => {
    for (let round = 0; round < 20; round += 1) {
      await locksOf(table(7, new Set([7]))).claim('usb:1', 'COM7', 'crashed');
      const alive = new Set([10, 11, 12, 13]);
      const claims = await Promise.allSettled(
        [...alive].map((pid) => locksOf(table(pid, alive)).claim('usb:1', 'COM7', `p${pid}`)),
      );
      const won = claims.filter((claim) => claim.status === 'fulfilled');
      expect(won).toHaveLength(1);
      for (const claim of won) await claim.value.release();
    }
  });

  it('recover from a process that died while it took over', async () => {
    const locks = locksOf(table(7, new Set([7])));
    await locks.claim('usb:1', 'COM7', 'crashed');
    const name = (await readdir(folder))[0] as string;
    await copyFile(join(folder, name), join(folder, `${name}.takeover`));
    const lock = await locksOf(table(8, new Set([8]))).claim('usb:1', 'COM7', 'next');
    expect(await readdir(folder)).toEqual([name]);
    await lock.release();
  });

  it('name whoever is taking over just now', async () => {
    await locksOf(table(7, new Set([7]))).claim('usb:1', 'COM7', 'crashed');
    const name = (await readdir(folder))[0] as string;
    await locksOf(table(9, new Set([9]))).claim('other', 'COM8', 'run');
    const held = (await readdir(folder)).find((one) => one !== name) as string;
    await rename(join(folder, held), join(folder, `${name}.takeover`));
    await expect(locksOf(table(8, new Set([8, 9]))).claim('usb:1', 'COM7', 'next')).rejects.toMatchObject({
      code: 'bench.instrumentHeld',
      facts: { pid: 9 },
    });
  });

  it('do not let a release take away what another has claimed since', async () => {
    const a = locksOf(table(1, new Set([1])));
    const stale = await a.claim('usb:1', 'COM7', 'a');
    const b = locksOf(table(2, new Set([2])));
    const lock = await b.claim('usb:1', 'COM7', 'b');
    await stale.release();
    expect(await b.holder('usb:1')).toMatchObject({ purpose: 'b' });
    await lock.release();
  });

  it('hold between two real processes, and end with a process that is killed', async () => {
    const child = spawn(
      process.execPath,
      [resolve(import.meta.dirname, '../../support/lock-holder.ts'), folder, 'usb:1'],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    await new Promise<void>((done) => child.stdout.once('data', () => done()));
    const locks = createLocks({
      folder,
      host: 'lab',
      program: 'test',
      processes: systemProcesses(process.platform),
      epochMs: () => 1,
    });
    await expect(locks.claim('usb:1', 'COM7', 'test')).rejects.toMatchObject({
      code: 'bench.instrumentHeld',
      facts: { pid: child.pid, program: 'lock-holder' },
    });
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
    await (await locks.claim('usb:1', 'COM7', 'test')).release();
  });
});
