import { createHash } from 'node:crypto';
import type { InputRef, InputSetIdentity, Workload } from '../../shared/domain/workload.ts';
import { inputsPerFile } from '../../shared/domain/workload-inputs.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { DatasetFiles, FileFacts } from './dataset-files.ts';
import { DatasetProblems } from './dataset-problem.ts';
import { identifyList } from './input-set.ts';
import { parseTruthList, truthListLimits, truthListName } from './truth-list.ts';
import type { TruthEntry } from './truth-list.ts';

/** A checked data set: its inputs and the way to their bytes. Holds no file open and no input in memory. */
export interface Dataset {
  readonly workload: Workload;
  /** The folder in which the list was found. */
  readonly folder: string;
  /** All inputs in the order of the list, those of one file one after the other. */
  readonly inputs: readonly InputRef[];
  /** Files in the order of the list, each with its true class. */
  readonly files: readonly (readonly [file: string, label: number])[];
  readonly identity: InputSetIdentity;
  /** Names by class index; null where they are not known. */
  readonly classes: readonly string[] | null;
  /**
   * The bytes of one input. Throws `workload.inputChanged` where the file no longer holds them, `workload.noSuchInput` for an index
   * outside the set, or the signal's reason.
   */
  read(index: number, signal?: AbortSignal): Promise<Uint8Array>;
}

export interface OpenDatasetOptions {
  signal?: AbortSignal;
  /** Whether to read every file once and hash it, so that the result can name the very bytes; true unless told. */
  hashContent?: boolean;
  /** Told after each file that was checked or hashed. */
  onProgress?: (done: number, total: number) => void;
}

/** File sizes asked for at the same time. */
const parallelChecks = 16;

/**
 * Opens a data set of the official layout: a folder with `y_labels.csv` and the files that it names (the folder above, with a folder
 * of the workload's name in it, will do). Every file is checked for presence and size before anything is measured.
 * Throws a fault of the area `workload` or `dataset`; several problems of one list are thrown together as
 * `workload.datasetInvalid`.
 */
export async function openDataset(
  files: DatasetFiles,
  folder: string,
  workload: Workload,
  options: OpenDatasetOptions = {},
): Promise<Dataset> {
  const { signal, hashContent = true, onProgress } = options;
  if (!workload.runnable) throw new Fault('workload.notRunnable', { id: workload.id });
  const place = await findList(files, folder, workload);
  const problems = new DatasetProblems();
  const bytes = await readList(files, place, signal);
  const entries = parseTruthList(bytes, workload, place.list, problems);
  const inputs = entries.length * inputsPerFile(workload);
  if (inputs > truthListLimits.inputs) {
    throw new Fault('workload.tooManyInputs', { list: place.list, inputs, limit: truthListLimits.inputs });
  }
  const steps = entries.length * (hashContent ? 2 : 1);
  const sizes = await checkFiles(files, place, entries, workload, problems, signal, (done) =>
    onProgress?.(done, steps),
  );
  const fault = problems.toFault(place.folder);
  if (fault) throw fault;
  const refs = inputRefs(entries, workload, sizes);
  const contentSha256 = hashContent
    ? await hashFiles(files, place, entries, sizes, signal, (done) => onProgress?.(entries.length + done, steps))
    : null;
  return {
    workload,
    folder: place.folder,
    inputs: refs,
    files: entries.map((entry) => [entry.file, entry.label] as const),
    identity: {
      ...identifyList(workload, entries, sha256(bytes)),
      contentSha256,
      files: entries.length,
      inputs: refs.length,
    },
    classes: workload.classes,
    async read(index, readSignal) {
      const input = refs[index];
      if (!input) throw new Fault('workload.noSuchInput', { index, inputs: refs.length });
      return readInput(files, place.folder, input, readSignal);
    },
  };
}

interface Place {
  folder: string;
  list: string;
}

async function findList(files: DatasetFiles, folder: string, workload: Workload): Promise<Place> {
  const root = await factsOf(files, folder);
  if (root?.kind !== 'folder') throw new Fault('workload.folderMissing', { folder, workload: workload.id });
  for (const candidate of [folder, files.join(folder, workload.datasetFolder)]) {
    const list = files.join(candidate, truthListName);
    const facts = await factsOf(files, list);
    if (facts?.kind !== 'file') continue;
    if (facts.bytes > truthListLimits.bytes) {
      throw new Fault('workload.listTooLarge', { list, bytes: facts.bytes, limit: truthListLimits.bytes });
    }
    return { folder: candidate, list };
  }
  throw new Fault('workload.listMissing', { folder, list: truthListName, workload: workload.id });
}

