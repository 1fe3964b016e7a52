/** What can be benchmarked: the catalogue of workloads and the reader of their data sets. */
export { isPlainFileName } from './file-name.ts';
export { createCatalogue } from './catalogue.ts';
export type { WorkloadCatalogue } from './catalogue.ts';
export { openDataset } from './dataset.ts';
export type { Dataset, OpenDatasetOptions } from './dataset.ts';
export { diskDatasetFiles } from './dataset-files.ts';
export type { DatasetFiles, FileFacts } from './dataset-files.ts';
export {
  hashList,
  identifyList,
  isKnownContent,
  officialLabels,
  performanceInputs,
  performanceInputsOrigin,
} from './input-set.ts';
export { streamingWordsS } from './official-stream.ts';
export { officialWorkloads } from './official-workloads.ts';
export { definitionName, parseOwnWorkload, readOwnWorkload } from './own-workload.ts';
export type { OwnWorkload } from './own-workload.ts';
export { truthListLimits, truthListName } from './truth-list.ts';
