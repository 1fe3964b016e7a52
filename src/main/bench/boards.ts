import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { supplyLimitsSchema } from '../../shared/domain/energy.ts';
import { Fault } from '../../shared/fault/index.ts';

/** An entry of the board catalogue, `resources/boards/<id>.json`. */
export const boardSchema = z.strictObject({
  format: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/),
  title: z.string(),
  /** What its supply may be, at the place where the monitor feeds it, in V. */
  supplyV: z.strictObject({ min: z.number(), nominal: z.number(), max: z.number() }).transform((volts, context) => {
    const limits = supplyLimitsSchema.safeParse({ minV: volts.min, nominalV: volts.nominal, maxV: volts.max });
    if (limits.success) return limits.data;
    context.addIssue({ code: 'custom', message: 'min <= nominal <= max' });
    return z.NEVER;
  }),
  /** Where the limits come from, for a person. */
  source: z.string(),
});
export type Board = z.output<typeof boardSchema>;

/** All boards of the catalogue, by id. @throws Fault `bench.badBoard` for a file that is no entry. */
export async function readBoards(resourcesDir: string): Promise<Board[]> {
  const folder = join(resourcesDir, 'boards');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(names.map((name) => readBoardFile(join(folder, name))));
}

/** @throws Fault `bench.unknownBoard`, `bench.badBoard`. */
export async function findBoard(resourcesDir: string, id: string): Promise<Board> {
  const boards = await readBoards(resourcesDir);
  const board = boards.find((candidate) => candidate.id === id);
  if (board) return board;
  throw new Fault('bench.unknownBoard', { board: id, known: boards.map((candidate) => candidate.id) });
}

async function readBoardFile(path: string): Promise<Board> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Fault('bench.badBoard', { path, reason: String(error) }, { cause: error });
  }
  const parsed = boardSchema.safeParse(content);
  if (!parsed.success) throw new Fault('bench.badBoard', { path, reason: z.prettifyError(parsed.error) });
  return parsed.data;
}
