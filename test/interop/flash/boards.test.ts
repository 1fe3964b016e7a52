import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBoards } from '../../../src/main/bench/index.ts';

const root = resolve(import.meta.dirname, '../../..');
const runs = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const openocd = runs('openocd') ? 'openocd' : undefined;
// The project's own set-up puts pyOCD into a virtual environment.
const pyocd = [join(root, '.cache/pyocd/bin/pyocd'), 'pyocd'].find(runs);
const boards = await readBoards(join(root, 'resources'));

/** What the catalogue says of the tools, against the tools that are here. */
describe.skipIf(!openocd)('scripts of the installed OpenOCD', () => {
  const order = new Intl.Collator('en', { numeric: true });
  const run = (...commands: string[]): string =>
    spawnSync(openocd ?? '', [...commands.flatMap((command) => ['-c', command]), '-c', 'shutdown'], {
      encoding: 'utf8',
    }).stderr;
  const version = /Open On-Chip Debugger (\d+\.\d+\.\d+(?:\+dev)?)/.exec(run())?.[1] ?? '';
  const targets = boards.flatMap(({ id, flash }) => {
    const chosen = flash?.openocd?.versions.find(({ from }) => order.compare(from, version) <= 0);
    return chosen?.target ? [{ id, target: chosen.target }] : [];
  });

  it('are there for the boards that name one', () => {
    expect(targets.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['netduinoplus2', 'nucleo-l4r5zi', 'mps2-an386']),
    );
    for (const { id, target } of targets) expect(run(`echo "found [find ${target}]"`), id).toContain('found /');
  });

  it('are missing for the boards that say so, and for nothing that does not exist', () => {
    expect(run('echo "found [find target/nope.cfg]"')).not.toContain('found /');
    const newest = boards.flatMap(({ id, flash }) => {
      const versions = flash?.openocd?.versions ?? [];
      const chosen = versions.find(({ from }) => order.compare(from, version) <= 0);
      const target = versions[0]?.target;
      return chosen?.target === null && target ? [{ id, target }] : [];
    });
    if (version === '0.12.0') expect(newest.map(({ id }) => id)).toEqual(['nrf5340-dk']);
    for (const { id, target } of newest) expect(run(`echo "found [find ${target}]"`), id).not.toContain('found /');
  });
});

describe.skipIf(!pyocd)('targets of the installed pyOCD', () => {
  const listed = spawnSync(pyocd ?? '', ['list', '--targets'], { encoding: 'utf8' }).stdout;
  const builtin = new Set(
    listed
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((words) => words.at(-1) === 'builtin')
      .map(([name]) => name),
  );

  it('are built in exactly where no pack is named', () => {
    expect(builtin.size).toBeGreaterThan(50);
    const named = boards.flatMap(({ id, flash }) => (flash?.pyocd ? [{ id, ...flash.pyocd }] : []));
    expect(named.length).toBeGreaterThan(8);
    for (const { id, target, pack } of named) expect([id, builtin.has(target)]).toEqual([id, pack === null]);
  });
});