async function factsOf(files: DatasetFiles, path: string): Promise<FileFacts | undefined> {
  try {
    return await files.facts(path);
  } catch (error) {
    throw new Fault('workload.unreadable', { path, reason: reasonOf(error) }, { cause: error });
  }
}

async function readList(files: DatasetFiles, place: Place, signal?: AbortSignal): Promise<Uint8Array> {
  try {
    // One byte more than the limit: the file may have grown since it was looked at.
    const bytes = await files.read(place.list, 0, truthListLimits.bytes + 1, signal);
    if (bytes.length <= truthListLimits.bytes) return bytes;
  } catch (error) {
    signal?.throwIfAborted();
    throw new Fault('workload.unreadable', { path: place.list, reason: reasonOf(error) }, { cause: error });
  }
  throw new Fault('workload.listTooLarge', {
    list: place.list,
    bytes: truthListLimits.bytes + 1,
    limit: truthListLimits.bytes,
  });
}

/** Sizes of all files, in the order of the list; what is wrong with a file goes to `problems`. */
async function checkFiles(
  files: DatasetFiles,
  place: Place,
  entries: readonly TruthEntry[],
  workload: Workload,
  problems: DatasetProblems,
  signal: AbortSignal | undefined,
  onDone: (done: number) => void,
): Promise<number[]> {
  const sizes = new Array<number>(entries.length).fill(0);
  const found: (() => void)[] = [];
  let next = 0;
  let done = 0;
  const worker = async (): Promise<void> => {
    for (let k = next++; k < entries.length; k = next++) {
      signal?.throwIfAborted();
      const entry = entries[k] as TruthEntry;
      const where = { list: place.list, line: entry.line, file: entry.file };
      try {
        const facts = await files.facts(files.join(place.folder, entry.file));
        sizes[k] = facts?.bytes ?? 0;
        if (facts?.kind !== 'file') {
          found[k] = () => problems.add('dataset.fileMissing', { ...where, folder: place.folder });
        } else if (workload.fileBytes !== null && facts.bytes !== workload.fileBytes) {
          found[k] = () =>
            problems.add('dataset.fileSize', { ...where, bytes: facts.bytes, expectedBytes: workload.fileBytes ?? 0 });
        }
      } catch (error) {
        found[k] = () => problems.add('dataset.fileUnreadable', { ...where, reason: reasonOf(error) });
      }
      onDone((done += 1));
    }
  };
  await Promise.all(Array.from({ length: parallelChecks }, worker));
  // In the order of the list, whichever answer came first: the same set gives the same error.
  for (const report of found) report?.();
  return sizes;
}

function inputRefs(entries: readonly TruthEntry[], workload: Workload, sizes: readonly number[]): InputRef[] {
  const perFile = inputsPerFile(workload);
  const refs: InputRef[] = [];
  entries.forEach(({ file, label }, fileIndex) => {
    for (let k = 0; k < perFile; k += 1) {
      refs.push({
        index: refs.length,
        file,
        fileIndex,
        offsetBytes: k * (workload.window?.strideBytes ?? 0),
        lengthBytes: workload.window?.windowBytes ?? workload.fileBytes ?? sizes[fileIndex] ?? 0,
        label,
      });
    }
  });
  return refs;
}

/** Bytes read at once while hashing. */
const hashBlockBytes = 1024 * 1024;

async function hashFiles(
  files: DatasetFiles,
  place: Place,
  entries: readonly TruthEntry[],
  sizes: readonly number[],
  signal: AbortSignal | undefined,
  onDone: (done: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  for (const [k, { file }] of entries.entries()) {
    const size = sizes[k] as number;
    for (let offset = 0; offset < size; offset += hashBlockBytes) {
      hash.update(
        await readExactly(files, place.folder, file, offset, Math.min(hashBlockBytes, size - offset), signal),
      );
    }
    onDone(k + 1);
  }
  return hash.digest('hex');
}

function readInput(files: DatasetFiles, folder: string, input: InputRef, signal?: AbortSignal): Promise<Uint8Array> {
  return readExactly(files, folder, input.file, input.offsetBytes, input.lengthBytes, signal);
}

async function readExactly(
  files: DatasetFiles,
  folder: string,
  file: string,
  offsetBytes: number,
  lengthBytes: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const path = files.join(folder, file);
  let bytes: Uint8Array;
  try {
    bytes = await files.read(path, offsetBytes, lengthBytes, signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw new Fault('workload.unreadable', { path, reason: reasonOf(error) }, { cause: error });
  }
  if (bytes.length !== lengthBytes) {
    throw new Fault('workload.inputChanged', {
      path,
      offsetBytes,
      expectedBytes: lengthBytes,
      foundBytes: bytes.length,
    });
  }
  return bytes;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The system's code for what went wrong (`EACCES`), else its words. */
function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error));
}
