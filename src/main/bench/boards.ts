import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { supplyLimitsSchema } from '../../shared/domain/energy.ts';
import { workloadIdSchema } from '../../shared/domain/workload.ts';
import { Fault } from '../../shared/fault/index.ts';
import { boardFlashFileSchema } from './board-flash.ts';

/** An entry of the board catalogue, `resources/boards/<id>.json`; docs/formats/board.md. What came after the first five has a default. */
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
  /** Where the limits and the other facts come from, for a person; what was not checked is said. */
  source: z.string(),
  /** The part that is measured; null where there is none. */
  part: z.strictObject({ vendor: z.string(), name: z.string() }).nullable().default(null),
  /** `Cortex-M4F`. */
  core: z.string().nullable().default(null),
  /** Emulated, or flashed through a model of the flash that the machine never had: all that is measured there is SIMULATED. */
  virtual: z.boolean().default(false),
  /** Where this entry was last proven: on the board, on an emulated one, or nowhere yet. */
  tried: z.enum(['board', 'emulator', 'never']).default('never'),
  /** How the harness talks, in performance and accuracy mode and in energy mode. */
  uart: z
    .strictObject({ baud: z.int().positive(), energyBaud: z.int().positive(), note: z.string() })
    .default({ baud: 115200, energyBaud: 9600, note: '' }),
  /** Ids of the workloads that fit; `all` where nothing stands against any. */
  workloads: z.union([z.literal('all'), z.array(workloadIdSchema)]).default('all'),
  /** `firmware/ports/<id>` that builds its images; null where images come from elsewhere. */
  firmwarePort: z.string().nullable().default(null),
  /** Ready-made images by workload, paths relative to the resources. */
  images: z
    .record(
      workloadIdSchema,
      z.strictObject({ file: z.string().regex(/^[\w-]+(\/[\w.-]+)+$/), baseAddress: z.int().nonnegative().optional() }),
    )
    .default({}),
  /** How it is flashed; null where nothing is known that could be trusted to erase. */
  flash: boardFlashFileSchema.nullable().default(null),
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
  // One board, one file: two files could otherwise claim one id.
  if (parsed.data.id !== basename(path, '.json'))
    throw new Fault('bench.badBoard', { path, reason: `id: ${parsed.data.id}` });
  return parsed.data;
}
