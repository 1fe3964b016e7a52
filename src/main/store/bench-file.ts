import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { benchMemorySchema } from '../../shared/domain/bench-desk.ts';
import type { BenchMemory } from '../../shared/domain/bench-desk.ts';
import { Fault } from '../../shared/fault/index.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { storeFault } from './store-fault.ts';

const version = 1;

/** What this computer remembers of its bench; docs/formats/bench.md. */
export interface BenchFile {
  get(): BenchMemory;
  /** Why the file could not be read: it is left as it is, and nothing is remembered until it is mended. */
  readonly problem: Fault | undefined;
  /** Writes what `change` makes of the memory; changes follow one another. @throws `problem`, or a Fault of area `store`; nothing is changed then. */
  change(change: (memory: BenchMemory) => BenchMemory): Promise<BenchMemory>;
}

/** Opens the bench file; an absent one means that nothing is remembered. Never rejects: a bench can be used without its memory. */
export async function openBenchFile(path: string): Promise<BenchFile> {
  const read = await readBenchFile(path).catch((error: unknown) => {
    if (error instanceof Fault) return error;
    throw error;
  });
  const problem = read instanceof Fault ? read : undefined;
  let memory = read instanceof Fault ? benchMemorySchema.parse({}) : read;
  let queue: Promise<unknown> = Promise.resolve();

  const write = async (change: (memory: BenchMemory) => BenchMemory): Promise<BenchMemory> => {
    if (problem) throw problem;
    const next = validate(path, change(memory));
    try {
      await mkdir(dirname(path), { recursive: true });
    } catch (error) {
      throw storeFault(error, path);
    }
    await writeFileAtomic(path, `${JSON.stringify(next, undefined, 2)}\n`);
    memory = next;
    return memory;
  };

  return {
    get: () => memory,
    problem,
    change(change) {
      const mine = queue.then(() => write(change));
      queue = mine.catch(() => undefined);
      return mine;
    },
  };
}

async function readBenchFile(path: string): Promise<BenchMemory> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return benchMemorySchema.parse({});
    throw storeFault(error, path);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Fault('bench.fileInvalid', { path, field: 'file', problem: (error as Error).message }, { cause: error });
  }
  const found = (value as { version?: unknown } | null)?.version;
  if (typeof found === 'number' && found > version)
    throw new Fault('store.newerVersion', { path, format: String(found), supported: String(version) });
  return validate(path, value);
}

function validate(path: string, value: unknown): BenchMemory {
  const result = benchMemorySchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Fault('bench.fileInvalid', { path, field: issue?.path.join('.') || 'file', problem: issue?.message ?? '' });
}
