import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBoard, readBoards } from '../../../src/main/bench/boards.ts';

const resources = resolve(import.meta.dirname, '../../../resources');

describe('board catalogue', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jb-boards-'));
    await mkdir(join(folder, 'boards'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('reads every entry of ours, each under the name of its file', async () => {
    const boards = await readBoards(resources);
    expect(boards.map(({ id }) => id)).toEqual(['nrf52840-dk', 'nucleo-l4r5zi', 'virtual']);
    for (const { supplyV } of boards) expect(supplyV.minV).toBeLessThan(supplyV.maxV);
  });

  it('names the boards there are when one is not known', async () => {
    await expect(findBoard(resources, 'abacus')).rejects.toMatchObject({
      code: 'bench.unknownBoard',
      facts: { board: 'abacus', known: ['nrf52840-dk', 'nucleo-l4r5zi', 'virtual'] },
    });
  });

  it.each([
    ['{', 'no JSON'],
    ['{"format":1}', 'fields missing'],
    [
      '{"format":1,"id":"x","title":"X","source":"s","supplyV":{"min":3.6,"nominal":3,"max":1.8}}',
      'limits the wrong way round',
    ],
  ])('refuses %s (%s)', async (text) => {
    await writeFile(join(folder, 'boards', 'x.json'), text);
    await expect(readBoards(folder)).rejects.toMatchObject({ code: 'bench.badBoard' });
  });
});
