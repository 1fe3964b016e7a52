import { z } from 'zod';
import { fault } from './define.ts';

/** Where in a list of inputs a problem is. */
const place = { list: z.string(), line: z.number() };

export const workloadFaults = {
  /** No workload has this id. */
  'workload.unknown': fault('usage', z.object({ id: z.string(), known: z.array(z.string()) })),
  /** Known, but Joulebench cannot run it. */
  'workload.notRunnable': fault('usage', z.object({ id: z.string() })),
  /** An own workload has the id of another one. */
  'workload.idTaken': fault('data', z.object({ id: z.string() })),
  'workload.definitionMissing': fault('data', z.object({ path: z.string() })),
  /** `key` is the offending key, empty when the file is no JSON at all. */
  'workload.definitionInvalid': fault('data', z.object({ path: z.string(), key: z.string(), reason: z.string() })),
  'workload.folderMissing': fault('data', z.object({ folder: z.string(), workload: z.string() })),
  'workload.listMissing': fault('data', z.object({ folder: z.string(), list: z.string(), workload: z.string() })),
  'workload.listTooLarge': fault('data', z.object({ list: z.string(), bytes: z.number(), limit: z.number() })),
  'workload.tooManyInputs': fault('data', z.object({ list: z.string(), inputs: z.number(), limit: z.number() })),
  /** Several problems in one data set; the first ones are listed, in the order of their lines. */
  'workload.datasetInvalid': fault(
    'data',
    z.object({
      folder: z.string(),
      list: z.string(),
      firstLine: z.number(),
      total: z.number(),
      problems: z.array(z.object({ code: z.string(), facts: z.record(z.string(), z.unknown()) })),
    }),
  ),
  /** The system refuses a file or folder. */
  'workload.unreadable': fault('data', z.object({ path: z.string(), reason: z.string() })),
  /** A file that was right when the set was opened is shorter now. */
  'workload.inputChanged': fault(
    'data',
    z.object({ path: z.string(), offsetBytes: z.number(), expectedBytes: z.number(), foundBytes: z.number() }),
  ),
  'workload.noSuchInput': fault('internal', z.object({ index: z.number(), inputs: z.number() })),

  'dataset.listEmpty': fault('data', z.object(place)),
  'dataset.lineTooLong': fault('data', z.object({ ...place, limit: z.number() })),
  'dataset.columns': fault('data', z.object({ ...place, found: z.number(), expected: z.string() })),
  'dataset.fileName': fault('data', z.object({ ...place, file: z.string() })),
  'dataset.duplicate': fault('data', z.object({ ...place, file: z.string(), firstLine: z.number() })),
  'dataset.classCount': fault('data', z.object({ ...place, value: z.string(), expected: z.number() })),
  'dataset.label': fault('data', z.object({ ...place, value: z.string(), highest: z.number() })),
  'dataset.window': fault('data', z.object({ ...place, value: z.string(), expected: z.string() })),
  'dataset.fileMissing': fault('data', z.object({ ...place, file: z.string(), folder: z.string() })),
  'dataset.fileSize': fault(
    'data',
    z.object({ ...place, file: z.string(), bytes: z.number(), expectedBytes: z.number() }),
  ),
  'dataset.fileUnreadable': fault('data', z.object({ ...place, file: z.string(), reason: z.string() })),
} as const;
