import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The id by which a DUT names its model: `kws01`, `vww01`, `ic01`, `ad01`, or that of an own workload. */
export const workloadIdSchema = z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/);
export type WorkloadId = z.infer<typeof workloadIdSchema>;

export const modeSchema = z.enum(['performance', 'accuracy', 'energy']);
export type Mode = z.infer<typeof modeSchema>;

/** How one element of an input stands in its file. */
export const inputFormatSchema = z.enum(['int8', 'uint8', 'int16le', 'float32le']);
export type InputFormat = z.infer<typeof inputFormatSchema>;

/** The figure that the quality target is about: correct classifications, or the area under the ROC curve. */
export const metricSchema = z.enum(['top1', 'auc']);
export type Metric = z.infer<typeof metricSchema>;

/** A published model that a workload's closed division builds on. */
export const officialModelSchema = z.object({
  fileName: z.string(),
  sha256,
  bytes: z.int().positive(),
  /** Where it is published: repository and path, for a person to find. */
  published: z.string(),
});
export type OfficialModel = z.infer<typeof officialModelSchema>;

/** A published list of inputs: the truth of an accuracy run. */
export const officialListSchema = z.object({
  /** Short name for reports: `kws01`, `ic01-2022`, `ic01-v0.5`. */
  name: z.string(),
  /** Key of the sentence about this list under `rule.list` in the locales. */
  noteKey: z.string(),
  /** SHA-256 of the canonical list: each line `file,label` and LF, in the official order. */
  listSha256: sha256,
  /** Files in the list; an ad01 file holds several inputs. */
  files: z.int().positive(),
  inputs: z.int().positive(),
  /** First round in which it is accepted, and the last one where another list replaced it. */
  firstRound: z.string(),
  lastRound: z.string().nullable(),
  /** Where it is published: repository and folder, for a person to find. */
  published: z.string(),
  /** Contents of which the hash is known: the whole list or a part of it. */
  knownContents: z.array(
    z.object({
      /** SHA-256 of all files concatenated in the order of their list. */
      contentSha256: sha256,
      files: z.int().positive(),
    }),
  ),
});
export type OfficialList = z.infer<typeof officialListSchema>;

/** One benchmark task: what its inputs look like, how it is scored and what it has to reach. */
export const workloadSchema = z.object({
  id: workloadIdSchema,
  title: z.string(),
  /** What the model does, in a few words. */
  task: z.string(),
  /** Bytes sent for one inference. */
  inputBytes: z.int().positive(),
  inputFormat: inputFormatSchema,
  /** Elements of one input, slowest axis first. */
  inputShape: z.array(z.int().positive()),
  /** Bytes of one file of the data set; null where files have any length. */
  fileBytes: z.int().positive().nullable(),
  /** Sliding window over a file (ad01); null where a file is one input. */
  window: z.object({ windowBytes: z.int().positive(), strideBytes: z.int().positive() }).nullable(),
  /** True classes in the list of inputs; 2 for an anomaly detector. */
  classCount: z.int().positive(),
  /** Names by class index; null where the data set does not name them. */
  classes: z.array(z.string()).nullable(),
  /** Values of one results vector; one value is an anomaly score. */
  outputCount: z.int().positive(),
  metric: metricSchema,
  /** What the closed division requires, as a fraction of 1; null for an own workload without target. */
  qualityTarget: z.number().min(0).max(1).nullable(),
  /** Version of the rules from which the figures of this entry come. */
  ruleVersion: z.string(),
  /** Other ids under which firmware or older runners name the same workload. */
  aliases: z.array(workloadIdSchema),
  /** Folder below `datasets` of the official tree; ic02 shares that of ic01. */
  datasetFolder: z.string(),
  /** Folder of the workload in a submission package; null for an own workload. */
  resultsFolder: z.string().nullable(),
  /** `own` workloads come with a definition file and have no official list or model. */
  origin: z.enum(['official', 'own']),
  runnable: z.boolean(),
  /** Key of the sentence that says why it cannot be run, under `rule.notRunnable` in the locales. */
  notRunnableKey: z.string().nullable(),
  officialModels: z.array(officialModelSchema),
  officialLists: z.array(officialListSchema),
  /** The list that came with an own workload; null for an official one. */
  ownList: z
    .object({
      name: z.string(),
      /** SHA-256 of the bytes of its `y_labels.csv`; `identity.listSha256` is that of the canonical form. */
      listFileSha256: sha256,
      contentSha256: sha256,
      inputs: z.int().positive(),
    })
    .nullable(),
  /** The model that came with an own workload; null for an official one. */
  ownModel: z.object({ fileName: z.string(), sha256 }).nullable(),
});
export type Workload = z.infer<typeof workloadSchema>;

/** One input: what one inference gets. A file of ad01 holds 196 of them. */
export const inputRefSchema = z.object({
  /** Position among all inputs of the set, from 0. */
  index: z.int().nonnegative(),
  file: z.string(),
  /** Position of the file in the list, from 0. */
  fileIndex: z.int().nonnegative(),
  offsetBytes: z.int().nonnegative(),
  lengthBytes: z.int().positive(),
  /** The true class. */
  label: z.int().nonnegative(),
});
export type InputRef = z.infer<typeof inputRefSchema>;

/** Official: a whole published list in its order. Subset: only entries of one, not all or not in order. Own: anything else. */
export const inputSetKindSchema = z.enum(['official', 'subset', 'own']);
export type InputSetKind = z.infer<typeof inputSetKindSchema>;

/** What a data set is, so that a result can be traced to the very bytes it was measured with. */
export const inputSetIdentitySchema = z.object({
  kind: inputSetKindSchema,
  /** The official list it is or is part of; for an own set the name it was given; null when it has none. */
  listName: z.string().nullable(),
  /** SHA-256 of the canonical list: each line `file,label` and LF, in the order of the set. */
  listSha256: sha256,
  /** SHA-256 of all files concatenated in the order of the list; null while it has not been computed. */
  contentSha256: sha256.nullable(),
  files: z.int().nonnegative(),
  inputs: z.int().nonnegative(),
});
export type InputSetIdentity = z.infer<typeof inputSetIdentitySchema>;
