import { z } from 'zod';
import { inputFormatSchema, workloadIdSchema } from '../../shared/domain/workload.ts';
import type { Workload } from '../../shared/domain/workload.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { DatasetFiles } from './dataset-files.ts';
import { isPlainFileName } from './file-name.ts';

/** Name of the definition file in the folder of an own workload. */
export const definitionName = 'workload.json';

/** A definition has a few hundred bytes; a larger file is something else. */
const definitionLimitBytes = 256 * 1024;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A path below the definition's folder, with `/` between plain names. */
const relativePath = z.string().refine((path) => path.split('/').every(isPlainFileName));

/** What `workload.json` holds. Keys that this version does not know are passed over. */
const definitionSchema = z.object({
  id: workloadIdSchema,
  title: z.string().min(1).max(120),
  task: z.string().max(400).default(''),
  modelFile: relativePath,
  modelSha256: sha256,
  datasetFolder: relativePath,
  /** Of the bytes of the list's file. */
  listSha256: sha256,
  contentSha256: sha256,
  inputBytes: z.int().positive().max(1_000_000),
  inputFormat: inputFormatSchema.default('int8'),
  inputShape: z.array(z.int().positive()).optional(),
  classes: z.array(z.string().min(1).max(60)).min(2).max(1000),
  inputs: z.int().positive(),
  qualityTarget: z.number().min(0).max(1).optional(),
});

/** An own workload and where its model and data set lie. */
export interface OwnWorkload {
  workload: Workload;
  modelPath: string;
  datasetFolder: string;
}

/**
 * The workload of a definition file. Its results are never compared with an official list, and it has a quality target
 * only where its definition sets one.
 * @param path of the definition, for the fault `workload.definitionInvalid`.
 */
export function parseOwnWorkload(
  text: string,
  path: string,
): { workload: Workload; modelFile: string; datasetFolder: string } {
  const definition = definitionSchema.safeParse(parseJson(text, path));
  if (!definition.success) {
    const issue = definition.error.issues[0];
    throw new Fault('workload.definitionInvalid', {
      path,
      key: issue?.path.join('.') ?? '',
      reason: issue?.message ?? '',
    });
  }
  const { data } = definition;
  return {
    modelFile: data.modelFile,
    datasetFolder: data.datasetFolder,
    workload: {
      id: data.id,
      title: data.title,
      task: data.task,
      inputBytes: data.inputBytes,
      inputFormat: data.inputFormat,
      inputShape: data.inputShape ?? [data.inputBytes],
      fileBytes: data.inputBytes,
      window: null,
      classCount: data.classes.length,
      classes: data.classes,
      outputCount: data.classes.length,
      metric: 'top1',
      qualityTarget: data.qualityTarget ?? null,
      ruleVersion: 'own',
      aliases: [],
      datasetFolder: data.datasetFolder,
      resultsFolder: null,
      origin: 'own',
      runnable: true,
      notRunnableKey: null,
      officialModels: [],
      officialLists: [],
      ownList: {
        name: data.id,
        listFileSha256: data.listSha256,
        contentSha256: data.contentSha256,
        inputs: data.inputs,
      },
      ownModel: { fileName: data.modelFile, sha256: data.modelSha256 },
    },
  };
}

/** Reads the definition in a folder. Throws `workload.definitionMissing`, `workload.definitionInvalid` or `workload.unreadable`. */
export async function readOwnWorkload(files: DatasetFiles, folder: string, signal?: AbortSignal): Promise<OwnWorkload> {
  const path = files.join(folder, definitionName);
  let bytes: Uint8Array;
  try {
    const facts = await files.facts(path);
    if (facts?.kind !== 'file') throw new Fault('workload.definitionMissing', { path });
    bytes = await files.read(path, 0, Math.min(facts.bytes, definitionLimitBytes), signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Fault) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Fault('workload.unreadable', { path, reason }, { cause: error });
  }
  const { workload, modelFile, datasetFolder } = parseOwnWorkload(new TextDecoder().decode(bytes), path);
  const inside = (relative: string): string => files.join(folder, ...relative.split('/'));
  return { workload, modelPath: inside(modelFile), datasetFolder: inside(datasetFolder) };
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Fault(
      'workload.definitionInvalid',
      { path, key: '', reason: (error as Error).message },
      { cause: error },
    );
  }
}
