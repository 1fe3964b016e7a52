import { createHash } from 'node:crypto';
import type { Artefacts } from '../../shared/domain/identity.ts';
import type { RunSettings } from '../../shared/domain/run.ts';
import type { Mode, Workload } from '../../shared/domain/workload.ts';
import { Fault } from '../../shared/fault/index.ts';
import { compilePlan, readTflite } from '../model/index.ts';
import { openDataset } from '../workload/index.ts';
import type { Dataset, DatasetFiles, OwnWorkload, WorkloadCatalogue } from '../workload/index.ts';
import type { PlannedRun } from './conduct.ts';

/** What is asked for: a workload in some modes, with the user's files where it is not an embedded one. */
export interface RunRequest {
  workload: string;
  modes: readonly Mode[];
  modelFile?: string | undefined;
  datasetFolder?: string | undefined;
  settings: RunSettings;
  /** Leave out channels that are the same for every input. Off by default: the closed division may forbid it. */
  fold?: boolean | undefined;
}

/** A compiled model, ready for a virtual DUT. */
export interface PreparedModel {
  name: string;
  image: Uint8Array;
  artefact: NonNullable<Artefacts['model']>;
}

export interface PreparedRuns {
  workload: Workload;
  dataset: Dataset;
  /** Absent when a DUT brings its own and no file was named. */
  model?: PreparedModel;
  runs: PlannedRun[];
}

export interface PrepareEnvironment {
  catalogue: WorkloadCatalogue;
  /** Workloads whose model and inputs come with the application. */
  embedded: readonly OwnWorkload[];
  files: DatasetFiles;
  readModel: (path: string) => Promise<Uint8Array>;
  baseName: (path: string) => string;
}

/**
 * Checks everything a run needs before an instrument is touched: the workload, the model (read and compiled), the data set (every
 * file present and of the right size).
 * @throws Fault of the areas `workload`, `dataset`, `model`, `runner`.
 */
export async function prepareRuns(
  request: RunRequest,
  environment: PrepareEnvironment,
  signal?: AbortSignal,
): Promise<PreparedRuns> {
  const workload = environment.catalogue.findRunnable(request.workload);
  const own = environment.embedded.find((candidate) => candidate.workload.id === workload.id);
  const modelFile = request.modelFile ?? own?.modelPath;
  const datasetFolder = request.datasetFolder ?? own?.datasetFolder;
  if (datasetFolder === undefined) throw new Fault('runner.datasetNeeded', { workload: workload.id });
  const model =
    modelFile === undefined ? undefined : await prepareModel(modelFile, workload, environment, request.fold);
  const dataset = await openDataset(environment.files, datasetFolder, workload, signal ? { signal } : {});
  const artefacts: Artefacts = model ? { model: model.artefact } : {};
  const runs = request.modes.map((mode) => ({
    workload,
    mode,
    settings: request.settings,
    artefacts,
    inputs: dataset,
  }));
  return { workload, dataset, runs, ...(model ? { model } : {}) };
}

/** Reads and compiles a model for a workload; `fold` leaves out channels that are the same for every input. */
export async function prepareModel(
  path: string,
  workload: Pick<Workload, 'id' | 'inputFormat'>,
  environment: Pick<PrepareEnvironment, 'readModel' | 'baseName'>,
  fold = false,
): Promise<PreparedModel> {
  const bytes = await environment.readModel(path);
  const name = environment.baseName(path);
  const sha256 = hash(bytes);
  const { image, plan } = compilePlan(readTflite(bytes, { name }), {
    workloadId: workload.id,
    inputFormat: workload.inputFormat,
    sourceSha256: sha256,
    fold,
  });
  const { output } = plan;
  return {
    name,
    image,
    artefact: {
      name,
      sha256,
      planSha256: hash(image),
      bytes: bytes.length,
      output: { scale: output.scale, zeroPoint: output.zeroPoint },
      ...(plan.folded ? { folded: true as const } : {}),
    },
  };
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
