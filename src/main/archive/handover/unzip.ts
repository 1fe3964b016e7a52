import { open, mkdir } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Reader, ZipReader, configure } from '@zip.js/zip.js';
import type { Entry, FileEntry } from '@zip.js/zip.js';
import { Fault } from '../../../shared/fault/index.ts';
import { storeFault } from '../../store/index.ts';
import { nameProblem } from './entry-name.ts';
import { planTree, planUnpacking } from './plan.ts';
import type { ZipEntryFacts, ZipLimits } from './plan.ts';

// This is a thread of its own already, and one page's policy forbids threads made of text.
configure({ useWebWorkers: false });

/** The list of 200,000 files with long names has less; it is read as one. */
const mostListBytes = 128 * 1024 * 1024;

/** A file, read where it is asked for. */
class FileReader extends Reader<FileHandle> {
  readonly #file: FileHandle;

  constructor(file: FileHandle, size: number) {
    super(file);
    this.#file = file;
    this.size = size;
  }

  override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    const asked = Math.max(0, Math.min(length, this.size - offset));
    if (asked > mostListBytes) throw new Fault('import.tooLarge', { bytes: asked, limit: mostListBytes });
    const bytes = new Uint8Array(asked);
    const { bytesRead } = await this.#file.read(bytes, 0, bytes.length, offset);
    return bytes.subarray(0, bytesRead);
  }
}

interface Facts extends ZipEntryFacts {
  file: FileEntry | undefined;
}

/**
 * Unpacks the sessions of a zip file, each into a folder `0`, `1`, ... below `target`. Every byte is counted and checked against the sum that
 * the zip gives for it.
 * @returns how many sessions there are
 * @throws Fault `import.notAZip`, `import.refusedEntry`, `import.tooLarge`, `import.noSession`, or of area `store`.
 */
export async function unzipSessions(path: string, target: string, limits: ZipLimits): Promise<number> {
  const plan = await unzip(path, target, (entries) =>
    planUnpacking(entries, limits).map(({ entry, session, path: inside }) => ({
      entry,
      session,
      path: `${session}/${inside}`,
    })),
  );
  return 1 + Math.max(...plan.map(({ session }) => session));
}

/**
 * Unpacks all files of a zip file below `target`, likewise.
 * @throws Fault `import.notAZip`, `import.refusedEntry`, `import.tooLarge`, or of area `store`.
 */
export async function unzipTree(path: string, target: string, limits: ZipLimits): Promise<void> {
  await unzip(path, target, (entries) => planTree(entries, limits));
}

async function unzip<P extends { entry: Facts; path: string }>(
  path: string,
  target: string,
  planned: (entries: Facts[]) => P[],
): Promise<P[]> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    throw storeFault(error, path);
  }
  try {
    const { size } = await file.stat();
    const zip = new ZipReader(new FileReader(file, size), { checkSignature: true, checkOverlappingEntry: true });
    const plan = planned((await zip.getEntries()).map(factsOf));
    for (const { entry, path: inside } of plan) await unpack(entry, join(target, ...inside.split('/')));
    await zip.close();
    return plan;
  } catch (error) {
    if (error instanceof Fault) throw error;
    if (typeof (error as NodeJS.ErrnoException).code === 'string' && (error as NodeJS.ErrnoException).syscall) {
      throw storeFault(error, target);
    }
    const { filename } = error as { filename?: unknown };
    const problem = typeof filename === 'string' ? nameProblem(filename) : undefined;
    // The library refuses some of the names by itself.
    if (problem !== undefined)
      throw new Fault('import.refusedEntry', { entry: String(filename).slice(0, 200), reason: problem });
    // What the library says of a file that is cut, changed or none of its kind.
    throw new Fault(
      'import.notAZip',
      { reason: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  } finally {
    await file.close();
  }
}

function factsOf(entry: Entry): Facts {
  return {
    // The name as it stands there: the library's own repair of names would hide what somebody tried.
    name: entry.filename,
    directory: entry.directory,
    encrypted: entry.encrypted,
    unixMode: entry.unixMode ?? entry.externalFileAttributes >>> 16,
    packedBytes: entry.compressedSize,
    bytes: entry.uncompressedSize,
    file: entry.directory ? undefined : entry,
  };
}

async function unpack({ file, name, bytes }: Facts, path: string): Promise<void> {
  if (!file) return;
  await mkdir(dirname(path), { recursive: true });
  const target = await open(path, 'wx');
  try {
    let written = 0;
    await file.getData(
      new WritableStream<Uint8Array>({
        async write(piece) {
          written += piece.length;
          // More than it said of itself: what was free on the disk was reckoned with less.
          if (written > bytes) throw new Fault('import.refusedEntry', { entry: name.slice(0, 200), reason: 'size' });
          await target.writeFile(piece);
        },
      }),
    );
    if (written !== bytes) throw new Fault('import.refusedEntry', { entry: name.slice(0, 200), reason: 'size' });
  } finally {
    await target.close();
  }
}
