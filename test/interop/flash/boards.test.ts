import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBoards } from '../../../src/main/bench/index.ts';
import { openocdPath as openocd, pyocdPath as pyocd } from '../../e2e/probe/tools.ts';

const root = resolve(import.meta.dirname, '../../..');
const boards = await readBoards(join(root, 'resources'));

/** What OpenOCD says to some commands; without a tool there is nothing that it says. */
function openocdSays(...commands: string[]): string {
  if (openocd === undefined) return '';
  const args = [...commands, 'shutdown'].flatMap((command) => ['-c', command]);
  return spawnSync(openocd, args, { encoding: 'utf8' }).stderr;
}

/** What the catalogue says of the tools, against the tools that are here. */
describe.skipIf(!openocd)('scripts of the installed OpenOCD', () => {
  const order = new Intl.Collator('en', { numeric: true });
  const version = /Open On-Chip Debugger (\d+\.\d+\.\d+(?:\+dev)?)/.exec(openocdSays())?.[1] ?? '';
  const entries = boards.flatMap(({ id, flash }) => {
    const versions = flash?.openocd?.versions ?? [];
    const chosen = versions.find(({ from }) => order.compare(from, version) <= 0);
    return chosen ? [{ id, target: chosen.target, newest: versions[0]?.target ?? null }] : [];
  });
  const finds = (target: string): boolean => openocdSays(`echo "found [find ${target}]"`).includes('found /');

  it('are there for the boards that name one', () => {
    const named = entries.flatMap(({ id, target }) => (target === null ? [] : [{ id, target }]));
    expect(named.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['netduinoplus2', 'nucleo-l4r5zi', 'mps2-an386', 'rp2040-pico']),
    );
    for (const { id, target } of named) expect([id, finds(target)]).toEqual([id, true]);
  });

  it('are missing for the boards that say so, and for nothing that does not exist', () => {
    expect(finds('target/nope.cfg')).toBe(false);
    const newer = entries.flatMap(({ id, target, newest }) =>
      target === null && newest !== null ? [{ id, newest }] : [],
    );
    if (version === '0.12.0') expect(newer.map(({ id }) => id)).toEqual(['nrf5340-dk']);
    for (const { id, newest } of newer) expect([id, finds(newest)]).toEqual([id, false]);
  });
});

describe.skipIf(!pyocd)('targets of the installed pyOCD', () => {
  it('are built in exactly where no pack is named', () => {
    const listed = spawnSync(pyocd ?? '', ['list', '--targets'], { encoding: 'utf8' }).stdout;
    const builtin = new Set(
      listed
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter((words) => words.at(-1) === 'builtin')
        .map(([name]) => name),
    );
    expect(builtin.size).toBeGreaterThan(50);
    const named = boards.flatMap(({ id, flash }) => (flash?.pyocd ? [{ id, ...flash.pyocd }] : []));
    expect(named.length).toBeGreaterThan(8);
    for (const { id, target, pack } of named) expect([id, builtin.has(target)]).toEqual([id, pack === null]);
  });
});
