import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBoard } from '../../../../src/main/bench/index.ts';
import { flashableBoard } from '../../../../src/main/flash/plan/index.ts';

const resources = resolve(import.meta.dirname, '../../../../resources');

describe('flashableBoard', () => {
  it('is what a flashing needs of an entry', async () => {
    const board = await findBoard(resources, 'netduinoplus2');
    expect(flashableBoard(board)).toEqual({ id: 'netduinoplus2', title: board.title, flash: board.flash });
  });

  it.each(['generic-cortex-m', 'virtual'])('refuses %s, whose flash nobody described', async (id) => {
    const board = await findBoard(resources, id);
    expect(() => flashableBoard(board)).toThrow(
      expect.objectContaining({ code: 'flash.boardUnknownFlash', facts: { board: id, title: board.title } }),
    );
  });
});
